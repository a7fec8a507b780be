// Room patrol. 巡检 (A-5.2b, A-5.2c): looks whether entries of the subject library are still there and still clean, and moves them into the abnormal library
// 异常库 and back, each with its reason. No evidence: whoever wants that takes it with 远程取证.
#pragma once

#include <functional>
#include <optional>

#include "core/base/json.h"
#include "core/patrol/finding.h"
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
  std::int64_t not_web = 0;                      // apps, mini-programs, accounts: no link that HTTP can follow, and `other` has said nothing of them (yet); they stay overdue
};
Json patrol_line(const PatrolCounts& counts);    // what the operation log says of a run (op.patrol)

// Where findings go that are not put into the library at once (patrol/spool.h); answers as keep_finding() does.
using KeepFinding = std::function<Result<std::optional<PatrolMove>>(const PatrolFinding&)>;

// Looks at an entry that HTTP cannot reach, say by a script on a phone. Empty: it cannot either. Asked of one entry at a time, on a thread of its own beside the others.
using OtherLook = std::function<std::optional<Judgement>(const Entry& entry)>;

class Patrol {
 public:
  // All outlive it. `look`: instead of look_at_link, for tests and for who has another way out.
  Patrol(SubjectStore& store, const PatrolRules& rules, PatrolOptions options = {}, OtherLook other = {},
         std::function<LinkLook(const std::string&, const LookLimits&, const std::function<bool()>&)> look = look_at_link);
  // For a library that another program may have open: it is only read, and each finding, also of what is well, goes to `keep`, one at a time.
  Patrol(const SubjectStore& store, KeepFinding keep, const PatrolRules& rules, PatrolOptions options = {}, OtherLook other = {});

  // Blocks; on the bulk thread. `found` and `progress` are called one at a time, from several threads. `progress` false: no new look is begun, what was found is
  // kept, and the answer is what was done up to there (Cancelled is no error here). A failed look is repeated once at the end, before anything is said.
  // Network: of five hosts or more not one answered, so it is this computer's own line; nothing is said of their entries.
  Result<PatrolCounts> run(const Act& act, const std::function<void(const PatrolFinding&)>& found = {}, const std::function<bool(const PatrolCounts&)>& progress = {});

 private:
  const SubjectStore& store_;
  SubjectStore* own_ = nullptr;                  // where findings go; none: keep_
  const KeepFinding keep_;
  const PatrolRules& rules_;
  const PatrolOptions options_;
  const OtherLook other_;
  const std::function<LinkLook(const std::string&, const LookLimits&, const std::function<bool()>&)> look_;
};

}  // namespace guzheng
