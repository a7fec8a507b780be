// Room seal, private. The record of a hand-over 移交, ID.handover/export.json (FORMAT.md 9). Pure over a loaded bag.
#pragma once

#include "core/seal/check_trust.h"

namespace guzheng {

// Its exact keys, about this package, by whose certificate signed it, at a time that can be; what it names beside the bag is still there.
// Whether a ZIP beside it is the one, is for whoever sees the ZIP. Rules beside.*, stamp.time, signer.people.
void check_handover(const Bag& bag, const JournalFacts& journal, const RootsGiven& roots, VerifyReport& report);

}  // namespace guzheng
