#include "core/training/screen/painter.h"

#include <QFontMetricsF>
#include <QHash>
#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <QStringList>
#include <QTextBoundaryFinder>
#include <cmath>

#include "core/training/screen/artwork.h"

namespace guzheng::training {

QFont phone_font(double font_px, bool bold) {
  QFont font(QStringLiteral("Noto Sans CJK SC"));
  font.setPixelSize(std::max(1, static_cast<int>(std::lround(font_px))));
  if (bold) font.setWeight(QFont::Bold);
  font.setHintingPreference(QFont::PreferNoHinting);
  return font;
}

namespace {
// No Chinese line begins with one of these.
bool never_first(QChar c) { return QStringLiteral("，。、；：？！）》」』”’％%…～,.;:?!)").contains(c); }

QStringList break_lines(const QString& text, const QFont& font, double width) {
  const QFontMetricsF metrics(font);
  QStringList out;
  for (const QString& paragraph : text.split(QLatin1Char('\n'))) {
    QTextBoundaryFinder finder(QTextBoundaryFinder::Line, paragraph);
    qsizetype start = 0, good = 0;
    for (auto next = finder.toNextBoundary(); next >= 0; next = finder.toNextBoundary()) {
      if (good > start && metrics.horizontalAdvance(paragraph.mid(start, next - start).trimmed()) > width &&
          !never_first(paragraph.at(good))) {
        out.push_back(paragraph.mid(start, good - start).trimmed());
        start = good;
      }
      good = next;
    }
    out.push_back(paragraph.mid(start).trimmed());
  }
  return out;
}

// Breaking is the dear part of a scrolling page; the same few texts come again in every frame.
const QStringList& lines_of(const QString& text, double font_px, bool bold, double width) {
  thread_local QHash<QString, QStringList> cache;
  const QString key = QString::number(std::lround(font_px)) + QLatin1Char(bold ? 'b' : 'n') + QString::number(std::lround(width)) +
                      QLatin1Char('|') + text;
  auto it = cache.find(key);
  if (it != cache.end()) return *it;
  if (cache.size() > 2000) cache.clear();
  return *cache.insert(key, break_lines(text, phone_font(font_px, bold), width));
}

void paint_text(QPainter& painter, const Element& element) {
  const auto& style = element.style;
  const bool hint = element.text.isEmpty();
  const QString& text = hint ? element.hint : element.text;
  if (text.isEmpty() || style.font_px <= 0) return;
  painter.setFont(phone_font(style.font_px, style.bold));
  painter.setPen(hint ? QColor(0xa8, 0xad, 0xb5) : style.ink);
  if (style.single_line) {
    const QFontMetricsF metrics(painter.font());
    painter.drawText(element.bounds, style.align | Qt::TextSingleLine,
                     metrics.elidedText(text, Qt::ElideRight, element.bounds.width() + 1));
    return;
  }
  const auto& lines = lines_of(text, style.font_px, style.bold, element.bounds.width());
  const double step = std::round(style.font_px * 1.32 * style.line_spacing);
  double y = element.bounds.top();
  const double total = step * static_cast<double>(lines.size());
  if (style.align & Qt::AlignVCenter) y += (element.bounds.height() - total) / 2;
  if (style.align & Qt::AlignBottom) y += element.bounds.height() - total;
  const int across = style.align & (Qt::AlignLeft | Qt::AlignHCenter | Qt::AlignRight);
  for (const auto& line : lines) {
    const QRectF place(element.bounds.left() - 40, y, element.bounds.width() + 80, step);
    const QRectF exact(element.bounds.left(), y, element.bounds.width(), step);
    painter.drawText((across & Qt::AlignHCenter) ? place : exact, across | Qt::AlignVCenter | Qt::TextDontClip, line);
    y += step;
  }
  if (style.strike) {
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text);
    const double middle = element.bounds.center().y();
    painter.fillRect(QRectF(element.bounds.left(), middle, width, std::max(1.0, style.font_px / 14)), style.ink);
  }
}

void paint_caret(QPainter& painter, const Element& element) {
  const QFontMetricsF metrics(phone_font(element.style.font_px, element.style.bold));
  const double x = element.bounds.left() + std::min(metrics.horizontalAdvance(element.text) + 2, element.bounds.width() - 2);
  const double h = element.style.font_px * 1.25;
  painter.fillRect(QRectF(x, element.bounds.center().y() - h / 2, std::max(2.0, element.style.font_px / 9), h),
                   QColor(0xd9, 0x47, 0x2b));
}

void paint_box(QPainter& painter, const Element& element) {
  const auto& style = element.style;
  if (style.shadow) {
    painter.setPen(Qt::NoPen);
    for (int i = 3; i >= 1; --i) {
      painter.setBrush(QColor(0, 0, 0, 7));
      painter.drawRoundedRect(element.bounds.adjusted(-i, -i + 1, i, i + 2), style.radius + i, style.radius + i);
    }
  }
  if (style.fill.isValid()) {
    QBrush brush(style.fill);
    if (style.fill_end.isValid()) {
      QLinearGradient gradient(element.bounds.topLeft(), element.bounds.bottomLeft());
      gradient.setColorAt(0, style.fill);
      gradient.setColorAt(1, style.fill_end);
      brush = gradient;
    }
    if (style.radius > 0) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(brush);
      painter.drawRoundedRect(element.bounds, style.radius, style.radius);
    } else {
      painter.fillRect(element.bounds, brush);
    }
  }
  if (style.border.isValid()) {
    painter.setPen(QPen(style.border, style.border_width));
    painter.setBrush(Qt::NoBrush);
    const double half = style.border_width / 2;
    painter.drawRoundedRect(element.bounds.adjusted(half, half, -half, -half), style.radius, style.radius);
  }
}

void paint_one(QPainter& painter, const Element& element, const PaintHints& hints, const QRectF& clip) {
  if (!element.bounds.adjusted(-6, -6, 6, 6).intersects(clip) && element.children.empty()) return;
  if (!element.clips && !element.bounds.isEmpty() && !element.bounds.adjusted(-6, -6, 6, 6).intersects(clip)) return;
  paint_box(painter, element);
  if (element.style.art != Art::None) draw_art(painter, element);
  paint_text(painter, element);
  if (element.focused && hints.caret) paint_caret(painter, element);
  if (element.clips) {
    painter.save();
    painter.setClipRect(element.bounds, Qt::IntersectClip);
  }
  const QRectF inner = element.clips ? clip.intersected(element.bounds) : clip;
  for (const auto& child : element.children) paint_one(painter, child, hints, inner);
  if (element.clips) painter.restore();
  if (element.clickable && element.bounds == hints.pressed) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 38));
    painter.drawRoundedRect(element.bounds, element.style.radius, element.style.radius);
  }
}
}  // namespace

int line_count(const QString& text, double font_px, bool bold, double width_px) {
  return static_cast<int>(lines_of(text, font_px, bold, width_px).size());
}

void paint(QPainter& painter, const Element& root, const PaintHints& hints) {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::TextAntialiasing);
  paint_one(painter, root, hints, root.bounds);
}

}  // namespace guzheng::training
