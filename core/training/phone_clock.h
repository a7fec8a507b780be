// Room training. The phone's own clock: the true one, set wrong on purpose (--clock-offset). Monotonic time is true.
#pragma once

#include "core/base/clock.h"

namespace guzheng::training {

class PhoneClock final : public Clock {
 public:
  PhoneClock(const Clock& truth, std::int64_t offset_ms) : truth_(truth), offset_ms_(offset_ms) {}
  [[nodiscard]] WallTime wall() const override { return {truth_.wall().ms + offset_ms_}; }
  [[nodiscard]] MonotonicTime monotonic() const override { return truth_.monotonic(); }

 private:
  const Clock& truth_;
  const std::int64_t offset_ms_;
};

}  // namespace guzheng::training
