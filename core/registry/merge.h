// Room registry. Two subjects of the library that are one: a person decided so. The one that stays takes what it has not itself; the other goes, and can be brought
// back with all it had. Blocks for the disk; not on the GUI thread.
#pragma once

#include <string>
#include <vector>

#include "core/registry/store.h"

namespace guzheng {

struct MergedSubjects {
  SubjectId from = 0, into = 0;
  std::string decided;                                           // incoming_key() of `from`: rows like it mean `into` from now on
  std::int64_t batch = 0;                                        // what `into` took over
  std::vector<std::int64_t> tags;                                // that it had not
};
// Empty fields are filled; entries, records, tags and sensitive values that are not there are taken over. `from` keeps its own: they come back with it.
// Invalid: it is one and the same. Exists: an import is under way. Ended in between: both are there, and it can be called again.
Result<MergedSubjects> merge_subjects(SubjectStore& store, SubjectId from, SubjectId into, const Act& act);
// Both as they were; what somebody changed since stays.
Status unmerge_subjects(SubjectStore& store, const MergedSubjects& merged, const Act& act);

}  // namespace guzheng
