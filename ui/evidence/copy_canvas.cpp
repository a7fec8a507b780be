#include "ui/evidence/copy_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/base/text.h"
#include "ui/base/theme.h"

namespace guzheng::ui {
namespace {

constexpr int kStep = 16, kSmallest = 6;   // pixels of the picture
constexpr std::size_t kMostMarks = 200;    // as core/report/copy.h takes

}  // namespace

CopyCanvas::CopyCanvas(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("标注画面"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setMinimumSize(240, 240);
  tell();
}

void CopyCanvas::show_picture(const QImage& picture, std::vector<CopyMark> marks) {
  picture_ = picture;
  marks_ = std::move(marks);
  drawn_ = with_marks(picture_, marks_);
  begun_.reset();
  cross_ = {picture_.width() / 2, picture_.height() / 2};
  moved();
}

void CopyCanvas::clear() {
  picture_ = drawn_ = {};
  marks_.clear();
  begun_.reset();
  moved();
}

void CopyCanvas::set_tool(CopyMark::Shape tool) {
  tool_ = tool;
  begun_.reset();
  moved();
}

void CopyCanvas::set_words(const QString& words) { words_ = words; }

void CopyCanvas::undo() {
  if (begun_) begun_.reset();
  else if (!marks_.empty()) {
    marks_.pop_back();
    drawn_ = with_marks(picture_, marks_);
    emit marks_changed();
  }
  moved();
}

QRectF CopyCanvas::place() const {
  if (picture_.isNull()) return {};
  const QSizeF size = QSizeF(picture_.size()).scaled(QSizeF(this->size()), Qt::KeepAspectRatio);
  return {QPointF((width() - size.width()) / 2, (height() - size.height()) / 2), size};
}

QPoint CopyCanvas::to_picture(const QPointF& at) const {
  const QRectF on = place();
  if (on.isEmpty()) return {};
  const QPointF in = (at - on.topLeft()) * picture_.width() / on.width();
  return {std::clamp(static_cast<int>(in.x()), 0, picture_.width() - 1), std::clamp(static_cast<int>(in.y()), 0, picture_.height() - 1)};
}

std::optional<CopyMark> CopyCanvas::mark_to(const QPoint& end) const {
  CopyMark mark;
  mark.shape = tool_;
  if (tool_ == CopyMark::Shape::Arrow) {
    if ((end - *begun_).manhattanLength() < 2 * kSmallest) return {};
    mark.x = begun_->x(), mark.y = begun_->y(), mark.w = end.x(), mark.h = end.y();
    return mark;
  }
  const QRect frame = QRect(*begun_, end).normalized();
  if (frame.width() < kSmallest || frame.height() < kSmallest) return {};
  mark.x = frame.x(), mark.y = frame.y(), mark.w = frame.width(), mark.h = frame.height();
  return mark;
}

void CopyCanvas::act() {
  if (picture_.isNull() || marks_.size() >= kMostMarks) return;
  if (tool_ != CopyMark::Shape::Text) {
    if (begun_) finish();
    else begun_ = cross_;
    return moved();
  }
  if (words_.trimmed().isEmpty()) return emit words_wanted();
  CopyMark mark;
  mark.shape = tool_;
  mark.x = cross_.x(), mark.y = cross_.y();
  mark.text = ss(words_.trimmed());
  take(std::move(mark));
}

void CopyCanvas::finish() {
  auto mark = mark_to(cross_);
  begun_.reset();
  if (mark) take(std::move(*mark));
}

void CopyCanvas::take(CopyMark mark) {
  marks_.push_back(std::move(mark));
  drawn_ = with_marks(picture_, marks_);
  moved();
  emit marks_changed();
}

void CopyCanvas::moved() {
  tell();
  update();
}

void CopyCanvas::tell() {
  if (picture_.isNull()) return setAccessibleDescription(tr("没有画面"));
  const auto begun = begun_ ? tr("，起点 %1,%2").arg(begun_->x()).arg(begun_->y()) : QString();
  setAccessibleDescription(tr("画面 %1×%2，光标 %3,%4%5，标记 %6 个").arg(picture_.width()).arg(picture_.height()).arg(cross_.x()).arg(cross_.y()).arg(begun).arg(marks_.size()));
}

bool CopyCanvas::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && begun_ && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) event->accept();
  return QWidget::event(event);
}

void CopyCanvas::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
  const QRectF on = place();
  if (on.isEmpty()) return;
  painter.drawImage(on, drawn_);
  const double scale = on.width() / picture_.width();
  const auto at = [&](const QPoint& point) { return on.topLeft() + QPointF(point) * scale; };
  if (begun_) {
    painter.setPen(QPen(colour::red, 2, Qt::DashLine));
    if (tool_ == CopyMark::Shape::Arrow) painter.drawLine(at(*begun_), at(cross_));
    else painter.drawRect(QRectF(at(*begun_), at(cross_)).normalized());
  }
  if (!hasFocus()) return;
  const QPointF cross = at(cross_);
  for (const auto& [colour, width] : {std::pair{QColor(Qt::white), 4}, std::pair{QColor(colour::blue), 2}}) {      // seen on any picture
    painter.setPen(QPen(colour, width));
    painter.drawLine(cross - QPointF(10, 0), cross + QPointF(10, 0));
    painter.drawLine(cross - QPointF(0, 10), cross + QPointF(0, 10));
  }
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(on.adjusted(1, 1, -1, -1));
}

void CopyCanvas::mousePressEvent(QMouseEvent* event) {
  setFocus();
  if (event->button() != Qt::LeftButton || !place().contains(event->position())) return;
  cross_ = to_picture(event->position());
  act();
}

void CopyCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton)) return;
  cross_ = to_picture(event->position());
  moved();
}

void CopyCanvas::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !begun_) return;
  cross_ = to_picture(event->position());
  if (mark_to(cross_)) finish();           // a mere click has begun: the next one ends
  moved();
}

void CopyCanvas::keyPressEvent(QKeyEvent* event) {
  const int step = event->modifiers() & Qt::ShiftModifier ? 1 : kStep;
  QPoint by;
  switch (event->key()) {
    case Qt::Key_Left: by = {-step, 0}; break;
    case Qt::Key_Right: by = {step, 0}; break;
    case Qt::Key_Up: by = {0, -step}; break;
    case Qt::Key_Down: by = {0, step}; break;
    case Qt::Key_Return:
    case Qt::Key_Enter: return act();
    case Qt::Key_Escape:
      if (begun_) return undo();
      [[fallthrough]];
    default: return QWidget::keyPressEvent(event);
  }
  if (picture_.isNull()) return;
  cross_ += by;
  cross_ = {std::clamp(cross_.x(), 0, picture_.width() - 1), std::clamp(cross_.y(), 0, picture_.height() - 1)};
  moved();
}

}  // namespace guzheng::ui
