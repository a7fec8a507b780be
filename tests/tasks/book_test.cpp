// The book: a task's whole way, what is refused, numbers, signatures, tampering, bulk, notices, documents, the calendar.  
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/identity/signer.h"
#include "core/tasks/book_lists.h"
#include "tests/support/sample_bureau.h"
#include "tests/tasks/task_folder.h"

namespace guzheng {
namespace {

using test::order_of;
using test::TaskFolder;
using testing::ElementsAre;
using testing::IsEmpty;

std::string text_in(const TaskFolder& folder) {
  return read_text(folder.path / "operations.log").value();
}

// draft, submit, return, revise, accept; A-6.3c: nothing is finished before each ticked kind went back
TEST(TaskBook, a_sheet_from_draft_to_finished) {
  TaskFolder folder;
  auto& book = *folder.book;
  auto sheet = test::good_sheet();
  sheet.range.clear();
  const auto id = book.draft(sheet, test::issuer()).value();
  EXPECT_EQ(book.task(id)->number, "");
  auto submit = order_of(FlowMove::Submit);
  submit.unit = test::kMonitoring;
  EXPECT_EQ(book.move(FlowKind::Sheet, id, submit, test::issuer()).error().kind, ErrorKind::Invalid) << "监测范围 is missing";
  ASSERT_TRUE(book.save(id, test::good_sheet(), test::issuer()));
  EXPECT_EQ(book.save(id, test::good_sheet(), test::monitor()).error().kind, ErrorKind::Denied);
  ASSERT_TRUE(book.move(FlowKind::Sheet, id, submit, test::issuer()));
  EXPECT_EQ(book.task(id)->number, "练习-2026-0001");
  EXPECT_EQ(book.save(id, test::good_sheet(), test::issuer()).error().kind, ErrorKind::Invalid) << "it was submitted";
  auto back = order_of(FlowMove::Return);
  back.reason = "监测时间过短";
  ASSERT_TRUE(book.move(FlowKind::Sheet, id, back, test::monitor()));
  auto longer = test::good_sheet();
  longer.until = day_from("2027-01-31");
  ASSERT_TRUE(book.save(id, longer, test::issuer()));
  ASSERT_TRUE(book.move(FlowKind::Sheet, id, submit, test::issuer()));
  ASSERT_TRUE(book.move(FlowKind::Sheet, id, order_of(FlowMove::Accept), test::monitor()));
  EXPECT_EQ(book.task(id)->number, "练习-2026-0001") << "a number is kept";
  EXPECT_EQ(book.submitted_sheet(id, 1)->until, day_from("2026-12-31"));
  EXPECT_EQ(book.submitted_sheet(id, 2)->until, day_from("2027-01-31"));
  EXPECT_EQ(book.move(FlowKind::Sheet, id, order_of(FlowMove::Finish), test::monitor()).error().kind, ErrorKind::Invalid);
  auto deliver = order_of(FlowMove::Deliver);
  deliver.feedback = FeedbackKind::Report;
  deliver.documents = {folder.document()};
  ASSERT_TRUE(book.move(FlowKind::Sheet, id, deliver, test::monitor()));
  EXPECT_EQ(book.move(FlowKind::Sheet, id, order_of(FlowMove::Finish), test::monitor())->state, FlowState::Finished);
  const auto route = book.route(FlowKind::Sheet, id).value();
  std::vector<std::string> moves;
  for (const auto& step : route) moves.emplace_back(to_string(step.move.order.move));
  EXPECT_THAT(moves, ElementsAre("create", "submit", "return", "submit", "accept", "deliver", "finish"));
  EXPECT_EQ(route[2].move.order.reason, "监测时间过短");
  EXPECT_THAT(book.check_route(FlowKind::Sheet, id, test::signed_by_badge).value(), IsEmpty());
}

TEST(TaskBook, numbers_have_no_gap_and_begin_anew_each_year) {
  TaskFolder folder;
  auto& book = *folder.book;
  auto submit = order_of(FlowMove::Submit);
  submit.unit = test::kMonitoring;
  std::vector<std::string> numbers;
  const auto next = [&] {
    const auto id = book.draft(test::good_sheet(), test::issuer()).value();
    ASSERT_TRUE(book.move(FlowKind::Sheet, id, submit, test::issuer()));
    numbers.push_back(book.task(id)->number);
  };
  next();
  ASSERT_TRUE(book.draft(test::good_sheet(), test::issuer())) << "a draft takes no number";
  auto bad = submit;
  bad.unit.clear();
  const auto refused = book.draft(test::good_sheet(), test::issuer()).value();
  EXPECT_FALSE(book.move(FlowKind::Sheet, refused, bad, test::issuer()));
  next();
  folder.today("2027-01-04");
  next();
  EXPECT_THAT(numbers, ElementsAre("练习-2026-0001", "练习-2026-0002", "练习-2027-0001"));
}

// A-6.4a: 研判确认 → 分派 → 核查 → 处理反馈 → 办结; A-6.4c: measures with documents
TEST(TaskBook, a_result_from_found_to_closed) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  const auto id = folder.dispatched(task);
  EXPECT_EQ(day_text(*book.result(id)->item.due), "2026-10-13");
  EXPECT_EQ(book.tasks({}, "")->lines.at(0).due, day_from("2026-10-13")) << "the task is due when its first result is";
  ASSERT_TRUE(book.move(FlowKind::Result, id, order_of(FlowMove::Accept), test::handler()));
  auto attach = order_of(FlowMove::Attach);
  attach.package = "LX-03-20260917-0001";
  ASSERT_TRUE(book.move(FlowKind::Result, id, attach, test::handler()));
  EXPECT_EQ(book.problem(FlowKind::Result, id, attach, test::handler().actor).value(), (MoveProblem{MoveTrouble::Unmet, MoveNeed::Package})) << "the same package once";
  auto verified = order_of(FlowMove::Verified);
  verified.outcome = ClueOutcome::Violation;
  verified.text = "页面宣称降血糖";
  ASSERT_TRUE(book.move(FlowKind::Result, id, verified, test::handler()));
  auto report = order_of(FlowMove::ReportMeasures);
  report.measures = {Measure::Correction, Measure::Penalty};
  report.text = "责令改正并罚款";
  EXPECT_EQ(book.move(FlowKind::Result, id, report, test::handler()).error().kind, ErrorKind::Invalid) << "documents are compulsory";
  report.documents = {{"不在册.pdf", std::string(64, 'c')}};
  EXPECT_EQ(book.move(FlowKind::Result, id, report, test::handler()).error().kind, ErrorKind::Invalid) << "a document that nobody put in";
  report.documents = {folder.document()};
  ASSERT_TRUE(book.move(FlowKind::Result, id, report, test::handler()));
  EXPECT_EQ(book.move(FlowKind::Result, id, order_of(FlowMove::Close), test::handler()).error().kind, ErrorKind::Denied) << "closed by whoever dispatched it";
  EXPECT_EQ(book.move(FlowKind::Result, id, order_of(FlowMove::Close), test::dispatcher())->state, FlowState::Closed);
  const auto entry = book.result(id).value();
  EXPECT_THAT(entry.packages, ElementsAre("LX-03-20260917-0001"));
  EXPECT_EQ(entry.serial, 1);
  EXPECT_THAT(book.check_route(FlowKind::Result, id, test::signed_by_badge).value(), IsEmpty());
  EXPECT_EQ(book.tasks({}, "")->lines.at(0).open_results, 0);
  EXPECT_EQ(book.link_subject(id, "S-1", test::judge()).error().kind, ErrorKind::Invalid) << "it is closed";
}

TEST(TaskBook, results_want_a_running_task_and_their_fields) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto draft = book.draft(test::good_sheet(), test::issuer()).value();
  const auto one = test::good_result();
  EXPECT_EQ(book.add_results(draft, std::span(&one, 1), test::monitor()).error().kind, ErrorKind::Invalid);
  const auto task = folder.running_task();
  auto bad = std::vector{test::good_result(1), test::good_result(2)};
  bad[1].violation.clear();
  EXPECT_EQ(book.add_results(task, bad, test::monitor()).error().kind, ErrorKind::Invalid);
  EXPECT_THAT(book.results_of(task).value(), IsEmpty()) << "none is entered";
  EXPECT_EQ(book.add_results(task, std::span(&one, 1), test::hand_of("09", test::kFirst, {Duty::Monitor})).error().kind, ErrorKind::Denied);
  std::vector<MonitorResult> many;
  for (int i = 0; i < 901; ++i) many.push_back(test::good_result(i));
  EXPECT_EQ(book.add_results(task, many, test::monitor())->size(), 901u);
  EXPECT_EQ(book.results_of(task)->back().serial, 901);
  EXPECT_EQ(book.known_results(task)->size(), 901u);
  EXPECT_EQ(book.tasks({}, "")->lines.at(0).results, 901);
}

