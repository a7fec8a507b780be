// The state machine: every move in every state by every duty of every unit, against a table written here by hand; what each move needs. A-6.4a A-6.4c
#include "core/tasks/flow.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "tests/tasks/task_folder.h"

namespace guzheng {
namespace {

// kind state move → state: duties @ whose unit: needs
constexpr const char* kTable = R"(
sheet none create draft issuer @org: unit
sheet draft submit submitted issuer @org: unit good-sheet
sheet returned submit submitted issuer @org: unit good-sheet
sheet revising submit submitted issuer @org: unit good-sheet
sheet submitted withdraw draft issuer @org:
sheet submitted accept running monitor @unit:
sheet submitted return returned monitor @unit: reason
sheet running revise revising issuer @org: reason
sheet running deliver running monitor @unit: feedback documents
sheet running finish finished monitor @unit: all-delivered
sheet finished reopen running leader @either: reason
sheet draft cancel cancelled issuer @org: reason
sheet returned cancel cancelled issuer @org: reason
sheet running cancel cancelled leader @org: reason
result none create judging monitor,judge @anyone: unit
result judging confirm-clue dispatching judge @org: basis
result judging dismiss closed judge @org: reason basis
result judging merge merged judge,dispatcher @org: target reason
result judging attach judging monitor,judge,dispatcher,handler @anyone: package
result dispatching assign verifying dispatcher @org: unit
result dispatching send-back judging dispatcher @org: reason
result dispatching recount dispatching leader,dispatcher @org: provisional-day
result dispatching merge merged judge,dispatcher @org: target reason
result dispatching attach dispatching monitor,judge,dispatcher,handler @anyone: package
result verifying accept verifying handler @unit: not-accepted
result verifying return dispatching handler @unit: reason
result verifying transfer verifying handler @unit: other-unit reason
result verifying verified handling handler @unit: accepted outcome text
result verifying extend verifying leader @either: extension later-day documents
result verifying recount verifying leader,dispatcher @org: provisional-day
result verifying merge merged handler @unit: target reason
result verifying attach verifying monitor,judge,dispatcher,handler @anyone: package
result handling recheck verifying handler @unit: reason
result handling report-measures confirming handler @unit: found-violation measures text documents
result handling report-none confirming handler @unit: found-none reason basis
result handling extend handling leader @either: extension later-day documents
result handling recount handling leader,dispatcher @org: provisional-day
result handling merge merged handler @unit: target reason
result handling attach handling monitor,judge,dispatcher,handler @anyone: package
result confirming close closed dispatcher @org:
result confirming send-back handling dispatcher @org: reason
result confirming recount confirming leader,dispatcher @org: provisional-day
result confirming attach confirming monitor,judge,dispatcher,handler @anyone: package
result closed reopen judging leader @org: reason
result merged reopen judging leader @org: reason
clue none create waiting issuer,monitor,judge @org: unit
clue waiting into-task tasked judge @org: basis target
clue waiting drop dropped judge @org: reason
clue dropped reopen waiting leader @org: reason
)";

struct Expected {
  std::string to, whose;
  std::set<std::string> duties, needs;
};

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> out;
  std::string part;
  for (const char c : text) {
    if (c != at) {
      part += c;
      continue;
    }
    if (!part.empty()) out.push_back(part);
    part.clear();
  }
  if (!part.empty()) out.push_back(part);
  return out;
}

std::map<std::string, Expected> expected_moves() {
  std::map<std::string, Expected> out;
  for (const auto& line : split(kTable, '\n')) {
    const auto colon = line.find(':');
    const auto words = split(line.substr(0, colon), ' '), needs = split(line.substr(colon + 1), ' '), duties = split(words.at(4), ',');
    out[words[0] + " " + words[1] + " " + words[2]] = {words[3], words.at(5).substr(1), {duties.begin(), duties.end()}, {needs.begin(), needs.end()}};
  }
  return out;
}

constexpr int kStates = static_cast<int>(FlowState::Dropped) + 1, kMoves = static_cast<int>(FlowMove::Drop) + 1, kDuties = static_cast<int>(Duty::Leader) + 1;
const std::string kHandling = "城东分局";

