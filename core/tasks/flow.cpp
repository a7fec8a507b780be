#include "core/tasks/flow.h"

#include <algorithm>

#include "core/base/blank.h"
#include "core/tasks/names.h"
#include "core/tasks/text_check.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 3> kKinds{"sheet", "result", "clue"};
constexpr std::array<std::string_view, 18> kStates{"none",    "draft",       "submitted", "returned", "running",    "revising", "finished", "cancelled", "judging",
                                                   "dispatching", "verifying", "handling", "confirming", "closed",   "merged",   "waiting",   "tasked",  "dropped"};
constexpr std::array<std::string_view, 26> kMoves{"create",  "submit",   "withdraw", "accept",  "return",          "revise",      "deliver", "finish",
                                                  "cancel",  "reopen",   "confirm-clue", "dismiss", "assign",      "send-back",   "transfer", "verified",
                                                  "recheck", "report-measures", "report-none", "close", "extend",  "recount",     "merge",   "attach",
                                                  "into-task", "drop"};
constexpr std::array<std::string_view, 6> kDuties{"issuer", "monitor", "judge", "dispatcher", "handler", "leader"};
constexpr std::array<std::string_view, 4> kMeasures{"guidance", "correction", "penalty", "credit-discipline"};
constexpr std::array<std::string_view, 3> kOutcomes{"open", "violation", "no-violation"};
constexpr std::array<std::string_view, 20> kNeeds{"reason",   "basis",        "text",            "unit",       "other-unit",    "outcome",  "measures",
                                                  "documents", "extension",   "later-day",       "target",     "package",       "feedback", "accepted",
                                                  "not-accepted", "found-violation", "found-none", "all-delivered", "good-sheet", "provisional-day"};

constexpr std::size_t kMostDocuments = 50, kMostPackageId = 80;

bool is_said(const std::string& text) { return !is_blank(text) && text.size() <= kMostText && is_plain_text(text); }
bool is_named(const std::string& text) { return !is_blank(text) && text.size() <= kMostLine && is_plain_line(text); }

bool are_documents(const std::vector<Document>& list) {
  return !list.empty() && list.size() <= kMostDocuments &&
         std::all_of(list.begin(), list.end(), [](const Document& one) { return is_named(one.name) && is_hex_digest(one.sha256); });
}

// A sheet is created as a clue's task, or a result merged, into something that is there and still open.
bool is_target(const FlowItem& item, const MoveOrder& order, const MoveFacts& facts) {
  if (!facts.target || order.target <= 0 || facts.target->id != order.target) return false;
  if (item.kind == FlowKind::Clue) return facts.target->kind == FlowKind::Sheet && facts.target->state != FlowState::Cancelled;
  return facts.target->kind == FlowKind::Result && facts.target->id != item.id && !is_over(facts.target->state);
}

std::optional<Day> recounted(const FlowItem& item, const WorkCalendar& calendar) {
  if (item.extended) return due_extended(calendar, *item.extended).day;
  return item.dispatched ? std::optional(due_after_dispatch(calendar, *item.dispatched).day) : std::nullopt;
}

bool is_met(MoveNeed need, const FlowItem& item, const MoveOrder& order, const MoveFacts& facts) {
  switch (need) {
    case MoveNeed::Reason: return is_said(order.reason);
    case MoveNeed::Basis: return is_said(order.basis);
    case MoveNeed::Text: return is_said(order.text);
    case MoveNeed::Unit: return is_named(order.unit);
    case MoveNeed::OtherUnit: return is_named(order.unit) && order.unit != item.unit;
    case MoveNeed::Outcome: return order.outcome != ClueOutcome::Open;
    case MoveNeed::Measures: return !order.measures.empty();
    case MoveNeed::Documents: return are_documents(order.documents);
    case MoveNeed::Extension: return order.extension.has_value();
    case MoveNeed::LaterDay: return order.until && item.due && due_extended(*facts.calendar, *order.until).day > *item.due;
    case MoveNeed::Target: return is_target(item, order, facts);
    case MoveNeed::Package: return is_named(order.package) && order.package.size() <= kMostPackageId;
    case MoveNeed::Feedback: return order.feedback && item.wanted.contains(*order.feedback);
    case MoveNeed::Accepted: return item.accepted;
    case MoveNeed::NotAccepted: return !item.accepted;
    case MoveNeed::FoundViolation: return item.outcome == ClueOutcome::Violation;
    case MoveNeed::FoundNone: return item.outcome == ClueOutcome::NoViolation;
    case MoveNeed::AllDelivered: return std::includes(item.delivered.begin(), item.delivered.end(), item.wanted.begin(), item.wanted.end());
    case MoveNeed::GoodSheet: return facts.good_sheet;
    case MoveNeed::ProvisionalDay: return item.due && recounted(item, *facts.calendar) != item.due;
  }
  return false;
}

