// Room base. Files as evidence needs them: written whole or not at all, flushed on demand, read with a limit.
// All functions block; call them from worker threads only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

// Owns a file descriptor; closes it once.
class UniqueFd {
 public:
  UniqueFd() = default;
  explicit UniqueFd(int fd) : fd_(fd) {}
  ~UniqueFd() { reset(); }
  UniqueFd(UniqueFd&& other) noexcept : fd_(other.release()) {}
  UniqueFd& operator=(UniqueFd&& other) noexcept {
    if (this != &other) reset(other.release());
    return *this;
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }
  void reset(int fd = -1);

 private:
  int fd_ = -1;
};

// A file that only grows, made new with mode 0600 (O_EXCL: an existing file is an error, nothing is overwritten).
// write() hands the bytes to the kernel (a killed program loses none); sync() makes them survive a power cut.
// write() belongs to one thread; sync() may be called from another while write() runs.
// A sync that failed is final: the kernel marks the pages it could not write as clean, so a later sync would succeed without
// them. Every later write(), sync() and close() gives the same error; what was written since the last good sync is not proven.
class AppendFile {
 public:
  static Result<AppendFile> create(const std::filesystem::path& path);
  static Result<AppendFile> reopen(const std::filesystem::path& path);   // continues an existing plain file at its end
  Status write(ByteView bytes);
  Status sync() const;                 // fdatasync
  Status close();                      // sync and close; also reports late write errors
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  struct Lost;                         // the sync that failed, if one did
  AppendFile();
  [[nodiscard]] Status sound() const;
  std::filesystem::path path_;
  UniqueFd fd_;
  std::uint64_t size_ = 0;
  std::shared_ptr<Lost> lost_;
};

Status write_all(int fd, ByteView bytes, std::string_view name);

// Temporary file in the same folder, write, fsync, rename, fsync the folder. Afterwards the path holds
// either the old bytes or the new ones, never a mixture. `read_only` leaves mode 0400.
Status write_atomically(const std::filesystem::path& path, ByteView bytes, bool read_only = false);
inline Status write_text(const std::filesystem::path& path, std::string_view text) { return write_atomically(path, as_bytes(text)); }
Status sync_folder(const std::filesystem::path& folder);

// Refuses files over `limit` bytes (Invalid), symbolic links are not followed (Denied).
Result<Bytes> read_file(const std::filesystem::path& path, std::uint64_t limit = 64u << 20);
Result<std::string> read_text(const std::filesystem::path& path, std::uint64_t limit = 64u << 20);
// Calls `use` with pieces of at most 1 MiB, in order; stops at its first error.
Status read_in_pieces(const std::filesystem::path& path, const std::function<Status(ByteView)>& use);

Status make_private_folder(const std::filesystem::path& path);   // parents too; mode 0700
Result<std::uint64_t> free_bytes(const std::filesystem::path& folder);

}  // namespace guzheng
