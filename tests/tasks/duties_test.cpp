// Who may do what by the bureau's policy; the numbering rule, the calendar's years, a third party's file, lookups. A-6.3a A-6.4a A-6.4b
#include "core/tasks/duties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/file.h"
#include "core/tables/table_writer.h"
#include "core/tasks/calendar_years.h"
#include "core/tasks/confirmed.h"
#include "core/tasks/feedback.h"
#include "core/tasks/result_file.h"
#include "tests/tasks/task_folder.h"

namespace guzheng {
namespace {

using test::order_of;
using test::TaskFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::set<Duty> kAllDuties{Duty::Issuer, Duty::Monitor, Duty::Judge, Duty::Dispatcher, Duty::Handler, Duty::Leader};

// A-6.4a: every duty that the flow knows can be given by the policy, under its own name
TEST(Duties, the_policy_names_each_duty_of_the_flow) {
  std::set<Duty> named;
  for (const auto name : kPolicyDuties) {
    const auto one = duty(name);
    ASSERT_TRUE(one) << name;
    named.insert(*one);
  }
  EXPECT_EQ(named, kAllDuties);
}

TEST(Duties, come_from_the_policy_and_without_one_everybody_has_all) {
  EXPECT_EQ(duties_of(nullptr, "A1"), kAllDuties);
  EXPECT_THAT(duties_of(nullptr, ""), IsEmpty());                // nobody at the desk
  Policy policy;
  EXPECT_EQ(duties_of(&policy, "A1"), kAllDuties);               // the section was left out
  policy.duties.emplace();
  EXPECT_THAT(duties_of(&policy, "A1"), IsEmpty());
  (*policy.duties)["judge"] = {"A1", "A2"};
  (*policy.duties)["leader"] = {"A2"};
  (*policy.duties)["handler"] = {"*"};
  EXPECT_EQ(duties_of(&policy, "A1"), (std::set{Duty::Judge, Duty::Handler}));
  EXPECT_EQ(duties_of(&policy, "A2"), (std::set{Duty::Judge, Duty::Handler, Duty::Leader}));
  EXPECT_EQ(duties_of(&policy, "A3"), (std::set{Duty::Handler}));
  EXPECT_THAT(duties_of(&policy, ""), IsEmpty());
  const auto actor = actor_under(&policy, "A1", "甲", "食品科");
  EXPECT_EQ(actor.unit, "食品科");
  EXPECT_EQ(actor.duties, (std::set{Duty::Judge, Duty::Handler}));
}

// A-6.4a: refused before anything is signed or journalled, and told by duty
TEST(Duties, a_move_without_the_duty_is_refused_and_says_whose_it_is) {
  TaskFolder folder;
  const auto task = folder.running_task();
  const auto result = folder.found(task);
  Policy policy;
  policy.duties.emplace();
  (*policy.duties)["handler"] = {"03"};
  (*policy.duties)["monitor"] = {"03"};
  auto hand = test::judge();
  hand.actor = actor_under(&policy, hand.actor.badge, hand.actor.name, hand.actor.unit);
  auto confirm = order_of(FlowMove::ConfirmClue);
  confirm.basis = "食品安全法";
  const auto before = read_text(folder.path / "operations.log", 1u << 20).value();
  const auto refused = folder.book->move(FlowKind::Result, result, confirm, hand);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Denied);
  EXPECT_THAT(refused.error().what, HasSubstr("belongs to another duty (judge); badge 03 has monitor, handler"));
  EXPECT_EQ(read_text(folder.path / "operations.log", 1u << 20).value(), before);
  (*policy.duties)["judge"] = {"03"};
  hand.actor = actor_under(&policy, hand.actor.badge, hand.actor.name, hand.actor.unit);
  EXPECT_TRUE(folder.book->move(FlowKind::Result, result, confirm, hand));
}

// the rule is set by a leader, journalled, counts on where it stood, and gives no number twice
TEST(NumberRules, are_set_by_a_leader_and_never_give_a_number_twice) {
  TaskFolder folder;
  auto& book = *folder.book;
  EXPECT_EQ(book.number_rule()->text, "练习-{年}-{序号4}");
  const auto first = folder.running_task();
  EXPECT_EQ(book.task(first)->number, "练习-2026-0001");
  EXPECT_EQ(book.set_number_rule({"网监{年}{月}-{序号3}"}, test::judge()).error().kind, ErrorKind::Denied);
  EXPECT_EQ(book.set_number_rule({"{序号3}"}, test::leader()).error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(book.set_number_rule({"网监{年}{月}-{序号3}"}, test::leader()));
  EXPECT_THAT(read_text(folder.path / "operations.log", 1u << 20).value(), HasSubstr("op.task-number-rule"));
  const auto second = folder.running_task();
  EXPECT_EQ(book.task(second)->number, "网监202609-001");
  ASSERT_TRUE(book.set_number_rule({"练习-{年}-000{序号1}"}, test::leader()));      // makes what another rule has made
  const auto third = folder.running_task();
  EXPECT_EQ(book.task(third)->number, "练习-2026-0002");
  ASSERT_TRUE(book.set_number_rule({"练习-{年}-{序号4}"}, test::leader()));
  EXPECT_EQ(book.task(folder.running_task())->number, "练习-2026-0003");
  EXPECT_EQ(book.task_numbered("网监202609-001").value(), second);
  EXPECT_EQ(book.task_numbered("网监202609").error().kind, ErrorKind::NotFound);     // whole numbers only
  EXPECT_EQ(book.task_numbered("").error().kind, ErrorKind::NotFound);               // a draft has none
  folder.book.reset();
  folder.book = TaskBook::open(folder.path, folder.clock, *folder.log).value();
  EXPECT_EQ(folder.book->number_rule()->text, "练习-{年}-{序号4}") << "the book remembers it, whatever the caller begins with";
}

// A-6.4b: years without a notice are marked until it is in
TEST(CalendarYears, without_a_notice_are_provisional) {
  auto calendar = WorkCalendar::built_in();
  const auto today = *day_from("2026-11-20");
  const auto years = calendar_years(calendar, today);
  ASSERT_GE(years.size(), 2u);
  const auto& now = years[years.size() - 2];
  EXPECT_EQ(now.year, 2026);
  EXPECT_FALSE(now.provisional);
  EXPECT_THAT(now.source, HasSubstr("2026"));
  EXPECT_GT(now.holidays, 10);
  EXPECT_GT(now.make_up, 3);
  EXPECT_EQ(years.back().year, 2027);
  EXPECT_TRUE(years.back().provisional);
  EXPECT_EQ(years.back().source, "");
  calendar.put(read_notices("2027,通知,示例通知\n2027-01-01~2027-01-03,休,元旦\n2027-01-09,班,元旦\n").notices.at(0));
  const auto after = calendar_years(calendar, today).back();
  EXPECT_FALSE(after.provisional);
  EXPECT_EQ(after.source, "示例通知");
  EXPECT_EQ(after.holidays, 1);
  EXPECT_EQ(after.make_up, 1);
}

// A-6.3a: rows by the file's own count, blank lines and bad bytes among them
TEST(ResultFiles, are_read_with_everything_that_was_wrong_by_the_files_own_rows) {
  TaskFolder folder;
  const auto task = folder.running_task();
  (void)folder.found(task, 1);
  const auto file = folder.path / "third.csv";
  std::ofstream(file) << "链接,经营主体,涉嫌违法表现,所属业务领域,颜色\n"
                         "https://shop.example/item/1,甲,普通食品宣传疾病治疗功能,食品,红\n"      // line 2: known
                         "\n"
                         "https://shop.example/item/7,甲,虚假宣传,广告,\n"                        // line 4: good
                         "item/8,甲,虚假宣传,广告,\n"                                             // line 5: no link
                         "https://shop.example/item/7,乙,虚假宣传,广告,\n";                       // line 6: as line 4
  const auto read = read_result_file(*folder.book, task, file, "某数据公司").value();
  EXPECT_FALSE(read.is_whole());
  ASSERT_EQ(read.reading.results.size(), 1u);
  EXPECT_EQ(read.reading.results[0].found_by, "某数据公司");
  EXPECT_THAT(read.reading.rows, ElementsAre(4u));
  std::vector<std::string> told;
  for (const auto& one : read.reading.problems) told.push_back(std::to_string(one.row) + " " + std::string(to_string(one.trouble)));
  EXPECT_THAT(told, ElementsAre("1 unknown-column", "2 known", "5 bad-cell", "6 duplicate"));
  EXPECT_EQ(read.reading.problems.back().other_row, 4u);
  std::ofstream(file, std::ios::app) << "https://shop.example/item/9,\xff\xfe,虚假宣传,广告,\n";
  const auto damaged = read_result_file(*folder.book, task, file, "某数据公司").value();
  ASSERT_EQ(damaged.damaged.size(), 1u);
  EXPECT_EQ(damaged.damaged[0].row, 7u);
  EXPECT_EQ(damaged.damaged[0].problem.kind, RowProblemKind::BadBytes);
  EXPECT_EQ(damaged.reading.results.size(), 1u);
  const auto sheet = folder.path / "third.xlsx";
  auto writer = make_xlsx_writer(sheet, "结果").value();
  for (const auto& row : clue_rows(make_feedback(folder.book->task(task).value(), folder.book->results_of(task).value(), *day_from("2026-09-16")))) ASSERT_TRUE(writer->write(row));
  ASSERT_TRUE(writer->finish());
  const auto again = read_result_file(*folder.book, task, sheet, "某数据公司").value();
  ASSERT_EQ(again.reading.problems.size(), 1u) << "what was exported comes back, and is known";
  EXPECT_EQ(again.reading.problems[0].trouble, ImportTrouble::Known);
  EXPECT_EQ(again.reading.problems[0].row, 2u);
}

// lines say whose task a result is of, and where a task comes from; words run along lists and through the index alike
TEST(InboxLines, name_source_and_task_and_words_find_the_same_by_both_ways) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  std::vector<MonitorResult> many;
  for (int i = 0; i < 400; ++i) {
    many.push_back(test::good_result(i));
    if (i % 100 == 0) many.back().operator_name = "示例乙商行";
    many.back().outside_number = "W%" + std::to_string(i % 2);
  }
  (void)book.add_results(task, many, test::monitor()).value();
  const auto tasks = book.tasks({.words = "投诉举报"}, "05").value();
  ASSERT_EQ(tasks.lines.size(), 1u);
  EXPECT_EQ(tasks.lines[0].source, "投诉举报集中反映");
  ResultFilter desk{.unit = test::kOrg, .duties = {Duty::Judge}};
  desk.words = "商行";                                           // four hits: through the index
  auto page = book.results(desk, "03").value();
  ASSERT_EQ(page.lines.size(), 4u);
  EXPECT_EQ(page.count, (LineCount{4, false}));
  EXPECT_EQ(page.lines[0].task_number, "练习-2026-0001");
  EXPECT_EQ(page.lines[0].task_name, test::good_sheet().name);
  desk.words = "乙";                                             // one character: along the desk's texts
  page = book.results(desk, "03").value();
  EXPECT_EQ(page.lines.size(), 4u);
  EXPECT_EQ(page.count, (LineCount{4, false}));
  desk.words = "生物科技";                                       // 396 hits, more than a desk's search looks at one by one
  page = book.results(desk, "03").value();
  EXPECT_EQ(page.lines.size(), 100u);
  EXPECT_EQ(page.count, (LineCount{100, true}));
  std::set<std::int64_t> seen;
  for (;;) {
    for (const auto& line : page.lines) seen.insert(line.id);
    if (page.lines.size() < 100) break;
    desk.after = page.lines.back().key;
    page = book.results(desk, "03").value();
  }
  EXPECT_EQ(seen.size(), 396u);
  desk.after.reset();
  desk.words = "%1";                                             // a wildcard is a character like any other
  EXPECT_EQ(book.results(desk, "03")->lines.size(), 100u);
  desk.words = "甲生 商行";                                      // both words, in one row
  EXPECT_THAT(book.results(desk, "03")->lines, IsEmpty());
}

// of linked subjects, by what was confirmed; what nobody linked is counted
TEST(Confirmed, counts_closed_results_of_linked_subjects) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  const auto close = [&](std::int64_t id, ClueOutcome outcome) {
    ASSERT_TRUE(book.move(FlowKind::Result, id, order_of(FlowMove::Accept), test::handler()));
    auto verified = order_of(FlowMove::Verified);
    verified.outcome = outcome;
    verified.text = "已核查";
    ASSERT_TRUE(book.move(FlowKind::Result, id, verified, test::handler()));
    auto report = order_of(outcome == ClueOutcome::Violation ? FlowMove::ReportMeasures : FlowMove::ReportNone);
    report.text = report.reason = report.basis = "已处理";
    report.measures = {Measure::Guidance};
    report.documents = {folder.document()};
    ASSERT_TRUE(book.move(FlowKind::Result, id, report, test::handler()));
    ASSERT_TRUE(book.move(FlowKind::Result, id, order_of(FlowMove::Close), test::dispatcher()));
  };
  const auto linked = folder.dispatched(task, 1), second = folder.dispatched(task, 2), unlinked = folder.dispatched(task, 3), open = folder.dispatched(task, 4);
  for (const auto id : {linked, second, open}) ASSERT_TRUE(book.link_subject(id, "41", test::judge()));
  close(linked, ClueOutcome::Violation);
  close(second, ClueOutcome::NoViolation);
  close(unlinked, ClueOutcome::Violation);
  const auto found = confirmed_kinds(book, *day_from("2026-01-01")).value();
  ASSERT_EQ(found.kinds.size(), 1u);
  EXPECT_EQ(found.kinds[0].subject, "41");
  EXPECT_EQ(found.kinds[0].violation, "普通食品宣传疾病治疗功能");
  EXPECT_EQ(found.kinds[0].violations, 1);
  EXPECT_EQ(found.kinds[0].cleared, 1);
  EXPECT_EQ(found.unlinked, 1);
  EXPECT_THAT(confirmed_kinds(book, *day_from("2026-09-17"))->kinds, IsEmpty());
  auto reopen = order_of(FlowMove::Reopen);
  reopen.reason = "新情况";
  ASSERT_TRUE(book.move(FlowKind::Result, linked, reopen, test::leader()));
  EXPECT_EQ(confirmed_kinds(book, *day_from("2026-01-01"))->kinds.at(0).violations, 0);
}

}  // namespace
}  // namespace guzheng
