// What results say together, the risk of a subject with its rule, what goes back to the unit that asked. A-6.3c
#include "core/tasks/analysis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/tasks/feedback.h"
#include "tests/tasks/task_folder.h"

namespace guzheng {
namespace {

using test::order_of;
using test::TaskFolder;
using testing::ElementsAre;

void close_with(TaskFolder& folder, std::int64_t id, ClueOutcome outcome, std::set<Measure> measures = {Measure::Penalty}) {
  auto& book = *folder.book;
  ASSERT_TRUE(book.move(FlowKind::Result, id, order_of(FlowMove::Accept), test::handler()));
  auto verified = order_of(FlowMove::Verified);
  verified.outcome = outcome;
  verified.text = "已核查";
  ASSERT_TRUE(book.move(FlowKind::Result, id, verified, test::handler()));
  auto report = order_of(outcome == ClueOutcome::Violation ? FlowMove::ReportMeasures : FlowMove::ReportNone);
  report.text = report.reason = report.basis = "已处理";
  report.measures = std::move(measures);
  report.documents = {folder.document()};
  ASSERT_TRUE(book.move(FlowKind::Result, id, report, test::handler()));
  ASSERT_TRUE(book.move(FlowKind::Result, id, order_of(FlowMove::Close), test::dispatcher()));
}

TEST(Analysis, by_violation_unit_and_time) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  const auto in_time = folder.dispatched(task, 1), late = folder.dispatched(task, 2), open = folder.dispatched(task, 3);
  close_with(folder, in_time, ClueOutcome::Violation);
  folder.today("2026-10-14");                                    // the day after the due day
  close_with(folder, late, ClueOutcome::NoViolation);
  auto other = test::good_result(9);
  other.violation = "未亮照";
  (void)book.add_results(task, std::span(&other, 1), test::monitor()).value();
  const auto by_violation = analyse(book, AnalysisBy::Violation).value();
  ASSERT_EQ(by_violation.size(), 2u);
  const auto& row = by_violation[0];
  EXPECT_EQ(row.key, "普通食品宣传疾病治疗功能");
  EXPECT_EQ(row.results, 3);
  EXPECT_EQ(row.open, 1);
  EXPECT_EQ(row.violation, 1);
  EXPECT_EQ(row.no_violation, 1);
  EXPECT_EQ(row.in_time, 1);
  EXPECT_EQ(row.late, 1);
  EXPECT_EQ(row.overdue, 1);
  std::vector<std::string> months;
  const auto by_month = analyse(book, AnalysisBy::Month).value();
  for (const auto& one : by_month) months.push_back(one.key);
  EXPECT_THAT(months, ElementsAre("2026-09", "2026-10"));
  EXPECT_EQ(analyse(book, AnalysisBy::Unit, {.unit = test::kFirst})->at(0).results, 3);
  EXPECT_EQ(analyse(book, AnalysisBy::Platform, {.from = day_from("2026-10-01")})->at(0).results, 1);
  EXPECT_EQ(analyse(book, AnalysisBy::Task)->at(0).key, "练习-2026-0001 普通食品宣称疾病治疗功能专项监测");
  const auto told = confirmations_since(book, *day_from("2026-10-14")).value();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].result, late);
  EXPECT_EQ(told[0].outcome, ClueOutcome::NoViolation);
  (void)open;
}

