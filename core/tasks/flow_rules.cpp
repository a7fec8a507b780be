// The table of allowed moves. Each line: what, from, to, who, of which unit, what it needs.
#include "core/tasks/flow.h"

namespace guzheng {

namespace {

using K = FlowKind;
using M = FlowMove;
using S = FlowState;
using D = Duty;
using N = MoveNeed;
using W = Whose;

std::vector<MoveRule> sheet_rules() {
  return {
      {K::Sheet, M::Create, S::None, S::Draft, {D::Issuer}, W::Org, {N::Unit}},
      {K::Sheet, M::Submit, S::Draft, S::Submitted, {D::Issuer}, W::Org, {N::GoodSheet, N::Unit}},
      {K::Sheet, M::Submit, S::Returned, S::Submitted, {D::Issuer}, W::Org, {N::GoodSheet, N::Unit}},
      {K::Sheet, M::Submit, S::Revising, S::Submitted, {D::Issuer}, W::Org, {N::GoodSheet, N::Unit}},
      {K::Sheet, M::Withdraw, S::Submitted, S::Draft, {D::Issuer}, W::Org, {}},
      {K::Sheet, M::Accept, S::Submitted, S::Running, {D::Monitor}, W::Unit, {}},
      {K::Sheet, M::Return, S::Submitted, S::Returned, {D::Monitor}, W::Unit, {N::Reason}},
      {K::Sheet, M::Revise, S::Running, S::Revising, {D::Issuer}, W::Org, {N::Reason}},
      {K::Sheet, M::Deliver, S::Running, S::Running, {D::Monitor}, W::Unit, {N::Feedback, N::Documents}},
      {K::Sheet, M::Finish, S::Running, S::Finished, {D::Monitor}, W::Unit, {N::AllDelivered}},
      {K::Sheet, M::Reopen, S::Finished, S::Running, {D::Leader}, W::Either, {N::Reason}},
      {K::Sheet, M::Cancel, S::Draft, S::Cancelled, {D::Issuer}, W::Org, {N::Reason}},
      {K::Sheet, M::Cancel, S::Returned, S::Cancelled, {D::Issuer}, W::Org, {N::Reason}},
      {K::Sheet, M::Cancel, S::Running, S::Cancelled, {D::Leader}, W::Org, {N::Reason}},
  };
}

std::vector<MoveRule> result_rules() {
  std::vector<MoveRule> rules{
      {K::Result, M::Create, S::None, S::Judging, {D::Monitor, D::Judge}, W::Anyone, {N::Unit}},
      // 研判确认: a clue with its basis, or none with reason and basis (A-6.4c)
      {K::Result, M::ConfirmClue, S::Judging, S::Dispatching, {D::Judge}, W::Org, {N::Basis}},
      {K::Result, M::Dismiss, S::Judging, S::Closed, {D::Judge}, W::Org, {N::Reason, N::Basis}},
      // 分派
      {K::Result, M::Assign, S::Dispatching, S::Verifying, {D::Dispatcher}, W::Org, {N::Unit}},
      {K::Result, M::SendBack, S::Dispatching, S::Judging, {D::Dispatcher}, W::Org, {N::Reason}},
      // 核查
      {K::Result, M::Accept, S::Verifying, S::Verifying, {D::Handler}, W::Unit, {N::NotAccepted}},
      {K::Result, M::Return, S::Verifying, S::Dispatching, {D::Handler}, W::Unit, {N::Reason}},
      {K::Result, M::Transfer, S::Verifying, S::Verifying, {D::Handler}, W::Unit, {N::OtherUnit, N::Reason}},
      {K::Result, M::Verified, S::Verifying, S::Handling, {D::Handler}, W::Unit, {N::Accepted, N::Outcome, N::Text}},
      // 处理反馈
      {K::Result, M::Recheck, S::Handling, S::Verifying, {D::Handler}, W::Unit, {N::Reason}},
      {K::Result, M::ReportMeasures, S::Handling, S::Confirming, {D::Handler}, W::Unit, {N::FoundViolation, N::Measures, N::Text, N::Documents}},
      {K::Result, M::ReportNone, S::Handling, S::Confirming, {D::Handler}, W::Unit, {N::FoundNone, N::Reason, N::Basis}},
      // 办结: by whoever dispatched it
      {K::Result, M::Close, S::Confirming, S::Closed, {D::Dispatcher}, W::Org, {}},
      {K::Result, M::SendBack, S::Confirming, S::Handling, {D::Dispatcher}, W::Org, {N::Reason}},
      {K::Result, M::Reopen, S::Closed, S::Judging, {D::Leader}, W::Org, {N::Reason}},
      {K::Result, M::Reopen, S::Merged, S::Judging, {D::Leader}, W::Org, {N::Reason}},
  };
  for (const auto state : {S::Verifying, S::Handling})
    rules.push_back({K::Result, M::Extend, state, state, {D::Leader}, W::Either, {N::Extension, N::LaterDay, N::Documents}});
  for (const auto state : {S::Dispatching, S::Verifying, S::Handling, S::Confirming})
    rules.push_back({K::Result, M::Recount, state, state, {D::Leader, D::Dispatcher}, W::Org, {N::ProvisionalDay}});
  for (const auto state : {S::Judging, S::Dispatching})
    rules.push_back({K::Result, M::Merge, state, S::Merged, {D::Judge, D::Dispatcher}, W::Org, {N::Target, N::Reason}});
  for (const auto state : {S::Verifying, S::Handling}) rules.push_back({K::Result, M::Merge, state, S::Merged, {D::Handler}, W::Unit, {N::Target, N::Reason}});
  // evidence comes back to the result in whatever state it is open
  for (const auto state : {S::Judging, S::Dispatching, S::Verifying, S::Handling, S::Confirming})
    rules.push_back({K::Result, M::Attach, state, state, {D::Monitor, D::Judge, D::Dispatcher, D::Handler}, W::Anyone, {N::Package}});
  return rules;
}

// GB/T 37919 5.2: judged with its legal basis into a task, or dropped with a reason
std::vector<MoveRule> clue_rules() {
  return {
      {K::Clue, M::Create, S::None, S::Waiting, {D::Issuer, D::Monitor, D::Judge}, W::Org, {N::Unit}},
      {K::Clue, M::IntoTask, S::Waiting, S::Tasked, {D::Judge}, W::Org, {N::Basis, N::Target}},
      {K::Clue, M::Drop, S::Waiting, S::Dropped, {D::Judge}, W::Org, {N::Reason}},
      {K::Clue, M::Reopen, S::Dropped, S::Waiting, {D::Leader}, W::Org, {N::Reason}},
  };
}

}  // namespace

const std::vector<MoveRule>& move_rules() {
  static const std::vector<MoveRule> rules = [] {
    auto all = sheet_rules();
    for (auto* more : {&result_rules, &clue_rules}) {
      auto list = more();
      all.insert(all.end(), list.begin(), list.end());
    }
    return all;
  }();
  return rules;
}

const MoveRule* rule_for(FlowKind kind, FlowMove move, FlowState from) {
  for (const auto& rule : move_rules())
    if (rule.kind == kind && rule.move == move && rule.from == from) return &rule;
  return nullptr;
}

}  // namespace guzheng
