// Room session. Finds text in a UI hierarchy dump (uiautomator's XML). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// As find_text(), but not what stands in a field to type into: who searches for a name finds it there first.
Result<std::optional<FoundNode>> find_shown(std::string_view xml, std::string_view text);
// Whether a field to type into holds just this text. Password fields show none.
bool stands_in_field(std::string_view xml, std::string_view text);

// What a finger at this place (shares of the screen, 0 … 1) taps, by a text that find_text() leads back there with: of the smallest element there, or of
// the smallest one that can be clicked. "": no text there; empty: its text leads elsewhere first. Password fields have no text.
std::optional<std::string> text_under(std::string_view xml, double x, double y);
// Texts and descriptions of all elements, in the dump's order, none twice; password fields and what was typed into fields apart.
std::vector<std::string> texts_on(std::string_view xml);
// The app whose page this is: the "package" of the nodes that cover most; "" when the dump does not say, or is none.
std::string page_app(std::string_view xml);

}  // namespace guzheng
