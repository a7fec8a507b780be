#include "core/tasks/work_calendar.h"

#include "core/tasks/calendar_data.h"

namespace guzheng {

namespace {

constexpr std::chrono::days kOneDay(1);
constexpr unsigned kLateDecember = 28;
// Nobody is given ten years; a slip of the hand must not count for ever.
constexpr int kMostCounted = 3650;

}  // namespace

WorkCalendar WorkCalendar::built_in() {
  WorkCalendar out;
  for (const auto& notice : read_notices(calendar_data()).notices) out.put(notice);
  return out;
}

void WorkCalendar::put(const CalendarNotice& notice) {
  std::erase_if(days_, [&](const auto& entry) { return entry.second.of_year == notice.year; });
  notices_.erase(notice.year);
  for (const auto& day : notice.days) days_[day.day] = {notice.year, day.off, day.name};
  if (!notice.provisional) notices_[notice.year] = notice.source;
}

DayKind WorkCalendar::kind(Day day) const {
  const auto known = days_.find(day);
  if (known != days_.end()) return known->second.off ? DayKind::Holiday : DayKind::MakeUp;
  return is_weekend(day) ? DayKind::Weekend : DayKind::Working;
}

bool WorkCalendar::is_working(Day day) const {
  const auto what = kind(day);
  return what == DayKind::Working || what == DayKind::MakeUp;
}

std::string WorkCalendar::name(Day day) const {
  const auto known = days_.find(day);
  return known == days_.end() ? std::string() : known->second.name;
}

bool WorkCalendar::has_notice(int year) const { return notices_.contains(year); }

std::string WorkCalendar::source(int year) const {
  const auto known = notices_.find(year);
  return known == notices_.end() ? std::string() : known->second;
}

std::vector<int> WorkCalendar::years_with_notice() const {
  std::vector<int> out;
  for (const auto& [year, source] : notices_) out.push_back(year);
  return out;
}

bool WorkCalendar::is_provisional(Day from, Day until) const {
  for (int year = year_of(from); year <= year_of(until); ++year)
    if (!has_notice(year)) return true;
  return until >= day_in(year_of(until), 12, kLateDecember) && !has_notice(year_of(until) + 1);
}

WorkCalendar::Reached WorkCalendar::after(Day from, int count) const {
  if (count <= 0) return {from, false};
  Day day = from;
  for (int left = std::min(count, kMostCounted); left > 0;) {
    day += kOneDay;
    if (is_working(day)) --left;
  }
  return {day, is_provisional(from + kOneDay, day)};
}

WorkCalendar::Reached WorkCalendar::on_or_after(Day day) const {
  Day out = day;
  while (!is_working(out)) out += kOneDay;
  return {out, is_provisional(day, out)};
}

int WorkCalendar::between(Day from, Day until) const {
  if (until < from) return -between(until, from);
  int count = 0;
  for (Day day = from + kOneDay; day <= until; day += kOneDay) count += is_working(day) ? 1 : 0;
  return count;
}

}  // namespace guzheng
