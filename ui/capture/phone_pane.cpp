#include "ui/capture/phone_pane.h"

#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "ui/base/text.h"
#include "ui/base/theme.h"
#include "ui/capture/phone_keys.h"

namespace guzheng::ui {
namespace {

constexpr int kMargin = 14;                // red light, focus ring and the phone's edge
constexpr std::uint64_t kFinger = ~1ull;   // the generic finger: a touch screen's, not a mouse's
constexpr std::uint64_t kSecondFinger = ~2ull;
constexpr int kLongPressMs = 800;          // Android's own limit is 400 to 500

}  // namespace

QRect picture_rect(QSize room, std::uint32_t width, std::uint32_t height, int margin) {
  if (!width || !height) return {};
  const QSize free(std::max(1, room.width() - 2 * margin), std::max(1, room.height() - 2 * margin));
  const auto size = QSize(static_cast<int>(width), static_cast<int>(height)).scaled(free, Qt::KeepAspectRatio);
  return {QPoint((room.width() - size.width()) / 2, (room.height() - size.height()) / 2), size};
}

std::optional<QPoint> picture_point(QPointF at, const QRect& picture, std::uint32_t width, std::uint32_t height, bool clamp) {
  if (picture.isEmpty()) return std::nullopt;
  const double x = (at.x() - picture.left()) * width / picture.width();
  const double y = (at.y() - picture.top()) * height / picture.height();
  const bool inside = x >= 0 && y >= 0 && x < width && y < height;
  if (!inside && !clamp) return std::nullopt;
  return QPoint(std::clamp(static_cast<int>(x), 0, static_cast<int>(width) - 1),
                std::clamp(static_cast<int>(y), 0, static_cast<int>(height) - 1));
}

QPoint mirrored(QPoint at, std::uint32_t width, std::uint32_t height) {
  return {static_cast<int>(width) - 1 - at.x(), static_cast<int>(height) - 1 - at.y()};
}

std::uint32_t android_key(int qt_key) {
  switch (qt_key) {
    case Qt::Key_Escape: return kKeyBack;
    case Qt::Key_Return:
    case Qt::Key_Enter: return kKeyEnter;
    case Qt::Key_Backspace: return kKeyDelete;
    case Qt::Key_Delete: return 112;
    case Qt::Key_Up: return 19;
    case Qt::Key_Down: return 20;
    case Qt::Key_Left: return 21;
    case Qt::Key_Right: return 22;
    case Qt::Key_PageUp: return 92;
    case Qt::Key_PageDown: return 93;
    case Qt::Key_Home: return 122;
    case Qt::Key_End: return 123;
    default: return 0;
  }
}

QRect input_place(const QRect& picture) { return {picture.left() + 20, picture.bottom() - 60, 2, 20}; }

PhonePane::PhonePane(LiveDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setAttribute(Qt::WA_InputMethodEnabled);
  setAccessibleName(tr("手机画面"));
  setAccessibleDescription(tr("鼠标点按、拖动和滚轮直接操作手机，按住 Ctrl 拖动为双指缩放；键盘输入送到手机，Tab 离开"));
  connect(&desk_, &LiveDesk::frame_ready, this, &PhonePane::take_frame);
  frame_ = desk_.newest_frame();
}

void PhonePane::set_light(Light light) {
  if (light == light_) return;
  light_ = light;
  if (light == Light::Off || light == Light::Ending) frame_.reset();
  update();
}

void PhonePane::take_frame() {
  if (auto fresh = desk_.take_frame()) {
    const bool resized = !frame_ || frame_->width != fresh->width || frame_->height != fresh->height;
    frame_ = std::move(fresh);
    fresh_ = true;
    if (resized) {
      update();
    } else {
      update(picture());                   // the phone's edge and the light stay as they are
    }
  }
}

QRect PhonePane::picture() const { return frame_ ? picture_rect(size(), frame_->width, frame_->height, kMargin) : QRect(); }

void PhonePane::measure() {
  if (!fresh_) return;
  fresh_ = false;
  const auto now = desk_.now_us();
  ++shown_;
  latency_sum_us_ += now - frame_->arrived.us;
  if (!second_began_us_) second_began_us_ = now;
  const auto passed = now - second_began_us_;
  if (passed < 1'000'000) return;
  emit measured(static_cast<int>(std::lround(shown_ * 1e6 / static_cast<double>(passed))), static_cast<double>(latency_sum_us_) / shown_ / 1000.0);
  second_began_us_ = now;
  latency_sum_us_ = 0;
  shown_ = 0;
}

void PhonePane::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  const QRect at = picture();
  if (!frame_ || at.isEmpty()) {
    painter.fillRect(rect(), colour::white);
    painter.setPen(colour::quiet);
    painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, words_);
    return;
  }
  if (!at.contains(event->rect())) {
    painter.fillRect(event->rect(), colour::white);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    if (light_ != Light::Off) {
      painter.setBrush(light_ == Light::Interrupted ? colour::bright_amber : colour::red);
      painter.drawRoundedRect(at.adjusted(-12, -12, 12, 12), 17, 17);
      painter.setBrush(colour::white);
      painter.drawRoundedRect(at.adjusted(-9, -9, 9, 9), 14, 14);
    }
    if (hasFocus()) {
      painter.setBrush(colour::blue);
      painter.drawRoundedRect(at.adjusted(-8, -8, 8, 8), 13, 13);
    }
    painter.setBrush(QColor("#10151d"));
    painter.drawRoundedRect(at.adjusted(-5, -5, 5, 5), 10, 10);
    painter.setRenderHint(QPainter::Antialiasing, false);
  }
  const QImage image(frame_->pixels->data(), static_cast<int>(frame_->width), static_cast<int>(frame_->height),
                     static_cast<qsizetype>(frame_->stride), QImage::Format_RGB32);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.setCompositionMode(QPainter::CompositionMode_Source);
  painter.drawImage(at, image);
  if (pointer_ && hasFocus()) {
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(at.left() + pointer_->x() * at.width(), at.top() + pointer_->y() * at.height());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour::white, 5));
    painter.drawEllipse(centre, 11, 11);
    painter.setPen(QPen(colour::blue, 3));
    painter.drawEllipse(centre, 11, 11);
    painter.drawPoint(centre);
  }
  measure();
}

