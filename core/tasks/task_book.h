// Room tasks. The book of a station's monitoring work: sheets, results, clues, their routes, documents and notices, in STATE/tasks.sqlite.
// Case data, no evidence: what is evidence lies in the vault and is named here by its package's id.
// Every move goes through the table of flow.h, is signed by the person who makes it, and its act's digest stands in the operation log before
// anything is kept: what the log has and the book does not was not done (the program ended in between, or a later line op.task-undone says so).
// Thread-safe; every call blocks for the disk, so keep it off the GUI thread. One file, one writer at a time; window and command line may
// have it open at once.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/custody/oplog.h"
#include "core/sql/database.h"
#include "core/tasks/clue.h"
#include "core/tasks/flow.h"
#include "core/tasks/inbox.h"
#include "core/tasks/monitor_result.h"
#include "core/tasks/numbering.h"
#include "core/tasks/route.h"
#include "core/tasks/sheet.h"
#include "core/tasks/work_calendar.h"

namespace guzheng {

const SqlMigrations& task_migrations();

struct TaskEntry {
  FlowItem item;
  std::string number;                      // 编号; "" before it was first submitted
  TaskSheet sheet;
};
struct ResultEntry {
  FlowItem item;
  std::int64_t task = 0, serial = 0;       // 结果 3 of its task
  MonitorResult result;
  std::vector<std::string> packages;       // evidence, in the order it came
};
struct ClueEntry {
  FlowItem item;
  Clue clue;
};

struct RouteStep {
  MoveRecord move;
  std::string digest;
  std::int64_t act = 0;
};

// What a look through one item's route found; empty: nothing.
struct RouteTrouble {
  std::int64_t number = 0;                 // of the move; 0: the item as a whole
  std::string what;                        // English, one sentence
};

struct BulkRefusal {
  std::int64_t item = 0;
  std::optional<MoveProblem> problem;      // none: there is no such item
};
struct BulkOutcome {
  std::vector<std::int64_t> done;
  std::vector<BulkRefusal> refused;        // left as they were
};

class TaskBook {
 public:
  // `state`: the folder of the operation log. `clock` and `log` must outlive the book. `rule`: until set_number_rule() sets another.
  static Result<std::unique_ptr<TaskBook>> open(const std::filesystem::path& state, const Clock& clock, OperationLog& log, NumberRule rule = {});

  // Sheets. A draft may have gaps; Submit needs none. Invalid: what is written cannot be kept (draft_problems).
  Result<std::int64_t> draft(const TaskSheet& sheet, const SigningHand& hand);
  Status save(std::int64_t task, const TaskSheet& sheet, const SigningHand& hand);      // Draft, Returned, Revising only
  Result<TaskEntry> task(std::int64_t id);
  Result<std::int64_t> task_numbered(const std::string& number);         // by its exact 编号. NotFound
  // The sheet as it was when it was submitted for the `version`th time, from 1.
  Result<TaskSheet> submitted_sheet(std::int64_t task, int version);

  // Results. Invalid when one has problems: none is entered. At most 400 are one act; the task must be Running.
  Result<std::vector<std::int64_t>> add_results(std::int64_t task, std::span<const MonitorResult> results, const SigningHand& hand);
  // 补正: a result is kept as it was found. Put right it is a new one that takes the evidence over, and the old one is merged into it for this reason;
  // all of it one act, signed once. The new one's id. Denied or Invalid as for these moves, Invalid also when nothing was changed: nothing is kept.
  Result<std::int64_t> correct(std::int64_t result, const MonitorResult& right, const std::string& reason, const SigningHand& hand);
  Result<ResultEntry> result(std::int64_t id);
  Result<std::vector<ResultEntry>> results_of(std::int64_t task);                // by serial
  Result<std::set<std::pair<std::string, std::string>>> known_results(std::int64_t task);     // for read_results
  // The officer found the subject in the library, or took it away (""). Not a move: journalled in the operation log.
  Status link_subject(std::int64_t result, const std::string& subject, const SigningHand& hand);

  Result<std::int64_t> add_clue(const Clue& clue, const SigningHand& hand);
  Result<ClueEntry> clue(std::int64_t id);
  Result<std::vector<ClueEntry>> clues(bool open_only);                          // oldest first, at most 1000

  // Moves. Denied or Invalid: what move_problem said, in English; ask it for the form.
  Result<FlowItem> move(FlowKind kind, std::int64_t id, const MoveOrder& order, const SigningHand& hand);
  Result<std::optional<MoveProblem>> problem(FlowKind kind, std::int64_t id, const MoveOrder& order, const Actor& actor);
  // The same order for many (批量分派): those that cannot be moved are named, the others are moved, 400 an act.
  Result<BulkOutcome> move_all(FlowKind kind, std::span<const std::int64_t> ids, const MoveOrder& order, const SigningHand& hand);