TEST(TaskBook, bulk_dispatch_names_what_could_not_be_moved) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  std::vector<MonitorResult> many;
  for (int i = 0; i < 450; ++i) many.push_back(test::good_result(i));
  auto ids = book.add_results(task, many, test::monitor()).value();
  auto confirm = order_of(FlowMove::ConfirmClue);
  confirm.basis = "食品安全法";
  ASSERT_EQ(book.move_all(FlowKind::Result, std::span(ids).subspan(1), confirm, test::judge())->done.size(), 449u);
  auto assign = order_of(FlowMove::Assign);
  assign.unit = test::kFirst;
  ids.push_back(99'999);
  ids.push_back(ids[5]);
  const auto outcome = book.move_all(FlowKind::Result, ids, assign, test::dispatcher()).value();
  EXPECT_EQ(outcome.done.size(), 449u);
  ASSERT_EQ(outcome.refused.size(), 2u);
  EXPECT_EQ(outcome.refused[0].item, ids[0]);
  EXPECT_EQ(outcome.refused[0].problem, (MoveProblem{MoveTrouble::NotFromHere, {}}));
  EXPECT_EQ(outcome.refused[1].item, 99'999);
  EXPECT_EQ(outcome.refused[1].problem, std::nullopt);
  EXPECT_THAT(book.check_route(FlowKind::Result, ids[449], test::signed_by_badge).value(), IsEmpty());
  EXPECT_EQ(book.desk_counts(test::handler().actor)->results, 449);
  const auto notices = book.notices(test::handler().actor, true).value();
  ASSERT_EQ(notices.size(), 2u) << "one notice an act, not one a result";
  EXPECT_EQ(notices[0].items + notices[1].items, 449);
}

TEST(TaskBook, notices_and_unread_marks) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  const auto id = folder.dispatched(task);
  const auto line = [&](const std::string& badge) { return book.results({.task = task}, badge)->lines.at(0); };
  EXPECT_TRUE(line("05").unread);
  EXPECT_FALSE(line("04").unread) << "dispatched by this officer";
  ASSERT_TRUE(book.mark_seen(FlowKind::Result, id, "05"));
  EXPECT_FALSE(line("05").unread);
  ASSERT_TRUE(book.move(FlowKind::Result, id, order_of(FlowMove::Accept), test::handler()));
  EXPECT_TRUE(line("04").unread);
  const auto told = book.notices(test::handler().actor, true).value();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].move, FlowMove::Assign);
  EXPECT_EQ(told[0].by, "人04");
  const std::vector<std::int64_t> ids{told[0].id};
  ASSERT_TRUE(book.mark_read(ids, "05"));
  EXPECT_THAT(book.notices(test::handler().actor, true).value(), IsEmpty());
  EXPECT_EQ(book.notices(test::handler().actor, false)->size(), 1u);
  EXPECT_EQ(book.notices(test::hand_of("55", test::kFirst, {Duty::Handler}).actor, true)->size(), 1u) << "a colleague has not read it";
}

