#include "core/session/tap_map.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <pugixml.hpp>

namespace guzheng {

namespace {

constexpr int kFarAway = 100'000;            // pixels; a node that claims to lie beyond has no place
constexpr std::size_t kMostTapNodes = 20'000;

bool says_true(const pugi::xml_node& xml, const char* name) { return std::string_view(xml.attribute(name).value()) == "true"; }

bool read_bounds(const pugi::xml_node& xml, NodeBounds& b) {
  if (std::sscanf(xml.attribute("bounds").value(), "[%d,%d][%d,%d]", &b.left, &b.top, &b.right, &b.bottom) != 4) return false;
  return b.right > b.left && b.bottom > b.top && b.left >= -kFarAway && b.top >= -kFarAway && b.right <= kFarAway && b.bottom <= kFarAway;
}

std::int64_t area_of(const NodeBounds& b) { return static_cast<std::int64_t>(b.right - b.left) * (b.bottom - b.top); }

}  // namespace

// Bounded by the dump itself: no recursion over its depth.
class TapMapReader final : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& xml) override {
    while (!open_.empty() && open_.back().first >= depth()) close();
    if (map.nodes_.size() >= kMostTapNodes) return false;
    TapMap::Node node;
    node.text = xml.attribute("text").value();
    node.description = xml.attribute("content-desc").value();
    node.resource_id = xml.attribute("resource-id").value();
    node.class_name = xml.attribute("class").value();
    node.placed = read_bounds(xml, node.bounds);
    node.clickable = says_true(xml, "clickable");
    node.password = says_true(xml, "password");
    node.field = node.password || std::string_view(node.class_name).ends_with("EditText");
    node.parent = open_.empty() ? map.nodes_.size() : open_.back().second;
    if (node.placed) {
      map.screen_.right = std::max(map.screen_.right, node.bounds.right);
      map.screen_.bottom = std::max(map.screen_.bottom, node.bounds.bottom);
    }
    open_.emplace_back(depth(), map.nodes_.size());
    map.nodes_.push_back(std::move(node));
    return true;
  }
  void finish() {
    while (!open_.empty()) close();
  }
  TapMap map;

 private:
  void close() {
    map.nodes_[open_.back().second].end = map.nodes_.size();
    open_.pop_back();
  }
  std::vector<std::pair<int, std::size_t>> open_;          // depth, number
};

Result<TapMap> TapMap::read(std::string_view xml) {
  pugi::xml_document document;
  // without entities from outside: pugixml knows none
  if (const auto parsed = document.load_buffer(xml.data(), xml.size()); !parsed)
    return fail(ErrorKind::Protocol, std::string("the UI hierarchy is no XML: ") + parsed.description());
  TapMapReader reader;
  document.traverse(reader);
  reader.finish();
  return std::move(reader.map);
}

const std::string& TapMap::Node::words() const {
  static const std::string none;
  return password ? none : text.empty() ? description : text;
}

// Of equal ones the later, which is drawn above.
template <typename May>
std::optional<std::size_t> TapMap::smallest(double x, double y, May may) const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < nodes_.size(); ++i)
    if (nodes_[i].holds(x, y) && may(nodes_[i]) && (!found || area_of(nodes_[i].bounds) <= area_of(nodes_[*found].bounds))) found = i;
  return found;
}

const std::string& TapMap::first_words(std::size_t node) const {
  for (std::size_t i = node; i < nodes_[node].end; ++i)
    if (!nodes_[i].words().empty()) return nodes_[i].words();
  return nodes_[node].words();
}

// As find_text(): a node that says exactly this, else the first that holds it.
bool TapMap::leads_into(const std::string& text, const NodeBounds& reach) const {
  const Node *exact = nullptr, *within = nullptr;
  for (const auto& node : nodes_) {
    if (!node.placed) continue;
    for (const auto* said : {&node.text, &node.description}) {
      if (*said == text && !exact) exact = &node;
      if (!within && said->find(text) != said->npos) within = &node;
    }
    if (exact) break;
  }
  const Node* found = exact ? exact : within;
  if (found == nullptr) return false;
  const int x = found->bounds.x(), y = found->bounds.y();
  return x >= reach.left && x < reach.right && y >= reach.top && y < reach.bottom;
}

std::optional<TappedElement> TapMap::at(double x, double y) const {
  const double at_x = x * screen_.right, at_y = y * screen_.bottom;
  const auto own = smallest(at_x, at_y, [](const Node& node) { return !node.words().empty(); });
  const auto taker = smallest(at_x, at_y, [](const Node& node) { return node.clickable; });
  // an element's own text, unless that belongs to something around what takes the tap
  const bool around = own && taker && is_around(*own, *taker);
  const auto chosen = own && !around ? own : taker;
  if (!chosen) return std::nullopt;
  const Node& node = nodes_[*chosen];
  TappedElement out;
  out.text = first_words(*chosen);
  out.field = node.field || (taker && nodes_[*taker].field);
  out.resource_id = node.resource_id;
  out.class_name = node.class_name;
  out.bounds = node.bounds;
  out.screen = screen_;
  const Node& reach = taker && !around ? nodes_[*taker] : node;          // a tap anywhere in it does the same
  out.alone = !out.text.empty() && leads_into(out.text, reach.bounds);
  return out;
}

}  // namespace guzheng
