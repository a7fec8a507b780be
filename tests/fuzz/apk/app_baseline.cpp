// Any bytes as a baseline of apps: what is taken has digests of 64 hex digits, what is not says which line.
#include <cstdlib>

#include "core/apk/baseline.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const auto found = parse_baseline({reinterpret_cast<const char*>(data), size}, "list");
  if (!found) return found.error().what.empty() ? std::abort(), 0 : 0;
  for (const auto& [package, digests] : found->certificates)
    for (const auto& digest : digests)
      if (package.empty() || digest.size() != 64) std::abort();
  return 0;
}
