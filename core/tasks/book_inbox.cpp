// Lists of the inbox. Each runs along one index in the order it shows, so that a page costs what a page costs, whatever the book holds; several
// duties or states are several runs, merged. Words go through the full-text index when they are rare and along the list when they are common.
#include <algorithm>

#include "core/tasks/book_rows.h"
#include "core/tasks/search_words.h"
#include "core/tasks/text_check.h"

namespace guzheng {

namespace {

constexpr int kRareWords = 2000;                 // so many hits or fewer are looked at one by one
constexpr int kMostPage = 1000;

struct Where {
  std::string sql = "1";
  std::vector<SqlValue> values;
  void add(const std::string& condition, std::vector<SqlValue> more = {}) {
    sql += " AND " + condition;
    for (auto& value : more) values.push_back(std::move(value));
  }
};

// One way through a table: an index and what holds along it.
struct Run {
  std::string index;                             // "": by id, of what the full-text index found
  Where where;
};

struct ListPlan {
  std::string table, columns;
  std::vector<Run> runs;
  int limit = 100;
  std::optional<PageKey> after;
  int most = kMostCount;                         // where counting stops
};

// Numbers of enumerators, for IN (…).
template <typename E>
std::string number_list(const std::set<E>& set) {
  std::string out;
  for (const auto one : set) out += (out.empty() ? "" : ",") + std::to_string(static_cast<int>(one));
  return out;
}

std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> out;
  std::string rest = stripped(text);
  while (!rest.empty()) {
    const auto blank = rest.find(' ');
    out.push_back(rest.substr(0, blank));
    rest = blank == std::string::npos ? std::string() : stripped(rest.substr(blank));
  }
  return out;
}

// Every word somewhere in one of the columns.
void add_words(Where& where, const std::vector<std::string>& words, const std::vector<const char*>& columns) {
  for (const auto& word : words) {
    std::string any;
    std::vector<SqlValue> values;
    for (const char* column : columns) {
      any += (any.empty() ? "(" : " OR ") + std::string(column) + " LIKE ? ESCAPE '\\'";
      values.emplace_back(like_text(word));
    }
    where.add(any + ")", std::move(values));
  }
}

// Ids of rows that may hold the words, as a JSON array; empty: too many, or the index cannot tell.
Result<std::optional<std::string>> rare_ids(Database& database, const std::string& table, const std::vector<std::string>& words) {
  std::string match;
  for (const auto& word : words) {
    const auto part = match_text(word);
    if (!part.empty()) match += (match.empty() ? "" : " ") + part;
  }
  if (match.empty()) return std::optional<std::string>();
  GZ_TRY_ASSIGN(const auto rows, database.query("SELECT rowid FROM " + table + " WHERE " + table + " MATCH ? LIMIT " + std::to_string(kRareWords + 1), {match}));
  if (rows.size() > static_cast<std::size_t>(kRareWords)) return std::optional<std::string>();
  std::string out;
  for (const auto& row : rows) out += (out.empty() ? "[" : ",") + std::to_string(book::number_of(row[0]));
  return std::optional<std::string>(out.empty() ? "[]" : out + "]");
}

std::string source_of(const ListPlan& plan, const Run& run) { return plan.table + (run.index.empty() ? "" : " INDEXED BY " + run.index) + " WHERE " + run.where.sql; }

Result<LineCount> count_plan(Database& database, const ListPlan& plan) {
  std::int64_t count = 0;
  for (const auto& run : plan.runs) {
    const auto left = plan.most + 1 - count;
    if (left <= 0) break;
    GZ_TRY_ASSIGN(const auto rows, database.query("SELECT COUNT(*) FROM (SELECT 1 FROM " + source_of(plan, run) + " LIMIT " + std::to_string(left) + ")", run.where.values));
    count += book::number_of(rows.at(0)[0]);
  }
  return LineCount{static_cast<int>(std::min<std::int64_t>(count, plan.most)), count > plan.most};
}

// Rows of all runs in order; the first two columns are sort_day and id.
Result<std::vector<SqlRow>> read_plan(Database& database, const ListPlan& plan) {
  const int limit = std::clamp(plan.limit, 1, kMostPage);
  std::vector<SqlRow> all;
  for (const auto& run : plan.runs) {
    auto sql = "SELECT sort_day,id," + plan.columns + " FROM " + source_of(plan, run);
    auto values = run.where.values;
    if (plan.after) {
      sql += " AND (sort_day,id)>(?,?)";
      values.emplace_back(plan.after->day);
      values.emplace_back(plan.after->id);
    }
    GZ_TRY_ASSIGN(auto rows, database.query(sql + " ORDER BY sort_day,id LIMIT " + std::to_string(limit), values));
    std::move(rows.begin(), rows.end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(), [](const SqlRow& a, const SqlRow& b) { return std::pair(book::number_of(a[0]), book::number_of(a[1])) < std::pair(book::number_of(b[0]), book::number_of(b[1])); });
  if (all.size() > static_cast<std::size_t>(limit)) all.resize(static_cast<std::size_t>(limit));
  return all;
}

struct DueBounds {
  std::int64_t today, soon;
};

// Whom it waits for; an empty set: whoever.
void add_duties(Where& where, const std::set<Duty>& duties, const std::string& unit) {
  if (!duties.empty()) where.add("wait_unit=? AND wait_duty IN (" + number_list(duties) + ")", {unit});
}

void add_due(Where& where, DueFilter due, const DueBounds& bounds) {
  if (due == DueFilter::Any) return;
  where.add("due IS NOT NULL AND wait_duty IS NOT NULL");
  if (due == DueFilter::Overdue) where.add("sort_day<?", {bounds.today});
  else where.add("sort_day BETWEEN ? AND ?", {bounds.today, bounds.soon});
}

DueBounds due_bounds(const WorkCalendar& days, Day today) { return {day_number(today), day_number(days.after(today, kSoonDays).day)}; }

// Numbers of the last move that this person has seen, by id.
Result<std::vector<std::int64_t>> seen_numbers(Database& database, FlowKind kind, const std::vector<SqlRow>& rows, const std::string& badge) {
  std::vector<std::int64_t> out;
  for (const auto& row : rows) {
    GZ_TRY_ASSIGN(const auto found, database.query("SELECT number FROM seen WHERE badge=? AND kind=? AND item=?", {badge, static_cast<std::int64_t>(kind), row[1]}));
    out.push_back(found.empty() ? 0 : book::number_of(found[0][0]));
  }
  return out;
}

// The runs of a filter: along who it waits for, or a task, or states, or the days of all.
template <typename Filter>
std::vector<Run> runs_of(const Filter& filter, const std::string& table, const Where& rest, bool along_states) {
  std::vector<Run> out;
  const auto add = [&](const std::string& index, const std::string& condition, std::vector<SqlValue> values) {
    Run run{index, {}};
    run.where.add(condition, std::move(values));
    run.where.add(rest.sql, rest.values);
    out.push_back(std::move(run));
  };
  if (!filter.duties.empty()) {
    for (const auto one : filter.duties) add(table + "_wait", "wait_unit=? AND wait_duty=?", {filter.unit, static_cast<std::int64_t>(one)});
  } else if (along_states) {
    for (const auto state : filter.states) add(table + "_state", "state=?", {static_cast<std::int64_t>(state)});
  } else {
    add(table + "_day", "1", {});
  }
  return out;
}

}  // namespace

Result<TaskPage> TaskBook::tasks(const TaskFilter& filter, const std::string& badge) {
  const auto bounds = due_bounds(calendar(), day_of(clock_.wall()));
  const auto words = words_in(filter.words);
  Where rest;
  if (!filter.states.empty()) rest.add("state IN (" + number_list(filter.states) + ")");
  if (filter.category) rest.add("category=?", {static_cast<std::int64_t>(*filter.category)});
  add_due(rest, filter.due, bounds);
  add_words(rest, words, {"number", "name", "source"});
  ListPlan plan{"task", "number,name,category,state,version,results,open_results,due,last_number", {}, filter.limit, filter.after};
  std::optional<std::string> ids;
  if (!words.empty()) {
    GZ_TRY_ASSIGN(ids, rare_ids(*database_, "task_words", words));
  }
  if (ids) {
    Run run;
    run.where.add("id IN (SELECT value FROM json_each(?))", {*ids});
    add_duties(run.where, filter.duties, filter.unit);
    run.where.add(rest.sql, rest.values);
    plan.runs.push_back(std::move(run));
  } else {
    plan.runs = runs_of(filter, "task", rest, !filter.states.empty());
    if (!words.empty()) plan.most = std::clamp(filter.limit, 1, kMostPage);
    if (filter.duties.empty() && filter.states.empty() && filter.category) plan.runs.front().index = "task_category";
  }
  GZ_TRY_ASSIGN(const auto rows, read_plan(*database_, plan));
  GZ_TRY_ASSIGN(const auto seen, seen_numbers(*database_, FlowKind::Sheet, rows, badge));
  TaskPage page;
  GZ_TRY_ASSIGN(page.count, count_plan(*database_, plan));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    TaskLine line;
    line.key = {book::number_of(row[0]), book::number_of(row[1])};
    line.id = line.key.id;
    line.number = book::text_of(row[2]);
    line.name = book::text_of(row[3]);
    if (const auto* category = std::get_if<std::int64_t>(&row[4])) line.category = static_cast<TaskCategory>(*category);
    line.state = static_cast<FlowState>(book::number_of(row[5]));
    line.version = static_cast<int>(book::number_of(row[6]));
    line.results = book::number_of(row[7]);
    line.open_results = book::number_of(row[8]);
    line.due = book::day_at(row[9]);
    line.unread = book::number_of(row[10]) > seen[i];
    page.lines.push_back(std::move(line));
  }
  return page;
}