// A list is read in steps: another program may move a row in between, and the marks of its neighbours stay theirs
TEST(TaskBook, a_row_that_moves_while_a_list_is_read_keeps_its_own_mark) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  folder.today("2026-09-01");
  const auto first = folder.dispatched(task, 1);
  folder.today("2026-09-16");
  const auto second = folder.dispatched(task, 2);
  ASSERT_TRUE(book.mark_seen(FlowKind::Result, second, "05"));
  book::ListPlan plan{"result", {{"result_day", {}}}, {}, {}, false, 10, {}};
  const auto keys = book::read_list(book.database(), plan).value().keys;
  ASSERT_EQ(keys.size(), 2u);
  ASSERT_EQ(keys[0].id, first);
  // a second program on the same book
  const auto log = OperationLog::open(folder.path / "operations.log", folder.clock).value();
  const auto other = TaskBook::open(folder.path, folder.clock, *log).value();
  auto extend = order_of(FlowMove::Extend);
  extend.extension = ExtensionReason::CaseFiling;
  extend.until = day_from("2026-12-01");
  extend.documents = {folder.document()};
  ASSERT_TRUE(other->move(FlowKind::Result, first, extend, test::leader()));
  const auto rows = book::rows_of(book.database(), FlowKind::Result, "last_number", keys, "05").value();
  ASSERT_EQ(rows.size(), 2u);
  const auto number = [&](std::size_t row, std::size_t column) { return std::get<std::int64_t>(rows[row][column]); };
  EXPECT_EQ(number(0, 1), second) << "the other one is due later now";
  EXPECT_EQ(number(0, book::kSeenColumn), number(0, book::kFirstColumn)) << "all of it was seen";
  EXPECT_EQ(number(1, 1), first);
  EXPECT_EQ(number(1, book::kSeenColumn), 0);
}

