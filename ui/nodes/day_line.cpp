#include "ui/nodes/day_line.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

constexpr double kOpenHours = 0.1;         // a longer silence opens the line: looks are kept each minute
constexpr int kFoot = 18, kRight = 56;     // for the hours below and the limit's words at the right

}  // namespace

DayLine::DayLine(const QString& accessible_name, QWidget* parent) : QWidget(parent) {
  setAccessibleName(accessible_name);
  setMinimumHeight(110);
  setMaximumHeight(140);
}

void DayLine::set_points(std::vector<DayPoint> points, double limit, const QString& limit_text, const QString& spoken) {
  points_ = std::move(points);
  limit_ = limit;
  limit_text_ = limit_text;
  setAccessibleDescription(spoken);
  update();
}

void DayLine::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF all = QRectF(rect()).adjusted(4, 6, -kRight, -kFoot);
  double least = limit_ - 10, most = limit_ + 5;
  for (const auto& point : points_) {
    if (!point.value) continue;
    least = std::min(least, *point.value - 2);
    most = std::max(most, *point.value + 2);
  }
  const auto x = [&](double hour) { return all.left() + all.width() * hour / 24; };
  const auto y = [&](double value) { return all.bottom() - all.height() * (value - least) / (most - least); };
  auto font = painter.font();
  font.setPixelSize(12);
  painter.setFont(font);
  for (int hour = 0; hour <= 24; hour += 6) {
    painter.setPen(QPen(QColor("#e6ecf3"), 1));
    painter.drawLine(QPointF(x(hour), all.top()), QPointF(x(hour), all.bottom()));
    painter.setPen(colour::quiet);
    const auto text = hour == 24 ? tr("现在") : tr("%1 小时前").arg(24 - hour);
    const double left = std::clamp(x(hour) - 35, 0.0, width() - 70.0);
    painter.drawText(QRectF(left, all.bottom() + 2, 70, kFoot - 2), hour == 0 ? Qt::AlignLeft : Qt::AlignHCenter, text);
  }
  painter.setPen(QPen(colour::red, 1, Qt::DashLine));
  painter.drawLine(QPointF(all.left(), y(limit_)), QPointF(all.right(), y(limit_)));
  painter.setPen(colour::red);
  painter.drawText(QRectF(all.right() + 6, y(limit_) - 9, kRight - 8, 18), Qt::AlignVCenter | Qt::AlignLeft, limit_text_);
  QPainterPath path;
  double before = -1;                      // hour of the point before; -1: the line is open
  for (const auto& point : points_) {
    if (!point.value) {
      before = -1;
      continue;
    }
    const QPointF at(x(point.hour), y(*point.value));
    if (before >= 0 && point.hour - before <= kOpenHours) path.lineTo(at);
    else {
      path.moveTo(at);
      path.addEllipse(at, 1.2, 1.2);
      path.moveTo(at);
    }
    before = point.hour;
  }
  painter.setPen(QPen(colour::blue, 2));
  painter.drawPath(path);
}

}  // namespace guzheng::ui