  // Timeline, oldest first.
  Result<std::vector<RouteStep>> route(FlowKind kind, std::int64_t id);
  // Reads the route back, and the operation log each time: chain, table, the item's row, the contents that moves fixed, documents, signatures, the operation log.
  // `signed_by`: badge of whose signature over `act` that is, an error when it is nobody's (check_detached with the bureau's root).
  using SignatureCheck = std::function<Status(ByteView signature, ByteView act, const std::string& badge)>;
  Result<std::vector<std::int64_t>> items_with_routes(FlowKind kind);     // rising
  Result<std::vector<RouteTrouble>> check_route(FlowKind kind, std::int64_t id, const SignatureCheck& signed_by);

  // Documents, at most 32 MiB each. The same bytes are kept once.
  Result<Document> add_document(const std::string& name, ByteView bytes);
  Result<Bytes> document(const std::string& sha256);             // Tampered: they are not what was put in

  // The calendar with the notices that were imported. Takes a notice and tells which open results' days would move (Recount them).
  [[nodiscard]] WorkCalendar calendar() const;
  Result<std::vector<std::int64_t>> import_notices(const std::vector<CalendarNotice>& notices, const SigningHand& hand);

  // 编号规则 for sheets that get their number from now on; numbers given stay. Setting it needs the duty Leader (Denied) and stands in the
  // operation log (op.task-number-rule). A rule that comes back goes on counting where it stood; a number that is taken is passed over.
  Result<NumberRule> number_rule();
  Status set_number_rule(const NumberRule& rule, const SigningHand& hand);

  // Inbox: see inbox.h.
  Result<TaskPage> tasks(const TaskFilter& filter, const std::string& badge);
  Result<ResultPage> results(const ResultFilter& filter, const std::string& badge);
  Result<DeskCounts> desk_counts(const Actor& actor);
  Status mark_seen(FlowKind kind, std::int64_t id, const std::string& badge);
  Result<std::vector<Notice>> notices(const Actor& actor, bool unread_only, int limit = 100);
  Status mark_read(std::span<const std::int64_t> notices, const std::string& badge);

  // For analysis.h and bench.
  [[nodiscard]] Database& database() const { return *database_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }

 private:
  struct Pending;                          // a move that is about to be made
  using Build = std::function<Result<std::vector<Pending>>(const WorkCalendar&)>;
  TaskBook(std::unique_ptr<Database> database, const Clock& clock, OperationLog& log, NumberRule rule);
  Status load_calendar();
  Result<FlowItem> item(FlowKind kind, std::int64_t id);
  // Within a transaction: what is in the way of the order, or the move ready to be kept.
  Result<std::optional<MoveProblem>> look(const FlowItem& item, const MoveOrder& order, const Actor& actor, const WorkCalendar& calendar);
  Result<Pending> pending(const FlowItem& item, const MoveOrder& order, const Actor& actor, const WorkCalendar& calendar);
  Result<FlowItem> running_sheet(std::int64_t task, const Actor& actor);         // that results may be added to
  Result<Pending> new_result(const FlowItem& sheet, std::int64_t id, std::int64_t serial, const MonitorResult& result, const Actor& actor, const WorkCalendar& calendar);
  Result<std::int64_t> last_serial(std::int64_t task);
  Result<bool> has_documents(const std::vector<Document>& documents);
  // One act: builds its moves and keeps them, all or none, the operation log first.
  Status act(const SigningHand& hand, const Build& build);
  Status commit(std::vector<Pending>& moves, const SigningHand& hand, std::string& said);
  Status write_move(const Pending& pending, std::int64_t act, const std::string& badge);
  Status write_item(const Pending& pending);
  Status write_new(const Pending& pending);
  Status write_submitted(const Pending& pending);
  Status write_notices(const std::vector<Pending>& moves, const SigningHand& hand, WallTime at);
  Status recount_tasks(const std::vector<Pending>& moves);
  Result<std::string> next_number(WallTime at);
  Status name_tasks(std::vector<ResultLine>& lines);
  Result<std::int64_t> next_id(const char* table);
  Result<std::vector<RouteTrouble>> check_contents(FlowKind kind, std::int64_t id, const std::vector<RouteStep>& steps);

  const std::unique_ptr<Database> database_;
  const Clock& clock_;
  OperationLog& log_;
  const NumberRule rule_;
  mutable std::mutex calendar_mutex_;
  WorkCalendar calendar_;                  // guarded by calendar_mutex_
};

}  // namespace guzheng
