// The analysis of monitoring tasks at the desk, tags from confirmations, and the settings of tasks. A-6.4a A-6.4b
#include "core/desk/analysis_desk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/file.h"
#include "core/desk/task_settings_desk.h"
#include "tests/desk/desk_fixture.h"
#include "tests/tasks/task_folder.h"

namespace guzheng {
namespace {

using test::order_of;

class AnalysisDeskTest : public test::DeskTest {
 protected:
  void SetUp() override {
    options_.programs = folder_.path().toStdString();            // no program lies there
    tasks_.clock.wall_now.ms += 1000;
    book_ = std::move(tasks_.book);
    station_ = std::make_unique<StationDesk>(options_, &tasks_.clock);
    subjects_ = std::make_unique<SubjectDesk>(*station_);
    analysis_ = std::make_unique<AnalysisDesk>([this] { return book_; }, *subjects_);
    settings_ = std::make_unique<TaskSettingsDesk>([this] { return book_; }, *station_);
    station_->open();
    ASSERT_TRUE(until([this] { return subjects_->is_open(); }));
  }
  void TearDown() override {
    analysis_->stop();
    settings_->stop();
    subjects_->stop();
    station_->drain();
    settings_.reset();
    analysis_.reset();
    subjects_.reset();
    station_.reset();
    book_.reset();
  }
  TagProposals proposals() {
    return told<TagProposals>([&](auto heard) { analysis_->proposals({}, &to_, heard); }).value();
  }
  SubjectId a_subject(const std::string& name) {
    SubjectRow row;
    row.subject.name = name;
    return told<SubjectId>([&](auto heard) { subjects_->add(row, "测试", &to_, heard); }).value();
  }
  std::vector<std::string> tags_of(SubjectId id) {
    const auto sheet = told<SubjectSheet>([&](auto heard) { subjects_->sheet(id, &to_, heard); });
    std::vector<std::string> out;
    for (const auto& tag : sheet.value().tags) out.push_back(tag.group + "/" + tag.name);
    return out;
  }
  // A result of that subject, closed as a violation with a penalty.
  std::int64_t confirmed(std::int64_t task, int number, SubjectId subject) {
    auto one = test::good_result(number);
    one.subject = subject > 0 ? std::to_string(subject) : "";
    auto& book = *book_;
    const auto id = book.add_results(task, std::span(&one, 1), test::monitor()).value().at(0);
    auto confirm = order_of(FlowMove::ConfirmClue);
    confirm.basis = "食品安全法";
    auto assign = order_of(FlowMove::Assign);
    assign.unit = test::kFirst;
    auto verified = order_of(FlowMove::Verified);
    verified.outcome = ClueOutcome::Violation;
    verified.text = "已核查";
    auto report = order_of(FlowMove::ReportMeasures);
    report.text = "已处罚";
    report.measures = {Measure::Penalty};
    report.documents = {book.add_document("决定书.pdf", as_bytes("%PDF-1.4")).value()};
    const std::pair<MoveOrder, const SigningHand*> moves[] = {{confirm, &test::judge()},   {assign, &test::dispatcher()}, {order_of(FlowMove::Accept), &test::handler()},
                                                              {verified, &test::handler()}, {report, &test::handler()},   {order_of(FlowMove::Close), &test::dispatcher()}};
    for (const auto& [order, hand] : moves) EXPECT_TRUE(book.move(FlowKind::Result, id, order, *hand));
    return id;
  }
  std::int64_t running_task() {
    auto& book = *book_;
    const auto id = book.draft(test::good_sheet(), test::issuer()).value();
    auto submit = order_of(FlowMove::Submit);
    submit.unit = test::kMonitoring;
    EXPECT_TRUE(book.move(FlowKind::Sheet, id, submit, test::issuer()));
    EXPECT_TRUE(book.move(FlowKind::Sheet, id, order_of(FlowMove::Accept), test::monitor()));
    return id;
  }

  test::TaskFolder tasks_;
  QObject to_;
  std::shared_ptr<TaskBook> book_;
  std::unique_ptr<SubjectDesk> subjects_;
  std::unique_ptr<AnalysisDesk> analysis_;
  std::unique_ptr<TaskSettingsDesk> settings_;
};

//
TEST_F(AnalysisDeskTest, results_by_unit_with_choices_and_a_table_in_a_file) {
  const auto task = running_task();
  (void)confirmed(task, 1, 0);
  const auto choices = told<AnalysisChoices>([&](auto heard) { analysis_->choices(&to_, heard); }).value();
  ASSERT_EQ(choices.tasks.size(), 1u);
  EXPECT_EQ(choices.tasks[0].second, "练习-2026-0001 " + test::good_sheet().name);
  EXPECT_THAT(choices.units, testing::ElementsAre(test::kFirst));
  const auto rows = told<std::vector<AnalysisRow>>([&](auto heard) { analysis_->analyse(AnalysisBy::Unit, {.task = task}, &to_, heard); }).value();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].violation, 1);
  const auto table = file("table.csv");
  for (int i = 0; i < 2; ++i)                                    // whoever chose the name was asked: it is replaced
    ASSERT_TRUE(told<void>([&](auto heard) { analysis_->export_table(analysis_table(AnalysisBy::Unit, rows), table, &to_, heard); }));
  EXPECT_THAT(read_text(table, 1u << 16).value(), testing::HasSubstr("城东分局,1,0,1,0,0,1,0,0,100%"));
  const auto pdf = file("a.pdf");
  const auto printed = told<void>([&](auto heard) { analysis_->print({}, pdf, &to_, heard); });
  ASSERT_FALSE(printed) << "the program that draws is missing";
  EXPECT_EQ(printed.error().kind, ErrorKind::NotFound);
  EXPECT_FALSE(std::filesystem::exists(pdf));
  EXPECT_FALSE(analysis_->is_printing());
}

