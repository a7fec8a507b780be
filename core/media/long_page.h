// Room media. 长页: pictures of a page that was scrolled between them, put together. Pure: nothing is drawn that no single picture shows;
// where two of them meet, the rows that both show must be equal, pixel by pixel (A-7.3b, A-8.3g).
#pragma once

#include <vector>

#include "core/media/decoder.h"

namespace guzheng {

// Rows [top, top + rows) of the later picture are rows [top + shift, …) of the earlier one: the page went up by `shift` rows.
struct Overlap {
  std::uint32_t shift = 0, top = 0, rows = 0;
  bool operator==(const Overlap&) const = default;
};

inline constexpr std::uint64_t kMostLongPixels = 64'000'000;     // of a whole that is drawn

enum class ScrollProblem { None, NotMoved, NoOverlap, Ambiguous };
struct ScrollFound {
  ScrollProblem problem = ScrollProblem::None;     // NotMoved: both show the same part, the page's end as a rule
  Overlap overlap;                                 // without a problem
};
// The strip at the right edge where a scroll bar may fade (3 % of the width) is not compared. Ambiguous: the rows that both show are so
// alike (a blank page, a list of equal rows) that another distance would do as well. NoOverlap also when less than a quarter of the rows that
// both would show at the best distance are equal: a card that stands on both pictures is no overlap.
ScrollFound find_overlap(const Frame& earlier, const Frame& later);

// One picture's part of the whole: its rows [top, top + rows).
struct LongPart {
  std::uint32_t top = 0, rows = 0;
  bool operator==(const LongPart&) const = default;
};
// Where each picture begins and ends in the whole: the cut lies in the middle of what two of them show. `overlaps` has one entry fewer than
// there are pictures, each as find_overlap() gives it. Invalid: a cut lies above the one before it (the overlaps do not belong together).
Result<std::vector<LongPart>> long_parts(std::uint32_t height, const std::vector<Overlap>& overlaps);

// Proves each overlap once more and draws the whole, BGRA. Tampered: an overlap's rows are not equal, show less than find_overlap() asks for,
// or would do at another distance too. Invalid: pictures of different sizes, or more than kMostLongPixels together.
Result<Frame> draw_long_page(const std::vector<Frame>& pictures, const std::vector<Overlap>& overlaps);

}  // namespace guzheng
