#include "core/compare/page.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <pugixml.hpp>
#include <set>

namespace guzheng {

namespace {

constexpr std::size_t kMostNodes = 20'000, kMostText = 500;
constexpr std::size_t kNoParent = static_cast<std::size_t>(-1);
constexpr std::string_view kYen = "\xC2\xA5", kWideYen = "\xEF\xBF\xA5";       // ¥ ￥

struct LayoutNode {
  std::size_t parent = kNoParent, end = 0;   // end: the first that is not inside it
  int depth = 0;
  std::string text, resource_id, class_name;
  PageBox box;
  bool scrollable = false;
};

std::string shortened(std::string text) {
  if (text.size() <= kMostText) return text;
  std::size_t end = kMostText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;      // never inside a character
  text.resize(end);
  return text + "…";
}

class Reading final : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& xml) override {
    while (!open_.empty() && nodes[open_.back()].depth >= depth()) close();
    LayoutNode node;
    PageBox& b = node.box;
    if (std::sscanf(xml.attribute("bounds").value(), "[%d,%d][%d,%d]", &b.left, &b.top, &b.right, &b.bottom) != 4 || b.right <= b.left || b.bottom <= b.top) return true;
    if (nodes.size() >= kMostNodes) return false;
    node.depth = depth();
    node.parent = open_.empty() ? kNoParent : open_.back();
    node.text = shortened(*xml.attribute("text").value() ? xml.attribute("text").value() : xml.attribute("content-desc").value());
    node.resource_id = xml.attribute("resource-id").value();
    node.class_name = xml.attribute("class").value();
    node.scrollable = std::string_view(xml.attribute("scrollable").value()) == "true";
    open_.push_back(nodes.size());
    nodes.push_back(std::move(node));
    return true;
  }
  void finish() {
    while (!open_.empty()) close();
  }
  std::vector<LayoutNode> nodes;

 private:
  void close() {
    nodes[open_.back()].end = nodes.size();
    open_.pop_back();
  }
  std::vector<std::size_t> open_;
};

// Which nodes are the entries of a list: nodes side by side under one parent, each with a text that is no price, and either each with a price or
// all alike (class and id) inside something that scrolls. Of lists inside lists the innermost counts.
class Entries {
 public:
  explicit Entries(const std::vector<LayoutNode>& nodes) : nodes_(nodes), priced_(nodes.size()), worded_(nodes.size()), children_(nodes.size()) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      if (nodes[i].parent != kNoParent) children_[nodes[i].parent].push_back(i);
      if (nodes[i].text.empty()) continue;
      auto& counts = prices_in(nodes[i].text).empty() ? worded_ : priced_;
      for (std::size_t at = i; at != kNoParent; at = nodes[at].parent) ++counts[at];
    }
  }

  std::vector<PageEntry> run() {
    std::vector<std::size_t> found = by_price();
    if (found.empty()) found = by_likeness();
    std::set<std::size_t> listed(found.begin(), found.end());
    std::vector<PageEntry> out;
    std::map<std::string, int> unnamed;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (listed.contains(i)) out.push_back(entry(i));
      else if (!nodes_[i].text.empty() && !prices_in(nodes_[i].text).empty() && !inside(listed, i)) out.push_back(alone(i, unnamed));
    }
    return out;
  }

 private:
  bool inside(const std::set<std::size_t>& listed, std::size_t node) const {
    for (std::size_t at = node; at != kNoParent; at = nodes_[at].parent)
      if (listed.contains(at)) return true;
    return false;
  }

  std::vector<std::size_t> by_price() const {
    std::vector<std::size_t> out;
    for (std::size_t parent = 0; parent < nodes_.size(); ++parent) {
      std::vector<std::size_t> group;
      for (const auto child : children_[parent])
        if (priced_[child] > 0 && worded_[child] > 0) group.push_back(child);
      if (group.size() < 2) continue;
      out.insert(out.end(), group.begin(), group.end());
    }
    // the innermost: one that holds another entry is no entry
    std::set<std::size_t> all(out.begin(), out.end());
    std::erase_if(out, [&](std::size_t node) {
      const auto next = all.upper_bound(node);
      return next != all.end() && *next < nodes_[node].end;
    });
    std::sort(out.begin(), out.end());
    return out;
  }

  std::vector<std::size_t> by_likeness() const {
    std::vector<std::size_t> best;
    for (std::size_t parent = 0; parent < nodes_.size(); ++parent) {
      if (!nodes_[parent].scrollable) continue;
      std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> alike;
      for (const auto child : children_[parent])
        if (worded_[child] > 0) alike[{nodes_[child].class_name, nodes_[child].resource_id}].push_back(child);
      for (auto& [key, group] : alike)
        if (group.size() >= 3 && group.size() > best.size()) best = std::move(group);
    }
    return best;
  }

  PageEntry entry(std::size_t node) const {
    PageEntry out{{}, {}, nodes_[node].box, {}, true};
    for (std::size_t i = node; i < nodes_[node].end; ++i) {
      if (nodes_[i].text.empty()) continue;
      const auto prices = prices_in(nodes_[i].text);
      if (prices.empty() && out.label.empty()) out.label = nodes_[i].text;
      out.prices.insert(out.prices.end(), prices.begin(), prices.end());
      if (!prices.empty()) out.price_box = around(out.price_box, nodes_[i].box);
    }
    return out;
  }

  static PageBox around(const PageBox& a, const PageBox& b) {
    if (a == PageBox{}) return b;
    return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
  }

  // A price that stands alone is named by its element's id, and counted where several have the same.
  PageEntry alone(std::size_t node, std::map<std::string, int>& unnamed) const {
    std::string label = nodes_[node].resource_id;
    if (const auto slash = label.rfind('/'); slash != label.npos) label = label.substr(slash + 1);
    if (label.empty()) label = "价格";
    if (const int number = ++unnamed[label]; number > 1) label += " " + std::to_string(number);
    return {label, prices_in(nodes_[node].text), nodes_[node].box, nodes_[node].box, false};
  }

  const std::vector<LayoutNode>& nodes_;
  std::vector<int> priced_, worded_;         // texts inside each node, itself included
  std::vector<std::vector<std::size_t>> children_;
};

}  // namespace

std::vector<std::string> prices_in(std::string_view text) {
  std::vector<std::string> out;
  const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const std::size_t sign = rest.starts_with(kYen) ? kYen.size() : rest.starts_with(kWideYen) ? kWideYen.size() : 0;
    if (sign == 0) {
      ++at;
      continue;
    }
    at += sign;
    while (at < text.size() && text[at] == ' ') ++at;
    if (!digit(at)) continue;
    std::string amount(kYen);
    while (digit(at) || ((at < text.size() && (text[at] == '.' || text[at] == ',')) && digit(at + 1))) amount += text[at++];
    out.push_back(std::move(amount));
  }
  return out;
}

Result<PageLayout> read_layout(std::string_view xml) {
  pugi::xml_document document;
  if (const auto parsed = document.load_buffer(xml.data(), xml.size()); !parsed)
    return fail(ErrorKind::Protocol, std::string("the UI hierarchy is no XML: ") + parsed.description());
  Reading reading;
  document.traverse(reading);
  reading.finish();
  PageLayout out;
  for (const auto& node : reading.nodes) {
    out.screen.right = std::max(out.screen.right, node.box.right);
    out.screen.bottom = std::max(out.screen.bottom, node.box.bottom);
    if (!node.text.empty()) out.texts.push_back({node.text, node.resource_id, node.box});
  }
  out.entries = Entries(reading.nodes).run();
  return out;
}

}  // namespace guzheng
