// Room base. The only place that reads a clock (tests/architecture checks it).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guzheng {

// Milliseconds since 1970-01-01T00:00:00Z.
struct WallTime {
  std::int64_t ms = 0;
  auto operator<=>(const WallTime&) const = default;
};

// Microseconds of CLOCK_MONOTONIC; only differences mean anything.
struct MonotonicTime {
  std::int64_t us = 0;
  auto operator<=>(const MonotonicTime&) const = default;
};

// Seam: the system's clock in programs, a hand-set one in tests. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallTime wall() const = 0;
  [[nodiscard]] virtual MonotonicTime monotonic() const = 0;
  // Minutes east of UTC that times are written in; constant over a session. China has one zone: +480.
  [[nodiscard]] virtual int zone_minutes() const { return 480; }
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override;
  [[nodiscard]] MonotonicTime monotonic() const override;
};

class ManualClock final : public Clock {
 public:
  WallTime wall_now{1'795'000'000'000};
  MonotonicTime monotonic_now{1'000'000};
  [[nodiscard]] WallTime wall() const override { return wall_now; }
  [[nodiscard]] MonotonicTime monotonic() const override { return monotonic_now; }
  void advance_ms(std::int64_t ms) {
    wall_now.ms += ms;
    monotonic_now.us += ms * 1000;
  }
};

// 29 characters, "2026-11-21T14:32:12.043+08:00": the one spelling used in journals and JSON.
std::string format_time(WallTime time, int zone_minutes = 480);
std::optional<WallTime> parse_time(std::string_view text, int* zone_minutes = nullptr);   // that spelling only
std::string format_day(WallTime time, int zone_minutes = 480);                            // "20261121"

}  // namespace guzheng
