// How results come in, and how one is put right.
#include <algorithm>

#include "core/tasks/book_pending.h"
#include "core/tasks/book_rows.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostAtOnce = 400;

Status check_result(const MonitorResult& result, const std::string& which) {
  const auto problems = result_problems(result);
  if (problems.empty()) return ok();
  return fail(ErrorKind::Invalid, which + ": " + std::string(to_string(problems[0].field)) + " is " + std::string(to_string(problems[0].trouble)));
}

MoveOrder order_of(FlowMove move) {
  MoveOrder out;
  out.move = move;
  return out;
}

}  // namespace

MoveOrder creation(const std::string& org) {
  auto order = order_of(FlowMove::Create);
  order.unit = org;
  return order;
}

FlowItem fresh_item(FlowKind kind, std::int64_t id) {
  FlowItem out;
  out.kind = kind;
  out.id = id;
  return out;
}

Result<FlowItem> TaskBook::running_sheet(std::int64_t task, const Actor& actor) {
  GZ_TRY_ASSIGN(auto sheet, item(FlowKind::Sheet, task));
  if (sheet.state != FlowState::Running) return fail(ErrorKind::Invalid, "results belong to a task that was accepted and is not finished");
  if (actor.unit != sheet.unit && actor.unit != sheet.org) return fail(ErrorKind::Denied, "the task lies with another unit");
  return sheet;
}

Result<std::int64_t> TaskBook::last_serial(std::int64_t task) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT COALESCE(MAX(serial),0) FROM result WHERE task=?", {task}));
  return book::number_of(rows.at(0)[0]);
}

Result<TaskBook::Pending> TaskBook::new_result(const FlowItem& sheet, std::int64_t id, std::int64_t serial, const MonitorResult& result, const Actor& actor, const WorkCalendar& calendar) {
  const auto fresh = fresh_item(FlowKind::Result, id);
  const auto order = creation(sheet.org);
  GZ_TRY_ASSIGN(const auto wrong, look(fresh, order, actor, calendar));
  if (wrong) return refusal(*wrong, fresh, order, actor);
  GZ_TRY_ASSIGN(auto out, pending(fresh, order, actor, calendar));
  out.task = sheet.id;
  out.serial = serial;
  GZ_TRY_ASSIGN(out.content, book::content_digest(to_json(result)));
  out.result = result;
  return out;
}

Result<std::vector<std::int64_t>> TaskBook::add_results(std::int64_t task, std::span<const MonitorResult> results, const SigningHand& hand) {
  for (std::size_t i = 0; i < results.size(); ++i) GZ_TRY(check_result(results[i], "result " + std::to_string(i + 1)));
  std::vector<std::int64_t> ids;
  for (std::size_t at = 0; at < results.size(); at += kMostAtOnce) {
    std::vector<std::int64_t> part;
    const auto done = act(hand, [&](const WorkCalendar& days) -> Result<std::vector<Pending>> {
      GZ_TRY_ASSIGN(const auto sheet, running_sheet(task, hand.actor));
      GZ_TRY_ASSIGN(auto id, next_id("result"));
      GZ_TRY_ASSIGN(auto serial, last_serial(task));
      std::vector<Pending> moves;
      for (const auto& result : results.subspan(at, std::min(kMostAtOnce, results.size() - at))) {
        part.push_back(id);
        GZ_TRY_ASSIGN(auto one, new_result(sheet, id++, ++serial, result, hand.actor, days));
        moves.push_back(std::move(one));
      }
      return moves;
    });
    if (!done) return fail(ids.empty() ? done.error() : done.error().in(std::to_string(ids.size()) + " results were entered, then"));
    ids.insert(ids.end(), part.begin(), part.end());
  }
  return ids;
}

Result<std::int64_t> TaskBook::correct(std::int64_t result, const MonitorResult& right, const std::string& reason, const SigningHand& hand) {
  GZ_TRY(check_result(right, "the result"));
  std::int64_t id = 0;
  const auto done = act(hand, [&](const WorkCalendar& days) -> Result<std::vector<Pending>> {
    GZ_TRY_ASSIGN(const auto old, this->result(result));
    if (old.result == right) return fail(ErrorKind::Invalid, "nothing of the result was changed");
    GZ_TRY_ASSIGN(const auto sheet, running_sheet(old.task, hand.actor));
    GZ_TRY_ASSIGN(id, next_id("result"));
    GZ_TRY_ASSIGN(const auto last, last_serial(old.task));
    std::vector<Pending> moves;
    GZ_TRY_ASSIGN(auto fresh, new_result(sheet, id, last + 1, right, hand.actor, days));
    const auto made = fresh.after;
    const auto serial = fresh.serial;
    moves.push_back(std::move(fresh));
    // these go on from an item that is not in the tables yet, so what they need is asked of it here
    MoveFacts facts;
    facts.calendar = &days;
    facts.today = day_of(clock_.wall());
    facts.target = &made;
    const auto add = [&](const FlowItem& item, const MoveOrder& order, std::int64_t its_serial) -> Status {
      if (const auto wrong = move_problem(item, order, hand.actor, facts)) return refusal(*wrong, item, order, hand.actor);
      GZ_TRY_ASSIGN(auto one, pending(item, order, hand.actor, days));
      one.task = old.task;
      one.serial = its_serial;
      moves.push_back(std::move(one));
      return ok();
    };
    for (const auto& package : old.packages) {
      auto attach = order_of(FlowMove::Attach);
      attach.package = package;
      GZ_TRY(add(made, attach, serial));
    }
    auto merge = order_of(FlowMove::Merge);
    merge.target = id;
    merge.reason = reason;
    GZ_TRY(add(old.item, merge, old.serial));
    return moves;
  });
  if (!done) return fail(done.error());
  return id;
}

}  // namespace guzheng
