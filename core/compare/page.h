// Room compare. What one phone's page showed: its texts by element, its prices, its list, its picture. Pure: a UI hierarchy dump (uiautomator's
// XML, foreign bytes) and pixels in, values out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/media/decoder.h"

namespace guzheng {

struct PageBox {
  int left = 0, top = 0, right = 0, bottom = 0;              // screen pixels
  bool operator==(const PageBox&) const = default;
};
struct PageText {
  std::string text, resource_id;             // its text, else its description
  PageBox box;
};
// One entry of a list, or one price outside a list.
struct PageEntry {
  std::string label;                         // what names it: the entry's first text that is no price; outside a list the element's name
  std::vector<std::string> prices;           // "¥199.00", as they stand there, in order
  PageBox box;
  PageBox price_box;                         // around its prices; empty without one
  bool listed = false;                       // one of several alike: its place in the list means something
};
struct PageLayout {
  std::vector<PageText> texts;               // not empty, in the dump's order, prices too
  std::vector<PageEntry> entries;            // in the dump's order; list entries also without prices when they are alike
  PageBox screen;
};
// Protocol when the XML is none. At most 20,000 nodes are looked at; of a text at most 500 bytes are kept.
Result<PageLayout> read_layout(std::string_view xml);
// "¥1,299.00" and "￥59" and what stands between them: the amounts in a text, as they stand there, the sign spelled ¥.
std::vector<std::string> prices_in(std::string_view text);

// Where two pictures of one size differ, in pixels of the second; one that is scrolled against the other (compare/align.h) is compared where both show the same
// part. Blocks of 16×16 pixels of which more than a few pixels differ visibly, joined to regions where they touch.
struct PictureDifference {
  bool comparable = false;                   // false: other sizes
  int shift = 0;                             // pixels that the second is scrolled down against the first; negative: up
  double share = 0;                          // of the blocks that both show, 0…1
  std::vector<PageBox> regions;              // pixels, the largest first, at most 8
};
PictureDifference differ(const Frame& one, const Frame& other);

}  // namespace guzheng
