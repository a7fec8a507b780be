// ui. The live phone: paints the newest frame, turns mouse, wheel, keyboard and input method into acts on the phone.
// Painted with QPainter alone (the OpenGL path costs three times as much without a GPU); repainted once a frame, no timer.
#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <optional>

#include "core/desk/live_desk.h"

namespace guzheng::ui {

// Pure: where a picture of `width`×`height` lies in `room`, letterboxed, and what a point in the widget means on it.
QRect picture_rect(QSize room, std::uint32_t width, std::uint32_t height, int margin);
std::optional<QPoint> picture_point(QPointF at, const QRect& picture, std::uint32_t width, std::uint32_t height, bool clamp);

// The other finger of a pinch: `at` mirrored about the picture's middle, as scrcpy's client does.
QPoint mirrored(QPoint at, std::uint32_t width, std::uint32_t height);

// Android key code of a Qt key that is no text; 0: none.
std::uint32_t android_key(int qt_key);

// Where an input method shows what is being composed: over the lower left of the picture.
QRect input_place(const QRect& picture);

class PhonePane : public QWidget {
  Q_OBJECT
 public:
  explicit PhonePane(LiveDesk& desk, QWidget* parent = nullptr);
  void set_light(Light light);             // the frame around the phone: red, amber when nothing is recorded, none
  void set_full(bool full) { full_ = full; }               // the whole screen: Esc is the window's there, not the phone's
  void set_words(const QString& words) { words_ = words; update(); }     // shown while there is no picture
  [[nodiscard]] QSize sizeHint() const override { return {360, 640}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {160, 200}; }

 signals:
  // Once a second while frames come: frames shown and mean time from arrival to paint.
  void measured(int frames, double latency_ms);
  void focus_changed(bool inside);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void inputMethodEvent(QInputMethodEvent* event) override;
  [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void take_frame();
  void measure();
  void touch(TouchAction action, QPoint at, std::uint64_t pointer);
  void touch_both(TouchAction action, QPoint at);          // while pinching the second finger mirrors the first
  void type(const QString& text);
  bool move_pointer(QKeyEvent* event);
  [[nodiscard]] QRect picture() const;
  [[nodiscard]] QPoint pointer_place() const;

  LiveDesk& desk_;
  std::shared_ptr<const Frame> frame_;
  Light light_ = Light::Off;
  bool touching_ = false, pinching_ = false, fresh_ = false, full_ = false;
  QPoint last_touch_;
  std::optional<QPointF> pointer_;         // keyboard pointer, 0…1 of the picture; empty until first used
  QString words_;
  std::int64_t second_began_us_ = 0, latency_sum_us_ = 0;
  int shown_ = 0;
};

}  // namespace guzheng::ui
