// Room seal, private. The group that a package belongs to (FORMAT.md 6.4 and 9.7). Pure over a loaded bag, but for the seals of the members
// that lie in the same folder.
#pragma once

#include <filesystem>

#include "core/seal/check_trust.h"
#include "core/seal/verify.h"

namespace guzheng {

// `around`: the folder that holds the bag; empty: a ZIP, there is nothing around it. Of a locked package the order cannot be read: its
// record is held to itself.
GroupFacts check_group(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, const std::filesystem::path& around, VerifyReport& report);

}  // namespace guzheng
