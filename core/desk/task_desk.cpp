#include "core/desk/task_desk.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/desk/practice_tasks.h"
#include "core/desk/task_files.h"
#include "core/desk/task_hand.h"
#include "core/tasks/numbering.h"

namespace guzheng {

namespace {
constexpr int kNewTaskDays = 20;           // working days that a new sheet proposes
}

TaskDesk::TaskDesk(StationDesk& station) : station_(station) {
  reads_.setMaxThreadCount(2);
  writes_.setMaxThreadCount(1);            // moves stay in the order of the clicks
  connect(&station_, &StationDesk::opened, this, &TaskDesk::open);
  connect(&station_, &StationDesk::seated, this, [this] {
    if (book_) emit changed();             // whose desk it is decides what waits on it
  });
}

TaskDesk::~TaskDesk() { stop(); }

void TaskDesk::stop() {
  stopped_ = true;
  reads_.waitForDone();
  writes_.waitForDone();
}

bool TaskDesk::may_change() const { return is_open() && !actor().badge.empty(); }

Actor TaskDesk::actor() const { return task_actor(station_); }

SigningHand TaskDesk::hand() const { return task_hand(station_); }

std::vector<FlowMove> TaskDesk::moves(const FlowItem& item) const {
  auto out = ready_moves(item, actor(), calendar());
  std::erase_if(out, [](FlowMove move) { return move == FlowMove::Create || move == FlowMove::Attach; });
  return out;
}

Result<TaskDesk::Opened> TaskDesk::open_book(const std::filesystem::path& folder, const std::filesystem::path& log, const Clock& clock, bool practice, const SigningHand& hand) {
  Opened out;
  GZ_TRY_ASSIGN(out.log, OperationLog::open(log, clock));        // its own hand on the log: the book waits until a line stands
  GZ_TRY_ASSIGN(out.book, TaskBook::open(folder, clock, *out.log, first_rule(practice)));
  if (practice && hand.signer) { GZ_TRY(fill_practice_tasks(*out.book, hand, day_of(clock.wall()))); }
  return out;
}

void TaskDesk::open() {
  if (book_ || opening_ || stopped_) return;
  opening_ = true;
  run_then(writes_, this,
           [folder = station_.private_folder(), log = station_.log_path(), clock = &station_.clock(), practice = station_.card().practice && !station_.policy(), hand = hand()] {
             return open_book(folder, log, *clock, practice, hand);
           },
           [this](Result<Opened> out) {
             opening_ = false;
             if (stopped_) return;
             if (!out) return emit failed(out.error());
             log_ = std::move(out->log);
             book_ = std::move(out->book);
             emit opened();
             emit changed();
             emit station_.logged();
           });
}

template <typename Work, typename T>
void TaskDesk::read(Work work, QObject* to, Told<T> told) {
  if (!book_ || stopped_) return;
  run_then(reads_, this, [work = std::move(work), book = book_] { return work(*book); }, [to = QPointer<QObject>(to), told = std::move(told)](const Result<T>& value) {
    if (to && told) told(value);
  });
}

template <typename Work, typename T>
void TaskDesk::act(Work work, QObject* to, Told<T> told) {
  if (stopped_) return;
  if (!may_change()) {
    if (told) told(fail(ErrorKind::Denied, "nobody is logged in, or the book of tasks is not open"));
    return;
  }
  run_then(writes_, this, [work = std::move(work), book = book_, hand = hand()] { return work(*book, hand); },
           [this, to = QPointer<QObject>(to), told = std::move(told)](const Result<T>& value) {
             if (value && !stopped_) {
               emit station_.logged();
               emit changed();
             }
             if (to && told) told(value);
           });
}

void TaskDesk::list(const TaskFilter& filter, QObject* to, Told<TaskPage> told) {
  read([filter, badge = actor().badge](TaskBook& book) { return book.tasks(filter, badge); }, to, std::move(told));
}

void TaskDesk::list_results(const ResultFilter& filter, QObject* to, Told<ResultPage> told) {
  read([filter, badge = actor().badge](TaskBook& book) { return book.results(filter, badge); }, to, std::move(told));
}

void TaskDesk::counts(QObject* to, Told<DeskCounts> told) {
  read([actor = actor()](TaskBook& book) { return book.desk_counts(actor); }, to, std::move(told));
}

void TaskDesk::task(std::int64_t id, QObject* to, Told<TaskView> told) {
  read([id](TaskBook& book) -> Result<TaskView> {
    TaskView out;
    GZ_TRY_ASSIGN(out.entry, book.task(id));
    GZ_TRY_ASSIGN(out.results, book.results_of(id));
    GZ_TRY_ASSIGN(out.route, book.route(FlowKind::Sheet, id));
    return out;
  }, to, std::move(told));
}

void TaskDesk::result(std::int64_t id, QObject* to, Told<ResultView> told) {
  read([id, today = today()](TaskBook& book) -> Result<ResultView> {
    ResultView out;
    GZ_TRY_ASSIGN(out.entry, book.result(id));
    GZ_TRY_ASSIGN(const auto task, book.task(out.entry.task));
    out.task_number = task.number;
    out.task_name = task.sheet.name;
    GZ_TRY_ASSIGN(out.route, book.route(FlowKind::Result, id));
    const auto& item = out.entry.item;
    if (item.merged_into) {
      GZ_TRY_ASSIGN(const auto into, book.result(item.merged_into));
      out.merged_into = into.serial;
    }
    if (!item.due || !item.dispatched) return out;
    const auto days = book.calendar();
    out.standing = deadline_standing(days, *item.due, today);
    out.granted = days.between(*item.dispatched, *item.due);
    return out;
  }, to, std::move(told));
}

void TaskDesk::route(FlowKind kind, std::int64_t id, QObject* to, Told<std::vector<RouteStep>> told) {
  read([kind, id](TaskBook& book) { return book.route(kind, id); }, to, std::move(told));
}

void TaskDesk::clues(bool open_only, QObject* to, Told<std::vector<ClueEntry>> told) {
  read([open_only](TaskBook& book) { return book.clues(open_only); }, to, std::move(told));
}

void TaskDesk::notices(QObject* to, Told<std::vector<Notice>> told) {
  read([actor = actor()](TaskBook& book) { return book.notices(actor, true); }, to, std::move(told));
}

void TaskDesk::mark_read(const std::vector<std::int64_t>& notices) {
  act([notices](TaskBook& book, const SigningHand& hand) { return book.mark_read(notices, hand.actor.badge); }, this, Told<void>());
}

void TaskDesk::mark_seen(FlowKind kind, std::int64_t id) {
  if (!book_ || stopped_) return;
  run_then(writes_, this, [kind, id, book = book_, badge = actor().badge] { return badge.empty() ? ok() : book->mark_seen(kind, id, badge); }, [](const Status& done) {
    if (!done) log_warn("desk", "unread mark of a task: " + done.error().what);
  });
}

void TaskDesk::draft(const TaskSheet& sheet, QObject* to, Told<std::int64_t> told) {
  act([sheet](TaskBook& book, const SigningHand& hand) { return book.draft(sheet, hand); }, to, std::move(told));
}

void TaskDesk::save(std::int64_t task, const TaskSheet& sheet, QObject* to, Told<void> told) {
  act([task, sheet](TaskBook& book, const SigningHand& hand) { return book.save(task, sheet, hand); }, to, std::move(told));
}

void TaskDesk::add_results(std::int64_t task, const std::vector<MonitorResult>& results, QObject* to, Told<std::vector<std::int64_t>> told) {
  act([task, results](TaskBook& book, const SigningHand& hand) { return book.add_results(task, results, hand); }, to, std::move(told));
}

void TaskDesk::add_clue(const Clue& clue, QObject* to, Told<std::int64_t> told) {
  act([clue](TaskBook& book, const SigningHand& hand) { return book.add_clue(clue, hand); }, to, std::move(told));
}

TaskSheet TaskDesk::fresh_sheet() const {
  TaskSheet out;
  out.issuer = actor().unit;
  out.methods = {TaskMethod::Own};
  out.from = today();
  out.until = calendar().after(today(), kNewTaskDays).day;
  return out;
}

void TaskDesk::into_new_task(std::int64_t clue, const MoveOrder& order, QObject* to, Told<FlowItem> told) {
  act([clue, order, sheet = fresh_sheet()](TaskBook& book, const SigningHand& hand) { return task_from_clue(book, clue, order, sheet, hand); }, to, std::move(told));
}

void TaskDesk::link_subject(std::int64_t result, const std::string& subject, QObject* to, Told<void> told) {
  act([result, subject](TaskBook& book, const SigningHand& hand) { return book.link_subject(result, subject, hand); }, to, std::move(told));
}

void TaskDesk::move(FlowKind kind, std::int64_t id, const MoveOrder& order, QObject* to, Told<FlowItem> told) {
  act([kind, id, order](TaskBook& book, const SigningHand& hand) { return book.move(kind, id, order, hand); }, to, std::move(told));
}

void TaskDesk::move_all(FlowKind kind, const std::vector<std::int64_t>& ids, const MoveOrder& order, QObject* to, Told<BulkOutcome> told) {
  act([kind, ids, order](TaskBook& book, const SigningHand& hand) { return book.move_all(kind, ids, order, hand); }, to, std::move(told));
}

void TaskDesk::add_document(const std::filesystem::path& file, QObject* to, Told<Document> told) {
  act([file](TaskBook& book, const SigningHand&) { return keep_document(book, file); }, to, std::move(told));
}

void TaskDesk::save_document(const Document& document, const std::filesystem::path& file, QObject* to, Told<void> told) {
  read([document, file](TaskBook& book) -> Status {
    GZ_TRY_ASSIGN(const auto bytes, book.document(document.sha256));
    return write_atomically(file, bytes);
  }, to, std::move(told));
}

void TaskDesk::correct(std::int64_t result, const MonitorResult& right, const std::string& reason, QObject* to, Told<std::int64_t> told) {
  act([result, right, reason](TaskBook& book, const SigningHand& hand) { return book.correct(result, right, reason, hand); }, to, std::move(told));
}

void TaskDesk::read_table(std::int64_t task, const std::filesystem::path& file, const std::string& found_by, QObject* to, Told<ResultFile> told) {
  read([task, file, found_by](TaskBook& book) { return read_result_file(book, task, file, found_by); }, to, std::move(told));
}

CaptureOrder TaskDesk::capture_order(const TaskEntry& task, const ResultEntry& result) {
  CaptureOrder out;
  out.order_no = evidence_number(task.number, result.serial);
  out.task = task.number + " " + task.sheet.name;
  out.reason = result.result.violation;
  out.what = result.result.violation;
  out.subject_name = result.result.operator_name;
  out.shop = result.result.operator_name;      // until the officer writes what the page shows
  out.credit_code = result.result.credit_code;
  out.platform = result.result.platform;
  out.link = result.result.link;
  return out;
}

void TaskDesk::keep_capture(const CaptureOrder& order, const std::string& package) {
  act([number = order.order_no, package](TaskBook& book, const SigningHand& hand) { return attach_package(book, number, package, hand); }, this,
      Told<std::int64_t>([this, package](const Result<std::int64_t>& result) {
        if (!result) emit evidence_lost(package, result.error());
        else if (*result) emit evidence_came(*result, package);
      }));
}

}  // namespace guzheng
