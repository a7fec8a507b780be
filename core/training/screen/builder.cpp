#include "core/training/screen/builder.h"

#include <QFontMetricsF>
#include <QHash>
#include <cmath>

#include "core/training/screen/painter.h"

namespace guzheng::training {

double text_height(const QString& text, double font_px, bool bold, double width_px, double spacing) {
  return line_count(text, font_px, bold, width_px) * std::round(font_px * 1.32 * spacing);
}

double text_width(const QString& text, double font_px, bool bold) {
  return QFontMetricsF(phone_font(font_px, bold)).horizontalAdvance(text);
}

void shift(Element& element, double dx, double dy) {
  element.bounds.translate(dx, dy);
  for (auto& child : element.children) shift(child, dx, dy);
}

Element Builder::box(double x, double y, double w, double h, QColor fill, double radius) const {
  Element out;
  out.bounds = rect(x, y, w, h);
  out.class_name = QStringLiteral("android.view.ViewGroup");
  out.style.fill = fill;
  out.style.radius = radius * dp;
  return out;
}

Element Builder::label(double x, double y, double w, double h, const QString& text, double size, QColor ink, bool bold,
                       int align) const {
  Element out = box(x, y, w, h);
  out.class_name = QStringLiteral("android.widget.TextView");
  out.text = text;
  out.style.ink = ink;
  out.style.font_px = size * dp;
  out.style.bold = bold;
  out.style.align = align;
  return out;
}

Element Builder::paragraph(double x, double y, double w, const QString& text, double size, double& bottom, QColor ink, bool bold,
                           double spacing) const {
  Element out = label(x, y, w, 0, text, size, ink, bold, Qt::AlignLeft | Qt::AlignTop);
  out.style.line_spacing = spacing;
  out.bounds.setHeight(text_height(text, size * dp, bold, w * dp, spacing));
  bottom = y + out.bounds.height() / dp;
  return out;
}

Element Builder::art(double x, double y, double w, double h, Art what, int variant) const {
  Element out = box(x, y, w, h);
  out.class_name = QStringLiteral("android.widget.ImageView");
  out.style.art = what;
  out.style.variant = variant;
  return out;
}

Element Builder::button(double x, double y, double w, double h, const QString& text, double size, QColor fill, QColor ink,
                        const QString& id, Action action, double radius) const {
  Element out = label(x, y, w, h, text, size, ink, true, Qt::AlignCenter);
  out.class_name = QStringLiteral("android.widget.Button");
  out.style.fill = fill;
  out.style.radius = radius * dp;
  out.resource_id = id;
  out.clickable = true;
  out.action = std::move(action);
  return out;
}

Element Builder::field(double x, double y, double w, double h, const QString& id, const QString& hint, bool password) const {
  Element out = label(x, y, w, h, {}, 14);
  out.class_name = QStringLiteral("android.widget.EditText");
  out.resource_id = id;
  out.hint = hint;
  out.password = password;
  const auto it = state.fields.find(id);
  if (it != state.fields.end()) out.text = password ? QString(it->second.size(), QChar(0x2022)) : it->second;
  out.focused = state.focus == id;
  out.clickable = true;
  out.action = {Act::Focus, 0, id};
  out.style.single_line = true;
  return out;
}

Element Builder::title_bar(const QString& title, QColor fill, QColor ink) const {
  Element bar = box(0, 0, width, kStatusBar + kTitleBar, fill);
  bar.resource_id = QStringLiteral("cn.guzheng.mall:id/title_bar");
  Element back = art(4, kStatusBar + 4, 40, 40, Art::Back);
  back.style.ink = ink;
  back.clickable = true;
  back.description = QStringLiteral("返回");
  back.class_name = QStringLiteral("android.widget.ImageButton");
  back.resource_id = QStringLiteral("cn.guzheng.mall:id/back");
  back.action = {Act::Back, 0, {}};
  bar.children.push_back(std::move(back));
  Element text = label(46, kStatusBar, width - 92, kTitleBar, title, 17, ink, true);
  text.resource_id = QStringLiteral("cn.guzheng.mall:id/title");
  text.style.single_line = true;
  bar.children.push_back(std::move(text));
  return bar;
}

Element Builder::scroller(double top, double bottom, std::vector<Element> children, double content_height, const QString& id,
                          double& limit) const {
  Element out = box(0, top, width, bottom - top);
  out.class_name = QStringLiteral("androidx.recyclerview.widget.RecyclerView");
  out.resource_id = id;
  out.scrollable = true;
  out.clips = true;
  out.children = std::move(children);
  limit = std::max(0.0, (content_height - (bottom - top)) * dp);
  const double offset = state.stack.empty() ? 0 : std::clamp(state.stack.back().scroll, 0.0, limit);
  for (auto& child : out.children) shift(child, 0, top * dp - std::round(offset));
  return out;
}

}  // namespace guzheng::training
