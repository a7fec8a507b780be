#include "core/base/blank.h"

#include <array>
#include <cstdint>

namespace guzheng {

namespace {

struct Sign {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
};

// The first sign of text; of bytes that are no UTF-8 something that is seen.
Sign first_sign(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto follows = [&](std::size_t count) {
    if (text.size() <= count) return false;
    for (std::size_t i = 1; i <= count; ++i)
      if ((at(i) & 0xc0) != 0x80) return false;
    return true;
  };
  if (at(0) < 0x80) return {at(0), 1};
  if ((at(0) & 0xe0) == 0xc0 && follows(1)) return {(at(0) & 0x1fu) << 6 | (at(1) & 0x3fu), 2};
  if ((at(0) & 0xf0) == 0xe0 && follows(2)) return {(at(0) & 0x0fu) << 12 | (at(1) & 0x3fu) << 6 | (at(2) & 0x3fu), 3};
  return {0xfffd, 1};
}

bool is_unseen(std::uint32_t code) {
  struct Range {
    std::uint32_t first, last;
  };
  static constexpr std::array<Range, 9> ranges{{{0x0000, 0x0020}, {0x007f, 0x00a0}, {0x00ad, 0x00ad}, {0x1680, 0x1680}, {0x180e, 0x180e},
                                                {0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3000, 0x3000}}};
  for (const auto& range : ranges)
    if (code >= range.first && code <= range.last) return true;
  return code == 0xfeff || code == 0x3164 || code == 0x2800;       // byte order mark, Hangul filler, empty Braille pattern
}

}  // namespace

bool is_blank(std::string_view utf8) {
  while (!utf8.empty()) {
    const Sign sign = first_sign(utf8);
    if (!is_unseen(sign.code)) return false;
    utf8.remove_prefix(sign.bytes);
  }
  return true;
}

}  // namespace guzheng
