#include "core/training/screen/artwork.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <QRadialGradient>
#include <cmath>

#include "core/training/screen/artwork_goods.h"
#include "core/training/screen/painter.h"

namespace guzheng::training {

namespace {
struct Pen {
  QPainter& p;
  QRectF r;
  [[nodiscard]] QPointF at(double x, double y) const { return {r.left() + x * r.width(), r.top() + y * r.height()}; }
  [[nodiscard]] QRectF box(double x, double y, double w, double h) const {
    return {r.left() + x * r.width(), r.top() + y * r.height(), w * r.width(), h * r.height()};
  }
  void stroke(QColor ink, double width) const {
    p.setPen(QPen(ink, width * r.width(), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(Qt::NoBrush);
  }
  void fill(const QBrush& brush) const {
    p.setPen(Qt::NoPen);
    p.setBrush(brush);
  }
};

void draw_back(const Pen& d, QColor ink) {
  d.stroke(ink, 0.055);
  d.p.drawPolyline(QPolygonF({d.at(0.58, 0.28), d.at(0.36, 0.5), d.at(0.58, 0.72)}));
}
void draw_search(const Pen& d, QColor ink) {
  d.stroke(ink, 0.08);
  d.p.drawEllipse(d.box(0.2, 0.2, 0.46, 0.46));
  d.p.drawLine(d.at(0.62, 0.62), d.at(0.8, 0.8));
}
void draw_cart(const Pen& d, QColor ink) {
  d.stroke(ink, 0.07);
  d.p.drawPolyline(QPolygonF({d.at(0.14, 0.24), d.at(0.28, 0.24), d.at(0.38, 0.64), d.at(0.78, 0.64), d.at(0.86, 0.36), d.at(0.31, 0.36)}));
  d.fill(ink);
  d.p.drawEllipse(d.box(0.4, 0.74, 0.1, 0.1));
  d.p.drawEllipse(d.box(0.68, 0.74, 0.1, 0.1));
}
void draw_home(const Pen& d, QColor ink) {
  d.stroke(ink, 0.075);
  d.p.drawPolyline(QPolygonF({d.at(0.16, 0.5), d.at(0.5, 0.2), d.at(0.84, 0.5)}));
  d.p.drawPolyline(QPolygonF({d.at(0.26, 0.46), d.at(0.26, 0.8), d.at(0.74, 0.8), d.at(0.74, 0.46)}));
}
void draw_grid(const Pen& d, QColor ink) {
  d.stroke(ink, 0.075);
  for (const double x : {0.2, 0.56})
    for (const double y : {0.2, 0.56}) d.p.drawRoundedRect(d.box(x, y, 0.24, 0.24), 2, 2);
}
void draw_chat(const Pen& d, QColor ink) {
  d.stroke(ink, 0.075);
  d.p.drawRoundedRect(d.box(0.16, 0.22, 0.68, 0.46), d.r.width() * 0.12, d.r.width() * 0.12);
  d.p.drawPolyline(QPolygonF({d.at(0.32, 0.69), d.at(0.3, 0.84), d.at(0.48, 0.69)}));
}
void draw_user(const Pen& d, QColor ink) {
  d.stroke(ink, 0.075);
  d.p.drawEllipse(d.box(0.34, 0.18, 0.32, 0.32));
  d.p.drawArc(d.box(0.18, 0.56, 0.64, 0.6), 0, 180 * 16);
}
void draw_bell(const Pen& d, QColor ink) {
  d.fill(ink);
  QPainterPath path(d.at(0.24, 0.68));
  path.cubicTo(d.at(0.36, 0.56), d.at(0.24, 0.24), d.at(0.5, 0.22));
  path.cubicTo(d.at(0.76, 0.24), d.at(0.64, 0.56), d.at(0.76, 0.68));
  path.closeSubpath();
  d.p.drawPath(path);
  d.p.drawEllipse(d.box(0.43, 0.7, 0.14, 0.12));
}
void draw_close(const Pen& d, QColor ink) {
  d.stroke(ink, 0.07);
  d.p.drawLine(d.at(0.3, 0.3), d.at(0.7, 0.7));
  d.p.drawLine(d.at(0.7, 0.3), d.at(0.3, 0.7));
}
void draw_wifi(const Pen& d, QColor ink) {
  d.stroke(ink, 0.1);
  for (const double s : {0.9, 0.56}) d.p.drawArc(d.box(0.5 - s / 2, 0.76 - s / 2, s, s), 45 * 16, 90 * 16);
  d.fill(ink);
  d.p.drawEllipse(d.box(0.42, 0.68, 0.16, 0.16));
}
void draw_signal(const Pen& d, QColor ink) {
  d.fill(ink);
  for (int i = 0; i < 4; ++i) d.p.drawRect(d.box(0.12 + i * 0.2, 0.66 - i * 0.15, 0.14, 0.2 + i * 0.15));
}
void draw_battery(const Pen& d, QColor ink, int percent) {
  d.stroke(ink, 0.055);
  d.p.drawRoundedRect(d.box(0.04, 0.24, 0.82, 0.52), 2, 2);
  d.fill(percent <= 20 ? QColor(0xe5, 0x39, 0x35) : ink);
  d.p.drawRect(d.box(0.9, 0.4, 0.06, 0.2));
  d.p.drawRect(d.box(0.1, 0.34, 0.7 * percent / 100.0, 0.32));
}
void draw_heart(const Pen& d, QColor ink) {
  d.fill(ink);
  QPainterPath path(d.at(0.5, 0.82));
  path.cubicTo(d.at(-0.1, 0.42), d.at(0.24, 0.02), d.at(0.5, 0.34));
  path.cubicTo(d.at(0.76, 0.02), d.at(1.1, 0.42), d.at(0.5, 0.82));
  d.p.drawPath(path);
}
void draw_play(const Pen& d, QColor ink) {
  d.fill(ink);
  d.p.drawPolygon(QPolygonF({d.at(0.34, 0.24), d.at(0.34, 0.76), d.at(0.78, 0.5)}));
}

void draw_avatar(const Pen& d, int variant) {
  static const QColor backs[] = {QColor(0xe8, 0xb8, 0x4a), QColor(0x7f, 0xb0, 0x9b), QColor(0x8a, 0x9f, 0xd0), QColor(0xd8, 0x8f, 0x86)};
  d.fill(backs[variant % 4]);
  d.p.drawEllipse(d.r);
  d.p.save();
  QPainterPath clip;
  clip.addEllipse(d.r);
  d.p.setClipPath(clip, Qt::IntersectClip);
  d.fill(QColor(255, 255, 255, 225));
  d.p.drawEllipse(d.box(0.34, 0.2, 0.32, 0.34));
  d.p.drawEllipse(d.box(0.16, 0.6, 0.68, 0.7));
  d.p.restore();
}

void draw_shop_sign(const Pen& d) {
  QRadialGradient gold(d.at(0.35, 0.3), d.r.width());
  gold.setColorAt(0, QColor(0xf7, 0xd9, 0x85));
  gold.setColorAt(1, QColor(0xd9, 0x9c, 0x2b));
  d.fill(gold);
  d.p.drawEllipse(d.r);
  d.fill(QColor(255, 255, 255, 235));
  QPainterPath leaf(d.at(0.5, 0.2));
  leaf.cubicTo(d.at(0.86, 0.4), d.at(0.78, 0.74), d.at(0.5, 0.82));
  leaf.cubicTo(d.at(0.22, 0.74), d.at(0.14, 0.4), d.at(0.5, 0.2));
  d.p.drawPath(leaf);
  d.stroke(QColor(0xd9, 0x9c, 0x2b), 0.045);
  d.p.drawLine(d.at(0.5, 0.34), d.at(0.5, 0.74));
  d.p.drawLine(d.at(0.5, 0.54), d.at(0.64, 0.44));
  d.p.drawLine(d.at(0.5, 0.62), d.at(0.36, 0.52));
}

void draw_banner(const Pen& d, int variant) {
  static const QColor pairs[][2] = {{QColor(0xf2, 0x7a, 0x4f), QColor(0xd1, 0x33, 0x33)}, {QColor(0x2f, 0x8f, 0x83), QColor(0x1b, 0x5e, 0x6e)}};
  QLinearGradient back(d.r.topLeft(), d.r.bottomRight());
  back.setColorAt(0, pairs[variant % 2][0]);
  back.setColorAt(1, pairs[variant % 2][1]);
  d.fill(back);
  d.p.drawRoundedRect(d.r, d.r.height() * 0.09, d.r.height() * 0.09);
  d.p.save();
  QPainterPath clip;
  clip.addRoundedRect(d.r, d.r.height() * 0.09, d.r.height() * 0.09);
  d.p.setClipPath(clip, Qt::IntersectClip);
  d.fill(QColor(255, 255, 255, 26));
  d.p.drawEllipse(QPointF(d.r.right() - d.r.height() * 0.4, d.r.center().y()), d.r.height() * 0.7, d.r.height() * 0.7);
  d.p.drawEllipse(QPointF(d.r.right() - d.r.height() * 0.2, d.r.bottom()), d.r.height() * 0.55, d.r.height() * 0.55);
  d.p.restore();
}

void draw_licence(const Pen& d) {
  d.fill(QColor(0xfd, 0xf8, 0xe9));
  d.p.drawRect(d.r);
  const double unit = d.r.width() / 100;
  d.p.setBrush(Qt::NoBrush);
  d.p.setPen(QPen(QColor(0xc9, 0xa2, 0x4d), unit * 1.1));
  d.p.drawRect(d.r.adjusted(unit * 2, unit * 2, -unit * 2, -unit * 2));
  d.p.setPen(QPen(QColor(0xdc, 0xc0, 0x85), unit * 0.45));
  d.p.drawRect(d.r.adjusted(unit * 3.6, unit * 3.6, -unit * 3.6, -unit * 3.6));
  d.p.save();
  d.p.setClipRect(d.r, Qt::IntersectClip);
  d.p.setPen(QColor(0xc9, 0xa2, 0x4d, 40));
  d.p.setFont(phone_font(unit * 9, true));
  d.p.translate(d.r.center());
  d.p.rotate(-24);
  for (int row = -4; row <= 4; ++row)
    for (int column = -3; column <= 3; ++column)
      d.p.drawText(QPointF(column * unit * 34 + (row % 2) * unit * 14, row * unit * 22), QStringLiteral("练习"));
  d.p.restore();
}

void draw_app_icon(const Pen& d, Art what) {
  const double radius = d.r.width() * 0.24;
  const auto tile = [&](QColor top, QColor bottom) {
    QLinearGradient gradient(d.r.topLeft(), d.r.bottomLeft());
    gradient.setColorAt(0, top);
    gradient.setColorAt(1, bottom);
    d.fill(gradient);
    d.p.drawRoundedRect(d.r, radius, radius);
  };
  switch (what) {
    case Art::AppMall:
      tile(QColor(0xf0, 0x6a, 0x45), QColor(0xcf, 0x38, 0x22));
      d.fill(Qt::white);
      d.p.drawRoundedRect(d.box(0.24, 0.38, 0.52, 0.4), radius * 0.3, radius * 0.3);
      d.stroke(Qt::white, 0.06);
      d.p.drawArc(d.box(0.36, 0.2, 0.28, 0.36), 0, 180 * 16);
      d.p.setPen(QColor(0xcf, 0x38, 0x22));
      d.p.setFont(phone_font(d.r.width() * 0.24, true));
      d.p.drawText(d.box(0.24, 0.38, 0.52, 0.4), Qt::AlignCenter, QStringLiteral("练"));
      break;
    case Art::AppPhone:
      tile(QColor(0x5a, 0xc8, 0x6a), QColor(0x2f, 0xa0, 0x48));
      d.stroke(Qt::white, 0.11);
      d.p.drawArc(d.box(0.32, -0.06, 0.72, 0.78), 195 * 16, 80 * 16);
      break;
    case Art::AppCamera:
      tile(QColor(0x6b, 0x74, 0x82), QColor(0x3c, 0x44, 0x50));
      d.stroke(Qt::white, 0.06);
      d.p.drawRoundedRect(d.box(0.2, 0.32, 0.6, 0.42), radius * 0.4, radius * 0.4);
      d.p.drawEllipse(d.box(0.38, 0.4, 0.24, 0.24));
      break;
    case Art::AppSettings:
      tile(QColor(0x9a, 0xa5, 0xb4), QColor(0x6e, 0x7a, 0x8a));
      d.stroke(Qt::white, 0.08);
      d.p.drawEllipse(d.box(0.34, 0.34, 0.32, 0.32));
      for (int i = 0; i < 8; ++i) {
        const double a = i * M_PI / 4;
        d.p.drawLine(d.at(0.5 + 0.24 * std::cos(a), 0.5 + 0.24 * std::sin(a)), d.at(0.5 + 0.3 * std::cos(a), 0.5 + 0.3 * std::sin(a)));
      }
      break;
    default:
      tile(QColor(0x5b, 0xa7, 0xf0), QColor(0x2a, 0x6f, 0xc9));
      d.stroke(Qt::white, 0.05);
      d.p.drawEllipse(d.box(0.24, 0.24, 0.52, 0.52));
      d.p.drawEllipse(d.box(0.39, 0.24, 0.22, 0.52));
      d.p.drawLine(d.at(0.24, 0.5), d.at(0.76, 0.5));
  }
}

void draw_wallpaper(const Pen& d) {
  QLinearGradient sky(d.r.topLeft(), d.r.bottomLeft());
  sky.setColorAt(0, QColor(0x23, 0x3a, 0x5e));
  sky.setColorAt(0.55, QColor(0x5d, 0x86, 0xa8));
  sky.setColorAt(1, QColor(0xd8, 0xc3, 0xa5));
  d.fill(sky);
  d.p.drawRect(d.r);
  d.fill(QColor(255, 244, 220, 200));
  d.p.drawEllipse(d.at(0.7, 0.5), d.r.width() * 0.07, d.r.width() * 0.07);
  const QColor hills[] = {QColor(0x4b, 0x6d, 0x86), QColor(0x38, 0x57, 0x6d), QColor(0x27, 0x41, 0x53)};
  for (int i = 0; i < 3; ++i) {
    QPainterPath hill(d.at(0, 1));
    const double y = 0.62 + i * 0.11;
    hill.lineTo(d.at(0, y));
    hill.cubicTo(d.at(0.22, y - 0.12 + i * 0.05), d.at(0.42, y + 0.08), d.at(0.62, y - 0.02));
    hill.cubicTo(d.at(0.78, y - 0.1), d.at(0.9, y + 0.02), d.at(1, y - 0.03));
    hill.lineTo(d.at(1, 1));
    d.fill(hills[i]);
    d.p.drawPath(hill);
  }
}
}  // namespace

void draw_art(QPainter& painter, const Element& element) {
  const Pen d{painter, element.bounds};
  const auto ink = element.style.ink;
  switch (element.style.art) {
    case Art::Back: return draw_back(d, ink);
    case Art::Search: return draw_search(d, ink);
    case Art::Cart: return draw_cart(d, ink);
    case Art::Home: return draw_home(d, ink);
    case Art::Grid: return draw_grid(d, ink);
    case Art::Chat: return draw_chat(d, ink);
    case Art::User: return draw_user(d, ink);
    case Art::Bell: return draw_bell(d, ink);
    case Art::Close: return draw_close(d, ink);
    case Art::Wifi: return draw_wifi(d, ink);
    case Art::Signal: return draw_signal(d, ink);
    case Art::Battery: return draw_battery(d, ink, element.style.variant);
    case Art::Heart: return draw_heart(d, ink);
    case Art::Play: return draw_play(d, ink);
    case Art::Avatar: return draw_avatar(d, element.style.variant);
    case Art::ShopSign: return draw_shop_sign(d);
    case Art::Banner: return draw_banner(d, element.style.variant);
    case Art::Licence: return draw_licence(d);
    case Art::Wallpaper: return draw_wallpaper(d);
    case Art::AppMall: case Art::AppPhone: case Art::AppCamera: case Art::AppSettings: case Art::AppBrowser:
      return draw_app_icon(d, element.style.art);
    case Art::LiveStage: return draw_live_stage(painter, element.bounds, element.style.phase);
    case Art::None: case Art::Counter: return;
    default: return draw_goods(painter, element);
  }
}

}  // namespace guzheng::training
