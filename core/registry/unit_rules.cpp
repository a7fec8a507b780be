#include "core/registry/unit_rules.h"

#include <tuple>

namespace guzheng {

std::int64_t propose_unit(const std::vector<UnitRule>& rules, std::string_view region, std::string_view industry, std::string_view platform) {
  const UnitRule* best = nullptr;
  const auto weight = [](const UnitRule& rule) { return std::tuple(rule.region.size(), rule.industry.size(), rule.platform.size()); };
  for (const auto& rule : rules) {
    if (!region.starts_with(rule.region) || !industry.starts_with(rule.industry) || (!rule.platform.empty() && rule.platform != platform)) continue;
    if (best == nullptr || weight(rule) > weight(*best)) best = &rule;
  }
  return best ? best->unit : 0;
}

}  // namespace guzheng
