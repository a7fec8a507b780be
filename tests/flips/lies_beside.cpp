#include "tests/flips/lies_beside.h"

#include <algorithm>
#include <vector>

#include "core/base/file.h"
#include "core/seal/renew.h"
#include "core/seal/review.h"
#include "core/seal/seal.h"

namespace guzheng::test {

namespace fs = std::filesystem;

namespace {

Status write_signed(const fs::path& file, std::string_view text, const Signer& signer, const Bureau& bureau) {
  GZ_TRY(make_private_folder(file.parent_path().parent_path()));
  GZ_TRY(make_private_folder(file.parent_path()));
  GZ_TRY(write_atomically(file, as_bytes(text)));
  GZ_TRY_ASSIGN(const Bytes signature, signer.sign_detached(as_bytes(text)));
  GZ_TRY(write_atomically(file.string() + ".p7s", signature));
  GZ_TRY_ASSIGN(const auto stamps, stamp_by_all(sha256(signature), bureau));
  return write_atomically(file.string() + ".p7s.tsr", stamps.front());
}

Result<std::string> digest_line(const fs::path& bag, const std::string& path) {
  GZ_TRY_ASSIGN(const Bytes bytes, read_file(bag.parent_path() / path));
  return sha256_hex(bytes) + "  " + path + "\n";
}

std::vector<std::string> files_in(const fs::path& bag, const fs::path& folder) {
  std::vector<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) out.push_back(entry.path().lexically_relative(bag.parent_path()).string());
  std::sort(out.begin(), out.end());
  return out;
}

// FORMAT.md 9.2.
Status write_receipt(const fs::path& bag, const std::string& fingerprint, const Bureau& bureau, const Clock& clock) {
  std::string text = "Receipt-Format: 1\nPackage: " + bag.filename().string() + "\nFingerprint: " + fingerprint +
                     "\nReceived-By: 示例市证据归集系统\nReceived-At: " + format_time(clock.wall(), clock.zone_minutes()) +
                     "\nZip-SHA256: " + std::string(64, '0') + "\n";
  std::string files;
  for (const auto& folder : {folder_beside(bag, "after"), folder_beside(bag, "review"), bag / "data/attach/tst"})      // byte order of path
    for (const auto& path : files_in(bag, folder)) {
      const bool token = path.ends_with(".tsr") && folder.extension() != ".review";
      if (!token && folder.filename() == "tst") continue;
      GZ_TRY_ASSIGN(const auto line, digest_line(bag, path));
      (token ? text : files) += (token ? "Token: " : "File: ") + line;
    }
  return write_signed(folder_beside(bag, "receipt") / "central.txt", text + files, *bureau.station_signer, bureau);
}

}  // namespace

Status put_all_beside(const fs::path& bag, const Bureau& bureau, const VerifyOptions& options) {
  const Clock& clock = *options.clock;
  GZ_TRY_ASSIGN(const auto people, read_text(bag / "data/attach/people.json"));
  GZ_TRY_ASSIGN(const auto later, sign_later(bag, people, *bureau.officers.at(1), bureau, clock));
  if (!later.stamped) return fail(ErrorKind::Network, "the later signature has no stamp");
  GZ_TRY_ASSIGN(const Bytes seal, read_file(bag / "seal/seal.txt"));
  const std::string fingerprint = sha256_hex(seal);
  GZ_TRY(write_signed(folder_beside(bag, "report") / "001/report.pdf", "%PDF-1.7 /Subject (Guzheng package " + bag.filename().string() + " seal " + fingerprint + ")",
                      *bureau.officers.at(0), bureau));
  GZ_TRY_ASSIGN(const auto review, write_review({true, "看过全部录像"}, bag, *bureau.officers.at(0), bureau, clock));
  GZ_TRY(write_receipt(bag, fingerprint, bureau, clock));
  GZ_TRY_ASSIGN(const auto renewed, renew_package(bag, bureau, options));
  return renewed.stamps > 0 ? ok() : fail(ErrorKind::Network, "no authority answered for " + review.string());
}

}  // namespace guzheng::test
