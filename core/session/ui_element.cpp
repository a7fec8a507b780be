#include "core/session/ui_element.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <pugixml.hpp>
#include <vector>

namespace guzheng {

namespace {

struct Node {
  UiElement element;
  NodeBounds bounds;
  bool clickable = false, scrolls = false;
  std::size_t end = 0;                       // first node that is not inside it
  [[nodiscard]] bool named() const { return !element.text.empty() || !element.description.empty(); }
  [[nodiscard]] long area() const { return static_cast<long>(bounds.right - bounds.left) * (bounds.bottom - bounds.top); }
  [[nodiscard]] bool holds(int x, int y) const { return x >= bounds.left && x < bounds.right && y >= bounds.top && y < bounds.bottom; }
};

bool alike(const UiElement& a, const UiElement& b) {
  return a.text == b.text && a.description == b.description && a.resource_id == b.resource_id && a.class_name == b.class_name;
}

// Nodes with area in the dump's order, each before those inside it. Bounded by the dump itself: no recursion over its depth.
class Page final : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& xml) override {
    while (!open_.empty() && open_.back().first >= depth()) close();
    NodeBounds b;
    if (std::sscanf(xml.attribute("bounds").value(), "[%d,%d][%d,%d]", &b.left, &b.top, &b.right, &b.bottom) != 4) return true;
    if (b.right <= b.left || b.bottom <= b.top) return true;
    screen.right = std::max(screen.right, b.right);
    screen.bottom = std::max(screen.bottom, b.bottom);
    Node node;
    node.element = {xml.attribute("text").value(), xml.attribute("content-desc").value(), xml.attribute("resource-id").value(), xml.attribute("class").value(), 0, 1};
    node.bounds = b;
    node.clickable = std::strcmp(xml.attribute("clickable").value(), "true") == 0;
    node.scrolls = std::strcmp(xml.attribute("scrollable").value(), "true") == 0;
    open_.emplace_back(depth(), nodes.size());
    nodes.push_back(std::move(node));
    return true;
  }
  bool end(pugi::xml_node&) override {
    while (!open_.empty()) close();
    return true;
  }
  std::vector<Node> nodes;
  NodeBounds screen;

 private:
  void close() {
    nodes[open_.back().second].end = nodes.size();
    open_.pop_back();
  }
  std::vector<std::pair<int, std::size_t>> open_;          // depth, number
};

Result<Page> read_page(std::string_view xml) {
  pugi::xml_document document;
  if (const auto parsed = document.load_buffer(xml.data(), xml.size()); !parsed)
    return fail(ErrorKind::Protocol, std::string("the UI hierarchy is no XML: ") + parsed.description());
  Page page;
  document.traverse(page);
  return page;
}

std::vector<std::size_t> like(const Page& page, const UiElement& element) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < page.nodes.size(); ++i)
    if (alike(page.nodes[i].element, element)) out.push_back(i);
  return out;
}

std::vector<std::size_t> scrollers_like(const Page& page, const UiElement& element) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < page.nodes.size(); ++i)
    if (page.nodes[i].scrolls && page.nodes[i].element.resource_id == element.resource_id && page.nodes[i].element.class_name == element.class_name) out.push_back(i);
  return out;
}

// What speaks for the node that takes a tap: itself, or the first named node inside it, or, when it has an id only, that.
std::optional<std::size_t> speaker(const Page& page, std::size_t taker) {
  for (std::size_t i = taker; i < page.nodes[taker].end; ++i)
    if (page.nodes[i].named()) return i;
  if (!page.nodes[taker].element.resource_id.empty()) return taker;
  return std::nullopt;
}

}  // namespace

std::string UiElement::name() const { return !text.empty() ? text : !description.empty() ? description : resource_id; }

Result<NodeBounds> page_screen(std::string_view xml) {
  GZ_TRY_ASSIGN(const Page page, read_page(xml));
  return page.screen;
}

Result<std::optional<ElementAt>> element_at(std::string_view xml, int x, int y) {
  GZ_TRY_ASSIGN(const Page page, read_page(xml));
  std::optional<std::size_t> smallest, taker;            // the last of equal size is the one on top
  for (std::size_t i = 0; i < page.nodes.size(); ++i) {
    const Node& node = page.nodes[i];
    if (!node.holds(x, y)) continue;
    if (node.named() && (!smallest || node.area() <= page.nodes[*smallest].area())) smallest = i;
    if (node.clickable && (!taker || node.area() <= page.nodes[*taker].area())) taker = i;
  }
  // a named node inside what takes the tap says more than the whole; one that is larger says nothing of it
  const bool inside = smallest && (!taker || page.nodes[*smallest].area() <= page.nodes[*taker].area());
  const auto found = inside ? smallest : taker ? speaker(page, *taker) : std::nullopt;
  if (!found) return std::optional<ElementAt>{};
  ElementAt out{page.nodes[*found].element, {page.nodes[*found].bounds, page.screen}};
  const auto same = like(page, out.element);
  out.element.count = static_cast<int>(same.size());
  out.element.index = static_cast<int>(std::find(same.begin(), same.end(), *found) - same.begin());
  return std::optional<ElementAt>(std::move(out));
}

Result<std::optional<FoundNode>> find_element(std::string_view xml, const UiElement& element) {
  GZ_TRY_ASSIGN(const Page page, read_page(xml));
  const auto same = like(page, element);
  if (static_cast<int>(same.size()) != element.count || element.index < 0 || element.index >= element.count) return std::optional<FoundNode>{};
  return std::optional<FoundNode>(FoundNode{page.nodes[same[static_cast<std::size_t>(element.index)]].bounds, page.screen});
}

Result<std::optional<ElementAt>> scroller_at(std::string_view xml, int x, int y) {
  GZ_TRY_ASSIGN(const Page page, read_page(xml));
  std::optional<std::size_t> smallest;
  for (std::size_t i = 0; i < page.nodes.size(); ++i)
    if (page.nodes[i].scrolls && page.nodes[i].holds(x, y) && (!smallest || page.nodes[i].area() <= page.nodes[*smallest].area())) smallest = i;
  if (!smallest) return std::optional<ElementAt>{};
  ElementAt out{page.nodes[*smallest].element, {page.nodes[*smallest].bounds, page.screen}};
  const auto same = scrollers_like(page, out.element);
  out.element.count = static_cast<int>(same.size());
  out.element.index = static_cast<int>(std::find(same.begin(), same.end(), *smallest) - same.begin());
  return std::optional<ElementAt>(std::move(out));
}

Result<std::optional<FoundNode>> find_scroller(std::string_view xml, const UiElement& element) {
  GZ_TRY_ASSIGN(const Page page, read_page(xml));
  const auto same = scrollers_like(page, element);
  if (static_cast<int>(same.size()) != element.count || element.index < 0 || element.index >= element.count) return std::optional<FoundNode>{};
  return std::optional<FoundNode>(FoundNode{page.nodes[same[static_cast<std::size_t>(element.index)]].bounds, page.screen});
}

}  // namespace guzheng