// An item in which the conditions of every move are met but those that exclude each other, which `variant` chooses.
FlowItem ready_item(FlowKind kind, FlowState state, int variant) {
  FlowItem out;
  out.kind = kind;
  out.id = 7;
  out.state = state;
  if (state == FlowState::None) return out;
  out.org = test::kOrg;
  out.unit = kHandling;
  out.accepted = variant & 1;
  out.outcome = variant & 2 ? ClueOutcome::Violation : ClueOutcome::NoViolation;
  out.dispatched = day_from("2026-09-16");
  out.due = day_from("2026-10-09");        // not what the calendar says now: may be recounted
  out.wanted = out.delivered = {FeedbackKind::Report};
  return out;
}

MoveOrder full_order(FlowMove move) {
  MoveOrder out;
  out.move = move;
  out.reason = "理由";
  out.basis = "依据";
  out.text = "情况";
  out.unit = move == FlowMove::Create ? test::kOrg : test::kSecond;
  out.outcome = ClueOutcome::Violation;
  out.measures = {Measure::Correction};
  out.documents = {{"文书.pdf", std::string(64, 'a')}};
  out.extension = ExtensionReason::Appraisal;
  out.until = day_from("2026-11-30");
  out.target = 9;
  out.package = "LX-03-20260916-0001";
  out.feedback = FeedbackKind::Report;
  return out;
}

struct Ground {
  WorkCalendar calendar = WorkCalendar::built_in();
  FlowItem target;
  [[nodiscard]] MoveFacts facts(FlowKind kind) {
    target.kind = kind == FlowKind::Clue ? FlowKind::Sheet : kind;
    target.id = 9;
    target.state = kind == FlowKind::Clue ? FlowState::Draft : FlowState::Verifying;
    return {true, &target, &calendar, *day_from("2026-09-16")};
  }
};

TEST(Flow, every_move_in_every_state_by_every_duty_of_every_unit) {
  const auto expected = expected_moves();
  Ground ground;
  int allowed_pairs = 0;
  for (const auto kind : {FlowKind::Sheet, FlowKind::Result, FlowKind::Clue}) {
    for (int s = 0; s < kStates; ++s) {
      for (int m = 0; m < kMoves; ++m) {
        const auto state = static_cast<FlowState>(s);
        const auto move = static_cast<FlowMove>(m);
        const auto key = std::string(to_string(kind)) + " " + std::string(to_string(state)) + " " + std::string(to_string(move));
        const auto row = expected.find(key);
        allowed_pairs += row != expected.end() ? 1 : 0;
        for (int d = 0; d < kDuties; ++d) {
          for (const std::string unit : {std::string(test::kOrg), kHandling, std::string("别的单位")}) {
            const Actor actor{"01", "甲", unit, {static_cast<Duty>(d)}};
            bool right_unit = false, right_duty = false;
            if (row != expected.end()) {
              const auto& whose = row->second.whose;
              const bool of_org = unit == test::kOrg, of_unit = unit == kHandling && state != FlowState::None;
              right_unit = whose == "anyone" || (whose == "org" && of_org) || (whose == "unit" && of_unit) || (whose == "either" && (of_org || of_unit));
              right_duty = row->second.duties.contains(std::string(to_string(static_cast<Duty>(d))));
            }
            bool possible = false;
            for (int variant = 0; variant < 4; ++variant) {
              const auto item = ready_item(kind, state, variant);
              const auto problem = move_problem(item, full_order(move), actor, ground.facts(kind));
              possible = possible || !problem;
              if (row == expected.end()) ASSERT_EQ(problem->trouble, MoveTrouble::NotFromHere) << key;
              else if (!right_duty) ASSERT_EQ(problem->trouble, MoveTrouble::NotYourDuty) << key << d;
              else if (!right_unit) ASSERT_EQ(problem->trouble, MoveTrouble::NotYourUnit) << key << d << unit;
              if (!problem) ASSERT_EQ(to_string(after_move(item, full_order(move), actor, ground.facts(kind)).state), row->second.to) << key;
            }
            ASSERT_EQ(possible, right_duty && right_unit) << key << " by " << to_string(static_cast<Duty>(d)) << " of " << unit;
          }
        }
      }
    }
  }
  EXPECT_EQ(allowed_pairs, static_cast<int>(expected.size())) << "a row of the table names what is not there";
  EXPECT_EQ(move_rules().size(), expected.size());
}

