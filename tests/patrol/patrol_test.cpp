// 巡检: what is overdue is looked at, moved into the abnormal library and back (A-5.2b, A-5.2c).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "core/patrol/patrol.h"
#include "tests/patrol/site.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const Act kAct{"甲 J-1", "巡检"};

class Days final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override { return {now_.load()}; }
  [[nodiscard]] MonotonicTime monotonic() const override { return real_.monotonic(); }
  [[nodiscard]] int zone_minutes() const override { return 480; }
  void pass(int days) { now_ += days * 86'400'000LL; }

 private:
  std::atomic<std::int64_t> now_{1'790'000'000'000};
  SystemClock real_;
};

class PatrolTest : public testing::Test {
 protected:
  PatrolTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    std::ofstream(folder_ / "up") << "x";
    store_ = SubjectStore::open(folder_ / "library", Secret(std::string(32, 'k')), clock_, [](const Json&) { return ok(); }).value();
  }
  ~PatrolTest() override {
    store_.reset();
    fs::remove_all(folder_);
  }

  SubjectId shop(const std::string& link, EntryKind kind = EntryKind::WebShop) {
    SubjectRow row;
    row.subject.name = "店（练习）" + link;
    row.entries.push_back({0, kind, "店", "练习商城", link, "", 0, {}, Reach::Unchecked, false, ""});
    return store_->add(row, kAct).value();
  }
  Entry entry(SubjectId id) { return store_->entries(id).value().at(0); }
  PatrolCounts run(OtherLook other = {}) {
    return Patrol(*store_, shipped_patrol_rules(), {}, std::move(other)).run(kAct, [&](const PatrolFinding& one) { found_.push_back(one); }).value();
  }

  const fs::path folder_ = fs::temp_directory_path() / ("guzheng-patrol-" + std::to_string(getpid()));
  Days clock_;
  Site site_{(folder_ / "up").string()};
  std::unique_ptr<SubjectStore> store_;
  std::vector<PatrolFinding> found_;
};

TEST_F(PatrolTest, MovesWhatIsGoneOrBadAndBringsBackWhatRecovered) {
  const auto fine = shop(site_.link("/fine")), bad = shop(site_.link("/bad")), gone = shop(site_.link("/gone")), at_times = shop(site_.link("/switch", "localhost"));
  auto counts = run();
  EXPECT_EQ(counts.checked, 4);
  EXPECT_EQ(counts.reachable, 2);
  EXPECT_EQ(counts.moved_in, 2);
  EXPECT_FALSE(entry(fine).abnormal);
  EXPECT_EQ(entry(fine).reach, Reach::Reachable);
  EXPECT_EQ(entry(fine).checked.ms, clock_.wall().ms);
  EXPECT_TRUE(entry(bad).abnormal);
  EXPECT_THAT(entry(bad).why, HasSubstr("赌博"));
  EXPECT_TRUE(entry(gone).abnormal);
  EXPECT_EQ(run().due, 0) << "nothing is overdue now";

  fs::remove(folder_ / "up");
  clock_.pass(31);
  run();
  EXPECT_EQ(entry(at_times).reach, Reach::Unreachable);
  EXPECT_FALSE(entry(at_times).abnormal) << "once is an outage";
  clock_.pass(31);
  run();
  EXPECT_TRUE(entry(at_times).abnormal);
  EXPECT_THAT(entry(at_times).why, HasSubstr("503"));
  std::ofstream(folder_ / "up") << "x";
  clock_.pass(8);                                  // the abnormal library has its own, shorter cycle
  counts = run();
  EXPECT_EQ(counts.moved_back, 1);
  EXPECT_FALSE(entry(at_times).abnormal);
  const auto history = store_->history(at_times).value();
  EXPECT_TRUE(std::any_of(history.begin(), history.end(), [](const Change& c) { return c.why.find("恢复正常") != std::string::npos; })) << "each move has its reason";
}

TEST_F(PatrolTest, WhatHttpCannotReachGoesAnotherWayOrStaysOverdue) {
  const auto app = shop("com.example.mall", EntryKind::App), mini = shop("", EntryKind::MiniProgram);
  EXPECT_EQ(run().not_web, 2);
  EXPECT_EQ(entry(app).checked.ms, 0);
  const auto counts = run([](const Entry& one) -> std::optional<Judgement> {
    if (one.kind != EntryKind::App) return {};
    return Judgement{Reach::Gone, "应用已下架"};
  });
  EXPECT_EQ(counts.not_web, 1);
  EXPECT_EQ(counts.moved_in, 1);
  EXPECT_EQ(entry(app).why, "检查：应用已下架");
  EXPECT_EQ(entry(mini).reach, Reach::Unchecked);
}

