// Room apk, private. APK Signature Schemes v2, v3 and v3.1: the values in the signing block that say who signed the content.
// https://source.android.com/docs/security/features/apksigning/v3
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/apk/layout.h"

namespace guzheng {

inline constexpr std::uint32_t kSchemeV2 = 0x7109871a, kSchemeV3 = 0xf05368c0, kSchemeV31 = 0x1b93ad61;

struct SchemeAnswer {
  std::vector<Bytes> signers;                // certificate (DER) of each signer, in their order; v3: one
  bool expects_v3 = false;                   // v2: its signer says that a v3 signature was there too
  std::optional<std::uint32_t> rotates_from; // v3: from this version of Android on a v3.1 signature was there too
};
// `value`: of kSchemeV2. Tampered: a signature, a key or a digest does not fit. Invalid: not of the form.
Result<SchemeAnswer> verify_v2(const ApkSource& apk, const ApkLayout& layout, ByteView value);
// `value`: of kSchemeV3 or kSchemeV31. NotFound: no signer for this version of Android.
Result<SchemeAnswer> verify_v3(const ApkSource& apk, const ApkLayout& layout, ByteView value, std::uint32_t sdk);

}  // namespace guzheng