bool is_of_unit(Whose whose, const FlowItem& item, const MoveOrder& order, const Actor& actor) {
  const std::string& org = item.state == FlowState::None ? order.unit : item.org;
  switch (whose) {
    case Whose::Org: return actor.unit == org;
    case Whose::Unit: return actor.unit == item.unit;
    case Whose::Either: return actor.unit == org || actor.unit == item.unit;
    case Whose::Anyone: return true;
  }
  return false;
}

bool has_duty(const MoveRule& rule, const Actor& actor) {
  return std::any_of(rule.duties.begin(), rule.duties.end(), [&](Duty one) { return actor.duties.contains(one); });
}

void reset_handling(FlowItem& item) {
  item.unit.clear();
  item.accepted = false;
}

}  // namespace

std::string_view to_string(FlowKind kind) { return spelled(kKinds, kind); }
std::string_view to_string(FlowState state) { return spelled(kStates, state); }
std::string_view to_string(FlowMove move) { return spelled(kMoves, move); }
std::string_view to_string(Duty value) { return spelled(kDuties, value); }
std::string_view to_string(Measure value) { return spelled(kMeasures, value); }
std::string_view to_string(ClueOutcome outcome) { return spelled(kOutcomes, outcome); }
std::string_view to_string(MoveNeed need) { return spelled(kNeeds, need); }
std::optional<FlowKind> flow_kind(std::string_view text) { return unspelled<FlowKind>(kKinds, text); }
std::optional<FlowState> flow_state(std::string_view text) { return unspelled<FlowState>(kStates, text); }
std::optional<FlowMove> flow_move(std::string_view text) { return unspelled<FlowMove>(kMoves, text); }
std::optional<Duty> duty(std::string_view text) { return unspelled<Duty>(kDuties, text); }
std::optional<Measure> measure(std::string_view text) { return unspelled<Measure>(kMeasures, text); }
std::optional<ClueOutcome> clue_outcome(std::string_view text) { return unspelled<ClueOutcome>(kOutcomes, text); }

bool is_over(FlowState state) {
  switch (state) {
    case FlowState::Finished:
    case FlowState::Cancelled:
    case FlowState::Closed:
    case FlowState::Merged:
    case FlowState::Tasked:
    case FlowState::Dropped: return true;
    default: return false;
  }
}

WaitsFor waits_for(const FlowItem& item) {
  switch (item.state) {
    case FlowState::Draft:
    case FlowState::Returned:
    case FlowState::Revising: return {item.org, Duty::Issuer};
    case FlowState::Submitted:
    case FlowState::Running: return {item.unit, Duty::Monitor};
    case FlowState::Judging:
    case FlowState::Waiting: return {item.org, Duty::Judge};
    case FlowState::Dispatching:
    case FlowState::Confirming: return {item.org, Duty::Dispatcher};
    case FlowState::Verifying:
    case FlowState::Handling: return {item.unit, Duty::Handler};
    default: return {};
  }
}

std::string describe(const MoveProblem& problem) {
  switch (problem.trouble) {
    case MoveTrouble::NotFromHere: return "this move is not possible in the item's present state";
    case MoveTrouble::NotYourDuty: return "this move belongs to another duty";
    case MoveTrouble::NotYourUnit: return "the item lies with another unit";
    case MoveTrouble::Unmet: return "the move needs " + std::string(problem.need ? to_string(*problem.need) : "more");
  }
  return "";
}

