#include "core/session/ui_nodes.h"

#include <algorithm>
#include <cstdio>
#include <pugixml.hpp>

namespace guzheng {

namespace {

constexpr int kFarthest = 100'000;           // pixels; a node that claims to lie beyond is none

std::optional<NodeBounds> bounds_of(const pugi::xml_node& node) {
  NodeBounds b;
  if (std::sscanf(node.attribute("bounds").value(), "[%d,%d][%d,%d]", &b.left, &b.top, &b.right, &b.bottom) != 4) return std::nullopt;
  if (b.right <= b.left || b.bottom <= b.top) return std::nullopt;
  if (b.left < -kFarthest || b.top < -kFarthest || b.right > kFarthest || b.bottom > kFarthest) return std::nullopt;
  return b;
}

class Finder final : public pugi::xml_tree_walker {
 public:
  explicit Finder(std::string_view text) : text_(text) {}
  bool for_each(pugi::xml_node& node) override {
    const auto bounds = bounds_of(node);
    if (!bounds) return true;
    screen.right = std::max(screen.right, bounds->right);
    screen.bottom = std::max(screen.bottom, bounds->bottom);
    for (const char* name : {"text", "content-desc"}) {
      const std::string_view value = node.attribute(name).value();
      if (value == text_ && !exact) exact = bounds;
      if (!value.empty() && value.find(text_) != value.npos && !within) within = bounds;
    }
    return true;
  }
  NodeBounds screen;
  std::optional<NodeBounds> exact, within;

 private:
  std::string_view text_;
};

}  // namespace

Result<std::optional<FoundNode>> find_text(std::string_view xml, std::string_view text) {
  pugi::xml_document document;
  // without entities from outside: pugixml knows none
  if (const auto parsed = document.load_buffer(xml.data(), xml.size()); !parsed)
    return fail(ErrorKind::Protocol, std::string("the UI hierarchy is no XML: ") + parsed.description());
  Finder finder(text);
  document.traverse(finder);
  const auto found = finder.exact ? finder.exact : finder.within;
  if (!found) return std::optional<FoundNode>{};
  return std::optional<FoundNode>(FoundNode{*found, finder.screen});
}

}  // namespace guzheng