// A-6.3a, A-6.4a: put right in one act, which takes the evidence over; nothing is kept when any of it may not be done
TEST(TaskBook, a_result_is_put_right_in_one_act) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  const auto old = folder.found(task);
  auto attach = order_of(FlowMove::Attach);
  for (const char* package : {"LX-03-20260917-0001", "LX-03-20260917-0002"}) {
    attach.package = package;
    ASSERT_TRUE(book.move(FlowKind::Result, old, attach, test::monitor()));
  }
  auto right = test::good_result();
  right.operator_name = "示例甲生物科技有限公司（更名）";
  EXPECT_EQ(book.correct(old, test::good_result(), "没有改", test::judge()).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(book.correct(old, {}, "空的", test::judge()).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(book.correct(old, right, "", test::judge()).error().kind, ErrorKind::Invalid) << "without a reason";
  EXPECT_EQ(book.correct(old, right, "名称写错", test::monitor()).error().kind, ErrorKind::Denied) << "who monitors may not merge";
  EXPECT_EQ(book.results_of(task)->size(), 1u) << "of what was refused nothing is left";
  const auto fresh = book.correct(old, right, "名称写错", test::judge());
  ASSERT_TRUE(fresh) << fresh.error().what;
  const auto entry = book.result(*fresh).value();
  EXPECT_EQ(entry.result, right);
  EXPECT_EQ(entry.serial, 2);
  EXPECT_EQ(entry.item.state, FlowState::Judging);
  EXPECT_THAT(entry.packages, ElementsAre("LX-03-20260917-0001", "LX-03-20260917-0002"));
  EXPECT_EQ(book.result(old)->item.merged_into, *fresh);
  const auto steps = book.route(FlowKind::Result, *fresh).value(), gone = book.route(FlowKind::Result, old).value();
  ASSERT_EQ(steps.size(), 3u);
  for (const auto& step : steps) EXPECT_EQ(step.act, gone.back().act) << "signed once";
  EXPECT_EQ(gone.back().move.order.reason, "名称写错");
  EXPECT_THAT(text_in(folder), testing::HasSubstr("create,attach,merge"));
  for (const auto id : {old, *fresh}) EXPECT_THAT(book.check_route(FlowKind::Result, id, test::signed_by_badge).value(), IsEmpty());
  const auto line = book.tasks({}, "")->lines.at(0);
  EXPECT_EQ(line.results, 2);
  EXPECT_EQ(line.open_results, 1);
}

TEST(TaskBook, the_inbox_by_due_day_with_filters) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto task = folder.running_task();
  folder.today("2026-08-28");
  const auto first = folder.dispatched(task, 1);                 // due 2026-09-18
  folder.today("2026-09-01");
  const auto second = folder.dispatched(task, 2);                // due 2026-09-21? counted by the calendar
  folder.today("2026-09-16");
  const auto third = folder.dispatched(task, 3);                 // due 2026-10-13
  auto named = test::good_result(4);
  named.operator_name = "示例乙商贸行";
  const auto fourth = book.add_results(task, std::span(&named, 1), test::monitor())->at(0);
  const auto ids = [&](const ResultFilter& filter) {
    std::vector<std::int64_t> out;
    const auto page = book.results(filter, "05").value();
    for (const auto& one : page.lines) out.push_back(one.id);
    return out;
  };
  folder.today("2026-09-21");
  EXPECT_THAT(ids({.unit = test::kFirst, .duties = {Duty::Handler}}), ElementsAre(first, second, third));
  EXPECT_THAT(ids({.unit = test::kFirst, .duties = {Duty::Handler}, .due = DueFilter::Overdue}), ElementsAre(first));
  EXPECT_THAT(ids({.unit = test::kFirst, .duties = {Duty::Handler}, .due = DueFilter::Soon}), ElementsAre(second));
  EXPECT_THAT(ids({.unit = test::kOrg, .duties = {Duty::Judge, Duty::Dispatcher}}), ElementsAre(fourth));
  EXPECT_THAT(ids({.states = {FlowState::Judging}}), ElementsAre(fourth));
  EXPECT_THAT(ids({.states = {FlowState::Judging, FlowState::Verifying}}), ElementsAre(fourth, first, second, third)) << "what is not dispatched stands by the day it was found";
  EXPECT_THAT(ids({.words = "乙商"}), ElementsAre(fourth));
  EXPECT_THAT(ids({.words = "疾病 乙"}), ElementsAre(fourth));
  EXPECT_THAT(ids({.words = "乙病"}), IsEmpty()) << "both characters are there, but not side by side";
  EXPECT_THAT(ids({.words = "100%"}), IsEmpty());
  EXPECT_THAT(ids({.unit = test::kFirst, .duties = {Duty::Handler}, .words = "疾病治疗"}), ElementsAre(first, second, third));
  ASSERT_TRUE(book.link_subject(second, "S-2", test::judge()));
  EXPECT_THAT(ids({.subject = "S-2"}), ElementsAre(second));
  const auto counts = book.desk_counts(test::handler().actor).value();
  EXPECT_EQ(counts.results, 3);
  EXPECT_EQ(counts.overdue, 1);
  EXPECT_EQ(counts.soon, 1);
  // page by page is the whole
  const ResultFilter all{.unit = test::kFirst, .duties = {Duty::Handler}, .limit = 2};
  const auto page = book.results(all, "05").value();
  EXPECT_EQ(page.count, (LineCount{3, false}));
  auto common = all;
  common.words = "病";
  EXPECT_EQ(book.results(common, "05")->count, (LineCount{2, true})) << "words along the list are counted to a page";
  auto rest = all;
  rest.after = page.lines.back().key;
  EXPECT_THAT(ids(rest), ElementsAre(third));
}

