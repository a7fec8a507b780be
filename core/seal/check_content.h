// Room seal, private. What the package's parts say of each other (FORMAT.md 5.1, 6, 8). Pure over a loaded bag.
#pragma once

#include "core/seal/check_journal.h"
#include "core/seal/check_lists.h"

namespace guzheng {

// Files named by digest in the journal, each once; challenge, order, device and app as their own files say.
void check_bindings(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report);
// Long pages name screenshots that were taken before (section 6.3).
void check_long_pages(const Bag& bag, const JournalFacts& journal, VerifyReport& report);
// values.json against journal and tree; is 完整 claimed rightly (section 6)?
void check_values(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report);
// Practice is said everywhere or nowhere. True: it is said somewhere.
bool check_marks(const Bag& bag, const JournalFacts& journal, const TagFacts& tags, VerifyReport& report);
// Segments against seg.open and seg.close, time stamps across segments, the frames of shots.
void check_film(const Bag& bag, const JournalFacts& journal, VerifyReport& report);
// Audio segments against seg.open, seg.close, values.json and their text records (section 8.1). What is heard nobody judges.
void check_sound(const Bag& bag, const JournalFacts& journal, VerifyReport& report);

}  // namespace guzheng
