// Room tasks. The State Council's yearly notice of holidays and make-up working days (节假日安排的通知), as a file that an officer can write
// and read: lines of three fields, UTF-8, `#` begins a comment. (A-6.4b)
//   2027,通知,国务院办公厅关于2027年部分节假日安排的通知        the year that the lines below belong to, and where they come from
//   2027-01-01~2027-01-03,休,元旦                                days off, one or a range of at most 31
//   2027-01-04,班,元旦                                           a weekend day that is worked
// Pure; foreign bytes, bounded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/tasks/day.h"

namespace guzheng {

struct NoticeDay {
  Day day;
  bool off = true;               // false: a make-up working day 调休上班
  std::string name;              // 春节
  bool operator==(const NoticeDay&) const = default;
};

struct CalendarNotice {
  int year = 0;
  std::string source;            // the notice's title or number
  bool provisional = false;      // 暂定: only the days that the regulation names; no notice yet
  std::vector<NoticeDay> days;   // in the order of the file
  bool operator==(const CalendarNotice&) const = default;
};

enum class NoticeTrouble {
  TooBig,                        // over 1 MiB: nothing was read
  NotUtf8,                       // nothing was read
  NotThreeFields,
  BadDate,                       // no such day, or not written 2027-01-01
  BadRange,                      // ends before it begins, or is longer than 31 days
  BadKind,                       // neither 休 nor 班
  BadYear,                       // not 1990 to 2100, or told before
  NoSource,                      // a notice without its title
  NoYearYet,                     // a day before the line of its year
  OutsideItsYear,                // neither in the notice's year nor in the December before it
  ToldTwice,
  WorkedAnyway,                  // 班 on a Monday to Friday: the date is likely a slip
  NoDays,                        // a year without any day; `line` is the year's
  Nothing,                       // no notice at all
};
std::string_view to_string(NoticeTrouble trouble);       // "bad-date", …

struct NoticeProblem {
  std::size_t line = 0;          // from 1; 0: the file as a whole
  NoticeTrouble trouble = NoticeTrouble::Nothing;
  std::string text;              // the line
};

struct NoticeReading {
  std::vector<CalendarNotice> notices;     // as far as they could be read; take them only when there is no problem
  std::vector<NoticeProblem> problems;     // in the order of lines
};
NoticeReading read_notices(std::string_view text);

// What read_notices reads as `notice` again.
std::string notice_text(const CalendarNotice& notice);

}  // namespace guzheng
