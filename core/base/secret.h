// Room base. Text that nobody else may read: passphrases. It lies alone in pages that are locked into memory as far as the limits of
// the system allow (not written to swap), are left out of core files, and are overwritten before they are given back.
// What cannot be done: a source that the text is copied from is its owner's to overwrite (taken_from() does it), and a text that went
// through QString, a terminal's or a pipe's buffers in the kernel has been there.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

// Moved, or copied by clone(): a copy is never made in passing. Not thread-safe.
class Secret {
 public:
  Secret() = default;
  Secret(std::string_view text);                           // NOLINT: a literal or a string is where a passphrase comes from
  Secret(const std::string& text) : Secret(std::string_view(text)) {}
  Secret(const char* text) : Secret(std::string_view(text)) {}
  static Secret taken_from(std::string& text);             // `text` is overwritten and empty afterwards
  static Secret joined(std::string_view a, std::string_view b);
  ~Secret() { clear(); }
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  [[nodiscard]] Secret clone() const { return Secret(view()); }
  void clear();

  [[nodiscard]] const char* c_str() const { return text_ == nullptr ? "" : text_; }     // zero-ended
  [[nodiscard]] std::string_view view() const { return {c_str(), size_}; }
  [[nodiscard]] ByteView bytes() const { return as_bytes(view()); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  bool operator==(const Secret& other) const;              // takes as long whatever differs

 private:
  friend Result<Secret> read_secret(const std::filesystem::path& file);
  void reserve(std::size_t size);
  char* text_ = nullptr;
  std::size_t size_ = 0, pages_ = 0;                       // pages_: bytes of the mapping
};

// The first line of a passphrase file of at most 4 KiB, or of a pipe that a shell hands over (<(…)). Denied: another user owns it, its
// mode lets others read it (the error says what to do), or it is a symbolic link. Invalid: no plain file, nothing in its first line.
Result<Secret> read_secret(const std::filesystem::path& file);

// At the start of a program that holds keys: no core file, and no other process of the same user may trace it or read its memory.
// `traceable` leaves the latter away: the web engine's sandbox writes to /proc/self of its children before they begin, which a
// process that is not dumpable may not.
void keep_memory_private(bool traceable = false);

}  // namespace guzheng
