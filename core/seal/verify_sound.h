// Room seal, private. The pages of one stretch of sound (FORMAT.md 8.1), read as they stream past: memory is bounded by one page. What is in the packets
// nobody looks at but for their length (RFC 6716, 3.1).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace guzheng {

struct Sound {
  std::uint64_t packets = 0;
  std::int64_t samples = 0;            // at 48 kHz, of all packets
  std::vector<std::string> problems;   // rules of section 8.1 that the file breaks; the first one ends the reading
};

class SoundReader {
 public:
  void feed(ByteView bytes);
  Sound finish();

 private:
  void problem(std::string what);
  bool take_page();                    // false: more bytes are needed, or it is broken
  void read_page(ByteView page, ByteView packet);

  Sound sound_;
  Bytes held_;
  std::size_t at_ = 0;                 // in held_: the next page
  std::uint64_t pages_ = 0;
  std::uint32_t serial_ = 0;
};

}  // namespace guzheng
