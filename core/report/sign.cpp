#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/report/report.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

fs::path with_suffix(const fs::path& path, const char* suffix) { return fs::path(path.string() + suffix); }

Result<Bytes> stamp_by_any(const Bureau& bureau, ByteView imprint) {
  Error last{ErrorKind::NotFound, "no time-stamp authority is set up"};
  for (const auto& authority : bureau.authorities) {
    auto token = authority->stamp(imprint);
    if (token) return token;
    last = token.error().in(authority->name());
  }
  return fail(last);
}

}  // namespace

Status sign_report(const fs::path& pdf, const Bureau& bureau, const Signer& signer) {
  GZ_TRY_ASSIGN(const Bytes report, read_file(pdf, 1u << 30));
  GZ_TRY_ASSIGN(const Bytes signature, signer.sign_detached(report));
  const fs::path signature_file = with_suffix(pdf, ".p7s");
  GZ_TRY(write_atomically(signature_file, signature));
  GZ_TRY_ASSIGN(const Bytes token, stamp_by_any(bureau, sha256(signature)));
  return write_atomically(with_suffix(signature_file, ".tsr"), token);
}

}  // namespace guzheng
