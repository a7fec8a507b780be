// A node's last day: what is kept of it and what of it is a change.
#include "core/site/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/site/site_folder.h"

namespace guzheng {
namespace {

NodeLook look_at_ms(std::int64_t ms, bool mains = true) {
  NodeLook look;
  look.asked = look.came = {ms};
  NodeState state;
  state.host = "n";
  state.clock_ms = ms;
  state.milli_celsius = 30'500;
  state.on_mains = mains;
  state.charge = 90;
  state.links = {{"eth0", true, 1000}};
  state.adb_protocol = 41;
  state.disk_free = state.disk_total = 5ull << 30;
  look.state = state;
  return look;
}

NodeLook silent_look(std::int64_t ms) {
  NodeLook look;
  look.asked = look.came = {ms};
  look.error = Error{ErrorKind::Network, "gone"};
  return look;
}

TEST(History, keeps_a_minute_apart_and_every_change) {
  const test::SiteFolder folder;
  const auto book = folder.book();
  for (const auto& look : {look_at_ms(1'000), look_at_ms(11'000), look_at_ms(21'000, false), look_at_ms(31'000, false), silent_look(41'000), look_at_ms(61'000), look_at_ms(121'000)})
    ASSERT_TRUE(keep_look(*book, "一号机房", look));
  ASSERT_TRUE(keep_look(*book, "二号机房", look_at_ms(5'000)));
  const auto samples = node_history(*folder.book(), "一号机房", {0}).value();
  std::vector<std::int64_t> times;
  for (const auto& one : samples) times.push_back(one.at.ms);
  EXPECT_EQ(times, (std::vector<std::int64_t>{1'000, 21'000, 41'000, 61'000, 121'000}));
  EXPECT_EQ(samples[0].milli_celsius, 30'500);
  EXPECT_EQ(samples[0].on_mains, true);
  EXPECT_EQ(samples[0].charge, 90);
  EXPECT_EQ(samples[0].mbit, 1000);
  EXPECT_EQ(samples[0].adb, 41);
  EXPECT_EQ(samples[0].disk_free, 5ull << 30);
  EXPECT_EQ(samples[0].clock_apart_ms, 0);
  EXPECT_EQ(samples[1].troubles, std::vector{NodeTrouble::OnBattery});
  EXPECT_FALSE(samples[2].answered);
  EXPECT_EQ(samples[2].milli_celsius, std::nullopt);
  EXPECT_EQ(samples[2].troubles, std::vector{NodeTrouble::Unreachable});
  std::vector<std::int64_t> changes;
  for (const auto& one : changes_in(samples)) changes.push_back(one.at.ms);
  EXPECT_EQ(changes, (std::vector<std::int64_t>{61'000, 41'000, 21'000, 1'000})) << "newest first; the last minute changed nothing";
  EXPECT_EQ(node_history(*book, "一号机房", {41'000}).value().size(), 3u);
}

TEST(History, a_month_and_no_more) {
  const test::SiteFolder folder;
  const auto book = folder.book();
  constexpr std::int64_t kDay = 24ll * 3600 * 1000;
  for (const auto day : {0, 1, 32}) ASSERT_TRUE(keep_look(*book, "n", look_at_ms(day * kDay + 1)));
  const auto samples = node_history(*book, "n", {0}).value();
  ASSERT_EQ(samples.size(), 2u);
  EXPECT_EQ(samples[0].at.ms, kDay + 1);
}

TEST(History, every_trouble_is_read_back_as_itself) {
  for (int i = 0; i <= static_cast<int>(NodeTrouble::LineSlow); ++i) {
    const auto trouble = static_cast<NodeTrouble>(i);
    EXPECT_FALSE(to_string(trouble).empty());
    EXPECT_EQ(node_trouble(to_string(trouble)), trouble);
  }
  EXPECT_EQ(node_trouble("of-a-newer-program"), std::nullopt);
}

}  // namespace
}  // namespace guzheng
