#include "core/base/random.h"
#include "core/seal/seal.h"

namespace guzheng {

std::string make_beacon() { return random_hex(32) + "\n"; }

Bytes make_salt() { return random_bytes(32); }

}  // namespace guzheng
