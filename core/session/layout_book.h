// Room session. What the phone said last of the page that stands on it, for as long as that may be believed, so that a tap can be journalled with the
// element under it (FORMAT.md 5.3) and not only with its place. Thread `look`: asks the phone by itself, a moment after each input and every few
// seconds while the phone is used; nothing waits for the answer.
//
// A layout is believed for a touch when all of this holds, and else the touch has no element: never one of an older page.
//   inputs   none had reached the phone between 400 ms before it was asked for and this touch
//   time     it was asked for at most 10 s ago
//   film     where the element lies the film shows the same when the layout was asked for, when it had come, and now, and it shows something there
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/device/link.h"
#include "core/media/decoder.h"
#include "core/session/tap_map.h"

namespace guzheng {

// A picture in greys at a quarter of its width and height: what is compared of the film, in a sixteenth of the bytes.
class Glance {
 public:
  static Glance of(const Frame& frame);
  [[nodiscard]] std::uint32_t width() const { return width_; }           // of the frame, pixels
  [[nodiscard]] std::uint32_t height() const { return height_; }
  // Whether this and `now` show the same within `place` (pixels of the frame), and something at all. Pure.
  [[nodiscard]] bool shows_same(const Frame& now, const NodeBounds& place) const;
  [[nodiscard]] bool shows_same(const Glance& other, const NodeBounds& place) const;

 private:
  [[nodiscard]] NodeBounds cells(const NodeBounds& place) const;
  std::uint32_t width_ = 0, height_ = 0, across_ = 0, down_ = 0;
  std::vector<std::uint8_t> greys_;
};

struct SeenElement {
  TappedElement element;
  std::int64_t age_ms = 0;                   // since the layout was asked for
};

class LayoutBook {
 public:
  struct Parts {
    DeviceLink& link;
    const Clock& clock;
    const LatestFrame& frames;
    std::function<std::uint64_t()> inputs;   // how many have gone to the phone
    std::function<bool()> flowing;           // packets of the present stream have come
  };
  explicit LayoutBook(Parts parts) : parts_(std::move(parts)) {}
  ~LayoutBook() { stop(); }
  void start();
  void stop();

  void moved();                              // hand thread: an input has gone to the phone, or goes now
  // Any thread: the page's layout, as DeviceLink::hierarchy(), and kept for as long as it may be believed. A phone gives one at a time: what the
  // book itself was asking for is called off.
  Result<std::string> ask(std::chrono::milliseconds limit, const Cancel& cancel = {});
  // Hand thread, before the touch goes: what it will meet at a place of the video of this size. Empty: not known.
  [[nodiscard]] std::optional<SeenElement> under(std::int32_t x, std::int32_t y, std::uint32_t width, std::uint32_t height) const;

 private:
  struct Seen {
    TapMap map;
    Glance asked, came;
    std::int64_t asked_us = 0;
    std::uint64_t inputs = 0;
  };
  void run();
  void look();
  Result<std::string> ask_and_keep(std::chrono::milliseconds limit, const Cancel& cancel);

  const Parts parts_;
  std::thread thread_;
  std::mutex asking_;                        // one question to the phone at a time
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::shared_ptr<const Seen> seen_;         // all below: under mutex_
  std::int64_t moved_us_ = -1, asked_us_ = -1;             // newest input; when the phone was asked last
  Cancel own_;                               // of the look under way
  bool looking_ = false, stopping_ = false;
};

}  // namespace guzheng
