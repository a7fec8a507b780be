// Room seal, private. Copies for showing beside a report's edition (FORMAT.md 9.6). Pure over a loaded bag.
#pragma once

#include "core/seal/verify_bag.h"

namespace guzheng {

void check_copies(const Bag& bag, VerifyReport& report);

}  // namespace guzheng
