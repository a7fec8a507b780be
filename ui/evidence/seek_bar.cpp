#include "ui/evidence/seek_bar.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {
constexpr int kEdge = 8, kBarY = 22;
}

SeekBar::SeekBar(QWidget* parent) : QSlider(Qt::Horizontal, parent) {
  setAccessibleName(tr("录像位置"));
  setFocusPolicy(Qt::StrongFocus);
  setFixedHeight(34);
}

void SeekBar::set_film(std::int64_t duration_ms, const std::vector<ShotView>& shots, const std::vector<FilmGap>& gaps) {
  setRange(0, static_cast<int>(std::max<std::int64_t>(1, duration_ms)));
  shots_ = shots;
  gaps_ = gaps;
  update();
}

double SeekBar::x_of(std::int64_t position_ms) const {
  return kEdge + static_cast<double>(std::clamp<std::int64_t>(position_ms, 0, maximum())) * (width() - 2 * kEdge) / std::max(1, maximum());
}

void SeekBar::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor("#35486a"));
  painter.drawRoundedRect(QRectF(kEdge, kBarY - 3, width() - 2 * kEdge, 6), 3, 3);
  const double now = x_of(value());
  painter.setBrush(colour::sky);
  painter.drawRoundedRect(QRectF(kEdge, kBarY - 3, now - kEdge, 6), 3, 3);
  painter.setBrush(colour::bright_amber);
  for (const auto& gap : gaps_) {
    const double from = x_of(gap.begin_ms), to = x_of(gap.end_ms);
    painter.drawRect(QRectF(from, kBarY - 6, std::max(4.0, to - from), 12));
  }
  for (const auto& shot : shots_) {
    const double x = x_of(shot.position_ms);
    QPainterPath pin;
    pin.moveTo(x - 5, 2);
    pin.lineTo(x + 5, 2);
    pin.lineTo(x + 5, 9);
    pin.lineTo(x, 14);
    pin.lineTo(x - 5, 9);
    pin.closeSubpath();
    painter.setBrush(std::abs(shot.position_ms - value()) < 400 ? colour::white : QColor("#9cc7ff"));
    painter.drawPath(pin);
  }
  painter.setBrush(colour::white);
  painter.drawEllipse(QPointF(now, kBarY), 6.5, 6.5);
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour::sky, 2));
    painter.drawEllipse(QPointF(now, kBarY), 9.5, 9.5);
  }
}

void SeekBar::seek_to(double x) {
  const auto to = static_cast<int>((x - kEdge) * maximum() / std::max(1, width() - 2 * kEdge));
  emit sought(std::clamp(to, 0, maximum()));
}

void SeekBar::mousePressEvent(QMouseEvent* event) {
  // a click on a pin goes to that very picture
  if (event->position().y() < 16) {
    for (const auto& shot : shots_) {
      if (std::abs(x_of(shot.position_ms) - event->position().x()) < 7) return emit sought(shot.position_ms);
    }
  }
  seek_to(event->position().x());
}

void SeekBar::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) seek_to(event->position().x());
}

void SeekBar::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left: return emit sought(std::max(0, value() - 5000));
    case Qt::Key_Right: return emit sought(std::min(maximum(), value() + 5000));
    case Qt::Key_Home: return emit sought(0);
    case Qt::Key_End: return emit sought(maximum());
    default: QWidget::keyPressEvent(event);
  }
}

}  // namespace guzheng::ui