TEST(Risk, the_rule_is_shown_with_the_points) {
  const RiskRule rule;
  const auto risk = risk_of({"", "甲", "", 2, 1, 3, 1, 1, 2}, rule);
  EXPECT_THAT(risk.factors, ElementsAre(RiskFactor{RiskFactorKind::Violation, 2, 40}, RiskFactor{RiskFactorKind::Penalty, 1, 15}, RiskFactor{RiskFactorKind::MoreKinds, 1, 10},
                                        RiskFactor{RiskFactorKind::Open, 3, 15}, RiskFactor{RiskFactorKind::Overdue, 1, 5}, RiskFactor{RiskFactorKind::Cleared, 1, -5}));
  EXPECT_EQ(risk.points, 80);
  EXPECT_EQ(risk.level, RiskLevel::High);
  EXPECT_EQ(risk_of({"", "乙", "", 0, 0, 0, 0, 9, 0}, rule).points, 0) << "not below nothing";
  EXPECT_EQ(risk_of({"", "丙", "", 50, 0, 0, 0, 0, 1}, rule).points, 100);
  EXPECT_EQ(risk_of({"", "丁", "", 1, 1, 0, 0, 0, 1}, rule).level, RiskLevel::Middle);
  EXPECT_EQ(risk_of({"", "戊", "", 1, 0, 0, 0, 0, 1}, rule).level, RiskLevel::Low);
}

TEST(Risk, subjects_of_the_book) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  const auto first = folder.dispatched(task, 1), second = folder.dispatched(task, 2);
  auto other = test::good_result(3);
  other.operator_name = "示例乙商贸行";
  const auto third = book.add_results(task, std::span(&other, 1), test::monitor())->at(0);
  ASSERT_TRUE(book.link_subject(third, "S-乙", test::judge()));
  close_with(folder, first, ClueOutcome::Violation, {Measure::Penalty});
  close_with(folder, second, ClueOutcome::Violation, {Measure::Guidance});
  const auto risks = subject_risks(book).value();
  ASSERT_EQ(risks.size(), 2u);
  EXPECT_EQ(risks[0].record.name, "示例甲生物科技有限公司");
  EXPECT_EQ(risks[0].record.violations, 2);
  EXPECT_EQ(risks[0].record.penalties, 1);
  EXPECT_EQ(risks[0].record.kinds, 1);
  EXPECT_EQ(risks[0].points, 55);
  EXPECT_EQ(risks[1].record.subject, "S-乙");
  EXPECT_EQ(risks[1].points, 5);
  folder.today("2029-01-10");
  EXPECT_TRUE(subject_risks(book)->empty()) << "two years are what counts";
}

TEST(Feedback, what_goes_back) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  const auto first = folder.dispatched(task, 1);
  const auto second = folder.found(task, 2);
  auto other = test::good_result(3);
  other.operator_name = "示例乙商贸行";
  other.platform = "练习集市";
  (void)book.add_results(task, std::span(&other, 1), test::monitor()).value();
  auto attach = order_of(FlowMove::Attach);
  attach.package = "LX-03-1";
  ASSERT_TRUE(book.move(FlowKind::Result, first, attach, test::handler()));
  auto dismiss = order_of(FlowMove::Dismiss);
  dismiss.reason = dismiss.basis = "已删除";
  ASSERT_TRUE(book.move(FlowKind::Result, second, dismiss, test::judge()));
  const auto feedback = make_feedback(book.task(task).value(), book.results_of(task).value(), *day_from("2026-09-30"));
  EXPECT_EQ(feedback.results, 3);
  EXPECT_EQ(feedback.judged_none, 1);
  EXPECT_EQ(feedback.open, 2);
  EXPECT_EQ(feedback.with_evidence, 1);
  ASSERT_EQ(feedback.clues.size(), 2u);
  EXPECT_THAT(feedback.clues[0].packages, ElementsAre("LX-03-1"));
  ASSERT_EQ(feedback.subjects.size(), 2u);
  EXPECT_EQ(feedback.subjects[0].results, 2);
  EXPECT_THAT(feedback.platforms, ElementsAre(CountedName{"练习商城", 2}, CountedName{"练习集市", 1}));
  // what is handed over can be handed in again
  const auto reading = read_results(clue_rows(feedback), "");
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_EQ(reading.results.size(), 2u);
  EXPECT_EQ(subject_rows(feedback).at(1), (ImportRow{"1", "示例甲生物科技有限公司", "", "练习商城", "普通食品宣传疾病治疗功能", "广告、食品", "2"}));
  EXPECT_EQ(platform_rows(feedback).size(), 3u);
}

}  // namespace
}  // namespace guzheng
