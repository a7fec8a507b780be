// Room desk. The monitoring tasks 监测任务 of this station: the book of room tasks, opened beside the operation log once the station is
// open; its lists, one sheet, one result; and moves, each signed by the officer at the desk and journalled by the book. On its first start the
// practice desk's book gets some tasks (practice_tasks.h).
// GUI thread; answers come there through `told`, and are dropped when `to` is gone. Reads run on two threads, what changes the book on one.
#pragma once

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <atomic>
#include <map>
#include <memory>
#include <vector>

#include "core/desk/station_desk.h"
#include "core/desk/subject_desk.h"
#include "core/desk/workers.h"
#include "core/tasks/result_file.h"
#include "core/tasks/task_book.h"

namespace guzheng {

// A sheet as the window shows it.
struct TaskView {
  TaskEntry entry;
  std::vector<ResultEntry> results;        // by serial
  std::vector<RouteStep> route;
};
// A result, with the days its deadline is made of.
struct ResultView {
  ResultEntry entry;
  std::string task_number, task_name;
  std::vector<RouteStep> route;
  std::optional<DeadlineStanding> standing;
  int granted = 0;                         // working days from dispatch to the due day
  std::int64_t merged_into = 0;            // serial of the result it was merged into; 0: none
};

class TaskDesk : public QObject {
  Q_OBJECT
 public:
  explicit TaskDesk(StationDesk& station);
  ~TaskDesk() override;
  void stop();                             // lets running work end; nothing is taken any more

  [[nodiscard]] bool is_open() const { return book_ != nullptr; }
  [[nodiscard]] std::shared_ptr<TaskBook> book() const { return book_; }      // for the desks of analysis and settings; null while it is not open
  [[nodiscard]] bool may_change() const;
  [[nodiscard]] StationDesk& station() const { return station_; }
  [[nodiscard]] Actor actor() const;       // the officer at the desk; without badge: nobody
  [[nodiscard]] Day today() const { return day_of(station_.clock().wall()); }
  [[nodiscard]] WorkCalendar calendar() const { return book_ ? book_->calendar() : WorkCalendar::built_in(); }
  [[nodiscard]] DeadlineStanding standing(Day due) const { return deadline_standing(calendar(), due, today()); }
  // What this officer could do now with it, as the state machine says; without what the window does by itself (Create, Attach).
  [[nodiscard]] std::vector<FlowMove> moves(const FlowItem& item) const;

  void list(const TaskFilter& filter, QObject* to, Told<TaskPage> told);
  void list_results(const ResultFilter& filter, QObject* to, Told<ResultPage> told);
  void counts(QObject* to, Told<DeskCounts> told);
  void task(std::int64_t id, QObject* to, Told<TaskView> told);
  void result(std::int64_t id, QObject* to, Told<ResultView> told);
  void route(FlowKind kind, std::int64_t id, QObject* to, Told<std::vector<RouteStep>> told);
  void clues(bool open_only, QObject* to, Told<std::vector<ClueEntry>> told);
  void notices(QObject* to, Told<std::vector<Notice>> told);             // unread, newest first
  void mark_read(const std::vector<std::int64_t>& notices);
  void mark_seen(FlowKind kind, std::int64_t id);

  // A sheet as a new one begins: by this unit, from today on.
  [[nodiscard]] TaskSheet fresh_sheet() const;

  // Acts; changed() after each that was done.
  void draft(const TaskSheet& sheet, QObject* to, Told<std::int64_t> told);
  void save(std::int64_t task, const TaskSheet& sheet, QObject* to, Told<void> told);
  void add_results(std::int64_t task, const std::vector<MonitorResult>& results, QObject* to, Told<std::vector<std::int64_t>> told);
  void add_clue(const Clue& clue, QObject* to, Told<std::int64_t> told);
  // A clue into a task that is drafted for it, with what the clue says filled in (GB/T 37919 5.2). `order` as for IntoTask, without its target.
  void into_new_task(std::int64_t clue, const MoveOrder& order, QObject* to, Told<FlowItem> told);
  void link_subject(std::int64_t result, const std::string& subject, QObject* to, Told<void> told);
  void move(FlowKind kind, std::int64_t id, const MoveOrder& order, QObject* to, Told<FlowItem> told);
  void move_all(FlowKind kind, const std::vector<std::int64_t>& ids, const MoveOrder& order, QObject* to, Told<BulkOutcome> told);
  // 补正: as TaskBook::correct, one act.
  void correct(std::int64_t result, const MonitorResult& right, const std::string& reason, QObject* to, Told<std::int64_t> told);
  void add_document(const std::filesystem::path& file, QObject* to, Told<Document> told);
  void save_document(const Document& document, const std::filesystem::path& file, QObject* to, Told<void> told);

  // Results that a third party hands over as CSV, XLSX or JSON Lines (A-6.3a): read first, entered with add_results.
  void read_table(std::int64_t task, const std::filesystem::path& file, const std::string& found_by, QObject* to, Told<ResultFile> told);

  // 去取证: the order for a result's evidence. A package that was sealed for such an order comes back to its result (by order_no, whenever that is).
  [[nodiscard]] static CaptureOrder capture_order(const TaskEntry& task, const ResultEntry& result);
  void keep_capture(const CaptureOrder& order, const std::string& package);

 signals:
  void opened();
  void failed(const guzheng::Error& error);
  void changed();
  void evidence_came(qint64 result, const std::string& package);
  void evidence_lost(const std::string& package, const guzheng::Error& error);     // it could not be written down at its result

 private:
  struct Opened {
    std::shared_ptr<OperationLog> log;     // goes after the book
    std::shared_ptr<TaskBook> book;
  };
  static Result<Opened> open_book(const std::filesystem::path& folder, const std::filesystem::path& log, const Clock& clock, bool practice, const SigningHand& hand);
  void open();
  [[nodiscard]] SigningHand hand() const;
  template <typename Work, typename T>
  void read(Work work, QObject* to, Told<T> told);
  template <typename Work, typename T>
  void act(Work work, QObject* to, Told<T> told);

  StationDesk& station_;
  std::shared_ptr<OperationLog> log_;
  std::shared_ptr<TaskBook> book_;
  QThreadPool reads_, writes_;
  bool stopped_ = false, opening_ = false;
};

}  // namespace guzheng
