// Room seal. Randomness that evidence needs, for rooms that may not draw it themselves.
#pragma once

#include "core/base/random.h"

namespace guzheng {

inline std::string beacon_nonce() { return random_hex(32); }     // 64 hex digits: FORMAT.md 7
inline Bytes secret_salt() { return random_bytes(32); }          // FORMAT.md 5.4

}  // namespace guzheng
