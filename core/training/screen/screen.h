// Room training, screen. The phone's display with its own thread: paints when something changed, at most `fps` times a
// second, and keeps the newest picture for the encoders, screencap and uiautomator. All members are thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/device/control.h"
#include "core/training/switches.h"

namespace guzheng::training {

// One painted picture, immutable. Rows of B, G, R, 255 bytes, `stride` bytes apart (a multiple of 64, with a tail).
struct ScreenFrame {
  std::uint32_t width = 0, height = 0, stride = 0;
  std::shared_ptr<const Bytes> pixels;
  std::int64_t painted_us = 0;                     // monotonic, when its painting began
  std::uint64_t serial = 0;                        // 1, 2, 3, …
  std::string hierarchy;                           // of the very same picture
};

class PhoneScreen {
 public:
  PhoneScreen(const Switches& switches, const Clock& clock);
  ~PhoneScreen();
  Status start();                                  // paints the first frame before it returns
  void stop();

  // The newest frame; waits up to `patience` for one with a serial above `after`, else gives the newest.
  std::shared_ptr<const ScreenFrame> frame(std::uint64_t after = 0, std::chrono::milliseconds patience = {});
  static Result<Bytes> png(const ScreenFrame& frame);     // lossless
  [[nodiscard]] bool idle() const;                 // false while anything moves or is still to be painted

  void touch(TouchAction action, double x, double y);     // screen pixels
  void wheel(double x, double y, double vertical);
  void key(KeyAction action, std::uint32_t keycode, std::uint32_t meta = 0);
  void type(const std::string& utf8);
  void set_clipboard(const std::string& utf8);
  [[nodiscard]] std::string clipboard() const;
  // Called on the thread that caused it when the phone itself changes its clipboard. Remove before the listener dies.
  int on_clipboard(std::function<void(const std::string&)> listener);
  void remove_listener(int id);
  void rotate();
  void shade(bool open);
  void back_or_screen_on(KeyAction action);        // wakes a dark screen, else goes back
  bool start_app(const std::string& name);
  void stop_app();                                 // ends 练习商城; what was typed into it is gone
  void post(const std::string& tag, const std::string& title, const std::string& text);
  [[nodiscard]] std::string focused_window() const;       // "cn.guzheng.mall/cn.guzheng.mall.MainActivity"
  [[nodiscard]] unsigned input_type() const;       // android.text.InputType of the focused field; 0: none has the focus
  [[nodiscard]] bool display_on() const;           // awake
  void light(bool lit);                            // the panel alone: pictures go on as they are
  [[nodiscard]] bool lit() const;                  // awake, and the panel's light is on

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng::training
