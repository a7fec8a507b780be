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

bool stands(const fs::path& path) {
  std::error_code ec;
  return fs::is_regular_file(fs::symlink_status(path, ec));
}

// The certificate that seal.txt names: another one beside the package cannot vouch for its parts.
Result<std::string> station_certificate(const fs::path& bag) {
  GZ_TRY_ASSIGN(const std::string seal, read_text(bag / "seal/seal.txt", 1u << 20));
  GZ_TRY_ASSIGN(const std::string pem, read_text(bag / kStation, 1u << 20));
  if (seal.find(sha256_hex(as_bytes(pem)) + "  " + kStation + "\n") == std::string::npos)
    return fail(ErrorKind::Tampered, bag.filename().string() + "/" + kStation + " is not the certificate that was sealed");
  const auto certificates = certificates_from_pem(pem);
  if (certificates.empty()) return fail(ErrorKind::Tampered, bag.filename().string() + "/" + kStation + " is no certificate");
  return certificate_sha256(certificates.front().get());
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

Result<std::string> signed_parts_list(const fs::path& bag, unsigned edition) {
  const fs::path file = parts_lists_folder(bag) / edition_name(edition) / kPartsList;
  GZ_TRY_ASSIGN(const std::string text, read_text(file, kMostPartsList));
  GZ_TRY_ASSIGN(const Bytes der, read_file(file.string() + ".p7s", 1u << 20));
  GZ_TRY_ASSIGN(const std::string station, station_certificate(bag));
  const auto message = read_signed_message(der);
  const bool fits = message && message->detached && message->message_digest == digest_by_oid(message->digest_oid, as_bytes(text)) &&
                    certificate_sha256(message->signer.get()) == station;
  if (!fits) return fail(ErrorKind::Tampered, file.string() + " is not signed by the package's station; its parts are not trusted and nothing is removed on its word. Run scrub with the second copy");
  return text;
}

Status may_list_parts(const fs::path& bag, const std::string& certificate) {
  GZ_TRY_ASSIGN(const std::string station, station_certificate(bag));
  if (station == certificate) return ok();
  return fail(ErrorKind::Denied, bag.filename().string() + " was sealed with another station certificate than this desk's (renewed since, or another station's): it is not"
                                     " encrypted here. Nothing was changed, what lies in plain bytes stays so; encrypt it at the desk that has the certificate it was sealed with");
}

}  // namespace guzheng
