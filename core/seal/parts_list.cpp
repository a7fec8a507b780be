#include "core/seal/parts_list.h"

#include <algorithm>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/seal/parts.h"
#include "core/seal/seal.h"
#include "core/seal/verify_cms.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr const char* kStation = "seal/certs/station.crt";
constexpr const char* kOrg = "seal/certs/org.crt";
constexpr const char* kRevoked = "seal/certs/org.crl";

bool stands(const fs::path& path) {
  std::error_code ec;
  return fs::is_regular_file(fs::symlink_status(path, ec));
}

// What seal.txt names: another file in its place vouches for nobody.
Result<std::string> sealed_file(const fs::path& bag, const std::string& path) {
  const auto seal = read_text(bag / "seal/seal.txt", 1u << 20);
  auto text = read_text(bag / path, 16u << 20);
  for (const auto* one : {&seal, &std::as_const(text)})
    if (!*one) return fail(one->error().kind == ErrorKind::NotFound ? ErrorKind::Tampered : one->error().kind, one->error().what);
  if (seal->find(sha256_hex(as_bytes(*text)) + "  " + path + "\n") == std::string::npos)
    return fail(ErrorKind::Tampered, bag.filename().string() + "/" + path + " is not the one that was sealed");
  return text;
}

Result<CertificatePtr> station_certificate(const fs::path& bag) {
  GZ_TRY_ASSIGN(const std::string pem, sealed_file(bag, kStation));
  auto certificates = certificates_from_pem(pem);
  if (certificates.empty()) return fail(ErrorKind::Tampered, bag.filename().string() + "/" + kStation + " is no certificate");
  return std::move(certificates.front());
}

// Does the sealed root vouch for a later certificate of the station at that time? As the verifier does it, certificates inside the
// signature lead nowhere: what holds here must hold there. Only the list in the package is known here, which may be older than a revocation.
Status later_certificate_holds(const fs::path& bag, X509* later, WallTime at) {
  GZ_TRY_ASSIGN(const std::string org, sealed_file(bag, kOrg));
  GZ_TRY_ASSIGN(const std::string list, sealed_file(bag, kRevoked));
  if (!may_sign_evidence(later)) return fail(ErrorKind::Denied, "the station's later certificate is not for signing");
  const auto trust = check_trust(later, certificates_from_pem(org), {}, nullptr, at);
  if (trust.problem != TrustProblem::None) return fail(ErrorKind::Denied, std::string("the station's later certificate does not hold under ") + kOrg + ": " + trust.text);
  const auto revoked = revoked_at(later, crls_from_pem(list));
  if (revoked && *revoked <= at) return fail(ErrorKind::Denied, "the station's later certificate had been revoked");
  return ok();
}

}  // namespace

fs::path parts_lists_folder(const fs::path& bag) { return folder_beside(bag, "enc"); }

unsigned newest_parts_edition(const fs::path& bag) {
  unsigned newest = 0;
  std::error_code ec;
  for (fs::directory_iterator it(parts_lists_folder(bag), ec), end; !ec && it != end; it.increment(ec)) {
    const bool whole = stands(it->path() / kPartsList) && stands(it->path() / (std::string(kPartsList) + ".p7s"));
    if (whole) newest = std::max(newest, edition_number(it->path().filename().string()));
  }
  return newest;
}

Status parts_list_holds(const fs::path& bag, std::string_view text, ByteView signature, const std::optional<Bytes>& tsr) {
  GZ_TRY_ASSIGN(const CertificatePtr station, station_certificate(bag));
  const auto message = read_signed_message(signature);
  const bool fits = message && message->detached && message->message_digest == digest_by_oid(message->digest_oid, as_bytes(text));
  const ListedBy by = fits ? listed_by(station.get(), message->signer.get()) : ListedBy::Stranger;
  if (by == ListedBy::Sealed) return ok();
  if (by == ListedBy::Stranger) return fail(ErrorKind::Tampered, "it is not signed by the package's station");
  if (!tsr) return fail(ErrorKind::NotFound, "it is signed with a later certificate of the package's station and lacks the time stamp without which that does not count");
  const auto token = read_stamp_response(*tsr);
  const bool stamped = token && token->imprint == sha256(signature) && may_stamp(token->message.signer.get());
  if (!stamped) return fail(ErrorKind::Tampered, "it is signed with a later certificate of the package's station, and the time stamp beside it is none over this signature");
  const Status held = later_certificate_holds(bag, message->signer.get(), token->time);
  return held ? ok() : Status(fail(ErrorKind::Tampered, held.error().what));
}

Result<std::string> signed_parts_list(const fs::path& bag, unsigned edition) {
  const fs::path file = parts_lists_folder(bag) / edition_name(edition) / kPartsList, stamp = file.string() + ".p7s.tsr";
  GZ_TRY_ASSIGN(std::string text, read_text(file, kMostPartsList));
  GZ_TRY_ASSIGN(const Bytes signature, read_file(file.string() + ".p7s", 1u << 20));
  std::optional<Bytes> tsr;
  if (stands(stamp)) { GZ_TRY_ASSIGN(tsr, read_file(stamp, 1u << 20)); }
  const Status held = parts_list_holds(bag, text, signature, tsr);
  if (held) return text;
  const bool stamp_missing = held.error().kind == ErrorKind::NotFound;
  return fail(held.error().kind, file.string() + ": " + held.error().what + "; its parts are not trusted and nothing is removed on its word. " +
                                     (stamp_missing ? "Fetch the time stamp (stamp), or run scrub with the second copy" : "Run scrub with the second copy"));
}

Result<ListedBy> may_list_parts(const fs::path& bag, const std::string& certificate_pem) {
  GZ_TRY_ASSIGN(const CertificatePtr station, station_certificate(bag));
  const auto own = certificates_from_pem(certificate_pem);
  const ListedBy by = own.empty() ? ListedBy::Stranger : listed_by(station.get(), own.front().get());
  if (by == ListedBy::Sealed) return by;
  // at the time of the list's stamp it is asked again; a certificate that never held need not wait for that
  const Status held = by == ListedBy::Later ? later_certificate_holds(bag, own.front().get(), valid_from(own.front().get())) : ok();
  if (by == ListedBy::Later && held) return by;
  return fail(ErrorKind::Denied, bag.filename().string() + " was sealed by another station than this desk's, or with a certificate that this desk's does not follow" +
                                     (held ? " (another name, or an older one)" : " (" + held.error().what + ")") +
                                     ": it is not encrypted here. Nothing was changed, what lies in plain bytes stays so; encrypt it at a desk of the station that sealed it,"
                                     " with its sealed certificate or a renewed one of the same root");
}

}  // namespace guzheng
