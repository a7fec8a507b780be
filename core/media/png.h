// Room media. The phone's screenshots: are they whole, how large, black (a protected page), and small for a list.
// Pure: bytes in, values out.
#pragma once

#include "core/media/decoder.h"

namespace guzheng {

struct PngSize {
  std::uint32_t width = 0, height = 0;          // pixels
  bool operator==(const PngSize&) const = default;
};

// Checks signature, IHDR, every chunk's CRC, that IEND ends the file and nothing follows. Protocol otherwise.
Result<PngSize> check_png(ByteView png);

// BGRA; Protocol for a damaged file, Unsupported over 64 million pixels.
Result<Frame> decode_png(ByteView png);
// At most `max_width` wide, never enlarged.
Result<Frame> thumbnail(ByteView png, std::uint32_t max_width);

// BGRA in, RGB with 8 bits a colour out; what is drawn is what is read again. Invalid for a Frame without pixels.
Result<Bytes> encode_png(const Frame& frame);

// Share of pixels (0…1) whose three colours are all 8 or less of 255.
double dark_share(const Frame& frame);
// A page that forbids capture (FLAG_SECURE) comes as black; the phone's own bars may still show: 97 % is black enough.
// It is a notice for the officer, not a finding.
inline bool nearly_black(const Frame& frame) { return dark_share(frame) >= 0.97; }
Result<bool> nearly_black_png(ByteView png);

}  // namespace guzheng
