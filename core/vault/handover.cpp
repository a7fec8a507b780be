#include "core/vault/handover.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <map>
#include <set>
#include <vector>

#include "core/base/cold_read.h"
#include "core/base/file.h"
#include "core/seal/seal.h"
#include "core/seal/stock_text.h"
#include "core/seal/verify.h"
#include "core/vault/disc_image.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

Status sums(const fs::path& folder) {
  std::map<std::string, fs::path> files;             // in byte order of their names
  std::error_code ec;
  for (fs::recursive_directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec))
    if (it->is_regular_file(ec)) files.emplace(it->path().lexically_relative(folder).string(), it->path());
  if (ec) return fail(error_from_errno(ec.value(), folder.string()));
  std::string text;
  for (const auto& [name, path] : files) {
    GZ_TRY_ASSIGN(const auto digest, cold_sha256(path));      // as the medium gives it back
    text += digest + "  " + name + "\n";
  }
  return write_atomically(folder / "SHA256SUMS", as_bytes(text));
}

// A folder of a name that nobody has, `prefix` and six letters; taken away again with all that is in it.
struct Making {
  fs::path folder;
  ~Making() {
    std::error_code ec;
    if (!folder.empty()) fs::remove_all(folder, ec);
  }
};
Status make(Making& making, const std::string& prefix) {
  std::string name = prefix + "XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) return fail_errno("make a folder beside " + prefix);
  making.folder = name;
  return ok();
}

// What was sealed, and nothing else, is handed over: a receiver would call it damaged.
Status check_whole(const fs::path& bag, const Bureau& bureau, const Clock& clock) {
  VerifyOptions options;
  options.roots = {bureau.org_root_pem, bureau.tsa_root_pem, bureau.org_crl_pem};
  options.clock = &clock;
  options.opener = bureau.opener.get();
  GZ_TRY_ASSIGN(const auto found, verify_package(bag, options));
  if (found.verdict != Verdict::Damaged) return ok();
  const auto& first = found.damage.front();
  return fail(ErrorKind::Tampered, bag.filename().string() + " is damaged (" + first.path + ": " + first.what +
                                       "): nothing was handed over. Run scrub with the second copy first; export -o ZIP gives it out as it is, without a hand-over record");
}

// What already stood in `target` goes back, so that it goes away with the rest; what does not is named: signed records of a hand-over that
// never happened lie there.
Error moved_back(const std::vector<std::string>& moved, const fs::path& from, const fs::path& target, Error why) {
  std::string remains;
  for (const auto& name : moved)
    if (::rename((target / name).c_str(), (from / name).c_str()) != 0) remains += (remains.empty() ? "" : ", ") + name;
  (void)sync_folder(target);
  why.what += remains.empty() ? "; nothing was handed over, what had been put there was taken away again"
                              : "; nothing was handed over, and this is left in " + target.string() + ", to be removed by hand: " + remains;
  return why;
}

// Into an empty folder that is there (a medium's mount point), the list of sums last: with it the hand-over is whole.
Status move_up(const fs::path& from, const fs::path& target) {
  std::vector<std::string> names, moved;
  std::error_code ec;
  for (fs::directory_iterator it(from, ec), end; !ec && it != end; it.increment(ec)) names.push_back(it->path().filename().string());
  if (ec) return fail(error_from_errno(ec.value(), from.string()));
  std::sort(names.begin(), names.end());
  std::stable_partition(names.begin(), names.end(), [](const auto& name) { return name != "SHA256SUMS"; });
  for (const auto& name : names) {
    if (::rename((from / name).c_str(), (target / name).c_str()) != 0)
      return fail(moved_back(moved, from, target, error_from_errno(errno, "put " + name + " into " + target.string())));
    moved.push_back(name);
  }
  const Status synced = sync_folder(target);
  return synced ? ok() : Status(fail(moved_back(moved, from, target, synced.error())));
}

Result<HandedPackage> put(const fs::path& bag, const HandOver& what, const fs::path& folder, const Signer& signer, const Bureau& bureau,
                          const Clock& clock, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  HandedPackage out;
  out.id = bag.filename().string();
  const fs::path zip = folder / (out.id + ".zip");
  GZ_TRY_ASSIGN(out.zip_sha256, export_package(bag, zip, progress, bureau.opener.get()));
  GZ_TRY_ASSIGN(const auto again, cold_sha256(zip));
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
  if (what.to.empty() || what.medium.empty()) return fail(ErrorKind::Invalid, "a hand-over names its receiver and its medium");
  for (const auto& bag : what.packages) GZ_TRY(check_whole(bag, bureau, clock));
  const bool there = fs::is_directory(target, ec);
  Making making;
  GZ_TRY(make(making, there ? (target / ".making-").string() : target.string() + ".making-"));
  HandedOver out{target, {}};
  for (const auto& bag : what.packages) {
    GZ_TRY_ASSIGN(auto one, put(bag, what, making.folder, signer, bureau, clock, progress));
    out.packages.push_back(std::move(one));
  }
  GZ_TRY(write_atomically(making.folder / "VERIFY.txt", as_bytes(verify_text())));
  GZ_TRY(write_atomically(making.folder / "verify.sh", as_bytes(verify_script())));
  GZ_TRY(sums(making.folder));
  if (there) {
    GZ_TRY(move_up(making.folder, target));
    return out;
  }
  if (::rename(making.folder.c_str(), target.c_str()) != 0) return fail_errno("put the hand-over into " + target.string());
  making.folder.clear();
  GZ_TRY(sync_folder(target.parent_path()));
  return out;
}

Result<HandedOver> hand_over_disc(const HandOver& what, const fs::path& image, const std::string& volume, const Signer& signer,
                                  const Bureau& bureau, const Clock& clock, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  std::error_code ec;
  const fs::path target = fs::absolute(image, ec).lexically_normal();
  if (fs::exists(fs::symlink_status(target, ec))) return fail(ErrorKind::Exists, target.string() + " is there already");
  Making making;
  GZ_TRY(make(making, target.string() + ".making-"));
  GZ_TRY_ASSIGN(auto out, hand_over(what, making.folder, signer, bureau, clock, progress));
  GZ_TRY_ASSIGN(out.image_sha256, write_disc_image(making.folder, target, volume, clock, progress));
  out.folder = target;
  return out;
}

}  // namespace guzheng
