// Room session. The element of a page under a finger, and the same element on another phone's page (A-7.3e): by what it says and is called, never by
// where it stands. Reads UI hierarchy dumps (uiautomator's XML). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/session/ui_nodes.h"

namespace guzheng {

struct UiElement {
  std::string text, description, resource_id, class_name;      // at least one of the first three is not empty
  int index = 0, count = 1;                                    // which of those that are alike on its page, in the dump's order
  [[nodiscard]] std::string name() const;                      // for people: its text, else its description, else its id
};
struct ElementAt {
  UiElement element;
  FoundNode node;                            // of the element that was named; its screen is the page's
};
// The screen of a page, as large as its largest node reaches. Protocol when the XML is none.
Result<NodeBounds> page_screen(std::string_view xml);
// The element under (x, y), in screen pixels: the smallest node there that is named, or, when what takes the tap is not named itself, the first
// named node inside it. Empty when nothing there is named. Protocol when the XML is none.
Result<std::optional<ElementAt>> element_at(std::string_view xml, int x, int y);
// The same element on another page. Empty: it is not there, or there is another number of elements like it so that nobody can say which is meant.
Result<std::optional<FoundNode>> find_element(std::string_view xml, const UiElement& element);

// What scrolls under (x, y): the smallest of the kind; the others of its class and id are counted. Empty: nothing there does.
Result<std::optional<ElementAt>> scroller_at(std::string_view xml, int x, int y);
// The same on another page, as find_element().
Result<std::optional<FoundNode>> find_scroller(std::string_view xml, const UiElement& element);

}  // namespace guzheng
