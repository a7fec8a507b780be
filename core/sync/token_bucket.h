// Room sync. How much of a line one may use: so many bytes a second on average over everything that takes from one bucket, and never more than a quarter of a second's
// worth at once. Pure: times are given; not thread-safe.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/base/clock.h"

namespace guzheng {

class TokenBucket {
 public:
  // 0: without a limit. What is counted are bytes of bodies; headers and TLS come on top (under two percent of a piece).
  explicit TokenBucket(std::uint64_t bytes_per_second) : rate_(bytes_per_second) {}

  // How many of `wanted` bytes may go now; 0: none yet, wait_us() says how long.
  std::uint64_t take(MonotonicTime now, std::uint64_t wanted) {
    if (rate_ == 0 || wanted == 0) return wanted;
    fill(now);
    if (held_us_ < needed_us(wanted)) return 0;
    const auto granted = std::min(wanted, bytes_of(held_us_));
    held_us_ -= static_cast<std::int64_t>((granted * 1'000'000 + rate_ - 1) / rate_);
    return granted;
  }
  [[nodiscard]] std::int64_t wait_us(std::uint64_t wanted) const { return rate_ == 0 ? 0 : std::max<std::int64_t>(needed_us(wanted) - held_us_, 1000); }

 private:
  // Tokens are held as the time they stand for, so that nothing is lost to rounding at low rates.
  static constexpr std::int64_t kMostUs = 250'000, kBiteUs = 50'000;

  void fill(MonotonicTime now) {
    if (last_.us != 0) held_us_ = std::min(kMostUs, held_us_ + std::max<std::int64_t>(0, now.us - last_.us));
    last_ = now;
  }
  [[nodiscard]] std::uint64_t bytes_of(std::int64_t us) const { return us <= 0 ? 0 : std::max<std::uint64_t>(1, static_cast<std::uint64_t>(us) * rate_ / 1'000'000); }
  // small bites are as good as none: it waits for a twentieth of a second's worth, or for all that is wanted
  [[nodiscard]] std::int64_t needed_us(std::uint64_t wanted) const { return std::min(kBiteUs, static_cast<std::int64_t>(std::min<std::uint64_t>(wanted, rate_) * 1'000'000 / rate_)); }

  std::uint64_t rate_;
  std::int64_t held_us_ = 0;
  MonotonicTime last_;
};

}  // namespace guzheng
