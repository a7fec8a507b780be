// Room training, screen. The phone's user interface: gestures and keys change the state; pages follow from it.
// Not thread-safe: PhoneScreen holds its lock around every call.
#pragma once

#include <functional>
#include <optional>

#include "core/device/control.h"
#include "core/training/screen/pages.h"
#include "core/training/screen/painter.h"

namespace guzheng::training {

class Ui {
 public:
  explicit Ui(const Switches& switches);

  void touch(TouchAction action, QPointF at, double seconds);   // screen pixels
  void wheel(QPointF at, double vertical);                      // steps, positive: up
  void key(KeyAction action, std::uint32_t keycode, std::uint32_t meta);
  void type(const QString& text);                               // into the focused field
  bool start_app(const QString& name);                          // false: no such package
  void stop_app();
  void rotate();
  void post(Notification note);
  void open_shade(bool open);

  // Moves animations to `seconds`; true when the picture must be painted anew.
  bool advance(double seconds, std::int64_t wall_ms);
  [[nodiscard]] bool animated() const;                          // never idle: the live room, the counter, the scroll scene
  [[nodiscard]] bool idle() const;                              // what is painted stands still, as uiautomator waits for
  const Element& build();                                       // the tree of the present state; valid until the next call
  [[nodiscard]] PaintHints hints() const;

  UiState state;
  QString clipboard;
  std::function<void(const QString&)> on_copy;                  // the clipboard changed by a hand on the phone
  bool dirty = true;

 private:
  void perform(const Action& action);
  void open(Page page, int number = 0);
  void back();
  void home();
  void submit();
  void tap(QPointF at);
  void drag(QPointF at, double seconds);
  void release(double seconds);
  void scroll_by(double pixels);
  void tell(const QString& text);
  void search(const QString& query);
  void send_chat();
  [[nodiscard]] const Element* hit(QPointF at) const;
  [[nodiscard]] double shade_target() const { return shade_open_ ? 1 : 0; }

  Element tree_;
  struct Press {
    QPointF start, last;
    double last_time = 0, velocity = 0;                         // pixels a second, of the content
    bool dragging = false, pulls_shade = false;
    QRectF target;
  };
  std::optional<Press> press_;
  double fling_ = 0;                                            // pixels a second
  double last_advance_ = 0, answer_at_ = 0;
  QString question_;
  bool shade_open_ = false;
  std::int64_t shown_minute_ = -1;
};

}  // namespace guzheng::training
