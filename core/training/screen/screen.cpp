#include "core/training/screen/screen.h"

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <QPainter>
#include <condition_variable>
#include <fmt/format.h>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>

#include "core/base/log.h"
#include "core/training/screen/counter.h"
#include "core/training/screen/hierarchy.h"
#include "core/training/screen/ui.h"

namespace guzheng::training {

struct PhoneScreen::Impl {
  Impl(const Switches& s, const Clock& c) : switches(s), clock(c), ui(s) {
    ui.on_copy = [this](const QString& text) { copied = text.toStdString(); };
  }

  const Switches switches;
  const Clock& clock;
  mutable std::mutex mutex;
  std::condition_variable changed;          // something to paint, or stop
  std::condition_variable painted;          // a new frame stands in `newest`
  // under mutex
  Ui ui;
  std::optional<std::string> copied;        // set by a copy on the phone, told after the lock
  std::map<int, std::function<void(const std::string&)>> listeners;
  int next_listener = 1;
  std::shared_ptr<const ScreenFrame> newest;
  bool stopping = false;
  // paint thread only
  std::uint64_t serial = 0;
  std::ofstream paint_log;
  std::thread thread;

  [[nodiscard]] double seconds() const { return static_cast<double>(clock.monotonic().us) / 1e6; }
  void run();
  std::shared_ptr<ScreenFrame> paint_frame(std::int64_t now_us);
  void log_counter(const ScreenFrame& frame);

  template <typename Change>
  void change(Change&& act) {
    std::optional<std::string> told;
    std::map<int, std::function<void(const std::string&)>> who;
    {
      const std::lock_guard lock(mutex);
      act();
      ui.dirty = true;
      told = std::exchange(copied, std::nullopt);
      if (told) who = listeners;
      changed.notify_all();
    }
    for (const auto& [id, listener] : who) listener(*told);
  }
};

namespace {
constexpr std::size_t kAlign = 64;

// A picture over memory that an encoder may read past the end of a row.
std::shared_ptr<Bytes> make_pixels(ScreenFrame& frame) {
  frame.stride = (frame.width * 4 + kAlign - 1) / kAlign * kAlign;
  return std::make_shared<Bytes>(std::size_t{frame.stride} * frame.height + kAlign);
}
}  // namespace

std::shared_ptr<ScreenFrame> PhoneScreen::Impl::paint_frame(std::int64_t now_us) {
  auto frame = std::make_shared<ScreenFrame>();
  frame->width = static_cast<std::uint32_t>(ui.state.size.width());
  frame->height = static_cast<std::uint32_t>(ui.state.size.height());
  frame->painted_us = now_us;
  frame->serial = ++serial;
  const auto pixels = make_pixels(*frame);
  QImage image(pixels->data(), static_cast<int>(frame->width), static_cast<int>(frame->height), static_cast<int>(frame->stride),
               QImage::Format_RGB32);
  image.fill(Qt::black);
  const Element& tree = ui.build();
  const bool secure = switches.secure_page && ui.state.front == Front::App;      // FLAG_SECURE belongs to the app's window
  if (ui.state.screen_on && !secure) {
    QPainter painter(&image);
    if (shows_counter(switches.scene)) paint_counter(painter, image.size(), ui.state.counter);
    else paint(painter, tree, ui.hints());
  }
  frame->hierarchy = hierarchy_xml(tree, ui.state.landscape() ? 1 : 0);
  frame->pixels = pixels;
  return frame;
}

void PhoneScreen::Impl::log_counter(const ScreenFrame& frame) {
  if (!paint_log.is_open()) return;
  paint_log << fmt::format("{} {} {}\n", ui.state.counter, clock.monotonic().us, frame.painted_us) << std::flush;
}

void PhoneScreen::Impl::run() {
  const std::int64_t period = 1'000'000 / switches.fps;
  std::int64_t next = clock.monotonic().us;
  std::unique_lock lock(mutex);
  while (!stopping) {
    const auto now = clock.monotonic().us;
    if (now < next) {
      changed.wait_for(lock, std::chrono::microseconds(next - now), [&] { return stopping; });
      continue;
    }
    next = std::max(next + period, now);                 // a late frame does not make the next ones hurry
    if (!ui.advance(static_cast<double>(now) / 1e6, clock.wall().ms)) continue;
    auto frame = paint_frame(now);
    log_counter(*frame);                                 // before any encoder can see it
    newest = std::move(frame);
    painted.notify_all();
  }
}

PhoneScreen::PhoneScreen(const Switches& switches, const Clock& clock) : impl_(std::make_unique<Impl>(switches, clock)) {}
PhoneScreen::~PhoneScreen() { stop(); }

Status PhoneScreen::start() {
  if (!impl_->switches.paint_log.empty()) {
    impl_->paint_log.open(impl_->switches.paint_log, std::ios::app);
    if (!impl_->paint_log) return fail(ErrorKind::Io, "cannot write " + impl_->switches.paint_log.string());
  }
  impl_->thread = std::thread([this] { impl_->run(); });
  std::unique_lock lock(impl_->mutex);
  impl_->painted.wait(lock, [&] { return impl_->newest != nullptr; });
  return ok();
}

void PhoneScreen::stop() {
  if (!impl_->thread.joinable()) return;
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
    impl_->changed.notify_all();
    impl_->painted.notify_all();
  }
  impl_->thread.join();
}

