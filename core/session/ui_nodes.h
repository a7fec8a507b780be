// Room session. Finds text in a UI hierarchy dump (uiautomator's XML). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace guzheng {

struct NodeBounds {
  int left = 0, top = 0, right = 0, bottom = 0;              // screen pixels
  [[nodiscard]] int x() const { return (left + right) / 2; }
  [[nodiscard]] int y() const { return (top + bottom) / 2; }
};
struct FoundNode {
  NodeBounds bounds, screen;                 // screen: of the root node
};
// A node whose text or content description is `text`; else the first that holds it. Nodes without area do not count.
// Protocol when the XML is none; empty when the text is not there.
Result<std::optional<FoundNode>> find_text(std::string_view xml, std::string_view text);

}  // namespace guzheng
