// What a move changes in the tables.
#include <map>

#include "core/tasks/book_pending.h"
#include "core/tasks/book_rows.h"
#include "core/tasks/search_words.h"

namespace guzheng {

namespace {

SqlValue waiting_unit(const FlowItem& item) {
  const auto waits = waits_for(item);
  if (!waits.duty) return nullptr;
  return waits.unit;
}

SqlValue waiting_duty(const FlowItem& item) {
  const auto waits = waits_for(item);
  if (!waits.duty) return nullptr;
  return static_cast<std::int64_t>(*waits.duty);
}

SqlValue category_value(const TaskSheet& sheet) {
  if (!sheet.category) return nullptr;
  return static_cast<std::int64_t>(*sheet.category);
}

std::int64_t state_number(FlowState state) { return static_cast<std::int64_t>(state); }

}  // namespace

Result<std::int64_t> TaskBook::next_id(const char* table) {
  GZ_TRY_ASSIGN(const auto rows, database_->query(std::string("SELECT COALESCE(MAX(id),0)+1 FROM ") + table));
  return book::number_of(rows.at(0)[0]);
}

Result<std::string> TaskBook::next_number(WallTime at) {
  const std::chrono::year_month_day today(day_of(at));
  const std::int64_t year = static_cast<int>(today.year());
  GZ_TRY_ASSIGN(const auto rule, number_rule());
  for (;;) {
    GZ_TRY(database_->run("INSERT INTO numbered(year,rule,last) VALUES(?,?,1) ON CONFLICT DO UPDATE SET last=last+1", {year, rule.text}));
    GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT last FROM numbered WHERE year=? AND rule=?", {year, rule.text}));
    auto number = number_by(rule, static_cast<int>(year), static_cast<unsigned>(today.month()), static_cast<unsigned>(today.day()), book::number_of(rows.at(0)[0]));
    const auto taken = task_numbered(number);    // by another rule
    if (!taken && taken.error().kind == ErrorKind::NotFound) return number;
    if (!taken) return fail(taken.error());
  }
}

Status TaskBook::write_new(const Pending& pending) {
  const auto& item = pending.after;
  if (pending.sheet) {
    GZ_TRY_ASSIGN(const auto text, canonical_json(to_json(*pending.sheet)));
    GZ_TRY(database_->run("INSERT INTO task(id,number,name,source,category,state,org,unit,version,last_day,wanted,delivered,last_number,head,wait_unit,wait_duty,sort_day,sheet) "
                          "VALUES(?,'',?,?,?,?,?,'',0,?,0,0,?,?,?,?,?,?)",
                          {item.id, pending.sheet->name, pending.sheet->source, category_value(*pending.sheet), state_number(item.state), item.org, book::day_value(pending.sheet->until),
                           item.number, item.head, waiting_unit(item), waiting_duty(item), book::kNoDay, text}));
    return database_->run("INSERT INTO task_words(rowid,body) VALUES(?,?)", {item.id, index_text(book::words_of(*pending.sheet, ""))});
  }
  if (pending.result) {
    const auto& r = *pending.result;
    const auto today = day_number(day_of(pending.at));
    GZ_TRY(database_->run(std::string("INSERT INTO result(id,task,serial,") + book::kResultColumns +
                              ",found_day,state,org,unit,accepted,outcome,measures,merged_into,last_number,head,wait_unit,wait_duty,sort_day) "
                              "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'',0,0,0,0,?,?,?,?,?)",
                          {item.id, pending.task, pending.serial, r.link, r.snapshot, r.subject, r.operator_name, r.credit_code, r.platform, r.violation, r.field, r.note, r.found_by,
                           r.outside_number, today, state_number(item.state), item.org, item.number, item.head, waiting_unit(item), waiting_duty(item), today}));
    return database_->run("INSERT INTO result_words(rowid,body) VALUES(?,?)", {item.id, index_text(book::words_of(r))});
  }
  const auto& c = *pending.clue;
  GZ_TRY_ASSIGN(const auto documents, canonical_json(to_json(c)["documents"]));
  return database_->run(std::string("INSERT INTO clue(id,") + book::kClueColumns + ",state,org,task,last_number,head) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,0,?,?)",
                        {item.id, static_cast<std::int64_t>(c.source), c.from, c.outside_number, book::day_value(c.received), c.subject, c.operator_name, c.link, c.content, documents,
                         state_number(item.state), item.org, item.number, item.head});
}

Status TaskBook::write_item(const Pending& pending) {
  const auto& item = pending.after;
  switch (item.kind) {
    case FlowKind::Sheet:
      return database_->run("UPDATE task SET state=?,org=?,unit=?,version=?,wanted=?,delivered=?,last_number=?,head=?,wait_unit=?,wait_duty=? WHERE id=?",
                            {state_number(item.state), item.org, item.unit, item.version, book::bits_of(item.wanted), book::bits_of(item.delivered), item.number, item.head,
                             waiting_unit(item), waiting_duty(item), item.id});
    case FlowKind::Result: {
      const bool ends = item.state == FlowState::Closed || item.state == FlowState::Merged;
      const auto today = day_number(day_of(pending.at));
      std::string sql = "UPDATE result SET state=?,unit=?,accepted=?,outcome=?,dispatched=?,due=?,extended=?,merged_into=?,last_number=?,head=?,wait_unit=?,wait_duty=?,"
                        "sort_day=COALESCE(?,found_day),closed_day=?";
      std::vector<SqlValue> values{state_number(item.state), item.unit, std::int64_t{item.accepted}, static_cast<std::int64_t>(item.outcome), book::day_value(item.dispatched),
                                   book::day_value(item.due), book::day_value(item.extended), item.merged_into, item.number, item.head, waiting_unit(item), waiting_duty(item),
                                   book::day_value(item.due), ends ? SqlValue(today) : SqlValue(nullptr)};
      if (pending.order.move == FlowMove::ReportMeasures || pending.order.move == FlowMove::Reopen) {
        sql += ",measures=?";
        values.emplace_back(pending.order.move == FlowMove::Reopen ? std::int64_t{0} : book::bits_of(pending.order.measures));
      }
      values.emplace_back(item.id);
      return database_->run(sql + " WHERE id=?", values);
    }
    case FlowKind::Clue:
      return database_->run("UPDATE clue SET state=?,org=?,task=?,last_number=?,head=? WHERE id=?", {state_number(item.state), item.org, item.task, item.number, item.head, item.id});
  }
  return ok();
}

Status TaskBook::write_submitted(const Pending& pending) {
  GZ_TRY_ASSIGN(const auto text, canonical_json(to_json(*pending.sheet)));
  GZ_TRY(database_->run("INSERT INTO sheet_version(task,version,sheet) VALUES(?,?,?)", {pending.after.id, pending.after.version, text}));
  if (pending.label.empty()) return ok();
  const auto& id = pending.after.id;
  GZ_TRY(database_->run("INSERT INTO task_words(task_words,rowid,body) VALUES('delete',?,?)", {id, index_text(book::words_of(*pending.sheet, ""))}));
  GZ_TRY(database_->run("INSERT INTO task_words(rowid,body) VALUES(?,?)", {id, index_text(book::words_of(*pending.sheet, pending.label))}));
  return database_->run("UPDATE task SET number=? WHERE id=?", {pending.label, id});
}

Status TaskBook::recount_tasks(const std::vector<Pending>& moves) {
  struct Change {
    std::int64_t results = 0, open = 0;
  };
  std::map<std::int64_t, Change> tasks;
  for (const auto& one : moves) {
    if (one.after.kind == FlowKind::Sheet) tasks[one.after.id];
    if (one.after.kind != FlowKind::Result) continue;
    auto& change = tasks[one.task];
    const bool is_new = one.order.move == FlowMove::Create;
    change.results += is_new ? 1 : 0;
    change.open += (is_over(one.after.state) ? 0 : 1) - (is_new || is_over(one.before.state) ? 0 : 1);
  }
  for (const auto& [task, change] : tasks) {
    GZ_TRY(database_->run("UPDATE task SET results=results+?,open_results=open_results+?,"
                          "due=COALESCE((SELECT MIN(due) FROM result INDEXED BY result_running WHERE task=? AND wait_duty IS NOT NULL AND due IS NOT NULL),"
                          "CASE WHEN state=? THEN last_day END) WHERE id=?",
                          {change.results, change.open, task, state_number(FlowState::Running), task}));
    GZ_TRY(database_->run("UPDATE task SET sort_day=COALESCE(due,?) WHERE id=?", {book::kNoDay, task}));
  }
  return ok();
}

Status TaskBook::write_notices(const std::vector<Pending>& moves, const SigningHand& hand, WallTime at) {
  struct Told {
    std::int64_t first = 0, items = 0;
    FlowMove move = FlowMove::Create;
  };
  std::map<std::pair<std::string, Duty>, Told> desks;
  for (const auto& one : moves) {
    auto whom = waits_for(one.after);
    const bool is_news = whom != waits_for(one.before) || one.order.move == FlowMove::Extend || one.order.move == FlowMove::Recount;
    if (one.order.move == FlowMove::Deliver || one.after.state == FlowState::Finished) whom = {one.after.org, Duty::Issuer};
    else if (!whom.duty && one.after.kind == FlowKind::Result && !one.after.unit.empty()) whom = {one.after.unit, Duty::Handler};
    else if (!is_news) continue;
    if (!whom.duty || (whom.unit == hand.actor.unit && hand.actor.duties.contains(*whom.duty))) continue;
    auto& told = desks[{whom.unit, *whom.duty}];
    if (told.items++ > 0) continue;
    told.first = one.after.id;
    told.move = one.order.move;
  }
  for (const auto& [desk, told] : desks) {
    GZ_TRY(database_->run("INSERT INTO notice(at_ms,unit,duty,kind,item,items,move,told_by) VALUES(?,?,?,?,?,?,?,?)",
                          {at.ms, desk.first, static_cast<std::int64_t>(desk.second), static_cast<std::int64_t>(moves[0].after.kind), told.first, told.items,
                           static_cast<std::int64_t>(told.move), hand.actor.name}));
  }
  return ok();
}

}  // namespace guzheng
