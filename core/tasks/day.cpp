#include "core/tasks/day.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace guzheng {

namespace {

int digits_in(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

std::optional<Day> day_from(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9')) return {};
  const std::chrono::year_month_day date(std::chrono::year(digits_in(text.substr(0, 4))), std::chrono::month(static_cast<unsigned>(digits_in(text.substr(5, 2)))),
                                         std::chrono::day(static_cast<unsigned>(digits_in(text.substr(8, 2)))));
  if (!date.ok() || date.year() < std::chrono::year(1970)) return {};
  return Day(date);
}

std::string day_text(Day day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Day day_of(WallTime time, int zone_minutes) {
  return std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(time.ms + zone_minutes * 60'000ll)));
}

int year_of(Day day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }

Day day_in(int year, unsigned month, unsigned day) {
  return Day(std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)));
}

bool is_weekend(Day day) {
  const std::chrono::weekday weekday(day);
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

}  // namespace guzheng