std::optional<MoveProblem> move_problem(const FlowItem& item, const MoveOrder& order, const Actor& actor, const MoveFacts& facts) {
  const auto* rule = rule_for(item.kind, order.move, item.state);
  if (!rule) return MoveProblem{MoveTrouble::NotFromHere, {}};
  if (!has_duty(*rule, actor)) return MoveProblem{MoveTrouble::NotYourDuty, {}};
  if (!is_of_unit(rule->whose, item, order, actor)) return MoveProblem{MoveTrouble::NotYourUnit, {}};
  for (const auto need : rule->needs)
    if (!is_met(need, item, order, facts)) return MoveProblem{MoveTrouble::Unmet, need};
  return {};
}

std::vector<FlowMove> open_moves(const FlowItem& item, const Actor& actor) {
  std::vector<FlowMove> out;
  MoveOrder own;
  own.unit = actor.unit;
  for (const auto& rule : move_rules())
    if (rule.kind == item.kind && rule.from == item.state && has_duty(rule, actor) && is_of_unit(rule.whose, item, own, actor)) out.push_back(rule.move);
  return out;
}

std::vector<FlowMove> ready_moves(const FlowItem& item, const Actor& actor, const WorkCalendar& calendar) {
  static constexpr MoveNeed kOfTheItem[] = {MoveNeed::Accepted, MoveNeed::NotAccepted, MoveNeed::FoundViolation, MoveNeed::FoundNone, MoveNeed::AllDelivered, MoveNeed::ProvisionalDay};
  MoveFacts facts;
  facts.calendar = &calendar;
  auto out = open_moves(item, actor);
  std::erase_if(out, [&](FlowMove move) {
    const auto& needs = rule_for(item.kind, move, item.state)->needs;
    return std::any_of(std::begin(kOfTheItem), std::end(kOfTheItem), [&](MoveNeed need) { return std::find(needs.begin(), needs.end(), need) != needs.end() && !is_met(need, item, {}, facts); });
  });
  return out;
}

FlowItem after_move(const FlowItem& item, const MoveOrder& order, const Actor&, const MoveFacts& facts, const std::set<FeedbackKind>& wanted) {
  FlowItem out = item;
  if (const auto* rule = rule_for(item.kind, order.move, item.state)) out.state = rule->to;
  switch (order.move) {
    case FlowMove::Create: out.org = order.unit; break;
    case FlowMove::Submit:
      out.unit = order.unit;
      ++out.version;
      out.wanted = wanted;
      break;
    case FlowMove::Assign:
      out.unit = order.unit;
      out.accepted = false;
      if (out.dispatched) break;
      out.dispatched = facts.today;
      out.due = due_after_dispatch(*facts.calendar, facts.today).day;
      break;
    case FlowMove::Transfer:
      out.unit = order.unit;
      out.accepted = false;
      break;
    case FlowMove::Accept: out.accepted = item.kind == FlowKind::Result; break;
    case FlowMove::Return:
      if (item.kind == FlowKind::Result) reset_handling(out);
      break;
    case FlowMove::Deliver:
      if (order.feedback) out.delivered.insert(*order.feedback);
      break;
    case FlowMove::Dismiss: out.outcome = ClueOutcome::NoViolation; break;
    case FlowMove::Verified: out.outcome = order.outcome; break;
    case FlowMove::Recheck: out.outcome = ClueOutcome::Open; break;
    case FlowMove::Extend:
      out.extended = order.until;
      out.due = due_extended(*facts.calendar, *order.until).day;
      break;
    case FlowMove::Recount: out.due = recounted(item, *facts.calendar); break;
    case FlowMove::Merge: out.merged_into = order.target; break;
    case FlowMove::IntoTask: out.task = order.target; break;
    case FlowMove::Reopen:
      if (item.kind != FlowKind::Result) break;
      reset_handling(out);
      out.outcome = ClueOutcome::Open;
      out.dispatched = out.due = out.extended = std::nullopt;
      out.merged_into = 0;
      break;
    default: break;
  }
  return out;
}

}  // namespace guzheng
