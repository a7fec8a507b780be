// See failing_disk.h: the orders, and the names that stand before libc.
#include "tests/support/failing_disk.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "tests/support/failing_disk_model.h"

using namespace failing_disk;

namespace {

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
  d.sync_of = order->sync_of != nullptr ? order->sync_of : "";
  d.witness = order->witness != nullptr ? order->witness : "";
  d.count = d.syncs = 0;
  d.struck = d.full = d.dropped = false;
  d.room = 0;
  d.files.clear();
  d.names.clear();
  d.touched.clear();
}
void failing_disk_fail_soon(long after, int error) {
  const Ours ours;
  Disk& d = disk();
  d.mode = after > 0 ? kDiskOnce : kDiskCount;
  d.at = d.count + after;
  d.error = error;
}
long failing_disk_operations() {
  const Ours ours;
  return disk().count;
}
int failing_disk_struck() {
  const Ours ours;
  return disk().struck ? 1 : 0;
}
int failing_disk_dropped() {
  const Ours ours;
  return disk().dropped ? 1 : 0;
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
