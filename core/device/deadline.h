// Room device, private. A point in time that bounds one whole call, over however many waits it takes.
#pragma once

#include <algorithm>
#include <chrono>

#include "core/base/clock.h"

namespace guzheng {

class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds patience)
      : endless_(patience.count() < 0), end_us_(SystemClock().monotonic().us + patience.count() * 1000) {}

  // Milliseconds left, 0 when over, -1 without limit: as poll(2) takes it.
  [[nodiscard]] std::chrono::milliseconds left() const {
    if (endless_) return std::chrono::milliseconds(-1);
    const auto us = end_us_ - SystemClock().monotonic().us;
    return std::chrono::milliseconds(us <= 0 ? 0 : (us + 999) / 1000);
  }
  [[nodiscard]] bool over() const { return !endless_ && left().count() == 0; }

 private:
  bool endless_;
  std::int64_t end_us_;
};

}  // namespace guzheng
