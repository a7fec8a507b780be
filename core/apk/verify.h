// Room apk. Who signed an Android package (应用验真, A-7.3a)? Verified as Android of a given version would: the newest scheme that it
// knows and that is there counts, and one that was taken away is noticed where an older one tells of it. What it says is the phone's
// word for the package; that the certificate is the maker's says the bureau's baseline (baseline.h). Blocks for about a second a
// 500 MB; bounded in memory, whatever the bytes are.
#pragma once

#include <string>
#include <vector>

#include "core/apk/source.h"

namespace guzheng {

struct ApkSignature {
  std::string scheme;                        // "v1", "v2", "v3", "v3.1"
  std::vector<Bytes> certificates;           // DER, one for each signer, in their order
  [[nodiscard]] std::vector<std::string> sha256() const;         // of each, hex, as `apksigner verify --print-certs` prints them
};
// `sdk`: version of Android, as ro.build.version.sdk. Tampered: signed, and the signature does not hold. NotFound: not signed for this
// version. Invalid: no APK, or its parts have not their form. Unsupported: by no algorithm that is known here.
Result<ApkSignature> verify_apk(const ApkSource& apk, std::uint32_t sdk);

}  // namespace guzheng
