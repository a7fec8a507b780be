#include "core/tables/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/base/file.h"

namespace guzheng {

namespace {

class FileSource final : public ByteSource {
 public:
  FileSource(UniqueFd fd, std::uint64_t size, std::string name) : fd_(std::move(fd)), size_(size), name_(std::move(name)) {}

  Result<std::size_t> read(std::span<std::uint8_t> into) override {
    while (true) {
      const auto got = ::read(fd_.get(), into.data(), into.size());
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) return fail_errno("read " + name_);
    }
  }
  Status rewind() override {
    if (::lseek(fd_.get(), 0, SEEK_SET) < 0) return fail_errno("read " + name_);
    return ok();
  }
  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  UniqueFd fd_;
  std::uint64_t size_;
  std::string name_;
};

class MemorySource final : public ByteSource {
 public:
  explicit MemorySource(ByteView bytes) : bytes_(bytes) {}
  Result<std::size_t> read(std::span<std::uint8_t> into) override {
    const auto count = std::min(into.size(), bytes_.size() - at_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), count, into.begin());
    at_ += count;
    return count;
  }
  Status rewind() override {
    at_ = 0;
    return ok();
  }
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

 private:
  ByteView bytes_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file_source(const std::filesystem::path& file) {
  UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!fd) return fail_errno("open " + file.string());
  struct stat facts {};
  if (::fstat(fd.get(), &facts) != 0) return fail_errno("open " + file.string());
  if (!S_ISREG(facts.st_mode)) return fail(ErrorKind::Io, file.string() + " is no file");
  ::posix_fadvise(fd.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  return std::unique_ptr<ByteSource>(std::make_unique<FileSource>(std::move(fd), static_cast<std::uint64_t>(facts.st_size), file.string()));
}

std::unique_ptr<ByteSource> memory_source(ByteView bytes) { return std::make_unique<MemorySource>(bytes); }

}  // namespace guzheng
