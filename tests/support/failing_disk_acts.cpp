// What the failing disk does in place of each family of calls.
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <filesystem>

#include "tests/support/failing_disk_model.h"

namespace failing_disk {

namespace fs = std::filesystem;

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
  if (strike_sync(path)) {
    drop_dirty(fd);
    return -1;
  }
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

ssize_t write_any(int fd, off_t at, const char* bytes, std::size_t size, const std::function<ssize_t(std::size_t)>& act) {
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

}  // namespace failing_disk
