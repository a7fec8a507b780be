// How moves are made: looked at, signed, journalled, kept.
#include <algorithm>
#include <map>

#include "core/base/digest.h"
#include "core/tasks/book_pending.h"
#include "core/tasks/book_rows.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostInAct = 400;          // digests of an act are one signed text; locks are short

FlowItem numbered_after(FlowItem item, std::int64_t number, std::string head) {
  item.number = number;
  item.head = std::move(head);
  return item;
}

template <typename Duties>
std::string duty_list(const Duties& duties, const char* between) {
  std::string out;
  for (const auto one : duties) out += (out.empty() ? "" : between) + std::string(to_string(one));
  return out.empty() ? "none" : out;
}

// "assign", or of an act with different ones "create,attach,merge".
template <typename Moves>
std::string move_names(const Moves& moves) {
  std::vector<FlowMove> kinds;
  for (const auto& one : moves)
    if (std::find(kinds.begin(), kinds.end(), one.order.move) == kinds.end()) kinds.push_back(one.order.move);
  std::string out;
  for (const auto kind : kinds) out += (out.empty() ? "" : ",") + std::string(to_string(kind));
  return out;
}

}  // namespace

Failure refusal(const MoveProblem& problem, const FlowItem& item, const MoveOrder& order, const Actor& actor) {
  const bool nobody = problem.trouble == MoveTrouble::Unmet || problem.trouble == MoveTrouble::NotFromHere;
  auto what = describe(problem);
  const auto* rule = rule_for(item.kind, order.move, item.state);
  if (problem.trouble == MoveTrouble::NotYourDuty && rule)
    what += " (" + duty_list(rule->duties, " or ") + "); badge " + actor.badge + " has " + duty_list(actor.duties, ", ");
  return fail(nobody ? ErrorKind::Invalid : ErrorKind::Denied, what);
}

