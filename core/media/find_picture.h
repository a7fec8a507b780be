// Room media. A small picture (a button, an icon) looked for on a phone's screenshot, for capture scripts (A-8.3f). Pure.
#pragma once

#include <optional>

#include "core/media/decoder.h"

namespace guzheng {

struct PictureFound {
  std::uint32_t x = 0, y = 0, width = 0, height = 0;         // pixels of the page, left upper corner
  std::uint32_t difference = 0;                              // thousandths, see find_picture()
};

// What still counts as the same picture: thousandths of what the picture itself differs from a plain area.
inline constexpr std::uint32_t kSamePicture = 250;

// The place where `wanted` lies on `page`, in shades of grey and in its own size: a picture from a phone of another resolution is not found.
// Difference at a place = sum of |page − wanted| over sum of |wanted − mean of wanted|: 0 where both are equal, about 1000 on a plain area, so
// that a pale picture is held to as much as a vivid one. Compression noise and a slightly other shade pass; the least difference counts, of
// equal ones the uppermost, then the leftmost. Empty: no place has at most `most`. Invalid: a picture without pixels, of fewer than 8×8, or one
// that shows nothing (a plain area would be found everywhere).
Result<std::optional<PictureFound>> find_picture(const Frame& page, const Frame& wanted, std::uint32_t most = kSamePicture);
// Whether a picture can be looked for at all: Invalid as above.
Status check_wanted(const Frame& wanted);

// A part of a screenshot, as PNG, to be looked for later. Invalid: it reaches outside, or as check_wanted(); errors of decode_png().
Result<Bytes> cut_wanted(ByteView page_png, std::uint32_t x, std::uint32_t y, std::uint32_t width, std::uint32_t height);

}  // namespace guzheng