TEST(TaskBook, tasks_by_words_category_and_state) {
  TaskFolder folder;
  auto& book = *folder.book;
  const auto first = folder.running_task();
  auto daily = test::good_sheet();
  daily.name = "网店亮照亮证日常监测";
  daily.category = TaskCategory::Daily;
  const auto second = book.draft(daily, test::issuer()).value();
  const auto ids = [&](const TaskFilter& filter) {
    std::vector<std::int64_t> out;
    const auto page = book.tasks(filter, "").value();
    for (const auto& one : page.lines) out.push_back(one.id);
    return out;
  };
  EXPECT_THAT(ids({}), ElementsAre(first, second)) << "what has no day comes last";
  EXPECT_THAT(ids({.category = TaskCategory::Daily}), ElementsAre(second));
  EXPECT_THAT(ids({.states = {FlowState::Running}}), ElementsAre(first));
  EXPECT_THAT(ids({.unit = test::kOrg, .duties = {Duty::Issuer}}), ElementsAre(second));
  EXPECT_THAT(ids({.words = "亮证"}), ElementsAre(second));
  EXPECT_THAT(ids({.words = "练习-2026-0001"}), ElementsAre(first)) << "by its number";
  EXPECT_THAT(ids({.words = "证"}), ElementsAre(second)) << "one character";
  daily.name = "直播营销监测";
  ASSERT_TRUE(book.save(second, daily, test::issuer()));
  EXPECT_THAT(ids({.words = "亮证"}), IsEmpty());
  EXPECT_THAT(ids({.words = "直播"}), ElementsAre(second));
}

