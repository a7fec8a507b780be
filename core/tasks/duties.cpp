#include "core/tasks/duties.h"

#include <algorithm>

namespace guzheng {

std::set<Duty> duties_of(const Policy* policy, std::string_view badge) {
  std::set<Duty> out;
  if (badge.empty()) return out;
  for (const auto name : kPolicyDuties) {
    const auto one = duty(name);
    if (!one) continue;
    if (policy == nullptr || !policy->duties) {
      out.insert(*one);
      continue;
    }
    const auto listed = policy->duties->find(name);
    if (listed == policy->duties->end()) continue;
    if (std::any_of(listed->second.begin(), listed->second.end(), [&](const std::string& each) { return each == kEveryOfficer || each == badge; })) out.insert(*one);
  }
  return out;
}

Actor actor_under(const Policy* policy, std::string badge, std::string name, std::string unit) {
  auto duties = duties_of(policy, badge);
  return {std::move(badge), std::move(name), std::move(unit), std::move(duties)};
}

}  // namespace guzheng
