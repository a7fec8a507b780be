// Room seal, private. The signed lists of encrypted parts, ID.enc/NNN/ (FORMAT.md 11), as files beside the bag; what the newest says of
// the parts is checked where they are read (parts_source). Pure over a loaded bag.
#pragma once

#include <string>

#include "core/seal/check_trust.h"

namespace guzheng {

// Nothing but lists, their signatures and the stamps over those; no list without its signature. `path`: "enc/001/…".
void check_parts_list_name(const Bag& bag, const std::string& path, VerifyReport& report);

}  // namespace guzheng