// Takes one need away from an order or an item that meets all.
void take_away(const std::string& need, FlowItem& item, MoveOrder& order, MoveFacts& facts) {
  if (need == "reason") order.reason = " \n";
  else if (need == "basis") order.basis = "\xE3\x80\x80";
  else if (need == "text") order.text = "";
  else if (need == "unit") order.unit = "";
  else if (need == "other-unit") order.unit = item.unit;
  else if (need == "outcome") order.outcome = ClueOutcome::Open;
  else if (need == "measures") order.measures.clear();
  else if (need == "documents") order.documents.clear();
  else if (need == "extension") order.extension.reset();
  else if (need == "later-day") order.until = *item.due;
  else if (need == "target") facts.target = nullptr;
  else if (need == "package") order.package = "";
  else if (need == "feedback") order.feedback = FeedbackKind::SubjectList;
  else if (need == "accepted") item.accepted = false;
  else if (need == "not-accepted") item.accepted = true;
  else if (need == "found-violation") item.outcome = ClueOutcome::NoViolation;
  else if (need == "found-none") item.outcome = ClueOutcome::Violation;
  else if (need == "all-delivered") item.delivered.clear();
  else if (need == "good-sheet") facts.good_sheet = false;
  else if (need == "provisional-day") item.due = due_after_dispatch(*facts.calendar, *item.dispatched).day;
  else FAIL() << need;
}

TEST(Flow, each_need_is_asked_for) {
  Ground ground;
  int tried = 0;
  for (const auto& rule : move_rules()) {
    const auto expected = expected_moves()[std::string(to_string(rule.kind)) + " " + std::string(to_string(rule.from)) + " " + std::string(to_string(rule.move))];
    Actor actor{"01", "甲", rule.whose == Whose::Unit ? kHandling : test::kOrg, rule.duties};
    int variant = expected.needs.contains("accepted") ? 1 : 0;
    if (expected.needs.contains("found-violation")) variant |= 2;
    for (const auto& need : expected.needs) {
      auto item = ready_item(rule.kind, rule.from, variant);
      auto order = full_order(rule.move);
      auto facts = ground.facts(rule.kind);
      ASSERT_EQ(move_problem(item, order, actor, facts), std::nullopt) << to_string(rule.move);
      take_away(need, item, order, facts);
      if (rule.from == FlowState::None && rule.whose == Whose::Org) actor.unit = order.unit;
      const auto problem = move_problem(item, order, actor, facts);
      ASSERT_TRUE(problem) << to_string(rule.move) << " without " << need;
      EXPECT_EQ(problem->trouble, MoveTrouble::Unmet);
      EXPECT_EQ(to_string(*problem->need), need) << to_string(rule.move);
      ++tried;
    }
  }
  EXPECT_GT(tried, 50);
}

TEST(Flow, where_a_result_may_be_merged) {
  Ground ground;
  const auto item = ready_item(FlowKind::Result, FlowState::Judging, 0);
  const Actor actor{"03", "丙", test::kOrg, {Duty::Judge}};
  const auto order = full_order(FlowMove::Merge);
  auto facts = ground.facts(FlowKind::Result);
  EXPECT_EQ(move_problem(item, order, actor, facts), std::nullopt);
  for (const auto state : {FlowState::Closed, FlowState::Merged}) {
    ground.target.state = state;
    EXPECT_TRUE(move_problem(item, order, actor, facts)) << "into what is over";
  }
  ground.target = item;
  auto self = order;
  self.target = item.id;
  EXPECT_TRUE(move_problem(item, self, actor, facts)) << "into itself";
}

// A-6.4b: the count begins with the first dispatch; returns and transfers start no new one; extending and reopening do what they say.
TEST(Flow, the_deadline_along_the_way) {
  Ground ground;
  auto facts = ground.facts(FlowKind::Result);
  const Actor anyone{"01", "甲", test::kOrg, {}};
  auto item = ready_item(FlowKind::Result, FlowState::Dispatching, 0);
  item.dispatched = item.due = std::nullopt;
  const auto go = [&](FlowMove move) { item = after_move(item, full_order(move), anyone, facts); };
  go(FlowMove::Assign);
  EXPECT_EQ(day_text(*item.due), "2026-10-13");
  facts.today = *day_from("2026-09-21");
  go(FlowMove::Transfer);
  EXPECT_EQ(day_text(*item.due), "2026-10-13");
  EXPECT_FALSE(item.accepted) << "the other unit has to take it";
  go(FlowMove::Return);
  EXPECT_EQ(item.unit, "");
  go(FlowMove::Assign);
  EXPECT_EQ(day_text(*item.due), "2026-10-13") << "the first dispatch counts";
  auto extend = full_order(FlowMove::Extend);
  extend.until = day_from("2026-11-28");
  item = after_move(item, extend, anyone, facts);
  EXPECT_EQ(day_text(*item.due), "2026-11-30") << "a Saturday: the next working day";
  item.state = FlowState::Closed;
  go(FlowMove::Reopen);
  EXPECT_FALSE(item.due || item.dispatched || item.extended);
  go(FlowMove::ConfirmClue);
  go(FlowMove::Assign);
  EXPECT_EQ(day_text(*item.due), "2026-10-19") << "reopened: counted anew from the 21st";
}

