// Monitoring tasks at the desk: the book opened with the practice desk, a sheet from draft to closed result with signed moves, evidence that comes back
// to its result, a third party's table.  
#include "core/base/file.h"
#include "core/desk/task_desk.h"
#include "core/desk/task_paper_desk.h"
#include "core/identity/signer.h"
#include "tests/desk/desk_fixture.h"

namespace guzheng {
namespace {

class TaskDeskTest : public test::DeskTest {
 protected:
  void SetUp() override { start(); }
  void start() {
    station_ = std::make_unique<StationDesk>(options_);
    desk_ = std::make_unique<TaskDesk>(*station_);
    QObject::connect(desk_.get(), &TaskDesk::failed, [this](const Error& error) { trouble_ = error; });
    QObject::connect(desk_.get(), &TaskDesk::evidence_came, [this](qint64 result, const std::string& package) { came_ = {result, package}; });
    station_->open();
    ASSERT_TRUE(until([this] { return desk_->is_open() || trouble_; }));
    ASSERT_TRUE(desk_->is_open()) << trouble_->what;
  }
  void stop() {
    desk_->stop();
    station_->drain();
    desk_.reset();
    station_.reset();
  }
  void TearDown() override { stop(); }

  TaskPage list(const TaskFilter& filter = {}) {
    return told<TaskPage>([&](auto heard) { desk_->list(filter, desk_.get(), heard); }).value();
  }
  TaskView task(std::int64_t id) {
    return told<TaskView>([&](auto heard) { desk_->task(id, desk_.get(), heard); }).value();
  }
  ResultView result(std::int64_t id) {
    return told<ResultView>([&](auto heard) { desk_->result(id, desk_.get(), heard); }).value();
  }
  Result<FlowItem> move(FlowKind kind, std::int64_t id, MoveOrder order) {
    return told<FlowItem>([&](auto heard) { desk_->move(kind, id, order, desk_.get(), heard); });
  }
  static MoveOrder order(FlowMove move) {
    MoveOrder out;
    out.move = move;
    return out;
  }
  std::int64_t running() {
    for (const auto& line : list().lines)
      if (line.state == FlowState::Running) return line.id;
    return 0;
  }
  std::int64_t found(std::int64_t task_id, const char* link = "https://shop.example/1") {
    MonitorResult one;
    one.link = link;
    one.operator_name = "示例甲";
    one.violation = "普通食品宣称疾病治疗功能";
    one.field = "食品";
    return told<std::vector<std::int64_t>>([&](auto heard) { desk_->add_results(task_id, {one}, desk_.get(), heard); }).value().at(0);
  }

