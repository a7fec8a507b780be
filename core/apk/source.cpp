#include "core/apk/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace guzheng {

namespace {

constexpr std::uint64_t kSourcePiece = 1u << 20;

bool fits(std::uint64_t size, std::uint64_t offset, std::uint64_t count) { return offset <= size && count <= size - offset; }

Status read_place(int fd, std::uint64_t offset, std::span<std::uint8_t> into) {
  for (std::size_t done = 0; done < into.size();) {
    const ssize_t got = ::pread(fd, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail_errno("read the package");
    if (got == 0) return fail(ErrorKind::Io, "the package became shorter while it was read");
    done += static_cast<std::size_t>(got);
  }
  return ok();
}

}  // namespace

Result<Bytes> ApkSource::bytes(std::uint64_t offset, std::uint64_t count) const {
  if (!fits(size(), offset, count)) return fail(ErrorKind::Invalid, "the package ends too early");
  Bytes out(count);
  GZ_TRY(read(offset, out));
  return out;
}

Status ApkSource::each_piece(std::uint64_t begin, std::uint64_t end, const std::function<Status(ByteView)>& use) const {
  if (begin > end || end > size()) return fail(ErrorKind::Invalid, "the package ends too early");
  Bytes buffer(std::min(kSourcePiece, end - begin));
  for (std::uint64_t at = begin; at < end;) {
    const std::span<std::uint8_t> piece(buffer.data(), std::min<std::uint64_t>(kSourcePiece, end - at));
    GZ_TRY(read(at, piece));
    GZ_TRY(use(piece));
    at += piece.size();
  }
  return ok();
}

Status MemoryApk::read(std::uint64_t offset, std::span<std::uint8_t> into) const {
  if (!fits(bytes_.size(), offset, into.size())) return fail(ErrorKind::Invalid, "the package ends too early");
  if (!into.empty()) std::memcpy(into.data(), bytes_.data() + offset, into.size());
  return ok();
}

Result<SpoolApk> SpoolApk::create(const std::filesystem::path& folder) {
  UniqueFd fd(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (fd) return SpoolApk(std::move(fd));
  std::string name = (folder / "apk-XXXXXX").string();     // a file system that makes no nameless files
  fd.reset(::mkostemp(name.data(), O_CLOEXEC));
  if (!fd) return fail_errno("make a file in " + folder.string());
  ::unlink(name.c_str());
  return SpoolApk(std::move(fd));
}

Status SpoolApk::write(ByteView bytes) {
  GZ_TRY(write_all(fd_.get(), bytes, "package from the phone"));
  size_ += bytes.size();
  return ok();
}

Status SpoolApk::read(std::uint64_t offset, std::span<std::uint8_t> into) const {
  if (!fits(size_, offset, into.size())) return fail(ErrorKind::Invalid, "the package ends too early");
  return read_place(fd_.get(), offset, into);
}

Result<FileApk> FileApk::open(const std::filesystem::path& file) {
  UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));        // a pipe would wait for somebody to write
  if (!fd) return fail_errno("open " + file.filename().string());
  struct stat about{};
  if (::fstat(fd.get(), &about) != 0) return fail_errno("look at " + file.filename().string());
  if (!S_ISREG(about.st_mode)) return fail(ErrorKind::Invalid, file.filename().string() + " is no plain file");
  return FileApk(std::move(fd), static_cast<std::uint64_t>(about.st_size));
}

Status FileApk::read(std::uint64_t offset, std::span<std::uint8_t> into) const {
  if (!fits(size_, offset, into.size())) return fail(ErrorKind::Invalid, "the package ends too early");
  return read_place(fd_.get(), offset, into);
}

}  // namespace guzheng
