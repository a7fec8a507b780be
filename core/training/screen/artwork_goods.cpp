#include "core/training/screen/artwork_goods.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <QRadialGradient>
#include <cmath>

#include "core/training/screen/painter.h"

namespace guzheng::training {

namespace {
// The goods are drawn in a square of 100 units in the middle of the picture.
struct Canvas {
  QPainter& p;
  QPointF middle;
  double unit;
  [[nodiscard]] QRectF box(double x, double y, double w, double h) const {
    return {middle.x() + (x - 50) * unit, middle.y() + (y - 50) * unit, w * unit, h * unit};
  }
  [[nodiscard]] QPointF at(double x, double y) const { return {middle.x() + (x - 50) * unit, middle.y() + (y - 50) * unit}; }
  void fill(const QBrush& brush) const {
    p.setPen(Qt::NoPen);
    p.setBrush(brush);
  }
  void round(double x, double y, double w, double h, double radius, const QBrush& brush) const {
    fill(brush);
    p.drawRoundedRect(box(x, y, w, h), radius * unit, radius * unit);
  }
  void oval(double x, double y, double w, double h, const QBrush& brush) const {
    fill(brush);
    p.drawEllipse(box(x, y, w, h));
  }
  void words(double x, double y, double w, double h, const QString& text, double size, QColor ink) const {
    p.setPen(ink);
    p.setFont(phone_font(size * unit, true));
    p.drawText(box(x, y, w, h), Qt::AlignCenter | Qt::TextDontClip, text);
  }
  [[nodiscard]] QLinearGradient across(double x, double w, QColor dark, QColor light) const {
    QLinearGradient gradient(at(x, 0), at(x + w, 0));
    gradient.setColorAt(0, dark);
    gradient.setColorAt(0.35, light);
    gradient.setColorAt(1, dark);
    return gradient;
  }
};

void tea_box(const Canvas& c) {
  c.fill(QColor(0x8a, 0x2f, 0x22));
  c.p.drawPolygon(QPolygonF({c.at(68, 24), c.at(78, 18), c.at(78, 74), c.at(68, 82)}));
  c.fill(QColor(0xd8, 0x6a, 0x4e));
  c.p.drawPolygon(QPolygonF({c.at(26, 24), c.at(36, 18), c.at(78, 18), c.at(68, 24)}));
  c.round(26, 24, 42, 58, 1, QColor(0xb9, 0x43, 0x30));
  c.round(30, 28, 34, 50, 1, QColor(0xf6, 0xe6, 0xc4));
  c.words(30, 32, 34, 14, QStringLiteral("祖传秘方"), 7.2, QColor(0x8a, 0x2f, 0x22));
  c.words(30, 44, 34, 16, QStringLiteral("降糖茶"), 10.5, QColor(0xb9, 0x43, 0x30));
  c.fill(QColor(0x5f, 0x8f, 0x4e));
  QPainterPath leaf(c.at(40, 72));
  leaf.cubicTo(c.at(40, 60), c.at(54, 60), c.at(56, 62));
  leaf.cubicTo(c.at(56, 70), c.at(50, 74), c.at(40, 72));
  c.p.drawPath(leaf);
}

void jar(const Canvas& c) {
  c.round(31, 18, 38, 13, 3, c.across(31, 38, QColor(0x9c, 0x76, 0x28), QColor(0xef, 0xcf, 0x79)));
  c.round(26, 30, 48, 54, 9, c.across(26, 48, QColor(0x4a, 0x25, 0x18), QColor(0x8c, 0x4b, 0x30)));
  c.round(26, 42, 48, 28, 0, QColor(0xf3, 0xe3, 0xbf));
  c.words(26, 44, 48, 12, QStringLiteral("国家级"), 7, QColor(0x7a, 0x3b, 0x1f));
  c.words(26, 54, 48, 14, QStringLiteral("鹿茸膏"), 10.5, QColor(0x7a, 0x3b, 0x1f));
}

void patch(const Canvas& c) {
  c.round(22, 26, 50, 56, 4, QColor(0x54, 0x6f, 0xb5));
  c.round(22, 26, 50, 18, 4, QColor(0x3c, 0x55, 0x96));
  c.words(22, 27, 50, 16, QStringLiteral("护眼贴"), 9.5, Qt::white);
  for (const double x : {28.0, 50.0}) {
    c.oval(x, 52, 17, 11, QColor(0xe9, 0xf0, 0xff));
    c.oval(x + 5, 53.5, 8, 8, QColor(0x54, 0x6f, 0xb5));
    c.oval(x + 7.5, 55.5, 3.2, 3.2, Qt::white);
  }
  c.words(22, 66, 50, 12, QStringLiteral("根治近视"), 6.5, Qt::white);
  c.round(66, 56, 20, 26, 3, QColor(0xf7, 0xf9, 0xff));
  c.oval(69, 62, 14, 9, QColor(0xb9, 0xc8, 0xee));
}

void mushroom(const Canvas& c) {
  c.round(46, 48, 9, 34, 4, c.across(46, 9, QColor(0x9a, 0x6a, 0x3c), QColor(0xe2, 0xb8, 0x82)));
  c.fill(QColor(0x8e, 0x3d, 0x1f));
  QPainterPath cap(c.at(18, 54));
  cap.cubicTo(c.at(20, 18), c.at(80, 18), c.at(84, 54));
  cap.cubicTo(c.at(66, 62), c.at(34, 62), c.at(18, 54));
  c.p.drawPath(cap);
  c.p.setBrush(Qt::NoBrush);
  for (int i = 0; i < 3; ++i) {
    c.p.setPen(QPen(QColor(0xe0, 0x9a, 0x5b), (2.6 - i * 0.5) * c.unit));
    c.p.drawArc(c.box(24 + i * 8, 30 + i * 7, 54 - i * 16, 40 - i * 8), 25 * 16, 130 * 16);
  }
  c.round(60, 66, 22, 18, 3, QColor(0xf3, 0xe3, 0xbf));
  c.words(60, 66, 22, 18, QStringLiteral("孢子粉"), 6, QColor(0x7a, 0x3b, 0x1f));
}

void bottle(const Canvas& c) {
  c.round(40, 14, 20, 12, 2, QColor(0xf4, 0xf4, 0xf8));
  c.round(32, 25, 36, 60, 7, c.across(32, 36, QColor(0x4b, 0x3d, 0x8f), QColor(0x86, 0x77, 0xcf)));
  c.round(32, 42, 36, 28, 0, QColor(0xf6, 0xf3, 0xff));
  c.words(32, 44, 36, 12, QStringLiteral("叶黄素"), 8.5, QColor(0x4b, 0x3d, 0x8f));
  for (int i = 0; i < 3; ++i) c.oval(37 + i * 9, 58, 8, 8, QColor(0x5a, 0x4b, 0xb0));
}

void capsules(const Canvas& c) {
  c.round(24, 30, 52, 48, 5, QColor(0x2f, 0x9a, 0x8c));
  c.round(24, 30, 52, 15, 5, QColor(0x23, 0x7d, 0x72));
  c.words(24, 31, 52, 13, QStringLiteral("益生菌"), 8.5, Qt::white);
  for (int i = 0; i < 3; ++i) {
    c.round(31 + i * 14, 50, 10, 22, 5, QColor(0xff, 0xff, 0xff, 235));
    c.round(31 + i * 14, 50, 10, 11, 5, QColor(0xf2, 0xc1, 0x4e));
  }
}

void ginseng(const Canvas& c) {
  c.p.setBrush(Qt::NoBrush);
  const QColor root(0xd9, 0xb0, 0x72);
  const auto limb = [&](std::initializer_list<QPointF> points, double width) {
    auto it = points.begin();
    QPainterPath path(*it);
    path.cubicTo(*(it + 1), *(it + 2), *(it + 3));
    c.p.setPen(QPen(root, width * c.unit, Qt::SolidLine, Qt::RoundCap));
    c.p.drawPath(path);
  };
  limb({c.at(50, 28), c.at(54, 40), c.at(47, 50), c.at(51, 60)}, 15);
  limb({c.at(50, 56), c.at(46, 66), c.at(36, 72), c.at(34, 86)}, 8);
  limb({c.at(51, 56), c.at(56, 66), c.at(64, 70), c.at(66, 84)}, 8);
  limb({c.at(46, 40), c.at(36, 44), c.at(30, 52), c.at(22, 54)}, 5);
  limb({c.at(54, 42), c.at(64, 44), c.at(70, 54), c.at(80, 54)}, 5);
  c.fill(QColor(0x5f, 0x9a, 0x4a));
  for (const double angle : {-50.0, -10.0, 35.0}) {
    c.p.save();
    c.p.translate(c.at(50, 26));
    c.p.rotate(angle);
    c.p.drawEllipse(QRectF(-5 * c.unit, -22 * c.unit, 10 * c.unit, 20 * c.unit));
    c.p.restore();
  }
}

void honey(const Canvas& c) {
  c.round(30, 18, 40, 11, 3, QColor(0xc2, 0x7a, 0x1f));
  c.round(26, 28, 48, 56, 10, c.across(26, 48, QColor(0xd8, 0x8b, 0x14), QColor(0xfb, 0xc9, 0x4c)));
  c.round(34, 44, 32, 28, 4, QColor(0xff, 0xf6, 0xdd));
  c.words(34, 44, 32, 28, QStringLiteral("百花\n土蜂蜜"), 8, QColor(0x9a, 0x5d, 0x10));
}

QColor backdrop(int variant) {
  static const QColor colours[] = {QColor(0xe7, 0xd7, 0xbf), QColor(0xcf, 0xe0, 0xce), QColor(0xdc, 0xd4, 0xe6), QColor(0xd2, 0xdf, 0xe8),
                                   QColor(0xe6, 0xdc, 0xf0), QColor(0xd3, 0xea, 0xe4), QColor(0xef, 0xe3, 0xcd), QColor(0xfb, 0xe8, 0xc2)};
  return colours[static_cast<std::size_t>(variant) % std::size(colours)];
}
}  // namespace

void draw_goods(QPainter& painter, const Element& element) {
  const QRectF& place = element.bounds;
  const auto back = backdrop(element.style.variant);
  QRadialGradient light(place.center() - QPointF(0, place.height() * 0.1), std::max(place.width(), place.height()) * 0.7);
  light.setColorAt(0, back.lighter(112));
  light.setColorAt(1, back);
  painter.setPen(Qt::NoPen);
  painter.setBrush(light);
  painter.drawRoundedRect(place, element.style.radius, element.style.radius);
  const Canvas c{painter, place.center(), std::min(place.width(), place.height()) / 100};
  c.oval(22, 78, 58, 10, QColor(0, 0, 0, 28));
  switch (element.style.art) {
    case Art::TeaBox: return tea_box(c);
    case Art::Jar: return jar(c);
    case Art::Patch: return patch(c);
    case Art::Mushroom: return mushroom(c);
    case Art::Bottle: return bottle(c);
    case Art::Capsules: return capsules(c);
    case Art::Ginseng: return ginseng(c);
    default: return honey(c);
  }
}

void draw_live_stage(QPainter& painter, const QRectF& place, double seconds) {
  QLinearGradient back(place.topLeft(), place.bottomLeft());
  const int hue = static_cast<int>(seconds * 6) % 40;
  back.setColorAt(0, QColor::fromHsv(340 - hue / 2, 150, 120));
  back.setColorAt(1, QColor::fromHsv(20 + hue / 2, 170, 70));
  painter.save();
  painter.setClipRect(place, Qt::IntersectClip);
  painter.fillRect(place, back);
  painter.setPen(Qt::NoPen);
  for (int i = 0; i < 6; ++i) {                       // stage lights
    const double a = seconds * 0.7 + i * 1.05;
    painter.setBrush(QColor(255, 220, 160, 26));
    painter.drawEllipse(QPointF(place.left() + place.width() * (0.5 + 0.46 * std::sin(a)), place.top() + place.height() * (0.2 + 0.06 * i)),
                        place.width() * 0.2, place.width() * 0.2);
  }
  const double sway = std::sin(seconds * 1.6) * place.width() * 0.02, w = place.width();
  const QPointF neck(place.center().x() + sway, place.top() + place.height() * 0.46);
  painter.setBrush(QColor(0x8e, 0x22, 0x2f));          // the host
  painter.drawRoundedRect(QRectF(neck.x() - w * 0.25, neck.y(), w * 0.5, place.height() * 0.6), w * 0.14, w * 0.14);
  painter.setBrush(QColor(0xf2, 0xcd, 0xb0));
  painter.drawRoundedRect(QRectF(neck.x() - w * 0.05, neck.y() - w * 0.07, w * 0.1, w * 0.13), w * 0.03, w * 0.03);
  painter.setBrush(QColor(0x2b, 0x1d, 0x1c));
  painter.drawEllipse(QPointF(neck.x(), neck.y() - w * 0.19), w * 0.16, w * 0.19);
  painter.setBrush(QColor(0xf6, 0xd7, 0xbd));
  painter.drawEllipse(QPointF(neck.x(), neck.y() - w * 0.16), w * 0.12, w * 0.15);
  painter.setBrush(QColor(0x2b, 0x1d, 0x1c));
  const bool blink = std::fmod(seconds, 3.0) < 0.12;
  for (const double side : {-1.0, 1.0})
    painter.drawEllipse(QPointF(neck.x() + side * w * 0.045, neck.y() - w * 0.18), w * 0.013, blink ? w * 0.002 : w * 0.013);
  painter.setBrush(QColor(0xb8, 0x3b, 0x3b));
  painter.drawEllipse(QPointF(neck.x(), neck.y() - w * 0.09), w * 0.03, w * (0.007 + 0.011 * std::abs(std::sin(seconds * 7))));
  Element tea;                                         // what is held into the camera
  const double lift = std::sin(seconds * 2.1) * w * 0.03;
  tea.bounds = QRectF(neck.x() + w * 0.1, neck.y() + w * 0.12 + lift, w * 0.26, w * 0.26);
  tea.style.art = Art::TeaBox;
  tea.style.radius = w * 0.03;
  draw_goods(painter, tea);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0xf6, 0xd7, 0xbd));
  painter.drawEllipse(QPointF(neck.x() + w * 0.12, neck.y() + w * 0.3 + lift), w * 0.045, w * 0.04);
  painter.restore();
}

}  // namespace guzheng::training
