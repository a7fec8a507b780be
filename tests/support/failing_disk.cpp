// See failing_disk.h. Each call: is it ours, is it to fail, do it, remember what is not yet safe. One lock over all of it, so that operations
// have one order and nothing moves while the plug is out.
#include "tests/support/failing_disk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

template <typename F>
F* real(const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}
#define REAL(name, type)                      \
  static auto* const real_##name = real<type>(#name)

struct Old { off_t at; std::string bytes; };
struct File {                      // by inode
  off_t safe = 0;                  // bytes that survive
  std::vector<Old> old;            // what was overwritten or cut below `safe`, in order
  bool dirty = false;
};
struct Name {                      // an operation on names that its folder has not yet kept
  enum What { Create, Rename, Unlink, Mkdir, Rmdir } what;
  std::string path, from, backup;  // from: Rename; backup: link to the file that was there
};

struct Disk {
  std::recursive_mutex mutex;
  FailingDiskMode mode = kDiskOff;
  std::string folder, scrap, witness_name, witness;
  long at = 0, count = 0;
  int error = EIO;
  unsigned seed = 0, links = 0;
  bool struck = false, full = false;
  off_t room = 0;
  std::map<ino_t, File> files;
  std::vector<Name> names;
  std::map<int, std::string> open;             // descriptors below the folder
  std::map<std::string, long> touched;
};
Disk& disk() {
  static auto* const one = new Disk;           // never destroyed: calls come until the end
  return *one;
}
thread_local bool inside = false;              // our own calls are not operations

class Ours {                                   // lock; off when this is the shim's own call
 public:
  Ours() : lock_(disk().mutex) {
    was_ = inside;
    inside = true;
  }
  ~Ours() { inside = was_; }
 private:
  std::unique_lock<std::recursive_mutex> lock_;
  bool was_;
};
bool off() { return inside || disk().mode == kDiskOff; }

std::string at_path(int folder, const char* path) {
  if (path == nullptr) return {};
  if (path[0] == '/') return fs::path(path).lexically_normal().string();
  if (folder != AT_FDCWD) {
    char link[64], to[4096];
    ::snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    const ssize_t n = ::readlink(link, to, sizeof to);
    if (n > 0) return (fs::path(std::string(to, static_cast<std::size_t>(n))) / path).lexically_normal().string();
  }
  std::error_code ec;
  return fs::absolute(path, ec).lexically_normal().string();
}
bool below(const std::string& path) {
  const auto& f = disk().folder;
  return !f.empty() && path.starts_with(f) && (path.size() == f.size() || path[f.size()] == '/');
}
std::string tracked(int fd) {
  const auto it = disk().open.find(fd);
  return it == disk().open.end() ? std::string() : it->second;
}

File* file_of(int fd) {
  struct stat st {};
  return ::fstat(fd, &st) == 0 ? &disk().files[st.st_ino] : nullptr;
}

void forget_names_in(const std::string& folder) {
  std::erase_if(disk().names, [&](const Name& n) { return fs::path(n.path).parent_path() == folder; });
}

std::string backup_of(const std::string& path) {
  struct stat st {};
  if (disk().mode != kDiskPlug || ::lstat(path.c_str(), &st) != 0 || !S_ISREG(st.st_mode)) return {};
  ::mkdir(disk().scrap.c_str(), 0700);
  const std::string to = disk().scrap + "/" + std::to_string(disk().links++);
  return ::link(path.c_str(), to.c_str()) == 0 ? to : std::string();
}