Result<ResultPage> TaskBook::results(const ResultFilter& filter, const std::string& badge) {
  const auto bounds = due_bounds(calendar(), day_of(clock_.wall()));
  const auto words = words_in(filter.words);
  Where rest;
  if (!filter.states.empty()) rest.add("state IN (" + number_list(filter.states) + ")");
  if (filter.task) rest.add("task=?", {*filter.task});
  if (!filter.subject.empty()) rest.add("subject=?", {filter.subject});
  add_due(rest, filter.due, bounds);
  add_words(rest, words, {"operator_name", "violation", "platform", "field", "credit_code", "outside_number"});
  ListPlan plan{"result", "task,serial,operator_name,violation,platform,field,state,outcome,unit,due,last_number", {}, filter.limit, filter.after};
  std::optional<std::string> ids;
  if (!words.empty()) {
    GZ_TRY_ASSIGN(ids, rare_ids(*database_, "result_words", words));
  }
  if (ids) {
    Run run;
    run.where.add("id IN (SELECT value FROM json_each(?))", {*ids});
    add_duties(run.where, filter.duties, filter.unit);
    run.where.add(rest.sql, rest.values);
    plan.runs.push_back(std::move(run));
  } else if (filter.task || !filter.subject.empty()) {
    Run run{filter.task ? "result_task" : "result_subject", {}};
    add_duties(run.where, filter.duties, filter.unit);
    if (!filter.subject.empty()) run.where.add("subject<>''");
    run.where.add(rest.sql, rest.values);
    plan.runs.push_back(std::move(run));
  } else {
    plan.runs = runs_of(filter, "result", rest, !filter.states.empty());
  }
  if (!ids && !words.empty()) plan.most = std::clamp(filter.limit, 1, kMostPage);
  GZ_TRY_ASSIGN(const auto rows, read_plan(*database_, plan));
  GZ_TRY_ASSIGN(const auto seen, seen_numbers(*database_, FlowKind::Result, rows, badge));
  ResultPage page;
  GZ_TRY_ASSIGN(page.count, count_plan(*database_, plan));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    ResultLine line;
    line.key = {book::number_of(row[0]), book::number_of(row[1])};
    line.id = line.key.id;
    line.task = book::number_of(row[2]);
    line.serial = book::number_of(row[3]);
    line.operator_name = book::text_of(row[4]);
    line.violation = book::text_of(row[5]);
    line.platform = book::text_of(row[6]);
    line.field = book::text_of(row[7]);
    line.state = static_cast<FlowState>(book::number_of(row[8]));
    line.outcome = static_cast<ClueOutcome>(book::number_of(row[9]));
    line.unit = book::text_of(row[10]);
    line.due = book::day_at(row[11]);
    line.unread = book::number_of(row[12]) > seen[i];
    page.lines.push_back(std::move(line));
  }
  return page;
}

Result<DeskCounts> TaskBook::desk_counts(const Actor& actor) {
  const auto bounds = due_bounds(calendar(), day_of(clock_.wall()));
  const auto count = [&](const std::string& table, const std::string& more, const std::vector<SqlValue>& values) -> Result<int> {
    ListPlan plan{table, "", {}, 1, {}};
    for (const auto one : actor.duties) {
      Run run{table + "_wait", {}};
      run.where.add("wait_unit=? AND wait_duty=?", {actor.unit, static_cast<std::int64_t>(one)});
      run.where.add(more, values);
      plan.runs.push_back(std::move(run));
    }
    GZ_TRY_ASSIGN(const auto counted, count_plan(*database_, plan));
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
