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

constexpr std::string_view kReports = ".report";

}  // namespace

Result<fs::path> clear_making(const fs::path& edition) {
  const fs::path all = edition.parent_path();
  if (!all.filename().string().ends_with(kReports)) return fail(ErrorKind::Invalid, edition.string() + " is no edition's folder");
  const fs::path making = all.parent_path() / (all.filename().string() + "-making") / edition.filename();
  std::error_code error;
  fs::remove_all(making, error);             // of a program that was stopped
  if (error) return fail(error_from_errno(error.value(), "clear " + making.string()));
  return making;
}

Status publish_edition(const fs::path& making, const fs::path& edition) {
  std::error_code error;
  for (const char* name : {"report.pdf", "report.pdf.p7s"})
    if (!fs::is_regular_file(making / name, error)) return fail(ErrorKind::Invalid, std::string("the edition has no ") + name);
  if (fs::exists(edition, error) && !fs::is_empty(edition, error)) return fail(ErrorKind::Exists, "this edition is there already: " + edition.string());
  GZ_TRY(make_private_folder(edition.parent_path()));
  fs::rename(making, edition, error);        // takes the place of an empty folder, never of another edition
  if (error) return fail(error_from_errno(error.value(), "put the report into " + edition.string()));
  fs::remove(making.parent_path(), error);   // unless another edition is being made
  return sync_folder(edition.parent_path());
}

namespace {
Status sign_file(const fs::path& file, const Bureau& bureau, const Signer& signer);
}

Status sign_report(const fs::path& pdf, const Bureau& bureau, const Signer& signer) {
  const fs::path copies = pdf.parent_path() / "copies.json";
  std::error_code error;
  if (fs::exists(copies, error)) {
    const Status copies_signed = sign_file(copies, bureau, signer);
    if (!copies_signed && !fs::exists(with_suffix(copies, ".p7s"), error)) return copies_signed;
  }
  return sign_file(pdf, bureau, signer);
}

namespace {

Status sign_file(const fs::path& pdf, const Bureau& bureau, const Signer& signer) {
  GZ_TRY_ASSIGN(const Bytes report, read_file(pdf, 1u << 30));
  GZ_TRY_ASSIGN(const Bytes signature, signer.sign_detached(report));
  const fs::path signature_file = with_suffix(pdf, ".p7s");
  GZ_TRY(write_atomically(signature_file, signature));
  GZ_TRY_ASSIGN(const Bytes token, stamp_by_any(bureau, sha256(signature)));
  return write_atomically(with_suffix(signature_file, ".tsr"), token);
}

}  // namespace

}  // namespace guzheng
