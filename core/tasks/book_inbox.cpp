// Lists of the inbox. Words go through the full-text index when they are rare, and along the list's own texts when they are common.
#include <algorithm>
#include <map>

#include "core/tasks/book_lists.h"
#include "core/tasks/book_rows.h"

namespace guzheng {

namespace {

using book::ListPlan;
using book::Run;
using book::Where;

// So many hits or fewer are looked at one by one, each at its own place in the file. A desk is short: going along its texts costs less than that.
constexpr int kRareHits = 3000, kRareHitsOfDesk = 300;

// Numbers of enumerators, for IN (…).
template <typename E>
std::string number_list(const std::set<E>& set) {
  std::string out;
  for (const auto one : set) out += (out.empty() ? "" : ",") + std::to_string(static_cast<int>(one));
  return out;
}

struct DueBounds {
  std::int64_t today, soon;
};

DueBounds due_bounds(const WorkCalendar& days, Day today) { return {day_number(today), day_number(days.after(today, kSoonDays).day)}; }

void add_due(Where& where, DueFilter due, const DueBounds& bounds) {
  if (due == DueFilter::Any) return;
  where.add("due IS NOT NULL AND wait_duty IS NOT NULL");
  if (due == DueFilter::Overdue) where.add("sort_day<?", {bounds.today});
  else where.add("sort_day BETWEEN ? AND ?", {bounds.today, bounds.soon});
}

// The runs of a filter: along who it waits for, or states, or the days of all.
template <typename Filter>
std::vector<Run> runs_of(const Filter& filter, const std::string& table, const Where& rest, bool by_words) {
  std::vector<Run> out;
  const auto add = [&](const std::string& index, const std::string& condition, std::vector<SqlValue> values) {
    Run run{table + index, {}};
    run.where.add(condition, std::move(values));
    run.where.add(rest.sql, rest.values);
    out.push_back(std::move(run));
  };
  if (!filter.duties.empty()) {
    for (const auto one : filter.duties) add(by_words ? "_wait_text" : "_wait", "wait_unit=? AND wait_duty=?", {filter.unit, static_cast<std::int64_t>(one)});
  } else if (!filter.states.empty()) {
    for (const auto state : filter.states) add("_state", "state=?", {static_cast<std::int64_t>(state)});
  } else {
    add(by_words ? "_text" : "_day", "1", {});
  }
  return out;
}

// Makes the plan one of the ids that the full-text index found, when it found few.
template <typename Filter>
Status look_for_rare(Database& database, const Filter& filter, const std::vector<std::string>& words, const Where& rest, ListPlan& plan) {
  if (words.empty()) return ok();
  plan.by_words = true;
  GZ_TRY_ASSIGN(plan.ids, book::rare_ids(database, plan.table + "_words", words, filter.duties.empty() ? kRareHits : kRareHitsOfDesk));
  if (!filter.duties.empty()) plan.among.add("wait_unit=? AND wait_duty IN (" + number_list(filter.duties) + ")", {filter.unit});
  plan.among.add(rest.sql, rest.values);
  return ok();
}

}  // namespace

Result<TaskPage> TaskBook::tasks(const TaskFilter& filter, const std::string& badge) {
  const auto bounds = due_bounds(calendar(), day_of(clock_.wall()));
  const auto words = book::words_in(filter.words);
  Where rest;
  if (!filter.states.empty()) rest.add("state IN (" + number_list(filter.states) + ")");
  if (filter.category) rest.add("category=?", {static_cast<std::int64_t>(*filter.category)});
  add_due(rest, filter.due, bounds);
  book::add_words(rest, words);
  ListPlan plan{"task", {}, {}, {}, false, filter.limit, filter.after};
  GZ_TRY(look_for_rare(*database_, filter, words, rest, plan));
  if (!plan.ids) {
    plan.runs = runs_of(filter, "task", rest, plan.by_words);
    if (plan.runs.front().index == "task_day" && filter.category) plan.runs.front().index = "task_category";
  }
  TaskPage page;
  GZ_TRY_ASSIGN(const auto list, book::read_list(*database_, plan));
  page.count = list.count;
  GZ_TRY_ASSIGN(const auto rows, book::rows_of(*database_, FlowKind::Sheet, "number,name,source,category,state,version,results,open_results,due,last_number", list.keys, badge));
  for (const auto& row : rows) {
    const auto at = [&row](std::size_t column) -> const SqlValue& { return row[book::kFirstColumn + column]; };
    TaskLine line;
    line.key = {book::number_of(row[0]), book::number_of(row[1])};
    line.id = line.key.id;
    line.number = book::text_of(at(0));
    line.name = book::text_of(at(1));
    line.source = book::text_of(at(2));
    if (const auto* category = std::get_if<std::int64_t>(&at(3))) line.category = static_cast<TaskCategory>(*category);
    line.state = static_cast<FlowState>(book::number_of(at(4)));
    line.version = static_cast<int>(book::number_of(at(5)));
    line.results = book::number_of(at(6));
    line.open_results = book::number_of(at(7));
    line.due = book::day_at(at(8));
    line.unread = book::number_of(at(9)) > book::number_of(row[book::kSeenColumn]);
    page.lines.push_back(std::move(line));
  }
  return page;
}

Status TaskBook::name_tasks(std::vector<ResultLine>& lines) {
  std::string ids;
  for (const auto& line : lines) ids += (ids.empty() ? "[" : ",") + std::to_string(line.task);
  if (lines.empty()) return ok();
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT id,number,name FROM task WHERE id IN (SELECT value FROM json_each(?))", {ids + "]"}));
  std::map<std::int64_t, const SqlRow*> tasks;
  for (const auto& row : rows) tasks[book::number_of(row[0])] = &row;
  for (auto& line : lines) {
    const auto task = tasks.find(line.task);
    if (task == tasks.end()) continue;
    line.task_number = book::text_of((*task->second)[1]);
    line.task_name = book::text_of((*task->second)[2]);
  }
  return ok();
}

