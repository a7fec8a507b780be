#include "core/apk/verify.h"

#include "core/apk/jar.h"
#include "core/apk/scheme.h"
#include "core/base/digest.h"

namespace guzheng {

namespace {

constexpr std::uint32_t kKnowsV2 = 24, kKnowsV3 = 28, kKnowsV31 = 33;      // Android 7, 9, 13

ByteView block_value(const ApkLayout& layout, std::uint32_t id) {
  const auto it = layout.block.find(id);
  return it == layout.block.end() ? ByteView() : ByteView(it->second);
}

}  // namespace

std::vector<std::string> ApkSignature::sha256() const {
  std::vector<std::string> out;
  for (const auto& der : certificates) out.push_back(sha256_hex(der));
  return out;
}

Result<ApkSignature> verify_apk(const ApkSource& apk, std::uint32_t sdk) {
  GZ_TRY_ASSIGN(const ApkLayout layout, read_layout(apk));
  if (sdk >= kKnowsV31 && layout.block.contains(kSchemeV31)) {
    auto answer = verify_v3(apk, layout, block_value(layout, kSchemeV31), sdk);
    if (answer) return ApkSignature{"v3.1", std::move(answer->signers)};
    if (answer.error().kind != ErrorKind::NotFound) return Failure(std::move(answer.error()));
  }
  if (sdk >= kKnowsV3 && layout.block.contains(kSchemeV3)) {
    auto read = verify_v3(apk, layout, block_value(layout, kSchemeV3), sdk);
    // as Android: a v3 signature that is there and speaks for none of its signers leaves nothing older to fall back to
    if (!read && read.error().kind == ErrorKind::NotFound) return fail(ErrorKind::Tampered, "its v3 signature names " + read.error().what);
    if (!read) return Failure(std::move(read.error()));
    auto& answer = *read;
    if (answer.rotates_from && sdk >= kKnowsV31 && sdk >= *answer.rotates_from)
      return fail(ErrorKind::Tampered, "its signer says that a v3.1 signature was there too; it was taken away");
    return ApkSignature{"v3", std::move(answer.signers)};
  }
  if (sdk >= kKnowsV2 && layout.block.contains(kSchemeV2)) {
    GZ_TRY_ASSIGN(auto answer, verify_v2(apk, layout, block_value(layout, kSchemeV2)));
    if (answer.expects_v3 && sdk >= kKnowsV3) return fail(ErrorKind::Tampered, "its signer says that a v3 signature was there too; it was taken away");
    return ApkSignature{"v2", std::move(answer.signers)};
  }
  GZ_TRY_ASSIGN(auto signers, verify_v1(apk, layout, sdk >= kKnowsV2, sdk >= kKnowsV3));
  return ApkSignature{"v1", std::move(signers)};
}

}  // namespace guzheng
