#include "core/base/random.h"

#include <openssl/rand.h>

#include <cstdlib>

namespace guzheng {

Bytes random_bytes(std::size_t count) {
  Bytes out(count);
  if (RAND_bytes(out.data(), static_cast<int>(count)) != 1) std::abort();
  return out;
}

std::string random_hex(std::size_t bytes) { return to_hex(random_bytes(bytes)); }

}  // namespace guzheng