std::shared_ptr<const ScreenFrame> PhoneScreen::frame(std::uint64_t after, std::chrono::milliseconds patience) {
  std::unique_lock lock(impl_->mutex);
  impl_->painted.wait_for(lock, patience, [&] { return impl_->stopping || (impl_->newest && impl_->newest->serial > after); });
  return impl_->newest;
}

Result<Bytes> PhoneScreen::png(const ScreenFrame& frame) {
  const QImage image(frame.pixels->data(), static_cast<int>(frame.width), static_cast<int>(frame.height),
                     static_cast<int>(frame.stride), QImage::Format_RGB32);
  QByteArray out;
  QBuffer buffer(&out);
  buffer.open(QIODevice::WriteOnly);
  QImageWriter writer(&buffer, "png");
  writer.setCompression(30);
  if (!writer.write(image)) return fail(ErrorKind::Bug, "cannot write the screenshot");
  return Bytes(out.begin(), out.end());
}

bool PhoneScreen::idle() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->ui.idle();
}

void PhoneScreen::touch(TouchAction action, double x, double y) {
  impl_->change([&] { impl_->ui.touch(action, {x, y}, impl_->seconds()); });
}
void PhoneScreen::wheel(double x, double y, double vertical) {
  impl_->change([&] { impl_->ui.wheel({x, y}, vertical); });
}
void PhoneScreen::key(KeyAction action, std::uint32_t keycode, std::uint32_t meta) {
  impl_->change([&] { impl_->ui.key(action, keycode, meta); });
}
void PhoneScreen::type(const std::string& utf8) {
  impl_->change([&] { impl_->ui.type(QString::fromStdString(utf8)); });
}
void PhoneScreen::set_clipboard(const std::string& utf8) {
  impl_->change([&] { impl_->ui.clipboard = QString::fromStdString(utf8); });
}
std::string PhoneScreen::clipboard() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->ui.clipboard.toStdString();
}
int PhoneScreen::on_clipboard(std::function<void(const std::string&)> listener) {
  const std::lock_guard lock(impl_->mutex);
  impl_->listeners[impl_->next_listener] = std::move(listener);
  return impl_->next_listener++;
}
void PhoneScreen::remove_listener(int id) {
  const std::lock_guard lock(impl_->mutex);
  impl_->listeners.erase(id);
}
void PhoneScreen::rotate() {
  impl_->change([&] { impl_->ui.rotate(); });
}
void PhoneScreen::shade(bool open) {
  impl_->change([&] { impl_->ui.open_shade(open); });
}
void PhoneScreen::back_or_screen_on(KeyAction action) {
  impl_->change([&] { impl_->ui.key(action, impl_->ui.state.screen_on ? kKeyBack : kKeyWakeUp, 0); });
}
bool PhoneScreen::start_app(const std::string& name) {
  bool started = false;
  impl_->change([&] { started = impl_->ui.start_app(QString::fromStdString(name)); });
  return started;
}
void PhoneScreen::stop_app() {
  impl_->change([&] { impl_->ui.stop_app(); });
}
void PhoneScreen::post(const std::string& tag, const std::string& title, const std::string& text) {
  impl_->change([&] {
    impl_->ui.post({QString::fromStdString(tag), QString::fromStdString(title), QString::fromStdString(text), impl_->clock.wall().ms});
  });
}
std::string PhoneScreen::focused_window() const {
  const std::lock_guard lock(impl_->mutex);
  const auto& state = impl_->ui.state;
  if (state.shade > 0.5) return "NotificationShade";
  if (state.front != Front::App) return "com.android.launcher3/com.android.launcher3.uioverrides.QuickstepLauncher";
  return "cn.guzheng.mall/cn.guzheng.mall.MainActivity";
}

unsigned PhoneScreen::input_type() const {
  const std::lock_guard lock(impl_->mutex);
  const auto& state = impl_->ui.state;
  if (state.focus.isEmpty() || state.front != Front::App || !state.screen_on) return 0;
  return state.focus.endsWith(QStringLiteral("/password")) ? 0x81 : 0x1;
}

void PhoneScreen::light(bool lit) {
  impl_->change([&] { impl_->ui.state.panel_lit = lit; });
}

bool PhoneScreen::lit() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->ui.state.screen_on && impl_->ui.state.panel_lit;
}

bool PhoneScreen::display_on() const {
  const std::lock_guard lock(impl_->mutex);
  return impl_->ui.state.screen_on;
}

}  // namespace guzheng::training
