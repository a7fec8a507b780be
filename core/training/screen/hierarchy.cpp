#include "core/training/screen/hierarchy.h"

#include <fmt/format.h>

#include <cmath>

namespace guzheng::training {

namespace {
std::string escaped(const QString& text) {
  std::string out;
  for (const char c : text.toStdString()) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      case '\n': out += "&#10;"; break;
      default: out += c;
    }
  }
  return out;
}

const char* yes_no(bool value) { return value ? "true" : "false"; }

void write_children(std::string& out, const Element& element, const QRectF& clip, int& index);

void write_node(std::string& out, const Element& element, const QRectF& clip, int& index) {
  const QRectF visible = element.bounds.intersected(clip);
  if (visible.width() < 1 || visible.height() < 1) return;
  if (element.decoration) return write_children(out, element, element.clips ? visible : clip, index);
  const bool editable = element.class_name.endsWith(QStringLiteral("EditText"));
  const auto& text = element.text.isEmpty() && editable ? element.hint : element.text;
  out += fmt::format(
      R"(<node index="{}" text="{}" resource-id="{}" class="{}" package="{}" content-desc="{}" checkable="false" )"
      R"(checked="false" clickable="{}" enabled="true" focusable="{}" focused="{}" scrollable="{}" long-clickable="false" )"
      R"(password="{}" selected="{}" bounds="[{},{}][{},{}]")",
      index++, escaped(text), escaped(element.resource_id), escaped(element.class_name), escaped(element.package),
      escaped(element.description), yes_no(element.clickable), yes_no(element.clickable || editable), yes_no(element.focused),
      yes_no(element.scrollable), yes_no(element.password), yes_no(element.selected), std::lround(visible.left()),
      std::lround(visible.top()), std::lround(visible.right()), std::lround(visible.bottom()));
  std::string inner;
  int count = 0;
  write_children(inner, element, element.clips ? visible : clip, count);
  out += inner.empty() ? " />" : ">" + inner + "</node>";
}

void write_children(std::string& out, const Element& element, const QRectF& clip, int& index) {
  for (const auto& child : element.children) write_node(out, child, clip, index);
}
}  // namespace

std::string hierarchy_xml(const Element& root, int rotation) {
  std::string out = fmt::format("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"{}\">", rotation);
  int index = 0;
  write_node(out, root, root.bounds, index);
  return out + "</hierarchy>";
}

}  // namespace guzheng::training