// confirmations propose, a person applies, undo takes it back; a subject nobody linked gets nothing
TEST_F(AnalysisDeskTest, confirmed_violations_propose_tags_that_are_applied_and_undone) {
  const auto shop = a_subject("示例甲生物科技有限公司"), other = a_subject("示例乙商行");
  const auto task = running_task();
  std::vector<std::int64_t> results;
  for (int i = 1; i <= 3; ++i) results.push_back(confirmed(task, i, shop));      // 3 × (20 + 15): high
  (void)confirmed(task, 9, 0);
  const auto before = proposals();
  EXPECT_EQ(before.unlinked, 1);
  ASSERT_EQ(before.list.size(), 2u);
  EXPECT_EQ(before.list[0].subject, shop);
  EXPECT_EQ(before.list[0].tag.group, kConfirmedTags);
  EXPECT_EQ(before.list[0].tag.name, test::good_result().violation);
  EXPECT_EQ(before.list[0].violations, 3);
  EXPECT_TRUE(before.list[0].on);
  EXPECT_EQ(before.list[1].tag.name, kHighRiskTag);
  EXPECT_EQ(before.list[1].points, 100);
  EXPECT_THAT(tags_of(shop), testing::IsEmpty()) << "proposed only";
  ASSERT_TRUE(told<void>([&](auto heard) { analysis_->apply(before.list, &to_, heard); }));
  EXPECT_THAT(tags_of(shop), testing::UnorderedElementsAre("监测确认/" + test::good_result().violation, "监测风险/高风险"));
  EXPECT_THAT(tags_of(other), testing::IsEmpty());
  EXPECT_THAT(proposals().list, testing::IsEmpty()) << "nothing is left to propose";
  ASSERT_TRUE(told<void>([&](auto heard) { subjects_->undo(&to_, heard); }));
  EXPECT_THAT(tags_of(shop), testing::IsEmpty());
  const auto again = proposals();
  ASSERT_EQ(again.list.size(), 2u);
  EXPECT_NE(again.list[0].tag.id, 0) << "the tag itself stayed in the library";
  ASSERT_TRUE(told<void>([&](auto heard) { analysis_->apply(again.list, &to_, heard); }));
  // reopened and cleared: what confirmed it is gone
  for (const auto id : results) {
    auto reopen = order_of(FlowMove::Reopen);
    reopen.reason = "新情况";
    ASSERT_TRUE(book_->move(FlowKind::Result, id, reopen, test::leader()));
    auto dismiss = order_of(FlowMove::Dismiss);
    dismiss.reason = dismiss.basis = "不构成";
    ASSERT_TRUE(book_->move(FlowKind::Result, id, dismiss, test::judge()));
  }
  const auto off = proposals();
  ASSERT_EQ(off.list.size(), 2u);
  for (const auto& one : off.list) EXPECT_FALSE(one.on) << one.tag.name;
  ASSERT_TRUE(told<void>([&](auto heard) { analysis_->apply(off.list, &to_, heard); }));
  EXPECT_THAT(tags_of(shop), testing::IsEmpty());
}

// A-6.4a A-6.4b
TEST_F(AnalysisDeskTest, settings_of_tasks_are_set_and_read) {
  EXPECT_TRUE(settings_->may_set_rule()) << "the practice desk's officer has every duty";
  EXPECT_FALSE(settings_->duties_are_given());
  ASSERT_EQ(settings_->duties().size(), 2u) << "each officer of the practice bureau once";
  EXPECT_EQ(settings_->duties()[0].duties.size(), 6u);
  EXPECT_EQ(TaskSettingsDesk::sample("网监{年}-{序号3}", *day_from("2026-09-16")), "网监2026-001");
  EXPECT_EQ(TaskSettingsDesk::sample("{序号3}", *day_from("2026-09-16")), std::nullopt);
  ASSERT_TRUE(told<void>([&](auto heard) { settings_->set_rule("网监{年}-{序号3}", &to_, heard); }));
  EXPECT_FALSE(told<void>([&](auto heard) { settings_->set_rule("{年}", &to_, heard); }));
  const auto read = told<TaskSettings>([&](auto heard) { settings_->read(&to_, heard); }).value();
  EXPECT_EQ(read.rule.text, "网监{年}-{序号3}");
  EXPECT_EQ(read.sample, "网监2026-001");
  EXPECT_EQ(read.years.back().year, 2027);
  EXPECT_TRUE(read.years.back().provisional);
  const auto notice = file("notice.csv");
  std::ofstream(notice) << "2027,通知,示例通知\n2027-02-30,休,春节\n";
  const auto wrong = told<NoticeTaking>([&](auto heard) { settings_->take_notice(notice, &to_, heard); }).value();
  ASSERT_EQ(wrong.problems.size(), 2u) << "the date, and a year without any day";
  EXPECT_EQ(wrong.problems[0].line, 2u);
  EXPECT_TRUE(wrong.years.empty());
  std::ofstream(notice) << "2027,通知,示例通知\n2027-01-01~2027-01-03,休,元旦\n";
  const auto taken = told<NoticeTaking>([&](auto heard) { settings_->take_notice(notice, &to_, heard); }).value();
  EXPECT_TRUE(taken.problems.empty());
  EXPECT_THAT(taken.years, testing::ElementsAre(2027));
  EXPECT_FALSE(told<TaskSettings>([&](auto heard) { settings_->read(&to_, heard); })->years.back().provisional);
}

}  // namespace
}  // namespace guzheng
