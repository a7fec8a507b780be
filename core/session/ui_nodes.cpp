#include "core/session/ui_nodes.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
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

bool is_password(const pugi::xml_node& node) { return std::string_view(node.attribute("password").value()) == "true"; }
bool is_field(const pugi::xml_node& node) { return std::string_view(node.attribute("class").value()).ends_with("EditText"); }

std::string text_of(const pugi::xml_node& node) {
  if (is_password(node)) return {};
  const std::string text = node.attribute("text").value();
  return text.empty() ? node.attribute("content-desc").value() : text;
}

// The first text in an element's own subtree.
std::string text_within(const pugi::xml_node& node) {
  if (auto text = text_of(node); !text.empty()) return text;
  for (const auto& child : node.children())
    if (auto text = text_within(child); !text.empty()) return text;
  return {};
}

bool holds(const NodeBounds& b, double x, double y) { return x >= b.left && x < b.right && y >= b.top && y < b.bottom; }

// The smallest element at a place that `may` takes; of equal ones the later, which is drawn above.
template <typename F>
class Smallest final : public pugi::xml_tree_walker {
 public:
  Smallest(double x, double y, F may) : x_(x), y_(y), may_(std::move(may)) {}
  bool for_each(pugi::xml_node& node) override {
    const auto bounds = bounds_of(node);
    if (!bounds || !holds(*bounds, x_, y_) || !may_(node)) return true;
    const auto area = static_cast<std::int64_t>(bounds->right - bounds->left) * (bounds->bottom - bounds->top);
    if (found && area > area_) return true;
    found = node;
    area_ = area;
    return true;
  }
  pugi::xml_node found;

 private:
  double x_, y_;
  F may_;
  std::int64_t area_ = 0;
};

class Texts final : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    if (is_field(node)) return true;
    const auto text = text_of(node);
    if (!text.empty() && std::find(found.begin(), found.end(), text) == found.end()) found.push_back(text);
    return true;
  }
  std::vector<std::string> found;
};

class Owners final : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    const auto bounds = bounds_of(node);
    const std::string package = node.attribute("package").value();
    // a child's area is counted within its own package only once: the outermost node stands for it
    if (!bounds || package.empty() || package == node.parent().attribute("package").value()) return true;
    area[package] += static_cast<std::int64_t>(bounds->right - bounds->left) * (bounds->bottom - bounds->top);
    return true;
  }
  std::map<std::string, std::int64_t> area;
};

}  // namespace

std::optional<std::string> text_under(std::string_view xml, double x, double y) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size())) return std::string();
  Finder screen("");
  document.traverse(screen);
  const double at_x = x * screen.screen.right, at_y = y * screen.screen.bottom;
  Smallest own(at_x, at_y, [](const pugi::xml_node& node) { return !text_of(node).empty(); });
  Smallest clickable(at_x, at_y, [](const pugi::xml_node& node) { return std::string_view(node.attribute("clickable").value()) == "true"; });
  document.traverse(own);
  document.traverse(clickable);
  // an element's own text, unless that belongs to something around what is clicked
  bool around = false;
  for (auto node = clickable.found.parent(); node; node = node.parent()) around = around || node == own.found;
  const pugi::xml_node chosen = own.found && !around ? own.found : clickable.found;
  const std::string text = chosen ? text_within(chosen) : std::string();
  if (text.empty()) return std::string();
  const pugi::xml_node reach = clickable.found && !around ? clickable.found : chosen;      // a tap anywhere in it does the same
  const auto back = find_text(xml, text);
  const auto bounds = bounds_of(reach);
  if (!back || !*back || !bounds || !holds(*bounds, (*back)->bounds.x(), (*back)->bounds.y())) return std::nullopt;
  return text;
}

std::vector<std::string> texts_on(std::string_view xml) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size())) return {};
  Texts texts;
  document.traverse(texts);
  return std::move(texts.found);
}

std::string page_app(std::string_view xml) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size())) return {};
  Owners owners;
  document.traverse(owners);
  const auto most = std::max_element(owners.area.begin(), owners.area.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == owners.area.end() ? std::string() : most->first;
}

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
