// Room seal, private. The reviews beside a package (FORMAT.md 9.5). Pure over a loaded bag.
#pragma once

#include "core/seal/check_trust.h"
#include "core/seal/verify.h"

namespace guzheng {

// `now`: no review is younger. An automatic capture without a confirming review is incomplete (待复核).
Review check_review(const Bag& bag, const JournalFacts& journal, const StampFacts& stamps, const RootsGiven& roots, WallTime now,
                    VerifyReport& report);

}  // namespace guzheng
