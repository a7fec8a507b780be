// Room seal, private. The central system's receipt (FORMAT.md 9.2): what it said it had received. Pure over a loaded bag.
#pragma once

#include "core/seal/verify_bag.h"

namespace guzheng {

// Form, package, fingerprint, tokens. Its signature and stamp are checked with what lies beside (check_beside).
void check_receipt(const Bag& bag, VerifyReport& report);

}  // namespace guzheng