void PhonePane::touch_both(TouchAction action, QPoint at) {
  last_touch_ = at;
  touch(action, at, kFinger);
  if (pinching_) touch(action, mirrored(at, frame_->width, frame_->height), kSecondFinger);
}

void PhonePane::touch(TouchAction action, QPoint at, std::uint64_t pointer) {
  TouchEvent event;
  event.action = action;
  event.pointer = pointer;
  event.x = at.x();
  event.y = at.y();
  event.width = static_cast<std::uint16_t>(frame_->width);
  event.height = static_cast<std::uint16_t>(frame_->height);
  event.pressure = action == TouchAction::Up ? 0.0f : 1.0f;
  desk_.input(event);
}

void PhonePane::mousePressEvent(QMouseEvent* event) {
  if (!frame_) return;
  if (event->button() == Qt::RightButton) return desk_.press(kKeyBack);
  if (event->button() == Qt::MiddleButton) return desk_.press(kKeyHome);
  const auto at = picture_point(event->position(), picture(), frame_->width, frame_->height, false);
  if (!at || event->button() != Qt::LeftButton) return;
  touching_ = true;
  pinching_ = event->modifiers() & Qt::ControlModifier;
  touch_both(TouchAction::Down, *at);
}

void PhonePane::mouseMoveEvent(QMouseEvent* event) {
  if (!touching_ || !frame_) return;
  const auto at = picture_point(event->position(), picture(), frame_->width, frame_->height, true);
  if (at && *at != last_touch_) touch_both(TouchAction::Move, *at);
}

void PhonePane::mouseReleaseEvent(QMouseEvent* event) {
  if (!touching_ || !frame_ || event->button() != Qt::LeftButton) return;
  touching_ = false;
  touch_both(TouchAction::Up, picture_point(event->position(), picture(), frame_->width, frame_->height, true).value_or(last_touch_));
}

void PhonePane::wheelEvent(QWheelEvent* event) {
  if (!frame_) return;
  const auto at = picture_point(event->position(), picture(), frame_->width, frame_->height, false);
  if (!at) return;
  ScrollEvent scroll;
  scroll.x = at->x();
  scroll.y = at->y();
  scroll.width = static_cast<std::uint16_t>(frame_->width);
  scroll.height = static_cast<std::uint16_t>(frame_->height);
  scroll.horizontal = static_cast<float>(event->angleDelta().x()) / 120.0f;
  scroll.vertical = static_cast<float>(event->angleDelta().y()) / 120.0f;
  desk_.input(scroll);
  event->accept();
}