Result<ResultPage> TaskBook::results(const ResultFilter& filter, const std::string& badge) {
  const auto bounds = due_bounds(calendar(), day_of(clock_.wall()));
  const auto words = book::words_in(filter.words);
  Where rest;
  if (!filter.states.empty()) rest.add("state IN (" + number_list(filter.states) + ")");
  if (filter.task) rest.add("task=?", {*filter.task});
  if (!filter.subject.empty()) rest.add("subject=?", {filter.subject});
  add_due(rest, filter.due, bounds);
  book::add_words(rest, words);
  ListPlan plan{"result", {}, {}, {}, false, filter.limit, filter.after};
  GZ_TRY(look_for_rare(*database_, filter, words, rest, plan));
  if (!plan.ids && (filter.task || !filter.subject.empty())) {
    Run run{filter.task ? "result_task" : "result_subject", plan.among};
    if (words.empty() && !filter.duties.empty()) run.where.add("wait_unit=? AND wait_duty IN (" + number_list(filter.duties) + ")", {filter.unit});
    if (words.empty()) run.where.add(rest.sql, rest.values);
    if (!filter.subject.empty()) run.where.add("subject<>''");
    plan.runs.push_back(std::move(run));
  } else if (!plan.ids) {
    plan.runs = runs_of(filter, "result", rest, plan.by_words);
  }
  ResultPage page;
  GZ_TRY_ASSIGN(const auto list, book::read_list(*database_, plan));
  page.count = list.count;
  GZ_TRY_ASSIGN(const auto rows, book::rows_of(*database_, FlowKind::Result, "task,serial,operator_name,violation,platform,field,state,outcome,unit,due,last_number", list.keys, badge));
  for (const auto& row : rows) {
    const auto at = [&row](std::size_t column) -> const SqlValue& { return row[book::kFirstColumn + column]; };
    ResultLine line;
    line.key = {book::number_of(row[0]), book::number_of(row[1])};
    line.id = line.key.id;
    line.task = book::number_of(at(0));
    line.serial = book::number_of(at(1));
    line.operator_name = book::text_of(at(2));
    line.violation = book::text_of(at(3));
    line.platform = book::text_of(at(4));
    line.field = book::text_of(at(5));
    line.state = static_cast<FlowState>(book::number_of(at(6)));
    line.outcome = static_cast<ClueOutcome>(book::number_of(at(7)));
    line.unit = book::text_of(at(8));
    line.due = book::day_at(at(9));
    line.unread = book::number_of(at(10)) > book::number_of(row[book::kSeenColumn]);
    page.lines.push_back(std::move(line));
  }
  GZ_TRY(name_tasks(page.lines));
  return page;
}

Result<DeskCounts> TaskBook::desk_counts(const Actor& actor) {
  const auto bounds = due_bounds(calendar(), day_of(clock_.wall()));
  const auto count = [&](const std::string& table, const std::string& more, const std::vector<SqlValue>& values) -> Result<int> {
    std::vector<Run> runs;
    for (const auto one : actor.duties) {
      Run run{table + "_wait", {}};
      run.where.add("wait_unit=? AND wait_duty=?", {actor.unit, static_cast<std::int64_t>(one)});
      run.where.add(more, values);
      runs.push_back(std::move(run));
    }
    GZ_TRY_ASSIGN(const auto counted, book::count_runs(*database_, table, runs, kMostCount));
    return counted.lines;
  };
  DeskCounts out;
  GZ_TRY_ASSIGN(out.tasks, count("task", "1", {}));
  GZ_TRY_ASSIGN(out.results, count("result", "1", {}));
  GZ_TRY_ASSIGN(out.overdue, count("result", "due IS NOT NULL AND sort_day<?", {bounds.today}));
  GZ_TRY_ASSIGN(out.soon, count("result", "due IS NOT NULL AND sort_day BETWEEN ? AND ?", {bounds.today, bounds.soon}));
  GZ_TRY_ASSIGN(const auto unread, notices(actor, true, kMostCount));
  out.notices = static_cast<int>(unread.size());
  return out;
}

}  // namespace guzheng
