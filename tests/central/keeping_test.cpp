// Until when a package is kept, and the two persons that making it shorter takes (core/central/keeping.h). A-7.4c, A-8.1, A-8.2, A-8.3e
#include "core/central/keeping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "core/central/calendar_time.h"
#include "core/central/schema.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

class KeepingTest : public testing::Test {
 protected:
  KeepingTest() {
    std::string pattern = (fs::temp_directory_path() / "gz-keeping-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    database_ = Database::open(folder_ / "central.sqlite", central_schema()).value();
    keeping_ = std::make_unique<Keeping>(*database_, clock_, [this](std::string_view kind, const Json& body) -> Status {
      if (!log_takes_) return fail(ErrorKind::Io, "the log takes nothing");
      noted_.push_back(std::string(kind) + " " + body.dump());
      return ok();
    });
    facts_ = {std::string(64, 'a'), "LX-03-20261121-0001", "一科", KeepClass::Case, clock_.wall_now, months_later(clock_.wall_now, 36, clock_.zone_minutes())};
  }
  ~KeepingTest() override {
    database_.reset();
    fs::remove_all(folder_);
  }
  [[nodiscard]] KeepPlan in_months(int months, KeepClass kind = KeepClass::Case) const { return {kind, months_later(clock_.wall_now, months, clock_.zone_minutes())}; }
  Result<KeepRequest> ask(const CentralPerson& who, const KeepPlan& wanted) { return keeping_->ask(who, facts_, wanted, "诉讼结束"); }
  KeepPlan plan() { return keeping_->plan(facts_).value(); }

  const CentralPerson officer_{"01", "王甲", "一科", CentralRole::Officer}, leader_{"02", "李乙", "一科", CentralRole::Leader}, second_{"03", "张丙", "一科", CentralRole::Leader},
      other_{"04", "赵丁", "二科", CentralRole::Leader}, auditor_{"05", "钱戊", "", CentralRole::Auditor}, admin_{"06", "孙己", "", CentralRole::Administrator};
  fs::path folder_;
  ManualClock clock_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Keeping> keeping_;
  KeepFacts facts_;
  bool log_takes_ = true;
  std::vector<std::string> noted_;
};

TEST_F(KeepingTest, LongerTakesOnePerson) {
  EXPECT_EQ(plan(), (KeepPlan{KeepClass::Case, facts_.locked_until})) << "as the stores lock it";
  for (const auto* who : {&other_, &auditor_, &admin_}) EXPECT_EQ(ask(*who, in_months(120)).error().kind, ErrorKind::Denied) << who->badge;
  EXPECT_EQ(keeping_->ask(officer_, facts_, in_months(120), "  ").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(ask(officer_, plan()).error().kind, ErrorKind::Invalid) << "that is so already";
  EXPECT_EQ(ask(officer_, in_months(51 * 12)).error().kind, ErrorKind::Invalid);
  EXPECT_TRUE(noted_.empty());
  const auto made = ask(officer_, in_months(120));
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->state, KeepState::Lengthened);
  EXPECT_EQ(plan(), in_months(120));
  EXPECT_EQ(planned_until(*database_, facts_.zip_sha256).value(), in_months(120).until);
  ASSERT_EQ(noted_.size(), 1u);
  EXPECT_THAT(noted_[0], testing::AllOf(testing::HasSubstr("op.central-retention"), testing::HasSubstr("lengthened"), testing::HasSubstr("诉讼结束")));
}

TEST_F(KeepingTest, ShorterTakesTwo) {
  ASSERT_TRUE(ask(officer_, in_months(120)));
  const auto asked = ask(leader_, in_months(40));
  ASSERT_TRUE(asked) << asked.error().what;
  EXPECT_EQ(asked->state, KeepState::Asked);
  EXPECT_EQ(plan(), in_months(120)) << "nothing is shorter yet";
  EXPECT_EQ(ask(officer_, in_months(50)).error().kind, ErrorKind::Exists) << "one is open";
  const auto decide = [&](const CentralPerson& who, bool approve = true, const std::string& why = "") { return keeping_->decide(who, asked->number, approve, why, facts_); };
  EXPECT_THAT(decide(leader_).error().what, testing::HasSubstr("two persons"));
  EXPECT_EQ(decide(officer_).error().kind, ErrorKind::Denied) << "no leader";
  EXPECT_EQ(decide(auditor_).error().kind, ErrorKind::Denied);
  EXPECT_EQ(decide(other_).error().kind, ErrorKind::NotFound) << "another unit learns nothing";
  EXPECT_EQ(decide(admin_).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(decide(second_, false).error().kind, ErrorKind::Invalid) << "a refusal has a reason";
  EXPECT_EQ(plan(), in_months(120));
  ASSERT_TRUE(decide(second_));
  EXPECT_EQ(plan(), in_months(40));
  EXPECT_EQ(decide(second_).error().kind, ErrorKind::Exists);
  EXPECT_EQ(noted_.size(), 3u) << "made longer, asked, approved";
  EXPECT_THAT(noted_.back(), testing::AllOf(testing::HasSubstr("approved"), testing::HasSubstr("\"by\":\"03\"")));
  EXPECT_EQ(keeping_->list(officer_)->size(), 2u);
  EXPECT_EQ(keeping_->list(auditor_)->size(), 2u);
  EXPECT_EQ(keeping_->list(other_)->size(), 0u);
  EXPECT_EQ(keeping_->list(admin_)->size(), 0u);
}

// A-7.4c, A-8.3e: three years, thirty days, and never less than the stores lock
TEST_F(KeepingTest, NeverBelowTheClauseNorTheLock) {
  ASSERT_TRUE(ask(officer_, in_months(120)));
  EXPECT_THAT(ask(leader_, in_months(35)).error().what, testing::HasSubstr("three years"));
  EXPECT_EQ(ask(leader_, {KeepClass::Automatic, days_later(clock_.wall_now, 40)}).error().kind, ErrorKind::Denied) << "locked as evidence of a case";
  facts_.locked_until = days_later(clock_.wall_now, 30);
  EXPECT_THAT(ask(leader_, {KeepClass::Automatic, days_later(clock_.wall_now, 29)}).error().what, testing::HasSubstr("30 days"));
  EXPECT_EQ(ask(leader_, {KeepClass::Case, days_later(clock_.wall_now, 40)}).error().kind, ErrorKind::Invalid);
  const KeepPlan least{KeepClass::Automatic, days_later(clock_.wall_now, 30)};
  const auto asked = ask(leader_, least);
  ASSERT_TRUE(asked) << asked.error().what;
  EXPECT_EQ(asked->state, KeepState::Asked);
  facts_.locked_until.ms += 1;                     // moved on meanwhile
  EXPECT_EQ(keeping_->decide(second_, asked->number, true, "", facts_).error().kind, ErrorKind::Denied);
  facts_.locked_until.ms -= 1;
  ASSERT_TRUE(keeping_->decide(second_, asked->number, true, "", facts_));
  EXPECT_EQ(plan(), least);
  facts_.locked_until = days_later(clock_.wall_now, 31);
  EXPECT_EQ(plan().until, facts_.locked_until) << "a plan says nothing against a lock";
}

TEST_F(KeepingTest, ALowerClassIsShorterAtWhateverTime) {
  const auto asked = ask(officer_, in_months(120, KeepClass::Automatic));
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->state, KeepState::Asked);
  EXPECT_EQ(keeping_->decide(leader_, asked->number, false, "已立案", facts_)->state, KeepState::Refused);
  EXPECT_EQ(plan().kind, KeepClass::Case);
}

TEST_F(KeepingTest, WhatIsNotInTheLogDoesNotCount) {
  log_takes_ = false;
  EXPECT_FALSE(ask(officer_, in_months(120)));
  EXPECT_EQ(plan(), (KeepPlan{KeepClass::Case, facts_.locked_until}));
  EXPECT_TRUE(keeping_->list(officer_)->empty());
  log_takes_ = true;
  ASSERT_TRUE(ask(officer_, in_months(120)));
  const auto asked = ask(officer_, in_months(40)).value();
  log_takes_ = false;
  EXPECT_FALSE(keeping_->decide(leader_, asked.number, true, "", facts_));
  EXPECT_EQ(plan(), in_months(120));
  EXPECT_EQ(keeping_->request(leader_, asked.number)->state, KeepState::Asked);
}

TEST_F(KeepingTest, AnotherPlanMeanwhileIsNotUndone) {
  ASSERT_TRUE(ask(officer_, in_months(120)));
  const auto asked = ask(officer_, in_months(40)).value();
  ASSERT_TRUE(database_->run("UPDATE retention_plan SET until_ms = until_ms + 1"));
  EXPECT_EQ(keeping_->decide(leader_, asked.number, true, "", facts_).error().kind, ErrorKind::Exists);
  EXPECT_TRUE(keeping_->decide(leader_, asked.number, false, "另有安排", facts_));
}

}  // namespace
}  // namespace guzheng
