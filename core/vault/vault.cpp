#include "core/vault/vault.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstdio>
#include <map>

#include "core/base/log.h"
#include "core/seal/review.h"
#include "core/vault/entry.h"
#include "core/vault/numbers.h"
#include "core/vault/recipients.h"
#include "core/vault/second_copy.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kForTheList{4};     // what no authority gives in that time comes late

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

// What write_atomically of a killed program left (".NAME.PID-N.tmp"): in a folder of stamps it would be a fault of the package.
void remove_dead_temporaries(const fs::path& folder) {
  std::error_code ec;
  std::vector<fs::path> dead;
  for (fs::directory_iterator it(folder, ec), end; !ec && it != end; it.increment(ec)) {
    const std::string name = it->path().filename().string();
    if (!name.starts_with('.') || !name.ends_with(".tmp")) continue;
    const auto dash = name.rfind('-'), dot = name.rfind('.', dash);
    const long pid = dash == name.npos || dot == name.npos ? 0 : std::strtol(name.c_str() + dot + 1, nullptr, 10);
    if (pid > 0 && ((::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH))) dead.push_back(it->path());
  }
  for (const auto& file : dead) fs::remove(file, ec);
}

// Steps: what lies beside the bag first, the bag last. A crash in between leaves open/ID sealed; unfinished() goes on.
Status move_sealed(const fs::path& vault, const std::string& id) {
  const fs::path open = vault / "open" / id, sealed = vault / "sealed" / id;
  std::error_code ec;
  remove_dead_temporaries(beside(open, ".after"));
  for (const char* suffix : {".after"})
    if (fs::is_directory(beside(open, suffix), ec) && !fs::exists(beside(sealed, suffix), ec))
      GZ_TRY(move_folder(beside(open, suffix), beside(sealed, suffix)));
  GZ_TRY(move_folder(open, sealed));
  GZ_TRY(sync_folder(vault / "open"));
  return sync_folder(vault / "sealed");
}

// A power cut can bring back what had been removed beside a bag (its ballast, its salts) before the bag was moved away. The bag is
// sealed and holds what it needs: such a file is of no use to anybody.
void sweep_leftovers(const fs::path& vault) {
  static constexpr std::size_t id_size = std::string_view("LX-03-20261121-0001").size();
  std::error_code ec;
  std::vector<fs::path> leftovers;
  for (fs::directory_iterator it(vault / "open", ec), end; !ec && it != end; it.increment(ec)) {
    const std::string name = it->path().filename().string(), id = name.substr(0, id_size);
    std::error_code unreadable;
    const bool beside_a_bag = name.size() > id_size && name[id_size] == '.' && is_bag_name(id) && it->is_regular_file(unreadable);
    if (beside_a_bag && !fs::exists(vault / "open" / id, unreadable) && is_sealed(vault / "sealed" / id)) leftovers.push_back(it->path());
  }
  for (const auto& file : leftovers) fs::remove(file, ec);
}

}  // namespace

Result<std::unique_ptr<Vault>> Vault::open(const fs::path& folder, const Clock& clock) {
  if (folder.empty()) return fail(ErrorKind::Invalid, "no folder given for the vault");
  for (const char* part : {"", "open", "sealed", "counter"}) {
    const fs::path path = *part == '\0' ? folder : folder / part;
    GZ_TRY(make_private_folder(path));
  }
  for (const char* part : {"open", "sealed", "counter"}) GZ_TRY(try_writing(folder / part));
  std::unique_ptr<Vault> vault(new Vault(folder, clock));
  GZ_TRY_ASSIGN(vault->catalogue_, Catalogue::open(folder));
  for (const auto& fault : vault->check_permissions()) log_warn("vault", fault.what + (fault.repaired ? " (put right)" : ""));
  // an encryption that was killed behind its commit is brought to its end; the rest goes on with encrypt()
  std::error_code ec;
  for (fs::directory_iterator it(folder / "sealed", ec), end; !ec && it != end; it.increment(ec)) {
    if (!is_bag_name(it->path().filename().string())) continue;
    remove_dead_temporaries(beside(it->path(), ".after"));
    if (!fs::exists(beside(it->path(), ".enc-making"), ec)) continue;
    const auto lock = lock_folder(it->path());
    if (!lock) continue;                     // somebody is at it
    if (const auto done = finish_encryption(it->path()); !done) log_warn("vault", done.error().what);
  }
  if (const auto known = vault->reconcile(); !known) log_warn("vault", known.error().what);
  else
    for (const auto& id : *known) log_warn("vault", id + " stands in the catalogue, and its folder is gone");
  return vault;
}

