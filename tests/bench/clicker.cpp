// From a press of the mouse to the pixels that answer it. The pane shows the training phone's scene `taps`: a number that grows by one with
// each finger put down. The clicker presses in the middle of the pane through XTest, as a mouse would, and polls until the number has grown.
//
//   clicker --clicks N --pane INDEX --panes N [--find-limit S]
// Prints:  click NUMBER PRESSED_US SEEN_US    monotonic; SEEN_US 0: nothing came within two seconds
// Exit: 0, 1 usage, 2 no display or panes not found.
#include <X11/extensions/XTest.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/bench/grabber.h"

namespace {

using bench::Grabber;
using bench::now_us;
constexpr std::int64_t kPatience = 2'000'000, kStep = 500, kHeld = 40'000;
constexpr long kRest = 150'000, kRestSpread = 97'000;          // µs between clicks; spread, so that they do not fall in step with the frames

void sleep_us(std::int64_t us) {
  const timespec pause{us / 1'000'000, (us % 1'000'000) * 1000};
  nanosleep(&pause, nullptr);
}

std::vector<bench::Pane> find(Display* display, int count, double limit_s) {
  const int screen = DefaultScreen(display);
  Grabber whole(display, DisplayWidth(display, screen), DisplayHeight(display, screen));
  for (const auto end = now_us() + std::int64_t(limit_s * 1e6); whole.ok() && now_us() < end; sleep_us(300'000)) {
    whole.grab(0, 0);
    if (auto found = bench::find_panes(whole.pixels()); int(found.size()) == count) return found;
  }
  return {};
}

class Clicker {
 public:
  Clicker(Display* display, const bench::Pane& pane)
      : display_(display), pane_(pane), inside_{0, 0, pane.right - pane.left, pane.bottom - pane.top}, region_(display, inside_.right, inside_.bottom) {}
  [[nodiscard]] bool ok() const { return region_.ok(); }

  void click(int number) {
    const auto before = shown();
    XTestFakeMotionEvent(display_, -1, (pane_.left + pane_.right) / 2, pane_.bottom + inside_.bottom / 2, CurrentTime);
    XSync(display_, False);
    sleep_us(20'000);
    const auto pressed = now_us();
    XTestFakeButtonEvent(display_, 1, True, CurrentTime);
    XFlush(display_);
    std::int64_t seen = 0;
    for (auto now = now_us(); seen == 0 && now < pressed + kPatience; now = now_us()) {
      if (const auto value = shown(); value && before && *value == static_cast<std::uint16_t>(*before + 1)) seen = now_us();
      else sleep_us(kStep);
    }
    sleep_us(std::max<std::int64_t>(0, pressed + kHeld - now_us()));
    XTestFakeButtonEvent(display_, 1, False, CurrentTime);
    XFlush(display_);
    std::printf("click %d %lld %lld\n", number, static_cast<long long>(pressed), static_cast<long long>(seen));
  }

 private:
  std::optional<std::uint16_t> shown() {
    region_.grab(pane_.left, pane_.top);
    return bench::read_pane(region_.pixels(), inside_);
  }
  Display* display_;
  const bench::Pane pane_, inside_;
  Grabber region_;
};

}  // namespace

int main(int argc, char** argv) {
  int clicks = 50, pane = 0, panes = 1;
  double find_limit = 60;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string key = argv[i];
    if (key == "--clicks") clicks = std::atoi(argv[i + 1]);
    else if (key == "--pane") pane = std::atoi(argv[i + 1]);
    else if (key == "--panes") panes = std::atoi(argv[i + 1]);
    else if (key == "--find-limit") find_limit = std::atof(argv[i + 1]);
    else return std::fprintf(stderr, "usage: %s --clicks N --pane INDEX --panes N [--find-limit S]\n", argv[0]), 1;
  }
  Display* display = XOpenDisplay(nullptr);
  if (display == nullptr || !XShmQueryExtension(display)) return std::fprintf(stderr, "no X display with shared memory\n"), 2;
  const auto found = find(display, panes, find_limit);
  if (pane < 0 || pane >= int(found.size())) return std::fprintf(stderr, "%d panes not found on the screen\n", panes), 2;
  Clicker clicker(display, found[std::size_t(pane)]);
  if (!clicker.ok()) return 2;
  for (int number = 1; number <= clicks; ++number) {
    clicker.click(number);
    std::fflush(stdout);
    sleep_us(kRest + std::rand() % kRestSpread);
  }
  return 0;
}