Result<FlowItem> TaskBook::item(FlowKind kind, std::int64_t id) {
  GZ_TRY_ASSIGN(const auto rows, database_->query(std::string("SELECT ") + book::item_columns(kind) + " FROM " + book::table_of(kind) + " WHERE id=?", {id}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "there is no " + std::string(to_string(kind)) + " " + std::to_string(id));
  return book::item_from(kind, rows.front());
}

Result<bool> TaskBook::has_documents(const std::vector<Document>& documents) {
  for (const auto& one : documents) {
    GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT 1 FROM document WHERE sha256=?", {one.sha256}));
    if (rows.empty()) return false;
  }
  return true;
}

Result<std::optional<MoveProblem>> TaskBook::look(const FlowItem& item, const MoveOrder& order, const Actor& actor, const WorkCalendar& calendar) {
  MoveFacts facts;
  facts.calendar = &calendar;
  facts.today = day_of(clock_.wall());
  if (item.kind == FlowKind::Sheet && order.move == FlowMove::Submit) {
    GZ_TRY_ASSIGN(const auto entry, task(item.id));
    facts.good_sheet = sheet_problems(entry.sheet).empty();
  }
  std::optional<FlowItem> target;
  if (order.target > 0) {
    auto found = this->item(item.kind == FlowKind::Clue ? FlowKind::Sheet : item.kind, order.target);
    if (found) target = std::move(*found);
    else if (found.error().kind != ErrorKind::NotFound) return fail(found.error());
  }
  facts.target = target ? &*target : nullptr;
  if (const auto problem = move_problem(item, order, actor, facts)) return std::optional(*problem);
  if (order.move == FlowMove::Attach) {          // once is enough
    GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT 1 FROM evidence WHERE result=? AND package=?", {item.id, order.package}));
    if (!rows.empty()) return std::optional(MoveProblem{MoveTrouble::Unmet, MoveNeed::Package});
  }
  GZ_TRY_ASSIGN(const bool there, has_documents(order.documents));
  if (!there) return std::optional(MoveProblem{MoveTrouble::Unmet, MoveNeed::Documents});
  return std::optional<MoveProblem>();
}

Result<std::optional<MoveProblem>> TaskBook::problem(FlowKind kind, std::int64_t id, const MoveOrder& order, const Actor& actor) {
  GZ_TRY_ASSIGN(const auto now, item(kind, id));
  return look(now, order, actor, calendar());
}

Result<TaskBook::Pending> TaskBook::pending(const FlowItem& item, const MoveOrder& order, const Actor& actor, const WorkCalendar& calendar) {
  Pending out;
  out.before = item;
  out.order = order;
  if (item.kind == FlowKind::Sheet && order.move == FlowMove::Submit) {
    GZ_TRY_ASSIGN(auto entry, task(item.id));
    out.wanted = entry.sheet.feedback;
    GZ_TRY_ASSIGN(out.content, book::content_digest(to_json(entry.sheet)));
    if (entry.number.empty()) {
      GZ_TRY_ASSIGN(out.label, next_number(clock_.wall()));
    }
    out.sheet = std::move(entry.sheet);
  }
  if (item.kind == FlowKind::Result) {
    GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT task,serial FROM result WHERE id=?", {item.id}));
    if (!rows.empty()) {
      out.task = book::number_of(rows[0][0]);
      out.serial = book::number_of(rows[0][1]);
    }
  }
  MoveFacts facts;
  facts.calendar = &calendar;
  facts.today = day_of(clock_.wall());
  out.after = after_move(item, order, actor, facts, out.wanted);
  return out;
}

Result<FlowItem> TaskBook::move(FlowKind kind, std::int64_t id, const MoveOrder& order, const SigningHand& hand) {
  FlowItem after;
  const auto done = act(hand, [&](const WorkCalendar& days) -> Result<std::vector<Pending>> {
    GZ_TRY_ASSIGN(const auto now, item(kind, id));
    GZ_TRY_ASSIGN(const auto wrong, look(now, order, hand.actor, days));
    if (wrong) return refusal(*wrong, now, order, hand.actor);
    GZ_TRY_ASSIGN(auto one, pending(now, order, hand.actor, days));
    return std::vector<Pending>{std::move(one)};
  });
  if (!done) return fail(done.error());
  return item(kind, id);
}

Result<BulkOutcome> TaskBook::move_all(FlowKind kind, std::span<const std::int64_t> ids, const MoveOrder& order, const SigningHand& hand) {
  BulkOutcome out;
  std::vector<std::int64_t> wanted(ids.begin(), ids.end());
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  for (std::size_t at = 0; at < wanted.size(); at += kMostInAct) {
    BulkOutcome part;
    const auto done = act(hand, [&](const WorkCalendar& days) -> Result<std::vector<Pending>> {
      std::vector<Pending> moves;
      for (std::size_t i = at; i < std::min(at + kMostInAct, wanted.size()); ++i) {
        const auto now = item(kind, wanted[i]);
        if (!now && now.error().kind != ErrorKind::NotFound) return fail(now.error());
        std::optional<MoveProblem> wrong;
        if (now) {
          GZ_TRY_ASSIGN(wrong, look(*now, order, hand.actor, days));
        }
        if (!now || wrong) {
          part.refused.push_back({wanted[i], wrong});
          continue;
        }
        GZ_TRY_ASSIGN(auto one, pending(*now, order, hand.actor, days));
        moves.push_back(std::move(one));
        part.done.push_back(wanted[i]);
      }
      return moves;
    });
    if (!done) return fail(done.error());
    out.done.insert(out.done.end(), part.done.begin(), part.done.end());
    out.refused.insert(out.refused.end(), part.refused.begin(), part.refused.end());
  }
  return out;
}

Status TaskBook::act(const SigningHand& hand, const Build& build) {
  GZ_TRY(check_hand(hand));
  const auto days = calendar();
  std::string said;
  const Status done = database_->together([&]() -> Status {
    GZ_TRY_ASSIGN(auto moves, build(days));
    return moves.empty() ? ok() : commit(moves, hand, said);
  });
  // the log has said it already: it must not look as if it had been done
  if (!done && !said.empty()) (void)log_.append("op.task-undone", Json{{"act", said}, {"why", done.error().what}});
  return done;
}

Status TaskBook::commit(std::vector<Pending>& moves, const SigningHand& hand, std::string& said) {
  const WallTime at = clock_.wall();
  std::vector<std::string> digests;
  std::map<std::pair<FlowKind, std::int64_t>, FlowItem> moved;   // an act may move one item more than once: it goes on from there
  for (auto& one : moves) {
    const std::pair key(one.before.kind, one.before.id);
    if (const auto earlier = moved.find(key); earlier != moved.end()) one.before = numbered_after(std::move(one.before), earlier->second.number, earlier->second.head);
    MoveRecord record{one.before.kind, one.before.id, one.before.number + 1, one.before.head, one.before.state, one.after.state, at, hand.actor.badge, hand.actor.name,
                      hand.actor.unit, one.order, one.after.dispatched, one.after.due, one.wanted, one.content, one.label};
    one.at = at;
    GZ_TRY_ASSIGN(one.body, move_body(record));
    one.digest = move_digest(one.body);
    one.after = numbered_after(std::move(one.after), record.number, one.digest);
    digests.push_back(one.digest);
    moved[key] = one.after;
  }
  GZ_TRY_ASSIGN(const auto text, act_text(at, hand.actor, digests));
  GZ_TRY_ASSIGN(const auto signature, hand.signer->sign_detached(as_bytes(text)));
  const auto digest = sha256_hex(as_bytes(text));
  Json line{{"act", digest}, {"badge", hand.actor.badge}, {"items", moved.size()}, {"kind", to_string(moves[0].before.kind)}, {"move", move_names(moves)}, {"who", hand.actor.name}};
  if (moves.size() == 1) line["item"] = moves[0].before.id;
  GZ_TRY_ASSIGN(const auto head, log_.append("op.task-act", line));
  said = digest;
  GZ_TRY_ASSIGN(const auto id, next_id("act"));
  GZ_TRY(database_->run("INSERT INTO act(id,at_ms,badge,body,digest,signature,log_seq,log_digest) VALUES(?,?,?,?,?,?,?,?)",
                        {id, at.ms, hand.actor.badge, text, digest, signature, static_cast<std::int64_t>(head.seq), head.digest}));
  for (const auto& one : moves) GZ_TRY(write_move(one, id, hand.actor.badge));
  GZ_TRY(recount_tasks(moves));
  return write_notices(moves, hand, at);
}

Status TaskBook::write_move(const Pending& pending, std::int64_t act, const std::string& badge) {
  if (pending.order.move == FlowMove::Create) GZ_TRY(write_new(pending));
  else GZ_TRY(write_item(pending));
  if (pending.order.move == FlowMove::Submit) GZ_TRY(write_submitted(pending));
  if (pending.order.move == FlowMove::Attach)
    GZ_TRY(database_->run("INSERT INTO evidence(result,number,package) SELECT ?,COALESCE(MAX(number),0)+1,? FROM evidence WHERE result=?",
                          {pending.after.id, pending.order.package, pending.after.id}));
  const auto kind = static_cast<std::int64_t>(pending.after.kind);
  GZ_TRY(database_->run("INSERT INTO move(kind,item,number,act,digest,body) VALUES(?,?,?,?,?,?)", {kind, pending.after.id, pending.after.number, act, pending.digest, pending.body}));
  return database_->run("INSERT INTO seen(badge,kind,item,number) VALUES(?,?,?,?) ON CONFLICT DO UPDATE SET number=excluded.number", {badge, kind, pending.after.id, pending.after.number});
}

}  // namespace guzheng
