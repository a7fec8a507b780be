// Any bytes as an Android package, for a few versions of Android: a signer or an error, never both, and certificates only with a scheme.
#include <cstdlib>

#include "core/apk/jar.h"
#include "core/apk/verify.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const MemoryApk apk(ByteView(data, size));
  for (const std::uint32_t sdk : {23u, 26u, 28u, 34u}) {
    const auto found = verify_apk(apk, sdk);
    if (found ? found->certificates.empty() || found->scheme.empty() : found.error().what.empty()) std::abort();
  }
  if (const auto sections = parse_jar_text(as_text({data, size})))
    for (const auto& section : *sections)
      if (section.raw.size() > size || section.values.empty()) std::abort();
  return 0;
}