  std::unique_ptr<TaskDesk> desk_;
  std::optional<Error> trouble_;
  std::pair<qint64, std::string> came_;
};

TEST_F(TaskDeskTest, PracticeTasksComeOnceAndEachSaysSo) {
  const auto first = list();
  ASSERT_GE(first.lines.size(), 5u);
  for (const auto& line : first.lines) EXPECT_NE(line.name.find("（练习）"), std::string::npos) << line.name;
  stop();
  start();
  EXPECT_EQ(list().lines.size(), first.lines.size());
}

// the number comes with the first submission; A-6.4a: each move is signed by the officer at the desk
TEST_F(TaskDeskTest, FromSheetToClosedResult) {
  TaskSheet sheet = task(running()).entry.sheet;
  sheet.name = "测试任务";
  const auto id = told<std::int64_t>([&](auto heard) { desk_->draft(sheet, desk_.get(), heard); }).value();
  EXPECT_EQ(task(id).entry.number, "");
  auto submit = order(FlowMove::Submit);
  submit.unit = desk_->actor().unit;
  ASSERT_TRUE(move(FlowKind::Sheet, id, submit));
  EXPECT_EQ(task(id).entry.number.rfind("练习-", 0), 0u);
  ASSERT_TRUE(move(FlowKind::Sheet, id, order(FlowMove::Accept)));
  const auto one = found(id);
  auto confirm = order(FlowMove::ConfirmClue);
  EXPECT_FALSE(move(FlowKind::Result, one, confirm)) << "a clue needs its basis";
  confirm.basis = "《中华人民共和国广告法》第十七条";
  ASSERT_TRUE(move(FlowKind::Result, one, confirm));
  auto assign = order(FlowMove::Assign);
  assign.unit = desk_->actor().unit;
  ASSERT_TRUE(move(FlowKind::Result, one, assign));
  auto view = result(one);
  ASSERT_TRUE(view.standing);
  EXPECT_EQ(view.granted, kDisposalDays);
  EXPECT_EQ(view.standing->days, kDisposalDays);
  ASSERT_TRUE(move(FlowKind::Result, one, order(FlowMove::Accept)));
  auto verified = order(FlowMove::Verified);
  verified.outcome = ClueOutcome::NoViolation;
  verified.text = "页面已核对";
  ASSERT_TRUE(move(FlowKind::Result, one, verified));
  auto none = order(FlowMove::ReportNone);
  none.reason = "宣传内容有批准文号";
  none.basis = "《中华人民共和国广告法》第十八条";
  ASSERT_TRUE(move(FlowKind::Result, one, none));
  ASSERT_TRUE(move(FlowKind::Result, one, order(FlowMove::Close)));
  view = result(one);
  EXPECT_EQ(view.entry.item.state, FlowState::Closed);
  EXPECT_EQ(desk_->moves(view.entry.item), std::vector<FlowMove>{FlowMove::Reopen});
  ASSERT_EQ(view.route.size(), 7u);
  for (const auto& step : view.route) EXPECT_EQ(step.move.badge, desk_->actor().badge);
}

// A-6.3a: the sealed package comes back to the result by the order's number
TEST_F(TaskDeskTest, EvidenceComesBackToItsResult) {
  const auto id = running();
  const auto one = found(id);
  const auto view = task(id);
  const auto& entry = view.results.back();
  const auto capture = TaskDesk::capture_order(view.entry, entry);
  EXPECT_EQ(capture.subject_name, "示例甲");
  EXPECT_NE(capture.order_no.find(view.entry.number), std::string::npos);
  desk_->keep_capture(capture, "LX-01-20260922-0001");
  ASSERT_TRUE(until([&] { return came_.first != 0; }));
  EXPECT_EQ(came_.first, one);
  EXPECT_EQ(result(one).entry.packages, std::vector<std::string>{"LX-01-20260922-0001"});
  // another order's package is nobody's
  CaptureOrder other;
  other.order_no = "练习-2020-0001-结果x";
  came_ = {};
  desk_->keep_capture(other, "LX-01-20260922-0002");
  (void)list();
  EXPECT_EQ(result(one).entry.packages.size(), 1u);
}

// A-6.3a, A-6.4a: what was found stays as it was found; corrected it is a new result that has the evidence, and the old one says where it went
TEST_F(TaskDeskTest, CorrectedResultTakesTheEvidenceOver) {
  const auto id = running();
  const auto old = found(id, "https://shop.example/5");
  const auto view = task(id);
  desk_->keep_capture(TaskDesk::capture_order(view.entry, view.results.back()), "LX-01-20260922-0003");
  ASSERT_TRUE(until([&] { return came_.first == old; }));
  auto right = result(old).entry.result;
  right.operator_name = "示例甲（更名）";
  EXPECT_FALSE(told<std::int64_t>([&](auto heard) { desk_->correct(old, MonitorResult{}, "空的", desk_.get(), heard); })) << "an empty result is none";
  EXPECT_NE(result(old).entry.item.state, FlowState::Merged);
  const auto fresh = told<std::int64_t>([&](auto heard) { desk_->correct(old, right, "名称写错", desk_.get(), heard); });
  ASSERT_TRUE(fresh) << fresh.error().what;
  EXPECT_EQ(result(*fresh).entry.packages, std::vector<std::string>{"LX-01-20260922-0003"});
  EXPECT_EQ(result(*fresh).entry.result.operator_name, "示例甲（更名）");
  const auto gone = result(old);
  EXPECT_EQ(gone.entry.item.state, FlowState::Merged);
  EXPECT_EQ(gone.merged_into, result(*fresh).entry.serial);
  EXPECT_EQ(gone.route.back().move.order.reason, "名称写错");
  EXPECT_FALSE(told<std::int64_t>([&](auto heard) { desk_->correct(old, right, "再改", desk_.get(), heard); })) << "a merged result is over";
}

// A-6.4b, A-6.4c: a document that came with a move is got back byte by byte
TEST_F(TaskDeskTest, DocumentsCanBeSavedAgain) {
  const auto in = file("决定书.txt"), out = in.parent_path() / "out.txt";
  ASSERT_TRUE(write_text(in, "责令改正决定书"));
  const auto document = told<Document>([&](auto heard) { desk_->add_document(in, desk_.get(), heard); });
  ASSERT_TRUE(document) << document.error().what;
  EXPECT_EQ(document->name, "决定书.txt");
  ASSERT_TRUE(told<void>([&](auto heard) { desk_->save_document(*document, out, desk_.get(), heard); }));
  EXPECT_EQ(read_text(out).value(), "责令改正决定书");
  EXPECT_FALSE(told<void>([&](auto heard) { desk_->save_document({"没有", std::string(64, '0')}, out, desk_.get(), heard); }));
}

// A-6.3a: a table with a row that is wrong says which, and the good ones can be entered
TEST_F(TaskDeskTest, TableOfAThirdParty) {
  const auto table_file = file("某公司.csv");
  ASSERT_TRUE(write_text(table_file, "链接,经营主体,涉嫌违法表现,所属业务领域\nhttps://shop.example/7,示例乙,夸大功效,广告\nnot-a-link,示例丙,夸大功效,广告\n"));
  const auto id = running();
  const auto table = told<ResultFile>([&](auto heard) { desk_->read_table(id, table_file, "某公司", desk_.get(), heard); }).value();
  ASSERT_EQ(table.reading.results.size(), 1u);
  EXPECT_EQ(table.reading.results[0].found_by, "某公司");
  ASSERT_EQ(table.reading.problems.size(), 1u);
  EXPECT_EQ(table.reading.problems[0].row, 3u);
}

// 批量分派: those that cannot be dispatched stay and are named
TEST_F(TaskDeskTest, BulkDispatchNamesWhatStays) {
  const auto id = running();
  const auto ready = found(id, "https://shop.example/8"), waiting = found(id, "https://shop.example/9");
  auto confirm = order(FlowMove::ConfirmClue);
  confirm.basis = "测试依据";
  ASSERT_TRUE(move(FlowKind::Result, ready, confirm));
  auto assign = order(FlowMove::Assign);
  assign.unit = desk_->actor().unit;
  const auto out = told<BulkOutcome>([&](auto heard) { desk_->move_all(FlowKind::Result, {ready, waiting}, assign, desk_.get(), heard); }).value();
  EXPECT_EQ(out.done, std::vector<std::int64_t>{ready});
  ASSERT_EQ(out.refused.size(), 1u);
  EXPECT_EQ(out.refused[0].item, waiting);
}

// B-5.2: a clue becomes a new task with what it says filled in; without a basis nothing is drafted
TEST_F(TaskDeskTest, ClueIntoANewTask) {
  const auto clues = [&] { return told<std::vector<ClueEntry>>([&](auto heard) { desk_->clues(false, desk_.get(), heard); }).value(); };
  const auto clue = clues().at(0);
  const auto before = list().lines.size();
  auto into = order(FlowMove::IntoTask);
  EXPECT_FALSE(told<FlowItem>([&](auto heard) { desk_->into_new_task(clue.item.id, into, desk_.get(), heard); }));
  EXPECT_EQ(list().lines.size(), before);
  into.basis = "测试依据";
  const auto done = told<FlowItem>([&](auto heard) { desk_->into_new_task(clue.item.id, into, desk_.get(), heard); });
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_EQ(done->state, FlowState::Tasked);
  const auto entry = task(done->task).entry;
  EXPECT_EQ(entry.item.state, FlowState::Draft);
  EXPECT_EQ(entry.sheet.content, clue.clue.content);
  EXPECT_NE(entry.sheet.source.find(clue.clue.outside_number), std::string::npos);
  EXPECT_EQ(entry.sheet.issuer, desk_->actor().unit);
}

// A-6.3c: forms are drawn by a program of their own; when it is missing the officer hears so, and nothing is left over
TEST_F(TaskDeskTest, FormWithoutTheProgramThatDrawsIt) {
  stop();
  options_.programs = file("no programs");
  start();
  TaskPaperDesk papers(*desk_);
  TaskPaper paper;
  paper.task = running();
  paper.name = "任务单";
  const auto made = told<PrintedPaper>([&](auto heard) { papers.make(paper, desk_.get(), heard); });
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::NotFound) << made.error().what;
  for (const auto& one : std::filesystem::directory_iterator(station_->private_folder() / "forms")) EXPECT_EQ(one.path().string().find(".values.json"), std::string::npos);
}

// A-6.3c: the platform count as a table says how often each was monitored
TEST_F(TaskDeskTest, TableOfThePlatformCountHasItsRounds) {
  TaskPaperDesk papers(*desk_);
  TaskPaper paper;
  paper.task = running();
  paper.form = TaskForm::PlatformCount;
  paper.name = "平台个次";
  paper.visits = {{"第二商城", 3}};
  const auto out = file("count.csv");
  ASSERT_TRUE(told<void>([&](auto heard) { papers.write_table(paper, out, desk_.get(), heard); }));
  EXPECT_NE(read_text(out).value().find("1,第二商城,3,0"), std::string::npos) << read_text(out).value();
  EXPECT_FALSE(told<void>([&](auto heard) { papers.write_table(paper, out, desk_.get(), heard); })) << "never over a file";
  paper.form = TaskForm::Sheet;
  EXPECT_FALSE(told<void>([&](auto heard) { papers.write_table(paper, file("sheet.csv"), desk_.get(), heard); }));
}

}  // namespace
}  // namespace guzheng
