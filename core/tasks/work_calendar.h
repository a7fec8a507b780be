// Room tasks. China's working days: weekends, public holidays, make-up working days (A-6.4b). Pure values; const calls from any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/tasks/calendar_notice.h"
#include "core/tasks/day.h"

namespace guzheng {

enum class DayKind { Working, Weekend, Holiday, MakeUp };      // MakeUp: a weekend day that is worked

class WorkCalendar {
 public:
  // The notices that the program was built with (resources/calendar/cn-days.csv), and the days of the regulation for the years after them.
  static WorkCalendar built_in();

  // Takes the place of what was known of that year.
  void put(const CalendarNotice& notice);

  [[nodiscard]] DayKind kind(Day day) const;
  [[nodiscard]] bool is_working(Day day) const;
  [[nodiscard]] std::string name(Day day) const;                // 春节; "" for other days
  [[nodiscard]] bool has_notice(int year) const;
  [[nodiscard]] std::string source(int year) const;             // of its notice; "" without one
  [[nodiscard]] std::vector<int> years_with_notice() const;     // rising

  struct Reached {
    Day day;
    bool provisional = false;    // a year without its notice was touched: the day may move when that comes
  };
  // The `count`th working day after `from`; the day after `from` is the first that can count. 0: `from` itself. Below 0 counts as 0.
  [[nodiscard]] Reached after(Day from, int count) const;
  [[nodiscard]] Reached on_or_after(Day day) const;             // `day` itself when it is a working day, else the next
  // Working days from the day after `from` to `until`, both ends as said; negative when `until` comes first.
  [[nodiscard]] int between(Day from, Day until) const;
  // Would a notice still to come touch any day from `from` to `until`? The last days of December count with the year after them: notices have
  // taken them for the New Year (2018-12-29 to 31).
  [[nodiscard]] bool is_provisional(Day from, Day until) const;

 private:
  struct Known {
    int of_year = 0;             // of the notice
    bool off = true;
    std::string name;
  };
  std::map<Day, Known> days_;
  std::map<int, std::string> notices_;
};

}  // namespace guzheng
