#include "core/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <mutex>
#include <optional>

namespace guzheng {

namespace fs = std::filesystem;

void UniqueFd::reset(int fd) {
  if (fd_ >= 0) ::close(fd_);
  fd_ = fd;
}

Status write_all(int fd, ByteView bytes, std::string_view name) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      return fail_errno("write " + std::string(name));
    }
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return ok();
}

struct AppendFile::Lost {
  std::mutex mutex;
  std::optional<Error> error;          // under mutex
};

AppendFile::AppendFile() : lost_(std::make_shared<Lost>()) {}

Status AppendFile::sound() const {
  const std::lock_guard lock(lost_->mutex);
  return lost_->error ? Status(fail(*lost_->error)) : ok();
}

Result<AppendFile> AppendFile::create(const fs::path& path) {
  AppendFile file;
  file.path_ = path;
  file.fd_.reset(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.fd_) return fail_errno("create " + path.string());
  GZ_TRY(sync_folder(path.has_parent_path() ? path.parent_path() : fs::path(".")));      // synced bytes without a name are lost
  return file;
}

Result<AppendFile> AppendFile::reopen(const fs::path& path) {
  AppendFile file;
  file.path_ = path;
  file.fd_.reset(::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW));
  if (!file.fd_) return fail_errno("open " + path.string());
  struct stat st {};
  if (::fstat(file.fd_.get(), &st) != 0) return fail_errno("stat " + path.string());
  if (!S_ISREG(st.st_mode)) return fail(ErrorKind::Invalid, path.string() + " is no plain file");
  file.size_ = static_cast<std::uint64_t>(st.st_size);
  return file;
}

Status AppendFile::write(ByteView bytes) {
  GZ_TRY(sound());
  GZ_TRY(write_all(fd_.get(), bytes, path_.string()));
  size_ += bytes.size();
  return ok();
}

Status AppendFile::sync() const {
  GZ_TRY(sound());
  if (::fdatasync(fd_.get()) == 0) return ok();
  const std::lock_guard lock(lost_->mutex);
  lost_->error = error_from_errno(errno, "fdatasync " + path_.string());
  return fail(*lost_->error);
}

Status AppendFile::close() {
  if (!fd_) return ok();
  GZ_TRY(sync());
  if (::close(fd_.release()) != 0) return fail_errno("close " + path_.string());
  return ok();
}

Status sync_folder(const fs::path& folder) {
  const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd) return fail_errno("open folder " + folder.string());
  if (::fsync(fd.get()) != 0) return fail_errno("fsync folder " + folder.string());
  return ok();
}

Status write_atomically(const fs::path& path, ByteView bytes, bool read_only) {
  static std::atomic<unsigned> counter{0};
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const fs::path temporary =
      folder / ("." + path.filename().string() + "." + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".tmp");
  UniqueFd fd(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return fail_errno("create " + temporary.string());
  auto written = write_all(fd.get(), bytes, temporary.string());
  if (written && ::fsync(fd.get()) != 0) written = fail_errno("fsync " + temporary.string());
  if (written && read_only && ::fchmod(fd.get(), 0400) != 0) written = fail_errno("chmod " + temporary.string());
  fd.reset();
  if (written && ::rename(temporary.c_str(), path.c_str()) != 0) written = fail_errno("rename to " + path.string());
  if (!written) {
    ::unlink(temporary.c_str());
    return written;
  }
  return sync_folder(folder);
}

namespace {
Result<UniqueFd> open_plain(const fs::path& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd) {
    if (errno == ELOOP) return fail(ErrorKind::Denied, path.string() + " is a symbolic link");
    return fail_errno("open " + path.string());
  }
  struct stat st {};
  if (::fstat(fd.get(), &st) != 0) return fail_errno("stat " + path.string());
  if (!S_ISREG(st.st_mode)) return fail(ErrorKind::Invalid, path.string() + " is no plain file");
  return fd;
}
}  // namespace

Status read_in_pieces(const fs::path& path, const std::function<Status(ByteView)>& use) {
  GZ_TRY_ASSIGN(const UniqueFd fd, open_plain(path));
  Bytes piece(1u << 20);
  for (;;) {
    const ssize_t n = ::read(fd.get(), piece.data(), piece.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail_errno("read " + path.string());
    if (n == 0) return ok();
    GZ_TRY(use(ByteView(piece).first(static_cast<std::size_t>(n))));
  }
}

Result<Bytes> read_file(const fs::path& path, std::uint64_t limit) {
  Bytes out;
  GZ_TRY(read_in_pieces(path, [&](ByteView piece) -> Status {
    if (out.size() + piece.size() > limit)
      return fail(ErrorKind::Invalid, path.string() + " is larger than " + std::to_string(limit) + " bytes");
    append(out, piece);
    return ok();
  }));
  return out;
}

Result<std::string> read_text(const fs::path& path, std::uint64_t limit) {
  GZ_TRY_ASSIGN(const Bytes bytes, read_file(path, limit));
  return std::string(as_text(bytes));
}

Status make_private_folder(const fs::path& path) {
  std::error_code ec;
  if (fs::is_directory(path, ec)) return ok();
  if (path.has_parent_path() && !fs::exists(path.parent_path(), ec)) GZ_TRY(make_private_folder(path.parent_path()));
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return fail_errno("create folder " + path.string());
  if (!fs::is_directory(path, ec)) return fail(ErrorKind::Exists, path.string() + " is there and is no folder");
  return sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

Result<std::uint64_t> free_bytes(const fs::path& folder) {
  struct statvfs st {};
  if (::statvfs(folder.c_str(), &st) != 0) return fail_errno("statvfs " + folder.string());
  return static_cast<std::uint64_t>(st.f_bavail) * st.f_frsize;
}

}  // namespace guzheng
