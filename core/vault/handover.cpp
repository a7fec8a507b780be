#include "core/vault/handover.h"

#include <fcntl.h>
#include <unistd.h>

#include <map>
#include <set>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/seal/seal.h"
#include "core/seal/stock_text.h"
#include "core/vault/disc_image.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

Result<std::string> digest_of(const fs::path& file) {
  Digester digester(DigestKind::Sha256);
  GZ_TRY(read_in_pieces(file, [&](ByteView piece) {
    digester.update(piece);
    return ok();
  }));
  return to_hex(digester.finish());
}

Status sums(const fs::path& folder) {
  std::map<std::string, fs::path> files;             // in byte order of their names
  std::error_code ec;
  for (fs::recursive_directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec))
    if (it->is_regular_file(ec)) files.emplace(it->path().lexically_relative(folder).string(), it->path());
  if (ec) return fail(error_from_errno(ec.value(), folder.string()));
  std::string text;
  for (const auto& [name, path] : files) {
    GZ_TRY_ASSIGN(const auto digest, digest_of(path));
    text += digest + "  " + name + "\n";
  }
  return write_atomically(folder / "SHA256SUMS", as_bytes(text));
}

// Takes away what was begun unless kept.
struct Making {
  fs::path folder;
  bool kept = false;
  ~Making() {
    std::error_code ec;
    if (!kept) fs::remove_all(folder, ec);
  }
};

Result<HandedPackage> put(const fs::path& bag, const HandOver& what, const fs::path& folder, const Signer& signer, const Bureau& bureau,
                          const Clock& clock, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  HandedPackage out;
  out.id = bag.filename().string();
  const fs::path zip = folder / (out.id + ".zip");
  GZ_TRY_ASSIGN(out.zip_sha256, export_package(bag, zip, progress, bureau.opener.get()));
  GZ_TRY_ASSIGN(const auto again, digest_of(zip));
  if (again != out.zip_sha256)
    return fail(ErrorKind::Tampered, zip.filename().string() + " reads otherwise than it was written: the medium is bad, nothing was handed over");
  GZ_TRY_ASSIGN(const auto record, write_export_record({what.to, what.medium, out.zip_sha256}, bag, zip, signer, bureau, clock));
  std::error_code ec;
  out.stamped = fs::exists(record.string() + ".p7s.tsr", ec);
  return out;
}

}  // namespace

Result<HandedOver> hand_over(const HandOver& what, const fs::path& folder, const Signer& signer, const Bureau& bureau, const Clock& clock,
                             const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  std::error_code ec;
  fs::path target = fs::absolute(folder, ec).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();
  if (what.packages.empty()) return fail(ErrorKind::Invalid, "no package was named that could be handed over");
  if (fs::exists(fs::symlink_status(target, ec)) && !(fs::is_directory(fs::symlink_status(target, ec)) && fs::is_empty(target, ec)))
    return fail(ErrorKind::Exists, target.string() + " is there already and not empty");
  std::set<std::string> ids;
  for (const auto& bag : what.packages)
    if (!ids.insert(bag.filename().string()).second) return fail(ErrorKind::Invalid, bag.filename().string() + " is named twice");
  Making making{target.string() + ".making"};
  fs::remove_all(making.folder, ec);
  GZ_TRY(make_private_folder(making.folder));
  HandedOver out{target, {}};
  for (const auto& bag : what.packages) {
    GZ_TRY_ASSIGN(auto one, put(bag, what, making.folder, signer, bureau, clock, progress));
    out.packages.push_back(std::move(one));
  }
  GZ_TRY(write_atomically(making.folder / "VERIFY.txt", as_bytes(verify_text())));
  GZ_TRY(write_atomically(making.folder / "verify.sh", as_bytes(verify_script())));
  GZ_TRY(sums(making.folder));
  fs::rename(making.folder, target, ec);             // takes the place of an empty folder, never of a full one
  if (ec) return fail(error_from_errno(ec.value(), "put the hand-over into " + target.string()));
  making.kept = true;
  GZ_TRY(sync_folder(target.parent_path()));
  return out;
}

Result<HandedOver> hand_over_disc(const HandOver& what, const fs::path& image, const std::string& volume, const Signer& signer,
                                  const Bureau& bureau, const Clock& clock, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  std::error_code ec;
  if (fs::exists(fs::symlink_status(image, ec))) return fail(ErrorKind::Exists, image.string() + " is there already");
  const Making making{image.string() + ".folder"};
  fs::remove_all(making.folder, ec);
  GZ_TRY_ASSIGN(auto out, hand_over(what, making.folder, signer, bureau, clock, progress));
  GZ_TRY_ASSIGN(out.image_sha256, write_disc_image(making.folder, image, volume, clock, progress));
  out.folder = image;
  return out;
}

}  // namespace guzheng
