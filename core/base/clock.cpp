#include "core/base/clock.h"

#include <fmt/format.h>
#include <time.h>

#include <chrono>

namespace guzheng {

WallTime SystemClock::wall() const {
  timespec ts{};
  ::clock_gettime(CLOCK_REALTIME, &ts);
  return {ts.tv_sec * 1000LL + ts.tv_nsec / 1'000'000};
}

MonotonicTime SystemClock::monotonic() const {
  timespec ts{};
  ::clock_gettime(CLOCK_MONOTONIC, &ts);
  return {ts.tv_sec * 1'000'000LL + ts.tv_nsec / 1000};
}

namespace {
struct Civil {
  int year;
  unsigned month, day;
  int hour, minute, second, ms;
};

Civil civil_of(WallTime time, int zone_minutes) {
  using namespace std::chrono;
  const sys_time<milliseconds> local{milliseconds{time.ms} + minutes{zone_minutes}};
  const auto day = floor<days>(local);
  const year_month_day ymd{day};
  const hh_mm_ss<milliseconds> tod{local - day};
  return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()),
          static_cast<int>(tod.hours().count()), static_cast<int>(tod.minutes().count()),
          static_cast<int>(tod.seconds().count()), static_cast<int>(tod.subseconds().count())};
}

bool digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
  out = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    out = out * 10 + (text[i] - '0');
  }
  return true;
}
}  // namespace

std::string format_time(WallTime time, int zone_minutes) {
  const Civil c = civil_of(time, zone_minutes);
  const int z = zone_minutes < 0 ? -zone_minutes : zone_minutes;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}{}{:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute,
                     c.second, c.ms, zone_minutes < 0 ? '-' : '+', z / 60, z % 60);
}

std::string format_day(WallTime time, int zone_minutes) {
  const Civil c = civil_of(time, zone_minutes);
  return fmt::format("{:04}{:02}{:02}", c.year, c.month, c.day);
}

std::optional<WallTime> parse_time(std::string_view t, int* zone_minutes) {
  int year, month, day, hour, minute, second, ms, zh, zm;
  if (t.size() != 29 || t[4] != '-' || t[7] != '-' || t[10] != 'T' || t[13] != ':' || t[16] != ':' || t[19] != '.' ||
      (t[23] != '+' && t[23] != '-') || t[26] != ':')
    return std::nullopt;
  if (!digits(t, 0, 4, year) || !digits(t, 5, 2, month) || !digits(t, 8, 2, day) || !digits(t, 11, 2, hour) ||
      !digits(t, 14, 2, minute) || !digits(t, 17, 2, second) || !digits(t, 20, 3, ms) || !digits(t, 24, 2, zh) ||
      !digits(t, 27, 2, zm))
    return std::nullopt;
  using namespace std::chrono;
  const year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                           std::chrono::day{static_cast<unsigned>(day)}};
  if (!ymd.ok() || hour > 23 || minute > 59 || second > 59 || zh > 14 || zm > 59) return std::nullopt;
  const int zone = (zh * 60 + zm) * (t[23] == '-' ? -1 : 1);
  if (zone_minutes) *zone_minutes = zone;
  const auto local = sys_days{ymd} + hours{hour} + minutes{minute} + seconds{second} + milliseconds{ms};
  return WallTime{duration_cast<milliseconds>(local.time_since_epoch()).count() - zone * 60'000LL};
}

}  // namespace guzheng
