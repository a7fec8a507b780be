// Room session. A headless parallel capture (A-7.3e): practice_run.h's run on several phones in step, one order, a package each. Used by the command line.
#pragma once

#include "core/session/group_session.h"
#include "core/session/practice_run.h"

namespace guzheng {

struct GroupRun {
  // One for each phone: 2 to 16. Script, desk or bureau, officers, vault and clock are those of the first; phone, node, lease, server, overrides and
  // listener each its own.
  std::vector<PracticeRun> phones;
  GroupOptions options;
  std::function<void(int member, std::size_t step, const ScriptStep&)> progress;       // from the members' threads
};
struct GroupOutcome {
  GroupResult result;
  Bureau bureau;
};
// Every phone must be there when it begins: else nothing is begun (as find_phone says). After that a phone that fails stops alone.
Result<GroupOutcome> run_group(const GroupRun& run);

}  // namespace guzheng