void Vault::serve(const Bureau* bureau) {
  bureau_.store(bureau);
  if (bureau == nullptr) return catalogue_->lock();
  if (const auto unlocked = catalogue_->unlock(*bureau); !unlocked) log_warn("vault", unlocked.error().what);
}

// Order and values of an encrypted package from the catalogue, where it knows them, else from the package itself.
PackageEntry Vault::entry_of(const fs::path& bag) const {
  PackageEntry entry = read_entry(bag, nullptr);
  const Opener* const key = opener();
  if (!entry.locked || key == nullptr || !entry.problem.empty()) return entry;
  auto names = catalogue_->names(entry.id, entry.fingerprint);
  if (names && names->is_object() && names->contains("order") && names->contains("values")) {
    entry.order = std::move((*names)["order"]);
    entry.values = std::move((*names)["values"]);
    entry.locked = false;
    return entry;
  }
  entry = read_entry(bag, key);
  if (!entry.locked && entry.problem.empty())
    if (const auto kept = catalogue_->put_names(entry.id, entry.fingerprint, Json{{"order", entry.order}, {"values", entry.values}}); !kept)
      log_warn("vault", kept.error().what);
  return entry;
}

Result<std::vector<std::string>> Vault::reconcile() {
  GZ_TRY_ASSIGN(const auto rows, catalogue_->rows());
  std::map<std::string, const CatalogueRow*> known;
  for (const auto& row : rows) known[row.id] = &row;
  std::error_code ec;
  for (fs::directory_iterator it(folder_ / "sealed", ec), end; !ec && it != end; it.increment(ec)) {
    const std::string id = it->path().filename().string();
    if (!is_bag_name(id)) continue;
    const PackageEntry entry = read_entry(it->path(), nullptr);
    const auto row = known.find(id);
    const bool same = row != known.end() && row->second->state == entry.state && row->second->bytes == entry.bytes &&
                      row->second->stamped == entry.stamped && row->second->second_signature == entry.second_signature &&
                      row->second->encrypted == entry.encrypted && row->second->reports == entry.reports.size();
    // a fingerprint that was known is not replaced by another: the scrub needs the old one to find out which copy is right
    const bool other = row != known.end() && !row->second->fingerprint.empty() && row->second->fingerprint != entry.fingerprint;
    if (other) log_warn("vault", id + " has another fingerprint than the catalogue knows");
    else if (!same) GZ_TRY(catalogue_->put(entry));
    known.erase(id);
  }
  if (ec) return fail(error_from_errno(ec.value(), "list " + (folder_ / "sealed").string()));
  std::vector<std::string> gone;
  for (const auto& [id, row] : known) gone.push_back(id);
  return gone;
}

Status Vault::rebuild_catalogue() {
  GZ_TRY_ASSIGN(const auto rows, catalogue_->rows());
  for (const auto& row : rows) GZ_TRY(catalogue_->forget(row.id));
  if (const auto made = reconcile(); !made) return fail(made.error());
  return ok();
}

