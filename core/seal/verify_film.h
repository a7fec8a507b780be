// Room seal, private. The boxes of one recording segment (FORMAT.md 8), read as they stream past: memory is bounded by
// the largest header box and one number a packet. Nested boxes are found by depth-bounded loops, never by recursion.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace guzheng {

struct Film {
  std::vector<std::int64_t> pts_us;    // of each packet, in file order, 0 for the first
  std::string codec;                   // sample entry: "avc1", "hvc1", "hev1", "av01"
  std::uint32_t width = 0, height = 0;
  std::vector<std::string> problems;   // rules of section 8 that the file breaks, at most 20
};

class FilmReader {
 public:
  void feed(ByteView bytes);
  Film finish();

 private:
  enum class State { Header, Keep, Skip, Broken };
  void problem(std::string what);
  bool header_complete();
  void begin_box();
  void end_kept_box();
  void read_moov(ByteView box);
  void read_moof(ByteView box);

  Film film_;
  State state_ = State::Header;
  Bytes head_, kept_;
  std::uint64_t left_ = 0;             // of the box's payload
  std::uint32_t type_ = 0;
  std::uint64_t payload_ = 0, header_size_ = 0;
  bool ftyp_ = false, moov_ = false, mfra_ = false;
  std::uint64_t awaited_mdat_ = 0;     // payload that the last moof announced; 0: none
  std::uint32_t sequence_ = 0, track_ = 0;
  std::uint32_t default_flags_ = 0, default_size_ = 0;
};

}  // namespace guzheng
