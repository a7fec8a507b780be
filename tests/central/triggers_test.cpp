// Orders of triggered captures in their queue (core/central/triggers.h): who may ask, never two at once, given back, bounded, told. A-8.3e, A-AnC, A-7.2b, A-8.2.
#include "core/central/triggers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <mutex>
#include <set>
#include <thread>

#include "core/base/file.h"
#include "core/central/schema.h"
#include "tests/support/sample_bureau.h"
#include "tests/support/sample_trigger.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using R = TriggerOutcome::Result;

class TriggersTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string pattern = (fs::temp_directory_path() / "gz-triggers-XXXXXX").string();
    bureau_ = new fs::path(::mkdtemp(pattern.data()));
    const WallTime now = SystemClock().wall();
    ASSERT_TRUE(test::make_sample_bureau(*bureau_, {now, {}, {}, {{"officer1", {now.ms + 60'000}}}}));
  }
  static void TearDownTestSuite() {
    fs::remove_all(*bureau_);
    delete bureau_;
  }
  TriggersTest() : crl_(text("org.crl")) {
    std::string pattern = (fs::temp_directory_path() / "gz-triggers-db-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    clock_.wall_now = SystemClock().wall();
    database_ = Database::open(folder_ / "central.sqlite", central_schema()).value();
    people_ = std::make_unique<CentralPeople>(*database_, text("org.crt"), [this] { return crl_; }, clock_);
    officer_ = people_->put(text("officer1.crt"), CentralRole::Officer, "一科").value();
    leader_ = people_->put(text("officer2.crt"), CentralRole::Leader, "一科").value();
    EXPECT_TRUE(people_->set_station_unit("LX-03", "一科"));
    EXPECT_TRUE(people_->set_station_unit("LX-04", "一科"));
    EXPECT_TRUE(people_->set_station_unit("LX-05", "二科"));
    queue_ = std::make_unique<TriggerQueue>(*database_, *people_, text("org.crt"), [this] { return crl_; }, clock_, TriggerSettings{60'000, 3, 30'000}, [this](std::string_view kind, const Json& body) {
      EXPECT_EQ(kind, "op.central-trigger");
      notes_.push_back(body);
    });
  }
  ~TriggersTest() override {
    queue_.reset();
    people_.reset();
    database_.reset();
    fs::remove_all(folder_);
  }
  static std::string text(const std::string& name) { return read_text(*bureau_ / name, 1u << 20).value(); }
  [[nodiscard]] SignedTrigger made(const TriggerOrder& order, const std::string& who = "officer1") const { return test::signed_trigger(order, *test::sample_signer(*bureau_, who, clock_).value()); }
  [[nodiscard]] TriggerOrder order(int number = 1) const { return test::sample_order(clock_.wall(), number); }
  std::optional<TakenTrigger> take(const std::string& station = "LX-03", const TriggerPhone& phone = {"", "", "phone-1"}) {
    auto taken = queue_->take(station, phone);
    EXPECT_TRUE(taken) << taken.error().what;
    return std::move(*taken);
  }
  std::vector<std::string> story(std::int64_t number) {
    std::vector<std::string> out;
    const auto events = queue_->history(queue_->read(number).value()).value();
    for (const auto& one : events) out.push_back(one.what);
    return out;
  }
  TriggerState state(std::int64_t number) { return queue_->read(number).value().state; }

  static inline fs::path* bureau_ = nullptr;
  fs::path folder_;
  std::string crl_;
  ManualClock clock_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<CentralPeople> people_;
  CentralPerson officer_, leader_;
  std::unique_ptr<TriggerQueue> queue_;
  std::vector<Json> notes_;
};

TEST_F(TriggersTest, AnOrderGoesItsWay) {          // A-AnC
  const auto asked = queue_->ask(made(order()), "LX-03");
  ASSERT_TRUE(asked) << asked.error().what;
  EXPECT_EQ(asked->number, 1);
  EXPECT_EQ(asked->signed_by, officer_.badge);
  EXPECT_EQ(asked->state, TriggerState::Queued);
  EXPECT_EQ(queue_->ask(made(order()), officer_.badge)->number, 1) << "the same again is the same";
  auto other = order();
  other.order["what"] = "别的";
  EXPECT_EQ(queue_->ask(made(other), "LX-03").error().kind, ErrorKind::Exists);

  const auto taken = take();
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->signed_order.text, asked->text);
  EXPECT_TRUE(check_trigger(taken->signed_order, text("org.crt"), crl_, clock_.wall())) << "the worker can check what it got";
  EXPECT_FALSE(take("LX-04")) << "never two at once";
  EXPECT_EQ(queue_->renew(1, "LX-04", taken->lease).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(queue_->renew(1, "LX-03", "x").error().kind, ErrorKind::Exists);
  clock_.advance_ms(59'000);
  ASSERT_TRUE(queue_->renew(1, "LX-03", taken->lease));
  clock_.advance_ms(59'000);
  EXPECT_FALSE(take("LX-04"));

  EXPECT_EQ(queue_->settle(1, "LX-03", {R::Captured, taken->lease, "LX-04-1", ""}).error().kind, ErrorKind::Invalid) << "another station's package";
  EXPECT_EQ(queue_->settle(1, "LX-03", {R::Failed, taken->lease, "", " "}).error().kind, ErrorKind::Invalid) << "a failure says why";
  EXPECT_EQ(queue_->settle(1, "LX-04", {R::Captured, taken->lease, "LX-04-1", ""}).error().kind, ErrorKind::NotFound);
  const TriggerOutcome done{R::Captured, taken->lease, "LX-03-20261128-0001", ""};
  const auto settled = queue_->settle(1, "LX-03", done);
  ASSERT_TRUE(settled) << settled.error().what;
  EXPECT_EQ(settled->state, TriggerState::Captured);
  EXPECT_TRUE(queue_->settle(1, "LX-03", done)) << "told again";
  EXPECT_FALSE(take());
  EXPECT_THAT(story(1), ElementsAre("asked", "taken", "captured"));
  EXPECT_EQ(notes_.size(), 3u) << "each a line of the access log";
  EXPECT_EQ(notes_.back(), (Json{{"number", 1}, {"package", done.package}, {"what", "captured"}, {"who", "LX-03"}}));
  EXPECT_EQ(queue_->renew(1, "LX-03", taken->lease).error().kind, ErrorKind::Exists);
}

TEST_F(TriggersTest, OnlyWhoMayOrderIsObeyed) {    // A-7.2b, A-8.2
  const auto denied = [&](const SignedTrigger& one, const std::string& by, const std::string& why) {
    const auto asked = queue_->ask(one, by);
    ASSERT_FALSE(asked) << why;
    EXPECT_EQ(asked.error().kind, ErrorKind::Denied) << asked.error().what;
    EXPECT_THAT(asked.error().what, HasSubstr(why));
  };
  denied(made(order()), "LX-05", "another unit");                         // a station of the other unit
  denied(made(order()), "LX-09", "another unit");                         // a station of none
  auto elsewhere = order();
  elsewhere.unit = "二科";
  denied(made(elsewhere), "LX-05", "none of 二科");                        // signed by an officer of this unit
  auto theirs = order();
  theirs.station = "LX-05";
  denied(made(theirs), "LX-03", "no station of");
  ASSERT_TRUE(people_->put(text("officer1.crt"), CentralRole::Reviewer, "一科"));
  denied(made(order()), "LX-03", "officers and leaders");
  denied(made(order(), "officer2"), officer_.badge, "officer or leader of its unit");      // signed by one who may, brought by one who may not
  ASSERT_TRUE(people_->remove(officer_.badge));
  denied(made(order()), "LX-03", "does not know");
  EXPECT_TRUE(queue_->ask(made(order(), "officer2"), "LX-03"));
  auto old = order(2);
  old.deadline = {clock_.wall().ms + 1000};
  const auto late = made(old, "officer2");
  clock_.advance_ms(2000);
  EXPECT_EQ(queue_->ask(late, "LX-03").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(queue_->list(std::nullopt, 0)->size(), 1u);
}

TEST_F(TriggersTest, ASignerWhoWasRevokedMeanwhileOrdersNothing) {
  ASSERT_TRUE(queue_->ask(made(order()), "LX-03"));
  ASSERT_TRUE(queue_->ask(made(order(2), "officer2"), "LX-03"));
  crl_ = text("newer.crl");
  clock_.advance_ms(120'000);
  const auto taken = take();
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->number, 2);
  EXPECT_EQ(state(1), TriggerState::Failed);
  EXPECT_THAT(queue_->read(1)->why, HasSubstr("revoked"));
}

TEST_F(TriggersTest, GoesToThePhoneThatItNames) {  // A-AnC: phone kind, node
  auto one = order();
  one.phone = {"android-13", "node-1", "phone-7"};
  one.station = "LX-04";
  ASSERT_TRUE(queue_->ask(made(one), "LX-03"));
  EXPECT_FALSE(take("LX-03", {"android-13", "node-1", "phone-7"}));
  EXPECT_FALSE(take("LX-04", {"android-13", "node-1", "phone-8"}));
  EXPECT_FALSE(take("LX-04", {"android-13", "", "phone-7"}));
  EXPECT_FALSE(take("LX-04", {"", "node-1", "phone-7"}));
  EXPECT_FALSE(take("LX-05", {"android-13", "node-1", "phone-7"})) << "another unit's";
  EXPECT_EQ(queue_->take("LX-09", {}).error().kind, ErrorKind::Denied) << "of no unit";
  EXPECT_TRUE(take("LX-04", {"android-13", "node-1", "phone-7"}));
}

TEST_F(TriggersTest, AWorkerThatDiesGivesItBack) { // A-AnC
  ASSERT_TRUE(queue_->ask(made(order()), "LX-03"));
  const auto first = take();
  clock_.advance_ms(60'000);
  EXPECT_FALSE(take("LX-04")) << "in a while";
  EXPECT_THAT(story(1), ElementsAre("asked", "taken", "again"));
  clock_.advance_ms(30'000);
  const auto second = take("LX-04");
  ASSERT_TRUE(second);
  EXPECT_NE(second->lease, first->lease);
  // the first one lives after all: it is not obeyed, and what it captured is not forgotten
  EXPECT_EQ(queue_->renew(1, "LX-03", first->lease).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(queue_->settle(1, "LX-03", {R::Captured, first->lease, "LX-03-1", ""}).error().kind, ErrorKind::Exists);
  EXPECT_EQ(queue_->settle(1, "LX-03", {R::Captured, first->lease, "LX-03-1", ""}).error().kind, ErrorKind::Exists);
  EXPECT_EQ(state(1), TriggerState::Taken);
  EXPECT_THAT(story(1), ElementsAre("asked", "taken", "again", "taken", "late"));
  // nobody has it any more: who had it last may still bring what was captured
  clock_.advance_ms(60'000);
  ASSERT_TRUE(queue_->tidy());
  EXPECT_EQ(state(1), TriggerState::Queued);
  ASSERT_TRUE(queue_->settle(1, "LX-04", {R::Captured, second->lease, "LX-04-1", ""}));
  EXPECT_EQ(state(1), TriggerState::Captured);
}

TEST_F(TriggersTest, AttemptsAreBoundedAndTheEndIsTold) {       // A-AnC
  ASSERT_TRUE(queue_->ask(made(order()), "LX-03"));
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const auto taken = take();
    ASSERT_TRUE(taken) << attempt;
    ASSERT_TRUE(queue_->settle(1, "LX-03", {R::Again, taken->lease, attempt == 2 ? "LX-03-1" : "", "没有找到手机"}));
    EXPECT_FALSE(take()) << "not at once";
    clock_.advance_ms(30'000);
  }
  EXPECT_FALSE(take());
  EXPECT_EQ(state(1), TriggerState::Failed);
  const auto story = queue_->history(queue_->read(1).value()).value();
  EXPECT_THAT(story.back().why, HasSubstr("after 3 attempts; the last: 没有找到手机"));
  EXPECT_EQ(story[4].package, "LX-03-1") << "what was sealed all the same";
  // a failure for good is not tried again
  ASSERT_TRUE(queue_->ask(made(order(2)), "LX-03"));
  ASSERT_TRUE(queue_->settle(2, "LX-03", {R::Failed, take()->lease, "", "脚本不能用"}));
  EXPECT_FALSE(take());
  EXPECT_EQ(state(2), TriggerState::Failed);
}

TEST_F(TriggersTest, DeadlinesAndWithdrawals) {    // A-AnC
  ASSERT_TRUE(queue_->ask(made(order()), "LX-03"));
  ASSERT_TRUE(queue_->ask(made(order(2)), "LX-03"));
  const CentralPerson other{"77", "张丙", "二科", CentralRole::Leader}, reviewer{"78", "赵丁", "一科", CentralRole::Reviewer};
  EXPECT_EQ(queue_->withdraw(1, other, "误报").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(queue_->withdraw(1, reviewer, "误报").error().kind, ErrorKind::Denied);
  EXPECT_EQ(queue_->withdraw(1, leader_, " ").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(queue_->withdraw(1, leader_, "误报")->state, TriggerState::Withdrawn);
  EXPECT_EQ(queue_->withdraw(1, leader_, "误报").error().kind, ErrorKind::Exists);
  clock_.advance_ms(2 * 86'400'000LL);
  EXPECT_FALSE(take());
  EXPECT_EQ(state(2), TriggerState::Lapsed);
  EXPECT_THAT(story(2), ElementsAre("asked", "lapsed"));
  EXPECT_EQ(queue_->list("一科", 0)->size(), 2u);
  EXPECT_EQ(queue_->list("一科", 2)->size(), 1u);
  EXPECT_EQ(queue_->list("二科", 0)->size(), 0u);
}

TEST_F(TriggersTest, ManyWorkersAtOnceGetEachItsOwn) {          // A-AnC: never two at once
  constexpr int kOrders = 8;
  for (int i = 1; i <= kOrders; ++i) ASSERT_TRUE(queue_->ask(made(order(i)), "LX-03"));
  std::mutex mutex;
  std::multiset<std::int64_t> given;
  std::vector<std::thread> workers;
  for (int w = 0; w < 4; ++w)
    workers.emplace_back([&] {
      while (true) {
        const auto taken = queue_->take("LX-03", {});
        const std::lock_guard lock(mutex);
        if (!taken || !*taken || given.size() > 2 * kOrders) return;      // a queue that gives one away again and again ends, too
        given.insert((*taken)->number);
      }
    });
  for (auto& one : workers) one.join();
  EXPECT_EQ(given.size(), static_cast<std::size_t>(kOrders));
  for (int i = 1; i <= kOrders; ++i) EXPECT_EQ(given.count(i), 1u) << i;
}

}  // namespace
}  // namespace guzheng
