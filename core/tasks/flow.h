// Room tasks. The loop of a monitoring task as one explicit state machine (A-6.2, A-6.4a, A-6.4c, B-5.2): what an item is, who may move it,
// what a move needs. The table of allowed moves is in flow_rules.cpp and is all there is: what is not in it cannot be done. Pure.
//   sheet    拟稿 → 已提交 → 实施中 → 已反馈;   退回, 撤回, 修订, 作废
//   result   研判确认 → 分派 → 核查 → 处理反馈 → 办结;   退回, 转办, 合并, 重新办理
//   clue     待研判 → 转为任务 | 不予采纳
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/tasks/deadline.h"
#include "core/tasks/document.h"
#include "core/tasks/sheet.h"

namespace guzheng {

// Numbers of the enumerators below are kept in books: add at the end, never between.
enum class FlowKind { Sheet, Result, Clue };

enum class FlowState {
  None,                          // before its first move
  Draft, Submitted, Returned, Running, Revising, Finished, Cancelled,      // sheets
  Judging, Dispatching, Verifying, Handling, Confirming, Closed, Merged,   // results
  Waiting, Tasked, Dropped,                                                // clues
};

enum class FlowMove {
  Create,
  Submit, Withdraw, Accept, Return, Revise, Deliver, Finish, Cancel, Reopen,
  ConfirmClue, Dismiss, Assign, SendBack, Transfer, Verified, Recheck, ReportMeasures, ReportNone, Close, Extend, Recount, Merge, Attach,
  IntoTask, Drop,
};

// What a person does at a desk; one person may have several.
enum class Duty { Issuer, Monitor, Judge, Dispatcher, Handler, Leader };      // 提出, 网监, 研判, 分派, 办理, 负责人
// Whose unit the person must be of.
enum class Whose { Org, Unit, Either, Anyone };

enum class Measure { Guidance, Correction, Penalty, CreditDiscipline };      // 行政指导, 责令改正, 行政处罚, 信用惩戒
enum class ClueOutcome { Open, Violation, NoViolation };

std::string_view to_string(FlowKind kind);
std::string_view to_string(FlowState state);
std::string_view to_string(FlowMove move);
std::string_view to_string(Duty duty);
std::string_view to_string(Measure measure);
std::string_view to_string(ClueOutcome outcome);
std::optional<FlowKind> flow_kind(std::string_view text);
std::optional<FlowState> flow_state(std::string_view text);
std::optional<FlowMove> flow_move(std::string_view text);
std::optional<Duty> duty(std::string_view text);
std::optional<Measure> measure(std::string_view text);
std::optional<ClueOutcome> clue_outcome(std::string_view text);

struct Actor {
  std::string badge, name, unit;           // 执法证号, name, unit as the certificate or the bureau's list says
  std::set<Duty> duties;
};

// One item as its route has made it.
struct FlowItem {
  FlowKind kind = FlowKind::Result;
  std::int64_t id = 0;
  FlowState state = FlowState::None;
  std::string org;                         // the unit that asked for it: judges, dispatches, is answered
  std::string unit;                        // of a sheet: who monitors; of a result: who handles it now; "": nobody yet
  bool accepted = false;                   // 已签收 by that unit
  ClueOutcome outcome = ClueOutcome::Open;
  std::optional<Day> dispatched, due;      // 分派日: the first since it was (re)opened, since returns and transfers start no new count
  std::optional<Day> extended;             // the day last asked for
  int version = 0;                         // of a sheet: how often it was submitted
  std::set<FeedbackKind> wanted, delivered;      // of a sheet
  std::int64_t merged_into = 0, task = 0;  // of a result; of a clue
  std::int64_t number = 0;                 // of its last move
  std::string head;                        // digest of that move; "" before the first
  bool operator==(const FlowItem&) const = default;
};

// Who has it on the desk.
struct WaitsFor {
  std::string unit;
  std::optional<Duty> duty;                // none: nobody, it is over
  bool operator==(const WaitsFor&) const = default;
};
WaitsFor waits_for(const FlowItem& item);
bool is_over(FlowState state);             // Finished, Cancelled, Closed, Merged, Tasked, Dropped

// What a person says with a move. Members that the move does not need stay empty.
struct MoveOrder {
  FlowMove move = FlowMove::Create;
  std::string reason, basis, text;         // 理由, 依据, 情况
  std::string unit;                        // of Create: the item's org
  ClueOutcome outcome = ClueOutcome::Open;
  std::set<Measure> measures;
  std::vector<Document> documents;         // in the book already
  std::optional<ExtensionReason> extension;
  std::optional<Day> until;
  std::int64_t target = 0;                 // merge: the result it goes into; into task: the task
  std::string package;                     // attach: id of the evidence package
  std::optional<FeedbackKind> feedback;    // deliver: which kind
  bool operator==(const MoveOrder&) const = default;
};

enum class MoveNeed {
  Reason, Basis, Text, Unit, OtherUnit, Outcome, Measures, Documents, Extension, LaterDay, Target, Package, Feedback,
  Accepted, NotAccepted, FoundViolation, FoundNone, AllDelivered, GoodSheet, ProvisionalDay,
};
std::string_view to_string(MoveNeed need);

struct MoveRule {
  FlowKind kind;
  FlowMove move;
  FlowState from, to;
  std::set<Duty> duties;
  Whose whose;
  std::vector<MoveNeed> needs;
};
// The table: at most one rule for each kind, move and state.
const std::vector<MoveRule>& move_rules();
const MoveRule* rule_for(FlowKind kind, FlowMove move, FlowState from);

enum class MoveTrouble {
  NotFromHere,                   // no such move in this state
  NotYourDuty,
  NotYourUnit,
  Unmet,                         // `need` says what
};
struct MoveProblem {
  MoveTrouble trouble = MoveTrouble::NotFromHere;
  std::optional<MoveNeed> need;
  bool operator==(const MoveProblem&) const = default;
};
std::string describe(const MoveProblem& problem);              // English, for errors and logs

// What the order and the item alone cannot tell.
struct MoveFacts {
  bool good_sheet = false;                 // sheet_problems is empty
  const FlowItem* target = nullptr;        // of `target`, as it is now; null: there is none
  const WorkCalendar* calendar = nullptr;  // required
  Day today;
};

// What is in the way; none: the move may be made.
std::optional<MoveProblem> move_problem(const FlowItem& item, const MoveOrder& order, const Actor& actor, const MoveFacts& facts);
// Moves that this person could make now, as far as duty, unit and state go.
std::vector<FlowMove> open_moves(const FlowItem& item, const Actor& actor);
// Of these the ones that only need what the person says with them: 签收 came first, everything was delivered, the outcome is found, the day has moved.
std::vector<FlowMove> ready_moves(const FlowItem& item, const Actor& actor, const WorkCalendar& calendar);

// The item after a move that may be made; number and head are the route's business (route.h).
FlowItem after_move(const FlowItem& item, const MoveOrder& order, const Actor& actor, const MoveFacts& facts, const std::set<FeedbackKind>& wanted = {});

}  // namespace guzheng
