// Sheets, results, clues: how they come in and how they are read.
#include <algorithm>

#include "core/base/file.h"
#include "core/tasks/book_pending.h"
#include "core/tasks/book_rows.h"
#include "core/tasks/search_words.h"
#include "core/tasks/text_check.h"

namespace guzheng {

namespace {

// A search touches some thousand pages; SQLite's own two megabytes would read each of them again at each word that is typed.
Status database_cache(Database& database) { return database.run("PRAGMA cache_size=-32768"); }

Status check_draft(const TaskSheet& sheet) {
  const auto problems = draft_problems(sheet);
  if (problems.empty()) return ok();
  return fail(ErrorKind::Invalid, "the sheet cannot be kept: " + std::string(to_string(problems[0].field)) + " is " + std::string(to_string(problems[0].trouble)));
}

}  // namespace

TaskBook::TaskBook(std::unique_ptr<Database> database, const Clock& clock, OperationLog& log, NumberRule rule)
    : database_(std::move(database)), clock_(clock), log_(log), rule_(std::move(rule)) {}

Result<std::unique_ptr<TaskBook>> TaskBook::open(const std::filesystem::path& state, const Clock& clock, OperationLog& log, NumberRule rule) {
  GZ_TRY(check_number_rule(rule));
  GZ_TRY(make_private_folder(state));
  GZ_TRY_ASSIGN(auto database, Database::open(state / "tasks.sqlite", task_migrations(), Database::Damage::FoundWhenMet));
  std::unique_ptr<TaskBook> book(new TaskBook(std::move(database), clock, log, std::move(rule)));
  GZ_TRY(database_cache(book->database()));
  GZ_TRY(book->load_calendar());
  return book;
}

Result<std::int64_t> TaskBook::task_numbered(const std::string& number) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT id FROM task INDEXED BY task_number WHERE number=? AND number<>'' ORDER BY id LIMIT 1", {number}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "there is no task with the number " + number);
  return book::number_of(rows[0][0]);
}

Result<std::int64_t> TaskBook::draft(const TaskSheet& sheet, const SigningHand& hand) {
  GZ_TRY(check_draft(sheet));
  std::int64_t id = 0;
  const auto done = act(hand, [&](const WorkCalendar& days) -> Result<std::vector<Pending>> {
    GZ_TRY_ASSIGN(id, next_id("task"));
    const auto item = fresh_item(FlowKind::Sheet, id);
    const auto order = creation(hand.actor.unit);
    GZ_TRY_ASSIGN(const auto wrong, look(item, order, hand.actor, days));
    if (wrong) return refusal(*wrong, item, order, hand.actor);
    GZ_TRY_ASSIGN(auto one, pending(item, order, hand.actor, days));
    one.sheet = sheet;
    return std::vector<Pending>{std::move(one)};
  });
  if (!done) return fail(done.error());
  return id;
}

Status TaskBook::save(std::int64_t task, const TaskSheet& sheet, const SigningHand& hand) {
  GZ_TRY(check_hand(hand));
  GZ_TRY(check_draft(sheet));
  return database_->together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto entry, this->task(task));
    const auto waits = waits_for(entry.item);
    if (waits.duty != Duty::Issuer) return fail(ErrorKind::Invalid, "the sheet was submitted: it is revised before it is written again");
    if (waits.unit != hand.actor.unit || !hand.actor.duties.contains(Duty::Issuer)) return fail(ErrorKind::Denied, "the sheet is another unit's draft");
    GZ_TRY_ASSIGN(const auto text, canonical_json(to_json(sheet)));
    GZ_TRY(database_->run("INSERT INTO task_words(task_words,rowid,body) VALUES('delete',?,?)", {task, index_text(book::words_of(entry.sheet, entry.number))}));
    GZ_TRY(database_->run("INSERT INTO task_words(rowid,body) VALUES(?,?)", {task, index_text(book::words_of(sheet, entry.number))}));
    return database_->run("UPDATE task SET name=?,source=?,category=?,last_day=?,sheet=? WHERE id=?",
                          {sheet.name, sheet.source, sheet.category ? SqlValue(static_cast<std::int64_t>(*sheet.category)) : SqlValue(nullptr), book::day_value(sheet.until), text, task});
  });
}

Result<TaskEntry> TaskBook::task(std::int64_t id) {
  GZ_TRY_ASSIGN(const auto rows, database_->query(std::string("SELECT number,sheet,") + book::item_columns(FlowKind::Sheet) + " FROM task WHERE id=?", {id}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "there is no task " + std::to_string(id));
  GZ_TRY_ASSIGN(const auto json, parse_json(book::text_of(rows[0][1])));
  GZ_TRY_ASSIGN(auto sheet, sheet_from_json(json));
  return TaskEntry{book::item_from(FlowKind::Sheet, rows[0], 2), book::text_of(rows[0][0]), std::move(sheet)};
}

Result<TaskSheet> TaskBook::submitted_sheet(std::int64_t task, int version) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT sheet FROM sheet_version WHERE task=? AND version=?", {task, version}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "task " + std::to_string(task) + " has no version " + std::to_string(version));
  GZ_TRY_ASSIGN(const auto json, parse_json(book::text_of(rows[0][0])));
  return sheet_from_json(json);
}