void undo(const Name& n) {
  std::error_code ec;
  switch (n.what) {
    case Name::Create: ::unlink(n.path.c_str()); break;
    case Name::Mkdir: fs::remove_all(n.path, ec); break;
    case Name::Rmdir: ::mkdir(n.path.c_str(), 0700); break;
    case Name::Unlink:
      if (!n.backup.empty()) (void)!::link(n.backup.c_str(), n.path.c_str());
      break;
    case Name::Rename: {
      struct stat st {};
      const bool folder = ::stat(n.path.c_str(), &st) == 0 && S_ISDIR(st.st_mode);
      if (folder) ::chmod(n.path.c_str(), 0700);
      (void)!::rename(n.path.c_str(), n.from.c_str());
      if (folder) ::chmod(n.from.c_str(), st.st_mode & 0777);
      if (!n.backup.empty()) (void)!::link(n.backup.c_str(), n.path.c_str());
    }
  }
}

void lose_bytes(const fs::path& path, std::mt19937& random) {
  struct stat st {};
  if (::lstat(path.c_str(), &st) != 0 || !S_ISREG(st.st_mode)) return;
  const auto it = disk().files.find(st.st_ino);
  if (it == disk().files.end() || !it->second.dirty) return;
  File& file = it->second;
  ::chmod(path.c_str(), 0600);
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (fd < 0) return;
  const off_t more = std::max<off_t>(0, st.st_size - file.safe);
  const off_t kept = disk().seed == 0 || more == 0 ? 0 : static_cast<off_t>(random() % static_cast<unsigned long>(more + 1));
  const bool zeros = disk().seed != 0 && random() % 3 == 0;
  for (auto old = file.old.rbegin(); old != file.old.rend(); ++old)
    (void)!::pwrite(fd, old->bytes.data(), old->bytes.size(), old->at);
  (void)!::ftruncate(fd, file.safe + (zeros ? 0 : kept));
  if (zeros) (void)!::ftruncate(fd, file.safe + kept);
  ::close(fd);
  ::chmod(path.c_str(), st.st_mode & 0777);
  file = {};
}

