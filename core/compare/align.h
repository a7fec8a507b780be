// Room compare. How far a page is scrolled on one phone's screenshot against another's, so that what both show is compared and not what lies where. Pure.
#pragma once

#include <cstdint>

#include "core/media/decoder.h"

namespace guzheng {

// Rows [top, bottom) of both pictures are the page between its bars; row y of the second's page shows what row y + shift of the first one's shows, where that is
// within the page too. shift > 0: the second is scrolled further down. The rows above and below, the bars, stand where they stood.
struct Alignment {
  int shift = 0, top = 0, bottom = 0;        // pixels; all 0: not scrolled, or no distance is better than none
};
// By row: what a row shows, in coarse shades, without the right-most 3 % (a scroll bar). A distance counts when at least 24 rows are found at it that are not
// found without it, the page takes half of the picture and six tenths of it are on both, and what only the second picture shows stands nowhere on the first: a
// list whose entries changed places is not scrolled. Pictures of other sizes are not aligned.
Alignment align(const Frame& one, const Frame& other);

}  // namespace guzheng
