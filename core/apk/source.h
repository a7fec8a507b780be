// Room apk. Where the bytes of an Android package (APK) come from: a file that stays as it is while it is looked at, or memory.
#pragma once

#include <functional>

#include "core/base/file.h"

namespace guzheng {

class ApkSource {
 public:
  virtual ~ApkSource() = default;
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  // Exactly into.size() bytes from `offset`; Invalid beyond the end, Io when the disk does not give them.
  virtual Status read(std::uint64_t offset, std::span<std::uint8_t> into) const = 0;

  Result<Bytes> bytes(std::uint64_t offset, std::uint64_t count) const;        // the caller bounds `count`
  // Pieces of at most 1 MiB, in order, from `begin` to before `end`.
  Status each_piece(std::uint64_t begin, std::uint64_t end, const std::function<Status(ByteView)>& use) const;
};

class MemoryApk final : public ApkSource {
 public:
  explicit MemoryApk(ByteView bytes) : bytes_(bytes) {}                        // not owned
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  Status read(std::uint64_t offset, std::span<std::uint8_t> into) const override;

 private:
  const ByteView bytes_;
};

// A file of the officer's.
class FileApk final : public ApkSource {
 public:
  static Result<FileApk> open(const std::filesystem::path& file);              // Invalid: no plain file
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Status read(std::uint64_t offset, std::span<std::uint8_t> into) const override;

 private:
  FileApk(UniqueFd fd, std::uint64_t size) : fd_(std::move(fd)), size_(size) {}
  UniqueFd fd_;
  std::uint64_t size_ = 0;
};

// A file without a name: nobody else sees it, and it is gone with this object, however the program ends.
class SpoolApk final : public ApkSource {
 public:
  static Result<SpoolApk> create(const std::filesystem::path& folder);
  Status write(ByteView bytes);
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  Status read(std::uint64_t offset, std::span<std::uint8_t> into) const override;

 private:
  explicit SpoolApk(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
  std::uint64_t size_ = 0;
};

}  // namespace guzheng
