// Room seal, private. The central system's receipt (FORMAT.md 9.2): what it said it had received. Pure over a loaded bag.
#pragma once

#include "core/seal/verify_bag.h"

namespace guzheng {

// Form, package, fingerprint, tokens; what it says, when its form can be read. Its signature and stamp are checked with what lies beside (check_beside).
ReceiptFacts check_receipt(const Bag& bag, VerifyReport& report);

// One file beside the bag ("ID.after/…", "ID.review/…") that `record`, a receipt or a hand-over record, names: it is still there and the same.
void check_received(const Bag& bag, const std::string& path, const std::string& digest, const std::string& record, VerifyReport& report);

}  // namespace guzheng
