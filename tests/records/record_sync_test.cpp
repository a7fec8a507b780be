// Records in common between desks (core/records/record_sync.h): A-7.4c, A-8.1.
#include "tests/records/desks.h"

#include "core/base/json.h"

namespace guzheng {
namespace {

using test::Central;
using test::Desk;
using test::MemorySource;
using test::Side;

const RecordName kTask{"task", "t1"};

class InCommon : public testing::Test {
 protected:
  void both_know(const std::string& body) {
    first_.edit(kTask, body);
    one_.ran();
    two_.ran();
    ASSERT_EQ(second_.body(kTask), body);
  }
  std::vector<JournalLine> decisions(const Desk& desk) {
    std::vector<JournalLine> out;
    for (auto& line : test::taken(read_operation_log(desk.log->path())).lines)
      if (line.kind == "op.record-decided") out.push_back(line);
    return out;
  }
  ManualClock clock_;
  Central central_{clock_};
  MemorySource first_, second_;
  Desk one_{central_, "LX-03", clock_, {&first_}}, two_{central_, "LX-04", clock_, {&second_}};
};

TEST_F(InCommon, GoUpAndDownAndARunWithNothingNewTellsNothing) {
  for (int n = 0; n < 20; ++n) first_.edit({"task", "t" + std::to_string(n)}, R"({"n":)" + std::to_string(n) + "}");
  EXPECT_EQ(one_.ran().up, 20);
  EXPECT_EQ(two_.ran().down, 20);
  EXPECT_EQ(first_.here, second_.here);
  EXPECT_EQ(one_.ran().up + one_.ran().down + two_.ran().up, 0);
  EXPECT_EQ(central_.book.versions("task", "t1")->size(), 1u);
  second_.edit(kTask, R"({"n":"x"})");
  second_.edit({"task", "t2"}, "");
  EXPECT_EQ(two_.ran().up, 2);
  EXPECT_EQ(one_.ran().down, 2);
  EXPECT_EQ(first_.here, second_.here);
  EXPECT_EQ(first_.here.size(), 19u);
}

TEST_F(InCommon, BothChangedIsAConflictWithBothBodiesAndWhatTheyComeFrom) {
  both_know(R"({"a":1,"b":1,"entries":{"1":"x"}})");
  first_.edit(kTask, R"({"a":2,"b":1,"entries":{"1":"x","2":"y"}})");
  second_.edit(kTask, R"({"a":1,"b":2,"entries":{"1":"z"}})");
  one_.ran();
  EXPECT_EQ(two_.ran().conflicts, 1);
  const auto conflict = two_.only_conflict();
  EXPECT_EQ(conflict.base, R"({"a":1,"b":1,"entries":{"1":"x"}})");
  EXPECT_EQ(conflict.mine, R"({"a":1,"b":2,"entries":{"1":"z"}})");
  EXPECT_EQ(conflict.theirs, R"({"a":2,"b":1,"entries":{"1":"x","2":"y"}})");
  EXPECT_EQ(conflict.their_station, "LX-03");
  EXPECT_EQ(two_.ran().conflicts, 0);              // found once, and nothing is told meanwhile
  EXPECT_EQ(second_.body(kTask), conflict.mine);
  EXPECT_EQ(central_.book.versions("task", "t1")->size(), 2u);

  std::map<std::string, bool> differs;
  for (const auto& field : test::taken(record_fields(conflict.base, conflict.mine, conflict.theirs))) differs[field.name] = field.differs();
  EXPECT_EQ(differs, (std::map<std::string, bool>{{"a", true}, {"b", true}, {"entries.1", true}, {"entries.2", true}}));
  EXPECT_EQ(two_.sync->decide(conflict, {Side::Fields, {"c"}}, "李乙 02").error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(two_.sync->decide(conflict, {Side::Fields, {"a", "entries.2"}}, "李乙 02"));
  EXPECT_EQ(two_.ran().up, 1);
  EXPECT_EQ(one_.ran().down, 1);
  EXPECT_EQ(first_.body(kTask), R"({"a":2,"b":2,"entries":{"1":"z","2":"y"}})");
  EXPECT_EQ(first_.here, second_.here);
  const auto lines = decisions(two_);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].body.find("李乙 02"), std::string::npos);
  EXPECT_EQ(two_.book->conflict(conflict.number)->mine, conflict.mine);          // kept
  EXPECT_EQ(two_.sync->decide(conflict, {Side::Mine, {}}, "李乙 02").error().kind, ErrorKind::NotFound);
}

TEST_F(InCommon, ADecisionIsAboutWhatThePersonSaw) {
  both_know(R"({"a":1})");
  first_.edit(kTask, R"({"a":2})");
  one_.ran();
  second_.edit(kTask, R"({"a":3})");
  two_.ran();
  const auto seen = two_.only_conflict();
  second_.edit(kTask, R"({"a":4})");
  EXPECT_EQ(two_.sync->decide(seen, {Side::Theirs, {}}, "李乙 02").error().kind, ErrorKind::Exists);
  EXPECT_EQ(second_.body(kTask), R"({"a":4})");
  EXPECT_TRUE(decisions(two_).empty());
  const auto again = two_.only_conflict();
  first_.edit(kTask, R"({"a":5})");
  one_.ran();
  two_.ran();
  EXPECT_EQ(two_.sync->decide(again, {Side::Theirs, {}}, "李乙 02").error().kind, ErrorKind::Exists);
  const auto now = two_.only_conflict();
  EXPECT_EQ(now.theirs, R"({"a":5})");
  ASSERT_TRUE(two_.sync->decide(now, {Side::Theirs, {}}, "李乙 02"));
  EXPECT_EQ(two_.ran().up, 0);
  EXPECT_EQ(first_.here, second_.here);
}

TEST_F(InCommon, TakenAwayHereAndChangedThereIsAConflictToo) {
  both_know(R"({"a":1})");
  first_.edit(kTask, "");
  one_.ran();
  second_.edit(kTask, R"({"a":2})");
  EXPECT_EQ(two_.ran().conflicts, 1);
  auto conflict = two_.only_conflict();
  EXPECT_EQ(conflict.theirs, "");
  EXPECT_FALSE(two_.sync->decide(conflict, {Side::Fields, {"a"}}, "李乙 02"));
  ASSERT_TRUE(two_.sync->decide(conflict, {Side::Mine, {}}, "李乙 02"));
  two_.ran();
  one_.ran();
  EXPECT_EQ(first_.body(kTask), R"({"a":2})");
  // and the other way round
  second_.edit(kTask, "");
  first_.edit(kTask, R"({"a":3})");
  one_.ran();
  EXPECT_EQ(two_.ran().conflicts, 1);
  ASSERT_TRUE(two_.sync->decide(two_.only_conflict(), {Side::Mine, {}}, "李乙 02"));
  two_.ran();
  one_.ran();
  EXPECT_TRUE(first_.here.empty());
  EXPECT_TRUE(second_.here.empty());
}

TEST_F(InCommon, TheSameEditAtBothEndsIsNone) {
  both_know(R"({"a":1})");
  first_.edit(kTask, R"({"a":2})");
  second_.edit(kTask, R"({"a":2})");
  one_.ran();
  EXPECT_EQ(two_.ran().conflicts, 0);
  second_.edit(kTask, R"({"a":3})");
  first_.edit(kTask, R"({"a":4})");
  one_.ran();
  EXPECT_EQ(two_.ran().conflicts, 1);
  second_.edit(kTask, R"({"a":4})");
  EXPECT_EQ(two_.ran().equal, 1);
  EXPECT_TRUE(two_.sync->conflicts()->empty());
}

TEST_F(InCommon, WhatCannotBeReadHereIsHeldAndWhatIsRefusedThereIsSaid) {
  first_.edit(kTask, R"({"unreadable":true})");
  one_.ran();
  EXPECT_EQ(two_.ran().held, 1);
  EXPECT_EQ(two_.book->totals()->held, 1);
  EXPECT_TRUE(two_.book->troubles()->at(0).from_there);
  first_.edit(kTask, R"({"a":1})");
  one_.ran();
  two_.ran();
  EXPECT_EQ(two_.book->totals()->held, 0);
  EXPECT_EQ(second_.body(kTask), R"({"a":1})");

  central_.book.take({{std::string(32, 'f'), "task", "t9", 0, false, "{}", "x", 1}}, "LX-09", "网监二科").value();
  first_.edit({"task", "t9"}, R"({"a":1})");
  first_.edit({"task", "large"}, R"({"t":")" + std::string(kMostRecordBody, 'x') + R"("})");
  EXPECT_EQ(one_.ran().refused, 2);
  EXPECT_EQ(one_.ran().refused, 0);                // not again and again
  EXPECT_EQ(one_.book->totals()->refused, 2);
  EXPECT_EQ(first_.here.size(), 3u);               // what was made here stays here
  first_.edit({"task", "large"}, R"({"t":"small"})");
  EXPECT_EQ(one_.ran().up, 1);
  EXPECT_EQ(one_.book->totals()->refused, 1);
}

TEST_F(InCommon, AnotherProgramWaits) { EXPECT_EQ(RecordDeskBook::open(one_.folder.path).error().kind, ErrorKind::Exists); }

// Random edits at three desks, lines that are cut, programs that are killed, random decisions: all end up the same, and each edit is either in the central system's history
// or in a conflict that somebody decided.
class Wild {
 public:
  explicit Wild(unsigned seed) : random_(seed) {
    for (int i = 0; i < 3; ++i) {
      sources_.push_back(std::make_unique<MemorySource>());
      desks_.push_back(std::make_unique<Desk>(central_, "LX-0" + std::to_string(i + 1), clock_, std::vector<RecordSource*>{sources_.back().get()}));
    }
  }
  void wild(int steps) {
    const auto now_and_then = [this] { return chance(8); };
    for (int i = 0; i < 3; ++i) sources_[at(i)]->weak = desks_[at(i)]->link.cut = now_and_then;
    for (int step = 0; step < steps; ++step) {
      const auto who = at(below(3));
      if (chance(2)) edit(who);
      else if (chance(3)) decide_one(who);
      else if (!desks_[who]->run() && chance(2)) desks_[who]->open();
    }
  }
  void calm() {
    for (int i = 0; i < 3; ++i) sources_[at(i)]->weak = desks_[at(i)]->link.cut = nullptr;
    for (int round = 0; round < 6; ++round)
      for (std::size_t i = 0; i < 3; ++i) {
        desks_[i]->ran();
        while (decide_one(i)) {}
      }
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(sources_[i]->here, sources_[0]->here);
      EXPECT_TRUE(desks_[i]->sync->conflicts()->empty());
      EXPECT_EQ(desks_[i]->book->totals()->waiting, 0);
    }
    std::map<RecordName, std::string> there;
    for (const auto& record : test::taken(central_.book.page(test::kUnit, 0, {}, 500)).records)
      if (!record.gone) there[{record.kind, record.id}] = record.body;
    EXPECT_EQ(there, sources_[0]->here);
  }
  void nothing_lost() {
    std::set<std::string> kept;
    for (int n = 0; n < kThings; ++n)
      for (const auto& version : test::taken(central_.book.versions("task", "t" + std::to_string(n)))) kept.insert(version.body);
    for (auto& desk : desks_)
      for (const auto& conflict : test::taken(desk->book->conflicts(false, 10'000))) {
        kept.insert({conflict.base, conflict.mine, conflict.theirs, conflict.outcome});
        for (const auto& body : test::taken(desk->book->earlier(conflict.number))) kept.insert(body);
      }
    for (const auto& body : edits_) EXPECT_TRUE(kept.contains(body)) << body;
  }
  int conflicts = 0;

 private:
  static constexpr int kThings = 5;
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }
  int below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool chance(int of) { return below(of) == 0; }

  void edit(std::size_t who) {
    const RecordName name{"task", "t" + std::to_string(below(kThings))};
    auto& own = unsent_[who][name];
    if (!own.empty() && sources_[who]->body(name) == own) edits_.erase(own);     // a person writes over their own edit: theirs to do
    const std::string body = chance(7) ? "" : R"({"a":)" + std::to_string(++number_) + R"(,"b":)" + std::to_string(below(3)) + "}";
    if (body == sources_[who]->body(name)) return;
    sources_[who]->edit(name, body);
    own = body;
    if (!body.empty()) edits_.insert(body);
  }
  bool decide_one(std::size_t who) {
    const auto open = desks_[who]->sync->conflicts().value();
    if (open.empty()) return false;
    ++conflicts;
    const auto& one = open[at(below(static_cast<int>(open.size())))];
    RecordSync::Decision decision{chance(2) ? Side::Mine : Side::Theirs, {}};
    if (!one.mine.empty() && !one.theirs.empty() && chance(2)) {
      decision.side = Side::Fields;
      for (const auto& field : test::taken(record_fields(one.base, one.mine, one.theirs)))
        if (field.differs() && chance(2)) decision.theirs_of.push_back(field.name);
    }
    const auto done = desks_[who]->sync->decide(one, decision, "王甲 01");
    return done.has_value() || sources_[who]->weak;
  }

  std::mt19937 random_;
  ManualClock clock_;
  Central central_{clock_};
  std::vector<std::unique_ptr<MemorySource>> sources_;
  std::vector<std::unique_ptr<Desk>> desks_;
  std::map<RecordName, std::string> unsent_[3];
  std::set<std::string> edits_;
  int number_ = 0;
};

TEST(InCommonWild, EndTheSameEverywhereAndLoseNoEdit) {
  int conflicts = 0;
  for (unsigned seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Wild wild(seed);
    for (int part = 0; part < 2; ++part) {
      wild.wild(60);
      wild.calm();
      wild.nothing_lost();
    }
    conflicts += wild.conflicts;
    if (testing::Test::HasFailure()) return;
  }
  EXPECT_GT(conflicts, 5);                        // it was wild
}

}  // namespace
}  // namespace guzheng