QPoint PhonePane::pointer_place() const {
  return {static_cast<int>(pointer_->x() * (frame_->width - 1)), static_cast<int>(pointer_->y() * (frame_->height - 1))};
}

// Ctrl with the arrows moves a ring over the picture, Ctrl+Space taps there (with Shift: presses long), Ctrl+Page keys scroll there: the whole phone
// without a mouse.
bool PhonePane::move_pointer(QKeyEvent* event) {
  if (!frame_ || !(event->modifiers() & Qt::ControlModifier)) return false;
  const double step = event->modifiers() & Qt::ShiftModifier ? 0.01 : 0.05;
  const double ratio = static_cast<double>(frame_->width) / frame_->height;
  auto place = pointer_.value_or(QPointF(0.5, 0.5));
  switch (event->key()) {
    case Qt::Key_Left: place.rx() -= step; break;
    case Qt::Key_Right: place.rx() += step; break;
    case Qt::Key_Up: place.ry() -= step * ratio; break;
    case Qt::Key_Down: place.ry() += step * ratio; break;
    case Qt::Key_Space:
      pointer_ = place;
      touch(TouchAction::Down, pointer_place(), kFinger);
      if (event->modifiers() & Qt::ShiftModifier)            // held: a long press
        QTimer::singleShot(kLongPressMs, this, [this, at = pointer_place()] { if (frame_) touch(TouchAction::Up, at, kFinger); });
      else
        touch(TouchAction::Up, pointer_place(), kFinger);
      update();
      return true;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
      pointer_ = place;
      const auto at = pointer_place();
      ScrollEvent scroll{at.x(), at.y(), static_cast<std::uint16_t>(frame_->width), static_cast<std::uint16_t>(frame_->height),
                         0.0f, event->key() == Qt::Key_PageUp ? 3.0f : -3.0f, 0};
      desk_.input(scroll);
      update();
      return true;
    }
    default: return false;
  }
  pointer_ = QPointF(std::clamp(place.x(), 0.0, 1.0), std::clamp(place.y(), 0.0, 1.0));
  update();
  return true;
}

void PhonePane::type(const QString& text) {
  const bool ascii = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() >= 32 && c.unicode() < 127; });
  if (ascii) {
    desk_.input(TextEvent{ss(text)});
  } else {
    desk_.paste(ss(text));                 // Chinese cannot be typed into a phone: it goes by the clipboard
  }
}

void PhonePane::keyPressEvent(QKeyEvent* event) {
  if (!frame_ || move_pointer(event)) return;
  if (const auto act = phone_act(event->key(), event->modifiers())) {
    if (const auto* key = std::get_if<KeyEvent>(&*act)) desk_.press(key->keycode);
    else desk_.input(*act);
    return;
  }
  if (const auto held = combination(event->key(), event->modifiers())) return desk_.press(held->keycode, held->meta);
  if (const auto code = android_key(event->key()); code && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) {
    desk_.press(code, android_meta(event->modifiers() & Qt::ShiftModifier));
    return;
  }
  const auto text = event->text();
  if (!text.isEmpty() && text.at(0).isPrint() && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier))) {
    type(text);
    return;
  }
  QWidget::keyPressEvent(event);
}

void PhonePane::inputMethodEvent(QInputMethodEvent* event) {
  if (!event->commitString().isEmpty()) type(event->commitString());
  event->accept();
}

QVariant PhonePane::inputMethodQuery(Qt::InputMethodQuery query) const {
  if (query == Qt::ImEnabled) return true;
  if (query == Qt::ImCursorRectangle) return input_place(picture());
  return QWidget::inputMethodQuery(query);
}

void PhonePane::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
  emit focus_changed(true);
}

void PhonePane::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
  emit focus_changed(false);
}

// Plain Escape and what is the phone's go to the phone even where the window would take them as shortcuts.
bool PhonePane::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool ours = (key->key() == Qt::Key_Escape && !full_) || phone_act(key->key(), key->modifiers()) || combination(key->key(), key->modifiers());
    if (ours && frame_) event->accept();
  }
  return QWidget::event(event);
}

}  // namespace guzheng::ui
