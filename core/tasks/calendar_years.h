// Room tasks. The years of a working-day calendar as a list for people: which notice each goes by, and which are provisional (A-6.4b). Pure.
#pragma once

#include <string>
#include <vector>

#include "core/tasks/work_calendar.h"

namespace guzheng {

struct CalendarYear {
  int year = 0;
  std::string source;            // the notice's title; "" while provisional
  bool provisional = false;      // no notice yet: weekends and the days that the regulation names only
  int holidays = 0, make_up = 0; // weekdays off, weekend days worked
};
// From the first year with a notice to the year after `today`, or the last with a notice.
std::vector<CalendarYear> calendar_years(const WorkCalendar& calendar, Day today);

}  // namespace guzheng