Result<ResultEntry> TaskBook::result(std::int64_t id) {
  GZ_TRY_ASSIGN(const auto rows, database_->query(std::string("SELECT task,serial,") + book::kResultColumns + "," + book::item_columns(FlowKind::Result) + " FROM result WHERE id=?", {id}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "there is no result " + std::to_string(id));
  ResultEntry out{book::item_from(FlowKind::Result, rows[0], 13), book::number_of(rows[0][0]), book::number_of(rows[0][1]), book::result_from(rows[0], 2), {}};
  GZ_TRY_ASSIGN(const auto packages, database_->query("SELECT package FROM evidence WHERE result=? ORDER BY number", {id}));
  for (const auto& row : packages) out.packages.push_back(book::text_of(row[0]));
  return out;
}

Result<std::vector<ResultEntry>> TaskBook::results_of(std::int64_t task) {
  GZ_TRY_ASSIGN(const auto rows, database_->query(std::string("SELECT task,serial,") + book::kResultColumns + "," + book::item_columns(FlowKind::Result) + " FROM result WHERE task=? ORDER BY serial", {task}));
  std::vector<ResultEntry> out;
  for (const auto& row : rows) out.push_back({book::item_from(FlowKind::Result, row, 13), book::number_of(row[0]), book::number_of(row[1]), book::result_from(row, 2), {}});
  GZ_TRY_ASSIGN(const auto packages, database_->query("SELECT result.serial,package FROM evidence JOIN result ON result.id=evidence.result WHERE task=? ORDER BY result.serial,number", {task}));
  for (const auto& row : packages) {
    const auto at = std::lower_bound(out.begin(), out.end(), book::number_of(row[0]), [](const ResultEntry& one, std::int64_t serial) { return one.serial < serial; });
    if (at != out.end()) at->packages.push_back(book::text_of(row[1]));
  }
  return out;
}

Result<std::set<std::pair<std::string, std::string>>> TaskBook::known_results(std::int64_t task) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT CASE WHEN link='' THEN snapshot ELSE link END,violation FROM result WHERE task=?", {task}));
  std::set<std::pair<std::string, std::string>> out;
  for (const auto& row : rows) out.emplace(book::text_of(row[0]), book::text_of(row[1]));
  return out;
}

Status TaskBook::link_subject(std::int64_t result, const std::string& subject, const SigningHand& hand) {
  GZ_TRY(check_hand(hand));
  if (subject.size() > kMostLine || !is_plain_line(subject)) return fail(ErrorKind::Invalid, "the subject's id is no plain text");
  return database_->together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto now, item(FlowKind::Result, result));
    if (is_over(now.state)) return fail(ErrorKind::Invalid, "the result is closed: it is reopened before its subject changes");
    GZ_TRY_ASSIGN(const auto line, log_.append("op.task-subject", Json{{"badge", hand.actor.badge}, {"item", result}, {"subject", subject}, {"who", hand.actor.name}}));
    return database_->run("UPDATE result SET subject=? WHERE id=?", {subject, result});
  });
}

Result<std::int64_t> TaskBook::add_clue(const Clue& clue, const SigningHand& hand) {
  const auto problems = clue_problems(clue, day_of(clock_.wall()));
  if (!problems.empty()) return fail(ErrorKind::Invalid, "the clue's " + std::string(to_string(problems[0].field)) + " is " + std::string(to_string(problems[0].trouble)));
  std::int64_t id = 0;
  const auto done = act(hand, [&](const WorkCalendar& days) -> Result<std::vector<Pending>> {
    GZ_TRY_ASSIGN(const bool there, has_documents(clue.documents));
    if (!there) return fail(ErrorKind::Invalid, "a document of the clue is not in the book");
    GZ_TRY_ASSIGN(id, next_id("clue"));
    const auto item = fresh_item(FlowKind::Clue, id);
    const auto order = creation(hand.actor.unit);
    GZ_TRY_ASSIGN(const auto wrong, look(item, order, hand.actor, days));
    if (wrong) return refusal(*wrong, item, order, hand.actor);
    GZ_TRY_ASSIGN(auto one, pending(item, order, hand.actor, days));
    GZ_TRY_ASSIGN(one.content, book::content_digest(to_json(clue)));
    one.clue = clue;
    return std::vector<Pending>{std::move(one)};
  });
  if (!done) return fail(done.error());
  return id;
}

Result<ClueEntry> TaskBook::clue(std::int64_t id) {
  GZ_TRY_ASSIGN(const auto rows, database_->query(std::string("SELECT ") + book::kClueColumns + "," + book::item_columns(FlowKind::Clue) + " FROM clue WHERE id=?", {id}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "there is no clue " + std::to_string(id));
  return ClueEntry{book::item_from(FlowKind::Clue, rows[0], 9), book::clue_from(rows[0], 0)};
}

Result<std::vector<ClueEntry>> TaskBook::clues(bool open_only) {
  const std::string where = open_only ? " WHERE state=" + std::to_string(static_cast<int>(FlowState::Waiting)) : "";
  GZ_TRY_ASSIGN(const auto rows, database_->query(std::string("SELECT ") + book::kClueColumns + "," + book::item_columns(FlowKind::Clue) + " FROM clue" + where + " ORDER BY received,id LIMIT 1000"));
  std::vector<ClueEntry> out;
  for (const auto& row : rows) out.push_back({book::item_from(FlowKind::Clue, row, 9), book::clue_from(row, 0)});
  return out;
}

}  // namespace guzheng