TEST_F(PatrolTest, NeverTwoAtOneHostAndMayBeStopped) {
  for (int i = 0; i < 30; ++i) shop("http://host" + std::to_string(i % 3) + ".example/" + std::to_string(i));
  std::mutex mutex;
  std::map<std::string, int> at;
  int most = 0, together = 0, most_together = 0;
  const auto look = [&](const std::string& link, const LookLimits&, const std::function<bool()>&) {
    {
      const std::lock_guard lock(mutex);
      most = std::max(most, ++at[link_host(link)]);
      most_together = std::max(most_together, ++together);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const std::lock_guard lock(mutex);
    --at[link_host(link)], --together;
    LinkLook out;
    out.end = LinkLook::End::Answered, out.status = 200, out.content_type = "text/html";
    return out;
  };
  const auto stopped = Patrol(*store_, shipped_patrol_rules(), {}, {}, look).run(kAct, {}, [](const PatrolCounts& c) { return c.checked < 5; }).value();
  EXPECT_GE(stopped.checked, 5);
  EXPECT_LT(stopped.checked, 30);
  const auto rest = Patrol(*store_, shipped_patrol_rules(), {}, {}, look).run(kAct).value();
  EXPECT_EQ(stopped.checked + rest.checked, 30) << "the next run goes on";
  EXPECT_EQ(most, 1);
  EXPECT_GT(most_together, 1) << "hosts are asked beside each other";
}

// A-5.2b: a desk without a line must not fill the abnormal library with shops that are there
TEST_F(PatrolTest, ADeskWithoutNetworkSaysNothingOfAnybody) {
  std::vector<SubjectId> shops;
  for (int i = 0; i < 6; ++i) shops.push_back(shop("http://host" + std::to_string(i) + ".example/"));
  const auto reserved = shop("http://shop.practice.invalid/1");
  std::set<std::string> up;
  std::mutex mutex;
  const auto look = [&](const std::string& link, const LookLimits&, const std::function<bool()>&) {
    const std::lock_guard lock(mutex);
    LinkLook out;
    out.end = up.contains(link_host(link)) ? LinkLook::End::Answered : LinkLook::End::NoName;
    out.status = 500;
    return out;
  };
  Patrol patrol(*store_, shipped_patrol_rules(), {}, {}, look);
  for (int round = 0; round < 3; ++round) {
    const auto counts = patrol.run(kAct);
    ASSERT_FALSE(counts);
    EXPECT_EQ(counts.error().kind, ErrorKind::Network);
    EXPECT_THAT(counts.error().what, HasSubstr("6 hosts"));
  }
  for (const auto id : shops) EXPECT_EQ(entry(id).reach, Reach::Unchecked);
  EXPECT_EQ(entry(reserved).checked.ms, 0);
  up.insert("host3.example");                      // one answer, be it an error: the line is there, so the others are down
  const auto counts = patrol.run(kAct).value();
  EXPECT_EQ(counts.checked, 7);
  EXPECT_EQ(counts.unreachable, 7);
}

TEST_F(PatrolTest, NamesThatNoHostCanHaveAreNotAskedFor) {
  std::vector<SubjectId> shops;
  for (int i = 0; i < 8; ++i) shops.push_back(shop("https://shop" + std::to_string(i) + ".practice.invalid/"));
  const auto counts = run();
  EXPECT_EQ(counts.unreachable, 8) << "practice data: nothing is known of the line, and nothing is there";
  EXPECT_THAT(found_.at(0).judgement.why, HasSubstr("域名"));
}

// A-5.2b: a shop that is asked and does not answer is let go at once, nothing is said of it, and no other is asked
TEST_F(PatrolTest, CalledOffWhileASiteIsSilent) {
  const auto silent = shop(site_.link("/slow"));
  const auto next = shop(site_.link("/fine"));
  std::atomic<bool> stop{false};
  PatrolOptions options;
  options.at_once = 1;
  options.stopped = [&] { return stop.load(); };
  int looks = 0;
  const auto look = [&](const std::string& link, const LookLimits& limits, const std::function<bool()>& stopped) {
    ++looks;
    stop = true;                                   // an officer presses the button meanwhile
    return look_at_link(link, limits, stopped);
  };
  const auto counts = Patrol(*store_, shipped_patrol_rules(), options, {}, look).run(kAct).value();
  EXPECT_EQ(counts.checked, 0);
  EXPECT_EQ(looks, 1);
  EXPECT_EQ(entry(silent).reach, Reach::Unchecked);
  EXPECT_EQ(entry(next).checked.ms, 0);
}

}  // namespace
}  // namespace guzheng
