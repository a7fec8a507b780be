// What a bench sees of the X screen: the clock of the paint log, and pieces of the root window in shared memory. One thread.
#pragma once

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <time.h>

#include "tests/bench/pane_reader.h"

namespace bench {

// CLOCK_MONOTONIC, µs.
inline std::int64_t now_us() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return std::int64_t{t.tv_sec} * 1'000'000 + t.tv_nsec / 1000;
}

// A piece of the root window in shared memory.
class Grabber {
 public:
  Grabber(Display* display, int width, int height) : display_(display) {
    const int screen = DefaultScreen(display);
    image_ = XShmCreateImage(display, DefaultVisual(display, screen), unsigned(DefaultDepth(display, screen)), ZPixmap, nullptr,
                             &segment_, unsigned(width), unsigned(height));
    if (image_ == nullptr || image_->bits_per_pixel != 32) return;
    segment_.shmid = shmget(IPC_PRIVATE, std::size_t(image_->bytes_per_line) * std::size_t(height), IPC_CREAT | 0600);
    segment_.shmaddr = image_->data = static_cast<char*>(shmat(segment_.shmid, nullptr, 0));
    segment_.readOnly = False;
    ok_ = XShmAttach(display, &segment_) != 0;
    XSync(display, False);
    shmctl(segment_.shmid, IPC_RMID, nullptr);
  }
  [[nodiscard]] bool ok() const { return ok_; }
  bool grab(int x, int y) { return XShmGetImage(display_, DefaultRootWindow(display_), image_, x, y, AllPlanes) != 0; }
  [[nodiscard]] Pixels pixels() const {
    return {reinterpret_cast<const std::uint8_t*>(image_->data), image_->width, image_->height, image_->bytes_per_line};
  }

 private:
  Display* display_;
  XShmSegmentInfo segment_{};
  XImage* image_ = nullptr;
  bool ok_ = false;
};

}  // namespace bench
