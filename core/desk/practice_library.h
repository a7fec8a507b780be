// Room desk. What the practice desk's subject library holds on its first start: made-up subjects, each name with （练习）, with units, rules, tags and
// records, and the subject that the training phone's mall shows.
#pragma once

#include "core/registry/store.h"

namespace guzheng {

// Nothing when the library holds a subject already. Blocks for the disk, some tenths of a second.
Status fill_practice_library(SubjectStore& store, WallTime now);
// Scripts for looks at the mall's shops on the training phone (visit/look_script.h), when `library` has none of its own. Blocks for the disk.
Status lay_out_practice_looks(const std::filesystem::path& library);

}  // namespace guzheng