[[noreturn]] void pull_the_plug() {
  Disk& d = disk();
  std::mt19937 random(d.seed);
  std::error_code ec;
  const auto keep = d.seed == 0 ? 0 : random() % (d.names.size() + 1);
  while (d.names.size() > keep) {
    undo(d.names.back());
    d.names.pop_back();
  }
  for (fs::recursive_directory_iterator it(d.folder, ec), end; !ec && it != end; it.increment(ec)) lose_bytes(it->path(), random);
  fs::remove_all(d.scrap, ec);
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

enum class Takes { Room, Nothing };
// One operation: counts it. True: it fails, errno is set.
bool strike(const std::string& path, Takes takes) {
  Disk& d = disk();
  ++d.count;
  ++d.touched[path];
  const bool now = d.count == d.at, since = d.count >= d.at;
  if (now && d.mode == kDiskKill) {
    ::kill(::getpid(), SIGKILL);
    for (;;) ::pause();
  }
  if (now && d.mode == kDiskPlug) pull_the_plug();
  if (d.mode == kDiskOnce && now && !(d.error == ENOSPC && takes != Takes::Room)) {
    d.struck = true;
    errno = d.error;
    return true;
  }
  if (d.mode != kDiskFrom || !since) return false;
  if (d.error == ENOSPC) {
    d.full = true;
    if (takes != Takes::Room || d.room > 0) return false;
  }
  d.struck = true;
  errno = d.error;
  return true;
}

// How many of `size` bytes the disk takes.
std::size_t admitted(std::size_t size) {
  Disk& d = disk();
  if (d.mode == kDiskShort && d.count >= d.at && !d.struck && size > 1) {
    d.struck = true;
    return size / 2;
  }
  if (!d.full) return size;
  const auto take = std::min<std::size_t>(size, static_cast<std::size_t>(std::max<off_t>(0, d.room)));
  d.room -= static_cast<off_t>(take);
  if (take < size) d.struck = true;
  return take;
}

void give_room(off_t bytes) {
  if (disk().full) disk().room += bytes;
}

bool is_witnessed(const std::string& path) { return !disk().witness.empty() && fs::path(path).filename() == disk().witness_name; }

void witness(const std::string& path, const char* bytes, std::size_t size) {
  if (!is_witnessed(path)) return;
  const int fd = ::open(disk().witness.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  (void)!::write(fd, bytes, size);
  ::close(fd);
}
void witness_synced(const std::string& path, off_t size) {
  if (!is_witnessed(path)) return;
  const int fd = ::open((disk().witness + ".synced").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const std::string text = std::to_string(size);
  (void)!::write(fd, text.data(), text.size());
  ::close(fd);
}

void remember_overwritten(int fd, File& file, off_t at, std::size_t size) {
  file.dirty = true;
  if (disk().mode != kDiskPlug || at >= file.safe) return;
  char name[64];
  ::snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  const int in = ::open(name, O_RDONLY | O_CLOEXEC);
  if (in < 0) return;
  std::string bytes(std::min<std::size_t>(size, static_cast<std::size_t>(file.safe - at)), '\0');
  const ssize_t n = ::pread(in, bytes.data(), bytes.size(), at);
  ::close(in);
  if (n <= 0) return;
  bytes.resize(static_cast<std::size_t>(n));
  file.old.push_back({at, std::move(bytes)});
}

void opened(int fd, const std::string& path, bool made) {
  struct stat st {};
  if (fd < 0 || ::fstat(fd, &st) != 0) return;
  disk().open[fd] = path;
  if (!S_ISREG(st.st_mode)) return;
  if (made) {
    disk().files[st.st_ino] = {0, {}, true};
    disk().names.push_back({Name::Create, path, {}, {}});
  } else if (!disk().files.contains(st.st_ino)) {
    disk().files[st.st_ino] = {st.st_size, {}, false};
  }
}

void shortened(int fd, off_t to) {
  File* file = file_of(fd);
  struct stat st {};
  ::fstat(fd, &st);
  if (file == nullptr) return;
  if (to < st.st_size) {
    give_room(st.st_size - to);
    remember_overwritten(fd, *file, to, static_cast<std::size_t>(st.st_size - to));
  }
  file->dirty = true;
}

using OpenFn = int(int, const char*, int, ...);
int open_any(int folder, const char* path, int flags, mode_t mode) {
  REAL(openat, OpenFn);
  if (off()) return real_openat(folder, path, flags, mode);
  const Ours ours;
  const std::string whole = at_path(folder, path);
  if (!below(whole)) {
    const int fd = real_openat(folder, path, flags, mode);
    disk().open.erase(fd);
    return fd;
  }
  struct stat st {};
  const bool there = ::lstat(whole.c_str(), &st) == 0;
  const bool makes = (flags & O_CREAT) != 0 && !there, cuts = there && (flags & O_TRUNC) != 0 && st.st_size > 0;
  if ((makes || cuts) && strike(whole, makes ? Takes::Room : Takes::Nothing)) return -1;
  if (cuts) {
    const int fd = real_openat(folder, path, flags & ~O_TRUNC, mode);
    if (fd < 0) return fd;
    opened(fd, whole, false);
    shortened(fd, 0);
    REAL(ftruncate, int(int, off_t));
    (void)!real_ftruncate(fd, 0);
    return fd;
  }
  const int fd = real_openat(folder, path, flags, mode);
  opened(fd, whole, makes);
  return fd;
}

int sync_any(int fd, bool data) {
  REAL(fsync, int(int));
  REAL(fdatasync, int(int));
  const auto act = [&] { return data ? real_fdatasync(fd) : real_fsync(fd); };
  if (off()) return act();
  const Ours ours;
  const std::string path = tracked(fd);
  if (path.empty()) return act();
  if (strike(path, Takes::Nothing)) return -1;
  const int rc = act();
  if (rc != 0) return rc;
  struct stat st {};
  ::fstat(fd, &st);
  if (S_ISDIR(st.st_mode)) {
    forget_names_in(path);
    return rc;
  }
  disk().files[st.st_ino] = {st.st_size, {}, false};
  witness_synced(path, st.st_size);
  return rc;
}

int rename_any(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  REAL(renameat2, int(int, const char*, int, const char*, unsigned));
  if (off()) return real_renameat2(from_folder, from, to_folder, to, flags);
  const Ours ours;
  const std::string a = at_path(from_folder, from), b = at_path(to_folder, to);
  if (!below(a) && !below(b)) return real_renameat2(from_folder, from, to_folder, to, flags);
  if (strike(b, Takes::Nothing)) return -1;
  std::string backup = backup_of(b);
  const int rc = real_renameat2(from_folder, from, to_folder, to, flags);
  if (rc != 0) return rc;
  disk().names.push_back({Name::Rename, b, a, std::move(backup)});
  for (auto& [fd, path] : disk().open)
    if (path == a || path.starts_with(a + "/")) path.replace(0, a.size(), b);
  // what waits for its folder waits under its new name
  for (auto& name : disk().names)
    if (name.path.starts_with(a + "/")) name.path.replace(0, a.size(), b);
  return rc;
}

int unlink_any(int folder, const char* path, int flags) {
  REAL(unlinkat, int(int, const char*, int));
  if (off()) return real_unlinkat(folder, path, flags);
  const Ours ours;
  const std::string whole = at_path(folder, path);
  struct stat st {};
  if (!below(whole) || ::lstat(whole.c_str(), &st) != 0) return real_unlinkat(folder, path, flags);
  if (strike(whole, Takes::Nothing)) return -1;
  const bool is_folder = (flags & AT_REMOVEDIR) != 0;
  std::string backup = is_folder ? std::string() : backup_of(whole);
  const int rc = real_unlinkat(folder, path, flags);
  if (rc != 0) return rc;
  if (!is_folder && st.st_nlink == 1) give_room(st.st_blocks * 512);
  disk().names.push_back({is_folder ? Name::Rmdir : Name::Unlink, whole, {}, std::move(backup)});
  return rc;
}

int mkdir_any(int folder, const char* path, mode_t mode) {
  REAL(mkdirat, int(int, const char*, mode_t));
  if (off()) return real_mkdirat(folder, path, mode);
  const Ours ours;
  const std::string whole = at_path(folder, path);
  struct stat st {};
  if (!below(whole) || ::lstat(whole.c_str(), &st) == 0) return real_mkdirat(folder, path, mode);
  if (strike(whole, Takes::Room)) return -1;
  const int rc = real_mkdirat(folder, path, mode);
  if (rc == 0) disk().names.push_back({Name::Mkdir, whole, {}, {}});
  return rc;
}

// `at` < 0: at the file's own position.
template <typename Act>
ssize_t write_any(int fd, off_t at, const char* bytes, std::size_t size, const Act& act) {
  if (off()) return act(size);
  std::unique_lock lock(disk().mutex);
  const std::string path = tracked(fd);
  lock.unlock();                               // a pipe may block
  if (path.empty()) return act(size);
  const Ours ours;
  if (strike(path, Takes::Room)) return -1;
  const std::size_t take = admitted(size);
  if (take == 0 && size > 0) {
    errno = ENOSPC;
    return -1;
  }
  File* file = file_of(fd);
  if (file != nullptr) {
    struct stat st {};
    ::fstat(fd, &st);
    const bool append = (::fcntl(fd, F_GETFL) & O_APPEND) != 0;
    remember_overwritten(fd, *file, append ? st.st_size : at >= 0 ? at : ::lseek(fd, 0, SEEK_CUR), take);
  }
  const ssize_t n = act(take);
  if (n > 0) witness(path, bytes, static_cast<std::size_t>(n));
  return n;
}

std::string joined(const iovec* parts, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out.append(static_cast<const char*>(parts[i].iov_base), parts[i].iov_len);
  return out;
}

int truncate_any(int fd, const std::string& path, off_t size) {
  REAL(ftruncate, int(int, off_t));
  if (strike(path, Takes::Nothing)) return -1;
  shortened(fd, size);
  const int rc = real_ftruncate(fd, size);
  if (rc == 0 && is_witnessed(path)) (void)!::truncate(disk().witness.c_str(), size);
  return rc;
}

int reserve(int fd, off_t size) {
  const std::string path = tracked(fd);
  if (path.empty()) return 0;
  if (strike(path, Takes::Room)) return errno;
  return disk().full && disk().room < size ? ENOSPC : 0;
}

[[gnu::constructor]] void by_environment() {
  const char* text = ::getenv("GUZHENG_DISK");
  if (text == nullptr) return;
  char folder[4096];
  int mode = 0, error = 0;
  long at = 0;
  unsigned seed = 0;
  if (::sscanf(text, "%4095s %d %ld %d %u", folder, &mode, &at, &error, &seed) != 5) return;
  const FailingDiskOrder order{folder, static_cast<FailingDiskMode>(mode), at, error, seed, nullptr, nullptr};
  failing_disk_arm(&order);
}

mode_t mode_of(int flags, va_list args) { return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(args, mode_t) : 0; }

}  // namespace

#pragma GCC visibility push(default)
extern "C" {

void failing_disk_arm(const FailingDiskOrder* order) {
  const Ours ours;
  Disk& d = disk();
  d.mode = order->mode;
  d.folder = order->folder;
  d.scrap = d.folder + ".scrap";
  d.at = order->at;
  d.error = order->error;
  d.seed = order->seed;
  d.witness_name = order->witness_name != nullptr ? order->witness_name : "";
  d.witness = order->witness != nullptr ? order->witness : "";
  d.count = 0;
  d.struck = d.full = false;
  d.room = 0;
  d.files.clear();
  d.names.clear();
  d.touched.clear();
}
long failing_disk_operations() {
  const Ours ours;
  return disk().count;
}
int failing_disk_struck() {
  const Ours ours;
  return disk().struck ? 1 : 0;
}
long failing_disk_operations_on(const char* suffix) {
  const Ours ours;
  long n = 0;
  for (const auto& [path, count] : disk().touched)
    if (path.ends_with(suffix)) n += count;
  return n;
}

#define OPEN_AT(name)                                              \
  int name(int folder, const char* path, int flags, ...) {         \
    va_list args;                                                  \
    va_start(args, flags);                                         \
    const mode_t mode = mode_of(flags, args);                      \
    va_end(args);                                                  \
    return open_any(folder, path, flags, mode);                    \
  }
#define OPEN(name)                                                 \
  int name(const char* path, int flags, ...) {                     \
    va_list args;                                                  \
    va_start(args, flags);                                         \
    const mode_t mode = mode_of(flags, args);                      \
    va_end(args);                                                  \
    return open_any(AT_FDCWD, path, flags, mode);                  \
  }
OPEN(open)
OPEN(open64)
OPEN_AT(openat)
OPEN_AT(openat64)
int creat(const char* path, mode_t mode) { return open_any(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

int close(int fd) {
  REAL(close, int(int));
  if (!off()) {
    const Ours ours;
    disk().open.erase(fd);
    return real_close(fd);
  }
  return real_close(fd);
}

ssize_t write(int fd, const void* bytes, size_t size) {
  REAL(write, ssize_t(int, const void*, size_t));
  return write_any(fd, -1, static_cast<const char*>(bytes), size, [&](std::size_t n) { return real_write(fd, bytes, n); });
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t at) {
  REAL(pwrite, ssize_t(int, const void*, size_t, off_t));
  return write_any(fd, at, static_cast<const char*>(bytes), size, [&](std::size_t n) { return real_pwrite(fd, bytes, n, at); });
}
ssize_t pwrite64(int fd, const void* bytes, size_t size, off_t at) { return pwrite(fd, bytes, size, at); }
ssize_t writev(int fd, const iovec* parts, int count) {
  REAL(writev, ssize_t(int, const iovec*, int));
  if (off()) return real_writev(fd, parts, count);
  const std::string all = joined(parts, count);
  return write(fd, all.data(), all.size());
}
ssize_t pwritev(int fd, const iovec* parts, int count, off_t at) {
  const std::string all = joined(parts, count);
  return pwrite(fd, all.data(), all.size(), at);
}
ssize_t pwritev64(int fd, const iovec* parts, int count, off_t at) { return pwritev(fd, parts, count, at); }

int fsync(int fd) { return sync_any(fd, false); }
int fdatasync(int fd) { return sync_any(fd, true); }

int rename(const char* from, const char* to) { return rename_any(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char* from, int b, const char* to) { return rename_any(a, from, b, to, 0); }
int renameat2(int a, const char* from, int b, const char* to, unsigned flags) { return rename_any(a, from, b, to, flags); }

int unlink(const char* path) { return unlink_any(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char* path, int flags) { return unlink_any(folder, path, flags); }
int rmdir(const char* path) { return unlink_any(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char* path) {
  struct stat st {};
  return unlink_any(AT_FDCWD, path, ::lstat(path, &st) == 0 && S_ISDIR(st.st_mode) ? AT_REMOVEDIR : 0);
}
int mkdir(const char* path, mode_t mode) { return mkdir_any(AT_FDCWD, path, mode); }
int mkdirat(int folder, const char* path, mode_t mode) { return mkdir_any(folder, path, mode); }

int ftruncate(int fd, off_t size) {
  REAL(ftruncate, int(int, off_t));
  if (off()) return real_ftruncate(fd, size);
  const Ours ours;
  const std::string path = tracked(fd);
  return path.empty() ? real_ftruncate(fd, size) : truncate_any(fd, path, size);
}
int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }
int truncate(const char* path, off_t size) {
  REAL(truncate, int(const char*, off_t));
  if (off()) return real_truncate(path, size);
  const Ours ours;
  const std::string whole = at_path(AT_FDCWD, path);
  if (!below(whole)) return real_truncate(path, size);
  const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  struct stat st {};
  ::fstat(fd, &st);
  if (!disk().files.contains(st.st_ino)) disk().files[st.st_ino] = {st.st_size, {}, false};
  const int rc = truncate_any(fd, whole, size), error = errno;
  ::close(fd);
  errno = error;
  return rc;
}
int truncate64(const char* path, off_t size) { return truncate(path, size); }

int fallocate(int fd, int mode, off_t at, off_t size) {
  REAL(fallocate, int(int, int, off_t, off_t));
  if (off()) return real_fallocate(fd, mode, at, size);
  const Ours ours;
  if (const int error = reserve(fd, size); error != 0) {
    errno = error;
    return -1;
  }
  return real_fallocate(fd, mode, at, size);
}
int fallocate64(int fd, int mode, off_t at, off_t size) { return fallocate(fd, mode, at, size); }
int posix_fallocate(int fd, off_t at, off_t size) {
  REAL(posix_fallocate, int(int, off_t, off_t));
  if (off()) return real_posix_fallocate(fd, at, size);
  const Ours ours;
  if (const int error = reserve(fd, size); error != 0) return error;
  return real_posix_fallocate(fd, at, size);
}
int posix_fallocate64(int fd, off_t at, off_t size) { return posix_fallocate(fd, at, size); }

// Programs that copy within the kernel fall back to read and write, which are seen.
ssize_t copy_file_range(int, off64_t*, int, off64_t*, size_t, unsigned) {
  errno = EXDEV;
  return -1;
}
ssize_t sendfile(int out, int in, off_t* at, size_t size) {
  REAL(sendfile, ssize_t(int, int, off_t*, size_t));
  if (off() || tracked(out).empty()) return real_sendfile(out, in, at, size);
  errno = EINVAL;
  return -1;
}
}
#pragma GCC visibility pop
