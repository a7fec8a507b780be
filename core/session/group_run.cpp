#include "core/session/group_run.h"

namespace guzheng {

Result<GroupOutcome> run_group(const GroupRun& run) {
  if (run.phones.empty()) return fail(ErrorKind::Invalid, "a parallel capture needs 2 to 16 phones");
  const PracticeRun& first = run.phones[0];
  std::vector<Phone> phones;
  for (const auto& one : run.phones) {
    GZ_TRY_ASSIGN(Phone phone, find_phone(one.phone));
    phones.push_back(std::move(phone));
  }
  GroupOutcome out;
  if (first.bureau) out.bureau = *first.bureau;
  else { GZ_TRY_ASSIGN(out.bureau, open_practice_bureau(first.desk, *first.clock)); }
  GZ_TRY_ASSIGN(const auto vault, Vault::open(first.vault, *first.clock));
  if (first.limits) vault->set_limits(*first.limits);
  std::vector<SessionSetup> setups;
  for (std::size_t i = 0; i < phones.size(); ++i) setups.push_back(setup_of(run.phones[i], phones[i], out.bureau, *vault));
  GZ_TRY_ASSIGN(const auto group, GroupSession::start(std::move(setups), run.options));
  group->run_script(first.script, run.progress, first.secrets.get());
  out.result = group->end();
  return out;
}

}  // namespace guzheng
