#include "core/tasks/calendar_years.h"

#include <algorithm>

namespace guzheng {

std::vector<CalendarYear> calendar_years(const WorkCalendar& calendar, Day today) {
  const auto noticed = calendar.years_with_notice();
  const int next = year_of(today) + 1;
  const int first = noticed.empty() ? year_of(today) : std::min(noticed.front(), year_of(today)), last = noticed.empty() ? next : std::max(noticed.back(), next);
  std::vector<CalendarYear> out;
  for (int year = first; year <= last; ++year) {
    CalendarYear one{year, calendar.source(year), !calendar.has_notice(year), 0, 0};
    for (auto day = day_in(year, 1, 1); day < day_in(year + 1, 1, 1); day += std::chrono::days(1)) {
      const auto kind = calendar.kind(day);
      one.holidays += kind == DayKind::Holiday && !is_weekend(day) ? 1 : 0;
      one.make_up += kind == DayKind::MakeUp ? 1 : 0;
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace guzheng