// 电子签名法 13, A-6.4a: signed by the person who made it
TEST(TaskBook, signed_by_the_officer) {
  TaskFolder folder;
  const auto keys = folder.path / "bureau";
  ASSERT_TRUE(test::make_sample_bureau(keys, {folder.clock.wall(), {}, {}, {}}));
  const auto bureau = test::open_sample_bureau(keys, folder.clock).value();
  const auto signer = bureau.officers.at(0);
  SigningHand hand{{signer->info().badge, signer->info().subject_cn, test::kOrg, {Duty::Issuer}}, signer};
  const auto id = folder.book->draft(test::good_sheet(), hand).value();
  const auto really = [&](ByteView signature, ByteView act, const std::string& badge) -> Status {
    GZ_TRY_ASSIGN(const auto who, who_signed(signature, act, bureau.org_root_pem));
    return who.badge == badge ? ok() : Status(fail(ErrorKind::Tampered, "another's"));
  };
  EXPECT_THAT(folder.book->check_route(FlowKind::Sheet, id, really).value(), IsEmpty());
  EXPECT_THAT(folder.book->items_with_routes(FlowKind::Sheet).value(), ElementsAre(id));
  SigningHand borrowed = hand;
  borrowed.actor.badge = "0000";
  EXPECT_EQ(folder.book->draft(test::good_sheet(), borrowed).error().kind, ErrorKind::Denied) << "under another's badge";
  EXPECT_EQ(folder.book->draft(test::good_sheet(), {hand.actor, nullptr}).error().kind, ErrorKind::Denied);
  ASSERT_TRUE(folder.book->database().run("UPDATE act SET signature=x'00'"));
  EXPECT_FALSE(folder.book->check_route(FlowKind::Sheet, id, really)->empty());
}

// Whoever changes the book by hand is found out.
TEST(TaskBook, what_was_changed_behind_the_book_is_told) {
  const auto found_after = [](const std::string& sql) {
    TaskFolder folder;
    const auto task = folder.running_task();
    const auto id = folder.dispatched(task);
    auto extend = order_of(FlowMove::Extend);
    extend.extension = ExtensionReason::Appraisal;
    extend.until = day_from("2026-11-30");
    extend.documents = {folder.document()};
    EXPECT_TRUE(folder.book->move(FlowKind::Result, id, extend, test::leader()));
    EXPECT_THAT(folder.book->check_route(FlowKind::Result, id, test::signed_by_badge).value(), IsEmpty());
    EXPECT_TRUE(folder.book->database().run(sql)) << sql;
    return folder.book->check_route(FlowKind::Result, id, test::signed_by_badge)->size();
  };
  for (const char* sql :
       {"UPDATE result SET due=due+30", "UPDATE result SET state=13", "UPDATE result SET violation='无'", "UPDATE result SET link='https://elsewhere.example'",
        "UPDATE move SET body=replace(body,'食品安全法','无') WHERE kind=1", "UPDATE move SET body=replace(body,'2026-11-30','2026-12-30') WHERE kind=1",
        "DELETE FROM move WHERE kind=1 AND number=4", "UPDATE act SET badge='99'", "DELETE FROM document", "UPDATE document SET bytes=x'00'", "UPDATE act SET log_seq=0", "UPDATE result SET measures=8", "UPDATE result SET closed_day=1", "INSERT INTO evidence VALUES(1,1,'LX-99')"})
    EXPECT_GT(found_after(sql), 0u) << sql;
}

TEST(TaskBook, the_operation_log_says_it_first) {
  TaskFolder folder;
  const auto task = folder.running_task();
  const auto before = text_in(folder);
  EXPECT_NE(before.find("op.task-act"), std::string::npos);
  // the book cannot keep it: the log has said it, and says that it was not done
  ASSERT_TRUE(folder.book->database().run("CREATE TRIGGER full BEFORE INSERT ON move BEGIN SELECT RAISE(ABORT,'no'); END"));
  const auto one = test::good_result();
  EXPECT_FALSE(folder.book->add_results(task, std::span(&one, 1), test::monitor()));
  const auto after = text_in(folder).substr(before.size());
  EXPECT_NE(after.find("op.task-act"), std::string::npos);
  EXPECT_NE(after.find("op.task-undone"), std::string::npos);
  EXPECT_THAT(folder.book->results_of(task).value(), IsEmpty());
  ASSERT_TRUE(folder.book->database().run("DROP TRIGGER full"));
  EXPECT_TRUE(folder.book->add_results(task, std::span(&one, 1), test::monitor()));
}

