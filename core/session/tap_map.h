// Room session. What a layout of a page (uiautomator's XML, foreign bytes) has under a finger, read once and asked often. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/session/ui_nodes.h"

namespace guzheng {

struct TappedElement {
  std::string text;                          // that names it: its own, its description, or the first inside it; "": none, or a password's
  bool alone = false;                        // find_text(text) leads back into what takes the tap: a script may tap by it
  bool field = false;                        // its text is, or may be, what somebody typed
  std::string resource_id, class_name;
  NodeBounds bounds, screen;                 // screen pixels
};

class TapMap {
 public:
  // At most 20,000 nodes count. Protocol when the XML is none.
  static Result<TapMap> read(std::string_view xml);
  // The element at shares (0 … 1) of the screen: the smallest that has a text itself, or, when nothing within what takes the tap has one, that. Empty:
  // nothing there has a text or takes taps.
  [[nodiscard]] std::optional<TappedElement> at(double x, double y) const;
  [[nodiscard]] const NodeBounds& screen() const { return screen_; }

 private:
  friend class TapMapReader;
  struct Node {
    std::string text, description, resource_id, class_name;
    NodeBounds bounds;
    std::size_t parent = 0, end = 0;         // parent: itself when it has none; end: the first node that is not inside it
    bool placed = false, clickable = false, password = false, field = false;
    [[nodiscard]] const std::string& words() const;
    [[nodiscard]] bool holds(double x, double y) const { return placed && x >= bounds.left && x < bounds.right && y >= bounds.top && y < bounds.bottom; }
  };
  template <typename May>
  [[nodiscard]] std::optional<std::size_t> smallest(double x, double y, May may) const;
  [[nodiscard]] bool is_around(std::size_t outer, std::size_t inner) const { return inner != outer && inner > outer && inner < nodes_[outer].end; }
  [[nodiscard]] const std::string& first_words(std::size_t node) const;
  [[nodiscard]] bool leads_into(const std::string& text, const NodeBounds& reach) const;

  std::vector<Node> nodes_;                  // in the dump's order, each before those inside it
  NodeBounds screen_;
};

}  // namespace guzheng
