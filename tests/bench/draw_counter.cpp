// For the poller's own test: a window that shows counters at a known pace, drawn by Xlib alone after the layout that
// core/training/screen/counter.h documents, and prints `painted COUNTER MONOTONIC_US` for each, the time taken just before.
//   draw_counter WIDTH X Y FIRST COUNT EVERY_MS
#include <X11/Xlib.h>
#include <time.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace {

struct Canvas {
  Display* display;
  Drawable drawable;
  GC gc;
  void fill(unsigned long colour, int x, int y, int w, int h) const {
    XSetForeground(display, gc, colour);
    XFillRectangle(display, drawable, gc, x, y, unsigned(w), unsigned(h));
  }
};

void paint(const Canvas& canvas, int width, int height, unsigned value) {
  const int u = width / 10, x0 = (width - 8 * u) / 2, y0 = height / 4, line = u / 4;
  canvas.fill(0x808080, 0, 0, width, height);
  canvas.fill(0x00c000, u / 2, y0 - u / 2, width - 2 * (u / 2), 5 * u + u / 2);
  canvas.fill(0x808080, u / 2 + line, y0 - u / 2 + line, width - 2 * (u / 2) - 2 * line, 5 * u + u / 2 - 2 * line);
  for (int row = 0; row < 4; ++row) {
    for (int column = 0; column < 8; ++column) {
      const bool bit = (value >> (15 - 8 * (row % 2) - column) & 1) != (row >= 2 ? 1u : 0u);
      canvas.fill(bit ? 0xffffff : 0, x0 + column * u, y0 + row * u + (row >= 2 ? u / 2 : 0), u, u);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) return 1;
  const int width = std::atoi(argv[1]), height = width * 16 / 9, x = std::atoi(argv[2]), y = std::atoi(argv[3]);
  const int first = std::atoi(argv[4]), count = std::atoi(argv[5]), every_ms = std::atoi(argv[6]);
  Display* display = XOpenDisplay(nullptr);
  if (display == nullptr) return 2;
  const Window root = DefaultRootWindow(display);
  const Window window = XCreateSimpleWindow(display, root, x, y, unsigned(width), unsigned(height), 0, 0, 0);
  XSetWindowAttributes attributes{};
  attributes.override_redirect = True;
  XChangeWindowAttributes(display, window, CWOverrideRedirect, &attributes);
  XMapRaised(display, window);
  const Pixmap pixmap = XCreatePixmap(display, window, unsigned(width), unsigned(height), unsigned(DefaultDepth(display, 0)));
  const GC gc = XCreateGC(display, window, 0, nullptr);
  const Canvas canvas{display, pixmap, gc};
  for (int i = 0; i < count; ++i) {
    const unsigned value = unsigned(first + i) & 0xffff;
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    paint(canvas, width, height, value);
    XCopyArea(display, pixmap, window, gc, 0, 0, unsigned(width), unsigned(height), 0, 0);
    XSync(display, False);
    std::printf("painted %u %lld\n", value, static_cast<long long>(t.tv_sec) * 1'000'000 + t.tv_nsec / 1000);
    std::fflush(stdout);
    const timespec pause{every_ms / 1000, (every_ms % 1000) * 1'000'000L};
    nanosleep(&pause, nullptr);
  }
  return 0;
}
