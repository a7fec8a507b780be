// Room vault, private. POSIX ustar, as far as a backup needs it: plain files with modes. Written and read as a stream; stock `tar`
// reads what is written here.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

struct TarMember {
  std::string path;                  // relative, at most 255 bytes, no "." or ".." component
  std::uint64_t size = 0;            // less than 8 GiB
  std::uint32_t mode = 0600;
};

// The 512 bytes before a member's bytes. Invalid when its name or size does not fit.
Result<Bytes> tar_header(const TarMember& member);
std::size_t tar_padding(std::uint64_t size);       // zeros behind a member's bytes
Bytes tar_end();

// Takes a tar archive apart as it comes. Tampered: not of this form (links, folders and other kinds are refused).
class TarReader {
 public:
  struct Handler {
    std::function<Status(const TarMember&)> begin;
    std::function<Status(ByteView)> bytes;
    std::function<Status()> end;
  };
  explicit TarReader(Handler handler) : handler_(std::move(handler)) {}
  Status feed(ByteView bytes);
  // After the last byte: did the archive come to its end?
  [[nodiscard]] Status finish() const;

 private:
  Status header(ByteView block);
  Handler handler_;
  Bytes block_;                      // a header that is not whole yet
  std::uint64_t left_ = 0;           // bytes of the member still to come
  std::size_t padding_ = 0;
  int zero_blocks_ = 0;
  bool inside_ = false;
};

}  // namespace guzheng
