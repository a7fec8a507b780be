// Working days: against a second data set, over the turn of the year, in years without a notice; imported notices. A-6.4b
#include "core/tasks/work_calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/tasks/deadline.h"

namespace guzheng {
namespace {

Day day(const char* text) { return day_from(text).value(); }

TEST(Days, one_spelling) {
  for (const char* text : {"2024-02-29", "1970-01-01", "2026-09-16", "9999-12-31"}) EXPECT_EQ(day_text(day(text)), text);
  for (const char* text : {"2025-02-29", "2026-9-16", "2026-13-01", "2026-00-10", "1969-12-31", "2026-09-16 ", "2026/09/16", "", "２０２６-09-16"}) EXPECT_EQ(day_from(text), std::nullopt) << text;
  EXPECT_EQ(day_text(day_of({1'790'697'600'000 - 1})), "2026-09-29") << "a day begins at midnight in China, 16:00 UTC";
  EXPECT_EQ(day_text(day_of({1'790'697'600'000})), "2026-09-30");
}

// A-6.4b: every day of three years as a second, independent data set has it
TEST(Calendar, agrees_with_a_second_data_set) {
  std::map<Day, bool> off;
  std::ifstream file(GUZHENG_SECOND_CALENDAR);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#")) continue;
    off[day(line.substr(0, 10).c_str())] = line.substr(11).starts_with("public_holiday");
  }
  ASSERT_GT(off.size(), 90u);
  const auto calendar = WorkCalendar::built_in();
  for (Day one = day("2024-01-01"); one <= day("2026-12-31"); one += std::chrono::days(1)) {
    const auto told = off.find(one);
    const bool working = told == off.end() ? !is_weekend(one) : !told->second;
    EXPECT_EQ(calendar.is_working(one), working) << day_text(one);
  }
}

TEST(Calendar, kinds_and_names) {
  const auto calendar = WorkCalendar::built_in();
  EXPECT_EQ(calendar.kind(day("2026-02-17")), DayKind::Holiday);
  EXPECT_EQ(calendar.name(day("2026-02-17")), "春节");
  EXPECT_EQ(calendar.kind(day("2026-02-28")), DayKind::MakeUp) << "a Saturday that is worked";
  EXPECT_EQ(calendar.kind(day("2026-03-07")), DayKind::Weekend);
  EXPECT_EQ(calendar.kind(day("2026-03-09")), DayKind::Working);
  EXPECT_EQ(calendar.name(day("2026-03-09")), "");
  EXPECT_TRUE(calendar.has_notice(2026));
  EXPECT_FALSE(calendar.has_notice(2027));
  EXPECT_THAT(calendar.source(2026), testing::HasSubstr("2026年"));
}

// The count as it is written by hand: 15 working days, the day after is day one
TEST(Calendar, fifteen_working_days) {
  const auto calendar = WorkCalendar::built_in();
  const auto due = [&](const char* dispatched) { return day_text(due_after_dispatch(calendar, day(dispatched)).day); };
  EXPECT_EQ(due("2026-09-16"), "2026-10-13") << "over 中秋 and 国庆, with the make-up days of 20 September and 10 October";
  EXPECT_EQ(due("2026-08-28"), "2026-09-18");
  EXPECT_EQ(due("2026-08-29"), "2026-09-18") << "dispatched on a Saturday: the count begins the same";
  EXPECT_EQ(due("2025-12-25"), "2026-01-16") << "the turn of the year, with the make-up day of 4 January";
  EXPECT_EQ(due("2024-02-08"), "2024-03-06") << "a leap year's February: 18 February worked, 29 February counts";
  EXPECT_EQ(due("2024-02-29"), "2024-03-21");
}

TEST(Calendar, later_years_are_provisional) {
  auto calendar = WorkCalendar::built_in();
  EXPECT_FALSE(due_after_dispatch(calendar, day("2026-11-20")).provisional);
  const auto due = due_after_dispatch(calendar, day("2026-12-18"));
  EXPECT_TRUE(due.provisional);
  EXPECT_EQ(day_text(due.day), "2027-01-11") << "1 January 2027 is off by the regulation alone";
  EXPECT_EQ(calendar.kind(day("2027-02-06")), DayKind::Holiday) << "春节";
  EXPECT_EQ(calendar.kind(day("2027-10-04")), DayKind::Working) << "bridging comes with the notice only";
  EXPECT_TRUE(calendar.is_provisional(day("2026-12-28"), day("2026-12-31"))) << "notices have taken the last days of December";
  EXPECT_FALSE(calendar.is_provisional(day("2026-12-01"), day("2026-12-27")));

  const auto reading = read_notices("2027,通知,国办发明电〔2026〕0号（示例）\n2026-12-31~2027-01-02,休,元旦\n2027-01-09,班,元旦\n2027-10-01~2027-10-07,休,国庆节\n");
  ASSERT_TRUE(reading.problems.empty());
  calendar.put(reading.notices.at(0));
  const auto now = due_after_dispatch(calendar, day("2026-12-18"));
  EXPECT_FALSE(now.provisional);
  EXPECT_EQ(day_text(now.day), "2027-01-11") << "a day less in December, one more on 9 January";
  EXPECT_EQ(calendar.kind(day("2026-12-31")), DayKind::Holiday);
  EXPECT_EQ(calendar.kind(day("2027-02-06")), DayKind::Weekend) << "what the notice does not say is as the week says";
}

TEST(Calendar, between_is_after_read_backwards) {
  const auto calendar = WorkCalendar::built_in();
  for (Day from = day("2025-12-01"); from < day("2026-03-10"); from += std::chrono::days(1)) {
    for (const int count : {1, 2, 5, 15, 40}) {
      const auto reached = calendar.after(from, count).day;
      ASSERT_TRUE(calendar.is_working(reached));
      ASSERT_EQ(calendar.between(from, reached), count) << day_text(from);
      ASSERT_EQ(calendar.between(reached, from), -count);
    }
  }
  EXPECT_EQ(calendar.after(day("2026-02-17"), 0).day, day("2026-02-17"));
  EXPECT_EQ(calendar.on_or_after(day("2026-02-15")).day, day("2026-02-24"));
  EXPECT_EQ(calendar.on_or_after(day("2026-02-14")).day, day("2026-02-14"));
}

TEST(Deadline, how_it_stands) {
  const auto calendar = WorkCalendar::built_in();
  const auto stands = [&](const char* today) {
    const auto out = deadline_standing(calendar, day("2026-09-18"), day(today));
    return std::pair(out.standing, out.days);
  };
  EXPECT_EQ(stands("2026-09-11"), std::pair(DueStanding::Running, 5));
  EXPECT_EQ(stands("2026-09-15"), std::pair(DueStanding::Soon, 3));
  EXPECT_EQ(stands("2026-09-18"), std::pair(DueStanding::Today, 0));
  EXPECT_EQ(stands("2026-09-19"), std::pair(DueStanding::Overdue, 0)) << "a Saturday: past the day, but no working day past it";
  EXPECT_EQ(stands("2026-09-22"), std::pair(DueStanding::Overdue, 3)) << "with Sunday 20 September, which is worked";
  EXPECT_TRUE(deadline_standing(calendar, day("2027-01-08"), day("2026-12-30")).provisional);
  EXPECT_FALSE(deadline_standing(calendar, day("2026-09-18"), day("2026-09-10")).provisional);
}

TEST(Notices, written_and_read_back) {
  CalendarNotice notice{2027, "国务院办公厅通知", false, {{day("2027-01-01"), true, "元旦"}, {day("2027-01-02"), false, "元旦"}}};
  const auto reading = read_notices("\xEF\xBB\xBF# 注\r\n\r\n" + notice_text(notice));
  EXPECT_TRUE(reading.problems.empty());
  ASSERT_EQ(reading.notices.size(), 1u);
  EXPECT_EQ(reading.notices[0], notice);
}

TEST(Notices, mistakes_are_told_by_line) {
  const auto problems = [](std::string_view text) {
    std::vector<std::string> out;
    for (const auto& one : read_notices(text).problems) out.push_back(std::to_string(one.line) + " " + std::string(to_string(one.trouble)));
    return out;
  };
  using testing::ElementsAre;
  const std::string year = "2027,通知,某通知\n";
  EXPECT_THAT(problems(""), ElementsAre("0 nothing"));
  EXPECT_THAT(problems("2027-01-01,休,元旦"), ElementsAre("1 no-year-yet"));
  EXPECT_THAT(problems(year), ElementsAre("1 no-days"));
  EXPECT_THAT(problems("27,通知,x\n2027-01-01,休,元旦\n"), ElementsAre("1 bad-year", "2 no-year-yet"));
  EXPECT_THAT(problems("2027,通知, \n2027-01-01,休,元旦\n"), ElementsAre("1 no-source"));
  EXPECT_THAT(problems(year + "2027-02-30,休,x\n2027-01-05~2027-01-01,休,x\n2027-01-01,假,x\n2028-01-01,休,x\n2027-01-01 休 x\n2027-01-01,休,x\n2027-01-01,休,x\n2027-01-04,班,x\n2027-01-01~2027-03-01,休,x\n"),
              ElementsAre("2 bad-date", "3 bad-range", "4 bad-kind", "5 outside-its-year", "6 not-three-fields", "8 told-twice", "9 worked-anyway", "10 bad-range"));
  EXPECT_THAT(problems(year + "2027-01-01,休,元旦\n" + year + "2027-01-03,休,元旦\n"), ElementsAre("3 bad-year", "4 no-year-yet"));
  EXPECT_THAT(problems("2027,通知,\xff\n"), ElementsAre("0 not-utf8"));
  EXPECT_THAT(problems(std::string((1u << 20) + 1, '#')), ElementsAre("0 too-big"));
  EXPECT_TRUE(problems(year + "2026-12-31,休,元旦\n").empty()) << "a notice may take the December before";
  EXPECT_THAT(problems(year + "2026-11-30,休,x\n"), ElementsAre("2 outside-its-year", "1 no-days"));
}

TEST(Notices, what_the_program_was_built_with_has_no_mistake) {
  std::ifstream file(GUZHENG_CALENDAR_FILE);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto reading = read_notices(text);
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(WorkCalendar::built_in().years_with_notice(), (std::vector<int>{2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026}));
}

}  // namespace
}  // namespace guzheng
