#include "core/vault/vault.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/log.h"
#include "core/seal/review.h"
#include "core/vault/entry.h"
#include "core/vault/numbers.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

// The lock lies on the bag's folder itself: nothing is added to the bag, and it moves with it.
Result<UniqueFd> lock_folder(const fs::path& folder) {
  UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) return fail_errno("open " + folder.string());
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return fail(ErrorKind::Exists, folder.string() + " is held by a running session");
    return fail_errno("lock " + folder.string());
  }
  return fd;
}

// A folder may exist and yet refuse: say so before a session starts, not in its middle.
Status try_writing(const fs::path& folder) {
  const fs::path probe = folder / (".probe-" + std::to_string(::getpid()));
  const auto written = write_atomically(probe, as_bytes("probe"));
  ::unlink(probe.c_str());
  if (!written) return fail(written.error().in("nothing can be recorded in " + folder.string()));
  return ok();
}

bool is_sealed(const fs::path& bag) {
  std::error_code ec;
  return fs::is_regular_file(fs::symlink_status(bag / "seal/seal.txt", ec));
}

Status move_folder(const fs::path& from, const fs::path& to) {
  std::error_code ec;
  if (fs::exists(fs::symlink_status(to, ec))) return fail(ErrorKind::Exists, to.string() + " is there already");
  // moving a folder to another parent needs write permission on the folder itself, and a sealed one has none
  struct stat st {};
  if (::stat(from.c_str(), &st) != 0) return fail_errno("stat " + from.string());
  if (::chmod(from.c_str(), 0700) != 0) return fail_errno("chmod " + from.string());
  if (::rename(from.c_str(), to.c_str()) != 0) return fail_errno("move " + from.string() + " to " + to.string());
  if (::chmod(to.c_str(), st.st_mode & 0777) != 0) return fail_errno("chmod " + to.string());
  return ok();
}

// Steps: what lies beside the bag first, the bag last. A crash in between leaves open/ID sealed; unfinished() goes on.
Status move_sealed(const fs::path& vault, const std::string& id) {
  const fs::path open = vault / "open" / id, sealed = vault / "sealed" / id;
  std::error_code ec;
  for (const char* suffix : {".after"})
    if (fs::is_directory(beside(open, suffix), ec) && !fs::exists(beside(sealed, suffix), ec))
      GZ_TRY(move_folder(beside(open, suffix), beside(sealed, suffix)));
  GZ_TRY(move_folder(open, sealed));
  GZ_TRY(sync_folder(vault / "open"));
  return sync_folder(vault / "sealed");
}

}  // namespace

Result<std::unique_ptr<Vault>> Vault::open(const fs::path& folder, const Clock& clock) {
  if (folder.empty()) return fail(ErrorKind::Invalid, "no folder given for the vault");
  for (const char* part : {"", "open", "sealed", "counter"}) {
    const fs::path path = *part == '\0' ? folder : folder / part;
    GZ_TRY(make_private_folder(path));
  }
  for (const char* part : {"open", "sealed", "counter"}) GZ_TRY(try_writing(folder / part));
  return std::unique_ptr<Vault>(new Vault(folder, clock));
}

Result<OpenBag> Vault::begin(const std::string& station, std::uint64_t min_free_bytes) {
  GZ_TRY_ASSIGN(const std::uint64_t free, free_bytes(folder_));
  if (free < min_free_bytes)
    return fail(ErrorKind::NoSpace, folder_.string() + " has " + std::to_string(free >> 20) + " MiB free, a session needs " +
                                        std::to_string(min_free_bytes >> 20) + " MiB");
  GZ_TRY_ASSIGN(std::string id, take_package_id(folder_, station, format_day(clock_.wall(), clock_.zone_minutes())));
  OpenBag bag{id, folder_ / "open" / id, {}};
  if (::mkdir(bag.folder.c_str(), 0700) != 0) return fail_errno("create " + bag.folder.string());
  GZ_TRY_ASSIGN(bag.lock, lock_folder(bag.folder));
  for (const char* part : {"data", "data/main", "data/attach", "data/attach/raw", "data/attach/tst"})
    GZ_TRY(make_private_folder(bag.folder / part));
  GZ_TRY(sync_folder(folder_ / "open"));
  return bag;
}

Status Vault::store(OpenBag& bag) {
  if (!is_sealed(bag.folder)) return fail(ErrorKind::Invalid, bag.id + " has no seal.txt: it is not sealed");
  GZ_TRY(move_sealed(folder_, bag.id));
  bag.folder = folder_ / "sealed" / bag.id;
  bag.lock.reset();
  return ok();
}

Result<std::vector<PackageEntry>> Vault::list() const {
  std::vector<PackageEntry> out;
  std::error_code ec;
  for (fs::directory_iterator it(folder_ / "sealed", ec), end; !ec && it != end; it.increment(ec))
    if (is_bag_name(it->path().filename().string())) out.push_back(read_entry(it->path()));
  if (ec) return fail(error_from_errno(ec.value(), "list " + (folder_ / "sealed").string()));
  // by day and number, so that stations do not fall apart into blocks
  std::sort(out.begin(), out.end(), [](const PackageEntry& a, const PackageEntry& b) {
    return std::pair(a.id.substr(6), a.id) > std::pair(b.id.substr(6), b.id);
  });
  return out;
}

Result<PackageEntry> Vault::find(const std::string& id) const {
  std::error_code ec;
  if (!is_bag_name(id) || !fs::exists(folder_ / "sealed" / id, ec))
    return fail(ErrorKind::NotFound, "no package " + id + " in " + folder_.string());
  return read_entry(folder_ / "sealed" / id);
}

Result<std::vector<OpenBag>> Vault::unfinished(std::vector<Error>* troubles) {
  // one bag that cannot be had is said and does not hold up the others
  const auto skip = [&](const std::string& id, const Error& error) {
    const Error told = error.in(id);
    log_warn("vault", told.what);
    if (troubles != nullptr) troubles->push_back(told);
  };
  std::vector<std::string> ids;
  std::error_code ec;
  for (fs::directory_iterator it(folder_ / "open", ec), end; !ec && it != end; it.increment(ec))
    if (is_bag_name(it->path().filename().string())) ids.push_back(it->path().filename().string());
  if (ec) return fail(error_from_errno(ec.value(), "list " + (folder_ / "open").string()));
  std::sort(ids.begin(), ids.end());
  std::vector<OpenBag> out;
  for (const std::string& id : ids) {
    OpenBag bag{id, folder_ / "open" / id, {}};
    auto lock = lock_folder(bag.folder);
    if (!lock) {
      if (lock.error().kind == ErrorKind::Exists) continue;      // a living process records there
      skip(id, lock.error());
      continue;
    }
    bag.lock = std::move(*lock);
    if (!is_sealed(bag.folder)) {
      out.push_back(std::move(bag));
      continue;
    }
    if (const auto stored = store(bag); !stored) skip(id, stored.error());     // killed between seal and move
  }
  return out;
}

Result<fs::path> Vault::next_report_folder(const std::string& id) const {
  GZ_TRY_ASSIGN(const PackageEntry entry, find(id));
  return next_edition(entry.folder, "report");
}

}  // namespace guzheng
