// Room tasks. Calendar days in China's one time zone. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace guzheng {

using Day = std::chrono::sys_days;

std::optional<Day> day_from(std::string_view text);            // "2026-09-16" and nothing else; years 1970 to 9999
std::string day_text(Day day);
Day day_of(WallTime time, int zone_minutes = 480);
int year_of(Day day);
Day day_in(int year, unsigned month, unsigned day);            // a date that exists
bool is_weekend(Day day);

// Days since 1970-01-01: what the store keeps.
inline std::int64_t day_number(Day day) { return day.time_since_epoch().count(); }
inline Day day_numbered(std::int64_t number) { return Day(std::chrono::days(number)); }

}  // namespace guzheng