std::vector<PermissionFault> Vault::check_permissions() const {
  std::vector<PermissionFault> out;
  const auto hold = [&](const fs::path& path, mode_t at_most) {
    struct stat st {};
    if (::lstat(path.c_str(), &st) != 0) return;
    if (S_ISLNK(st.st_mode)) return out.push_back({path, path.string() + " is a link; nothing in a vault is one", false});
    if (st.st_uid != ::geteuid() && ::geteuid() != 0) out.push_back({path, path.string() + " belongs to another user", false});
    const mode_t mode = st.st_mode & 07777;
    if ((mode & ~at_most) == 0) return;
    char text[64];
    std::snprintf(text, sizeof text, " had mode %04o, at most %04o is right", static_cast<unsigned>(mode), static_cast<unsigned>(at_most));
    out.push_back({path, path.string() + text, ::chmod(path.c_str(), mode & at_most) == 0});
  };
  for (const char* part : {"", "open", "sealed", "counter"}) hold(*part == '\0' ? folder_ : folder_ / part, 0700);
  for (const char* file : {"catalogue.sqlite", "catalogue.key.p7m"}) hold(folder_ / file, 0600);
  std::error_code ec;
  for (fs::directory_iterator top(folder_ / "sealed", ec), none; !ec && top != none; top.increment(ec)) {
    hold(top->path(), 0700);
    if (!is_bag_name(top->path().filename().string())) continue;
    for (fs::recursive_directory_iterator it(top->path(), ec), end; !ec && it != end; it.increment(ec)) hold(it->path(), it->is_directory(ec) ? 0700 : 0500);
  }
  return out;
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
  // the package stands; a catalogue that cannot be written now is put right at the next start
  if (const auto known = catalogue_->put(read_entry(bag.folder, nullptr)); !known) log_warn("vault", known.error().what);
  return ok();
}

Result<std::vector<PackageEntry>> Vault::list() const {
  std::vector<PackageEntry> out;
  std::error_code ec;
  for (fs::directory_iterator it(folder_ / "sealed", ec), end; !ec && it != end; it.increment(ec))
    if (is_bag_name(it->path().filename().string())) out.push_back(entry_of(it->path()));
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
  return entry_of(folder_ / "sealed" / id);
}

const Opener* Vault::opener() const {
  const Bureau* const bureau = bureau_.load();
  return bureau ? bureau->opener.get() : nullptr;
}

Result<std::vector<std::string>> Vault::unencrypted() const {
  std::vector<std::string> out;
  std::error_code ec;
  for (fs::directory_iterator it(folder_ / "sealed", ec), end; !ec && it != end; it.increment(ec))
    if (is_bag_name(it->path().filename().string()) && has_plain_files(it->path())) out.push_back(it->path().filename().string());
  if (ec) return fail(error_from_errno(ec.value(), "list " + (folder_ / "sealed").string()));
  std::sort(out.begin(), out.end());
  return out;
}

Result<Encrypted> Vault::encrypt(const std::string& id, const std::function<bool(std::uint64_t, std::uint64_t)>& progress) {
  const Bureau* const bureau = bureau_.load();
  if (bureau == nullptr) return fail(ErrorKind::Denied, id + " cannot be encrypted: nobody is there for whom");
  const fs::path bag = folder_ / "sealed" / id;
  std::error_code ec;
  if (!is_bag_name(id) || !fs::is_directory(bag, ec)) return fail(ErrorKind::NotFound, "no package " + id + " in " + folder_.string());
  GZ_TRY_ASSIGN(const UniqueFd lock, lock_folder(bag));
  GZ_TRY_ASSIGN(auto recipients, recipients_of(bag, *bureau));
  StampDesk stamps(*bureau, clock_);
  GZ_TRY_ASSIGN(Encrypted done, encrypt_package(bag, {std::move(recipients.pems), bureau->station_signer.get(), progress, &stamps, kForTheList}));
  done.left_out = std::move(recipients.left_out);
  done.people_unread = std::move(recipients.people_unread);
  if (!done.people_unread.empty()) log_warn("vault", id + " is encrypted for the archive and the ingest alone: " + done.people_unread);
  if (const auto known = catalogue_->put(read_entry(bag, nullptr)); !known) log_warn("vault", known.error().what);
  // the copy is kept in step where its medium is there; when it is away, it catches up later
  const auto copy = second_copy_of(folder_);
  if (copy && copy->empty()) return done;
  const Status copied = copy ? copy_package(folder_, *copy, id) : Status(fail(copy.error()));
  if (copied) return done;
  log_warn("vault", "second copy: " + copied.error().what);
  done.copy_behind = copied.error();
  return done;
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
  sweep_leftovers(folder_);
  return out;
}

Result<fs::path> Vault::next_report_folder(const std::string& id) const {
  GZ_TRY_ASSIGN(const PackageEntry entry, find(id));
  return next_edition(entry.folder, "report");
}

}  // namespace guzheng
