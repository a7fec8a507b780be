#include "core/session/ui_nodes.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <pugixml.hpp>

#include "core/session/tap_map.h"

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

bool is_password(const pugi::xml_node& node) { return std::string_view(node.attribute("password").value()) == "true"; }
bool is_field(const pugi::xml_node& node) { return std::string_view(node.attribute("class").value()).ends_with("EditText"); }

class Finder final : public pugi::xml_tree_walker {
 public:
  Finder(std::string_view text, bool fields) : text_(text), fields_(fields) {}
  bool for_each(pugi::xml_node& node) override {
    const auto bounds = bounds_of(node);
    if (!bounds) return true;
    screen.right = std::max(screen.right, bounds->right);
    screen.bottom = std::max(screen.bottom, bounds->bottom);
    if (!fields_ && is_field(node)) return true;
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
  bool fields_;
};

std::string text_of(const pugi::xml_node& node) {
  if (is_password(node)) return {};
  const std::string text = node.attribute("text").value();
  return text.empty() ? node.attribute("content-desc").value() : text;
}

class Fields final : public pugi::xml_tree_walker {
 public:
  explicit Fields(std::string_view text) : text_(text) {}
  bool for_each(pugi::xml_node& node) override {
    found = found || (is_field(node) && !is_password(node) && node.attribute("text").value() == text_);
    return !found;
  }
  bool found = false;

 private:
  std::string_view text_;
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

Result<std::optional<FoundNode>> find_node(std::string_view xml, std::string_view text, bool fields) {
  pugi::xml_document document;
  // without entities from outside: pugixml knows none
  if (const auto parsed = document.load_buffer(xml.data(), xml.size()); !parsed)
    return fail(ErrorKind::Protocol, std::string("the UI hierarchy is no XML: ") + parsed.description());
  Finder finder(text, fields);
  document.traverse(finder);
  const auto found = finder.exact ? finder.exact : finder.within;
  if (!found) return std::optional<FoundNode>{};
  return std::optional<FoundNode>(FoundNode{*found, finder.screen});
}

}  // namespace

std::optional<std::string> text_under(std::string_view xml, double x, double y) {
  const auto map = TapMap::read(xml);
  if (!map) return std::string();
  const auto found = map->at(x, y);
  if (!found || found->text.empty()) return std::string();
  if (!found->alone) return std::nullopt;
  return found->text;
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

bool stands_in_field(std::string_view xml, std::string_view text) {
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size())) return false;
  Fields fields(text);
  document.traverse(fields);
  return fields.found;
}

Result<std::optional<FoundNode>> find_text(std::string_view xml, std::string_view text) { return find_node(xml, text, true); }
Result<std::optional<FoundNode>> find_shown(std::string_view xml, std::string_view text) { return find_node(xml, text, false); }

}  // namespace guzheng