// A-6.4b: the notice of the next year comes in; open results whose day it moves are told and recounted by a signed move
TEST(TaskBook, an_imported_notice_moves_provisional_days) {
  TaskFolder folder;
  auto& book = *folder.book;
  folder.today("2026-12-18");
  const auto task = folder.running_task();
  const auto moved = folder.dispatched(task, 1);
  EXPECT_EQ(day_text(*book.result(moved)->item.due), "2027-01-11");
  const auto reading = read_notices("2027,通知,示例通知\n2027-01-01~2027-01-05,休,元旦\n");
  EXPECT_THAT(book.import_notices(reading.notices, test::leader()).value(), ElementsAre(moved));
  EXPECT_EQ(day_text(*book.result(moved)->item.due), "2027-01-11") << "nothing moves by itself";
  const std::vector<std::int64_t> ids{moved};
  EXPECT_EQ(book.move_all(FlowKind::Result, ids, order_of(FlowMove::Recount), test::leader())->done.size(), 1u);
  EXPECT_EQ(day_text(*book.result(moved)->item.due), "2027-01-13");
  EXPECT_THAT(book.check_route(FlowKind::Result, moved, test::signed_by_badge).value(), IsEmpty());
  EXPECT_FALSE(book.move(FlowKind::Result, moved, order_of(FlowMove::Recount), test::leader())) << "it is right now";
  const auto again = TaskBook::open(folder.path, folder.clock, *folder.log, {"练习-{年}-{序号4}"}).value();
  EXPECT_TRUE(again->calendar().has_notice(2027)) << "kept in the book";
  EXPECT_EQ(book.import_notices({{2028, "", true, {}}}, test::leader()).error().kind, ErrorKind::Invalid);
}

// B-5.2
TEST(TaskBook, clues_are_judged_into_a_task_or_dropped) {
  TaskFolder folder;
  auto& book = *folder.book;
  Clue clue{ClueSource::Transfer, "某市公安局", "移〔2026〕8号", day_from("2026-09-10"), "", "某网店", "", "涉嫌销售假药", {folder.document()}};
  const auto first = book.add_clue(clue, test::judge()).value(), second = book.add_clue(clue, test::issuer()).value();
  EXPECT_EQ(book.clue(first)->clue, clue);
  const auto task = book.draft(test::good_sheet(), test::issuer()).value();
  auto into = order_of(FlowMove::IntoTask);
  into.target = task;
  EXPECT_EQ(book.move(FlowKind::Clue, first, into, test::judge()).error().kind, ErrorKind::Invalid) << "the legal basis is compulsory";
  into.basis = "药品管理法";
  EXPECT_EQ(book.move(FlowKind::Clue, first, into, test::judge())->task, task);
  auto drop = order_of(FlowMove::Drop);
  EXPECT_FALSE(book.move(FlowKind::Clue, second, drop, test::judge()));
  drop.reason = "重复投诉";
  ASSERT_TRUE(book.move(FlowKind::Clue, second, drop, test::judge()));
  EXPECT_THAT(book.clues(true).value(), IsEmpty());
  EXPECT_EQ(book.clues(false)->size(), 2u);
  EXPECT_THAT(book.check_route(FlowKind::Clue, first, test::signed_by_badge).value(), IsEmpty());
  clue.documents = {{"无.pdf", std::string(64, 'd')}};
  EXPECT_EQ(book.add_clue(clue, test::judge()).error().kind, ErrorKind::Invalid);
}

TEST(TaskBook, what_is_not_there_and_what_cannot_be_kept) {
  TaskFolder folder;
  auto& book = *folder.book;
  EXPECT_EQ(book.task(1).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(book.result(1).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(book.move(FlowKind::Result, 1, order_of(FlowMove::Accept), test::handler()).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(book.document(std::string(64, 'a')).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(book.add_document("空.pdf", {}).error().kind, ErrorKind::Invalid);
  auto sheet = test::good_sheet();
  sheet.name = "\x01";
  EXPECT_EQ(book.draft(sheet, test::issuer()).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(book.draft(test::good_sheet(), test::judge()).error().kind, ErrorKind::Denied);
  EXPECT_EQ(TaskBook::open(folder.path, folder.clock, *folder.log, {"{年}"}).error().kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace guzheng
