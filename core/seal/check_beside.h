// Room seal, private. What lies beside the bag (FORMAT.md 1, 4.5 and 9). Pure over a loaded bag.
#pragma once

#include "core/seal/check_trust.h"

namespace guzheng {

void check_beside(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, VerifyReport& report);

}  // namespace guzheng
