// Room patrol. What one look found, and how it gets into the library (A-5.2b): at once, or later by another program (patrol/spool.h).
#pragma once

#include <optional>

#include "core/patrol/judge.h"
#include "core/registry/store.h"

namespace guzheng {

struct PatrolFinding {
  SubjectId subject = 0;
  Entry entry;                                   // as it was before
  Judgement judgement;
  PatrolMove move = PatrolMove::None;
  WallTime at;                                   // of the look
};

// What follows for the entry as `store` has it. Blocks for the disk.
Result<PatrolMove> move_for(const SubjectStore& store, SubjectId subject, const Entry& entry, const Judgement& now, int failures);
// Time and reach of the check and the move that follows for the entry as it stands now, all of it or nothing; gives the move. `failures`: PatrolRules'. Empty:
// nothing was done, since the entry has gone, is named or linked otherwise now, or was checked at `at` or later. So a finding may be kept twice and counts once.
Result<std::optional<PatrolMove>> keep_finding(SubjectStore& store, const PatrolFinding& finding, int failures, const Act& act);

}  // namespace guzheng