// What a desk offers: a move whose way is not free yet is not shown
TEST(Flow, ready_moves_leave_out_what_would_be_refused_whatever_is_said) {
  const auto days = WorkCalendar::built_in();
  Actor handler{"05", "办理人", "甲分局", {Duty::Handler}};
  FlowItem item;
  item.state = FlowState::Verifying;
  item.org = "科室";
  item.unit = "甲分局";
  const auto has = [&](FlowMove move) {
    const auto ready = ready_moves(item, handler, days);
    return std::find(ready.begin(), ready.end(), move) != ready.end();
  };
  EXPECT_TRUE(has(FlowMove::Accept));
  EXPECT_FALSE(has(FlowMove::Verified)) << "签收 comes first";
  item.accepted = true;
  EXPECT_FALSE(has(FlowMove::Accept));
  EXPECT_TRUE(has(FlowMove::Verified));
  item.state = FlowState::Handling;
  item.outcome = ClueOutcome::NoViolation;
  EXPECT_FALSE(has(FlowMove::ReportMeasures));
  EXPECT_TRUE(has(FlowMove::ReportNone));
  item.outcome = ClueOutcome::Violation;
  EXPECT_TRUE(has(FlowMove::ReportMeasures));
  EXPECT_FALSE(has(FlowMove::ReportNone));
  handler = {"07", "负责人", "科室", {Duty::Leader}};
  item.dispatched = day_from("2026-09-16");
  item.due = day_from("2026-10-13");
  EXPECT_FALSE(has(FlowMove::Recount)) << "the day would not move";
  item.due = day_from("2026-10-12");
  EXPECT_TRUE(has(FlowMove::Recount));
  FlowItem sheet;
  sheet.kind = FlowKind::Sheet;
  sheet.state = FlowState::Running;
  sheet.unit = "网监";
  sheet.wanted = {FeedbackKind::Report};
  const Actor monitor{"02", "网监人", "网监", {Duty::Monitor}};
  EXPECT_EQ(ready_moves(sheet, monitor, days), std::vector<FlowMove>{FlowMove::Deliver});
  sheet.delivered = sheet.wanted;
  EXPECT_EQ(ready_moves(sheet, monitor, days), (std::vector<FlowMove>{FlowMove::Deliver, FlowMove::Finish}));
}

TEST(Flow, who_has_it_on_the_desk) {
  for (int s = 1; s < kStates; ++s) {
    const auto item = ready_item(FlowKind::Result, static_cast<FlowState>(s), 0);
    EXPECT_EQ(waits_for(item).duty.has_value(), !is_over(item.state)) << to_string(item.state);
  }
  const auto item = ready_item(FlowKind::Result, FlowState::Handling, 1);
  const auto moves = open_moves(item, {"05", "戊", kHandling, {Duty::Handler}});
  EXPECT_THAT(moves, testing::UnorderedElementsAre(FlowMove::Recheck, FlowMove::ReportMeasures, FlowMove::ReportNone, FlowMove::Merge, FlowMove::Attach));
}

TEST(Flow, spellings_are_read_back) {
  for (int s = 0; s < kStates; ++s) EXPECT_EQ(flow_state(to_string(static_cast<FlowState>(s))), static_cast<FlowState>(s));
  for (int m = 0; m < kMoves; ++m) EXPECT_EQ(flow_move(to_string(static_cast<FlowMove>(m))), static_cast<FlowMove>(m));
  for (int d = 0; d < kDuties; ++d) EXPECT_EQ(duty(to_string(static_cast<Duty>(d))), static_cast<Duty>(d));
  EXPECT_EQ(to_string(FlowState::Dropped), "dropped");
  EXPECT_EQ(to_string(FlowMove::Drop), "drop");
  EXPECT_EQ(to_string(MoveNeed::ProvisionalDay), "provisional-day");
}

}  // namespace
}  // namespace guzheng
