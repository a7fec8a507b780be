// Any allowed sequence keeps route, deadline, row and journal in step; what is refused changes nothing. A-6.4a A-6.4b
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/tasks/task_folder.h"

namespace guzheng {
namespace {

// Numbers that are the same in every run.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 2862933555777941757ull + 3037000493ull) {}
  int below(int n) {
    state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<int>((state_ >> 33) % static_cast<std::uint64_t>(n));
  }

 private:
  std::uint64_t state_;
};

// What the deadline must be, counted here by hand.
struct DeadlineModel {
  std::optional<Day> due;
  void moved(const MoveOrder& order, Day today, const WorkCalendar& calendar) {
    if (order.move == FlowMove::Assign && !due) {
      Day day = today;
      for (int left = 15; left > 0;) left -= calendar.is_working(day += std::chrono::days(1)) ? 1 : 0;
      due = day;
    }
    if (order.move == FlowMove::Extend) {
      due = order.until;
      while (!calendar.is_working(*due)) *due += std::chrono::days(1);
    }
    if (order.move == FlowMove::Reopen) due.reset();
  }
};

bool may(const MoveRule& rule, const FlowItem& item, const Actor& actor) {
  const bool has_duty = std::any_of(rule.duties.begin(), rule.duties.end(), [&](Duty one) { return actor.duties.contains(one); });
  return has_duty && (rule.whose == Whose::Anyone || (rule.whose != Whose::Unit && actor.unit == item.org) || (rule.whose != Whose::Org && actor.unit == item.unit));
}

// Mostly a move of the table by somebody who may make it, or a walk would stand still; now and then anything by anybody.
std::pair<FlowMove, const TaskHand*> thrown_move(Dice& dice, const FlowItem& item) {
  const auto& people = test::people();
  std::vector<std::pair<FlowMove, const TaskHand*>> good;
  for (const auto& rule : move_rules()) {
    if (rule.kind != item.kind || rule.from != item.state) continue;
    const bool ends_or_stays = rule.move == FlowMove::Attach || rule.move == FlowMove::Merge || rule.move == FlowMove::Dismiss || rule.move == FlowMove::Return || rule.move == FlowMove::Transfer;
    if (ends_or_stays && dice.below(5)) continue;
    for (const auto& hand : people)
      if (may(rule, item, hand.actor)) good.emplace_back(rule.move, &hand);
  }
  if (good.empty() || dice.below(8) == 0)
    return {static_cast<FlowMove>(1 + dice.below(static_cast<int>(FlowMove::Drop))), &people[static_cast<std::size_t>(dice.below(static_cast<int>(people.size())))]};
  return good[static_cast<std::size_t>(dice.below(static_cast<int>(good.size())))];
}

MoveOrder thrown_order(Dice& dice, FlowMove move, const Document& document, Day today, std::int64_t other) {
  MoveOrder out;
  out.move = move;
  out.reason = dice.below(10) ? "理由" : "";
  out.basis = dice.below(10) ? "依据" : "";
  out.text = "核查情况";
  out.unit = dice.below(2) ? test::kFirst : test::kSecond;
  out.outcome = static_cast<ClueOutcome>(dice.below(3));
  out.measures = {Measure::Guidance};
  if (dice.below(10)) out.documents = {document};
  else out.documents = {{"不在册.pdf", std::string(64, 'b')}};
  out.extension = ExtensionReason::CaseFiling;
  out.until = today + std::chrono::days(10 + dice.below(60));
  out.target = dice.below(10) ? other : 0;
  out.package = "LX-03-0001";
  return out;
}

std::size_t acts_in(const std::filesystem::path& log) {
  const auto reading = read_operation_log(log).value();
  EXPECT_FALSE(reading.broken_at);
  return static_cast<std::size_t>(std::count_if(reading.lines.begin(), reading.lines.end(), [](const JournalLine& line) { return line.kind == "op.task-act"; }));
}

TEST(AnySequence, keeps_route_deadline_and_journal_in_step) {
  const int walks = std::getenv("GUZHENG_LONG") ? 200 : 6, tries = 90;
  std::set<FlowMove> made;
  for (int walk = 0; walk < walks; ++walk) {
    test::TaskFolder folder;
    auto& book = *folder.book;
    Dice dice(static_cast<std::uint64_t>(walk) + 1);
    const auto task = folder.running_task();
    const auto id = folder.found(task), other = folder.found(task, 2);
    const auto document = folder.document();
    DeadlineModel model;
    std::size_t acts = acts_in(folder.path / "operations.log");
    for (int i = 0; i < tries; ++i) {
      folder.clock.advance_ms(dice.below(3) * 43'200'000);
      const auto today = day_of(folder.clock.wall());
      const auto before = book.result(id).value();
      const auto [move, who] = thrown_move(dice, before.item);
      const auto& hand = *who;
      const auto order = thrown_order(dice, move, document, today, other);
      const auto problem = book.problem(FlowKind::Result, id, order, hand.actor).value();
      const auto moved = book.move(FlowKind::Result, id, order, hand);
      ASSERT_EQ(moved.has_value(), !problem) << to_string(order.move) << " " << (moved ? "" : moved.error().what);
      const auto after = book.result(id).value();
      if (!moved) {
        ASSERT_TRUE(after.item == before.item) << "what was refused changed nothing";
        continue;
      }
      ++acts;
      made.insert(order.move);
      model.moved(order, today, book.calendar());
      ASSERT_EQ(after.item.due, model.due) << to_string(order.move);
      ASSERT_EQ(after.item.number, before.item.number + 1);
      const auto route = book.route(FlowKind::Result, id).value();
      ASSERT_EQ(route.size(), static_cast<std::size_t>(after.item.number));
      ASSERT_EQ(route.back().move.to, after.item.state);
      ASSERT_EQ(route.back().move.due, after.item.due);
      ASSERT_EQ(route.back().move.badge, hand.actor.badge);
      ASSERT_EQ(route.back().digest, after.item.head);
    }
    ASSERT_EQ(acts_in(folder.path / "operations.log"), acts);
    for (const auto& trouble : book.check_route(FlowKind::Result, id, test::signed_by_badge).value()) ADD_FAILURE() << trouble.number << " " << trouble.what;
    const auto page = book.results({.task = task}, "").value();
    const auto line = std::find_if(page.lines.begin(), page.lines.end(), [&](const ResultLine& one) { return one.id == id; });
    const auto entry = book.result(id).value();
    ASSERT_NE(line, page.lines.end());
    EXPECT_EQ(line->state, entry.item.state);
    EXPECT_EQ(line->due, entry.item.due);
    const auto tasks = book.tasks({}, "").value();
    EXPECT_EQ(tasks.lines.at(0).open_results, (is_over(entry.item.state) ? 0 : 1) + 1);
  }
  EXPECT_GE(made.size(), 15u) << "the walks reached too little";
}

}  // namespace
}  // namespace guzheng
