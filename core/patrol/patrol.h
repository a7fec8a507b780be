// Room patrol. 巡检 (A-5.2b, A-5.2c): looks whether entries of the subject library are still there and still clean, and moves them into the abnormal library
// 异常库 and back, each with its reason. No evidence: whoever wants that takes it with 远程取证.
#pragma once

#include <functional>
#include <optional>

#include "core/base/json.h"
#include "core/patrol/judge.h"
#include "core/registry/store.h"

namespace guzheng {

struct PatrolOptions {
  int at_once = 8;                               // looks at a time; never two at one host
  std::int64_t most = 10'000;                    // entries in one run, those longest unchecked first
  bool ordinary = true, abnormal = true;         // which library's overdue entries
  LookLimits limits;
  std::function<bool()> stopped;                 // asked often, from several threads; true: looks under way end too, and nothing is said of what they saw
};

struct PatrolCounts {
  std::int64_t due = 0, checked = 0, reachable = 0, unreachable = 0, gone = 0, bad = 0;
  std::int64_t moved_in = 0, moved_back = 0;
  std::int64_t not_web = 0;                      // apps, mini-programs, accounts: no link that HTTP can follow, and no `other` way; they stay overdue
};
Json patrol_line(const PatrolCounts& counts);    // what the operation log says of a run (op.patrol)

struct PatrolFinding {
  SubjectId subject = 0;
  Entry entry;                                   // as it was before
  Judgement judgement;
  PatrolMove move = PatrolMove::None;
};

// Looks at an entry that HTTP cannot reach, say by a script on a phone. Empty: it cannot either.
using OtherLook = std::function<std::optional<Judgement>(const Entry& entry)>;

class Patrol {
 public:
  // All outlive it. `look`: instead of look_at_link, for tests and for who has another way out.
  Patrol(SubjectStore& store, const PatrolRules& rules, PatrolOptions options = {}, OtherLook other = {},
         std::function<LinkLook(const std::string&, const LookLimits&, const std::function<bool()>&)> look = look_at_link);

  // Blocks; on the bulk thread. `found` and `progress` are called one at a time, from several threads. `progress` false: no new look is begun, what was found is
  // kept, and the answer is what was done up to there (Cancelled is no error here). A failed look is repeated once at the end, before anything is said.
  // Network: of five hosts or more not one answered, so it is this computer's own line; nothing is said of their entries.
  Result<PatrolCounts> run(const Act& act, const std::function<void(const PatrolFinding&)>& found = {}, const std::function<bool(const PatrolCounts&)>& progress = {});

 private:
  SubjectStore& store_;
  const PatrolRules& rules_;
  const PatrolOptions options_;
  const OtherLook other_;
  const std::function<LinkLook(const std::string&, const LookLimits&, const std::function<bool()>&)> look_;
};

}  // namespace guzheng
