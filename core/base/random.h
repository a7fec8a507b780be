// Room base. Randomness from OpenSSL's generator; only base, identity (nonces of time-stamp requests)
// and seal may draw it (tests/architecture).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/bytes.h"

namespace guzheng {

Bytes random_bytes(std::size_t count);          // aborts if the system has no randomness: nothing may go on then
std::string random_hex(std::size_t bytes);

}  // namespace guzheng
