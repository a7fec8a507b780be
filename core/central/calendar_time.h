// Room central. Ends of retention. Pure.
#pragma once

#include <algorithm>
#include <chrono>

#include "core/base/clock.h"

namespace guzheng {

inline WallTime days_later(WallTime from, int days) { return {from.ms + days * std::int64_t{86'400'000}}; }

// The same day and time of the month that many months later, or the month's last day, in the zone that times are written in.
inline WallTime months_later(WallTime from, int months, int zone_minutes) {
  using namespace std::chrono;
  const sys_time<milliseconds> local{milliseconds(from.ms) + minutes(zone_minutes)};
  const auto day = floor<days>(local);
  const year_month_day there = year_month_day(day) + std::chrono::months(months);
  const sys_days until = there.ok() ? sys_days(there) : sys_days(there.year() / there.month() / last);
  return {from.ms + duration_cast<milliseconds>(until - day).count()};
}

}  // namespace guzheng
