// What of a node is trouble: power and a 100 M network around the clock, below 35 °C.
#include "core/site/look.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace guzheng {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

NodeLook good_look() {
  NodeLook look;
  look.asked = {1'000'000};
  look.came = {1'000'050};
  NodeState state;
  state.host = "node-7";
  state.clock_ms = 1'000'020;
  state.milli_celsius = 35'000;
  state.on_mains = true;
  state.links = {{"eth0", true, 1000}, {"eth1", false, std::nullopt}};
  state.disk_free = 5ull << 30;
  state.disk_total = 10ull << 30;
  state.adb_protocol = 41;
  look.state = state;
  return look;
}

TEST(NodeTroubles, none_at_the_limits) { EXPECT_THAT(troubles_of(good_look()), IsEmpty()); }

TEST(NodeTroubles, each_limit_of_its_own) {
  const auto with = [](auto change) {
    auto look = good_look();
    change(*look.state);
    return troubles_of(look);
  };
  EXPECT_THAT(with([](NodeState& s) { s.milli_celsius = 35'001; }), ElementsAre(NodeTrouble::Hot));
  EXPECT_THAT(with([](NodeState& s) { s.on_mains = false; }), ElementsAre(NodeTrouble::OnBattery));
  EXPECT_THAT(with([](NodeState& s) { s.links[0].mbit = 99; }), ElementsAre(NodeTrouble::LineSlow));
  EXPECT_THAT(with([](NodeState& s) { s.links[0].up = false; }), ElementsAre(NodeTrouble::LineDown));
  EXPECT_THAT(with([](NodeState& s) { s.disk_free = (1ull << 30) - 1; }), ElementsAre(NodeTrouble::DiskLow));
  EXPECT_THAT(with([](NodeState& s) { s.adb_protocol.reset(); }), ElementsAre(NodeTrouble::NoAdb));
  EXPECT_THAT(with([](NodeState& s) { s.clock_ms = 1'000'050 + 2'001; }), ElementsAre(NodeTrouble::ClockApart));
  EXPECT_THAT(with([](NodeState& s) { s.clock_ms = 1'000'000 - 2'001; }), ElementsAre(NodeTrouble::ClockApart));
}

TEST(NodeTroubles, what_is_not_known_is_no_trouble_of_its_own) {
  auto look = good_look();
  look.state->milli_celsius.reset();
  look.state->on_mains.reset();
  look.state->links[0].mbit.reset();
  look.state->disk_total = look.state->disk_free = 0;
  EXPECT_THAT(troubles_of(look), IsEmpty());
}

TEST(NodeTroubles, the_worst_comes_first) {
  auto look = good_look();
  look.state->milli_celsius = 50'000;
  look.state->adb_protocol.reset();
  look.state->links[0].mbit = 10;
  EXPECT_THAT(troubles_of(look), ElementsAre(NodeTrouble::NoAdb, NodeTrouble::Hot, NodeTrouble::LineSlow));
}

TEST(NodeTroubles, why_it_did_not_answer) {
  const auto why = [](ErrorKind kind, std::optional<HostKeyState> key = {}) {
    NodeLook look;
    look.error = Error{kind, "x"};
    if (key) look.key = HostKey{*key, "ssh-ed25519", "SHA256:x", ""};
    return troubles_of(look);
  };
  EXPECT_THAT(why(ErrorKind::Network), ElementsAre(NodeTrouble::Unreachable));
  EXPECT_THAT(why(ErrorKind::Timeout), ElementsAre(NodeTrouble::Unreachable));
  EXPECT_THAT(why(ErrorKind::Protocol), ElementsAre(NodeTrouble::NoProgram));
  EXPECT_THAT(why(ErrorKind::Denied, HostKeyState::Unknown), ElementsAre(NodeTrouble::KeyUnknown));
  EXPECT_THAT(why(ErrorKind::Denied, HostKeyState::Known), ElementsAre(NodeTrouble::Refused));
  NodeLook locked;
  locked.error = Error{ErrorKind::Denied, "x"};
  locked.key = HostKey{HostKeyState::Known, "ssh-ed25519", "SHA256:x", ""};
  locked.key_locked = true;
  EXPECT_THAT(troubles_of(locked), ElementsAre(NodeTrouble::KeyLocked));
  EXPECT_THAT(why(ErrorKind::Tampered, HostKeyState::Changed), ElementsAre(NodeTrouble::KeyChanged));
  EXPECT_THAT(why(ErrorKind::Tampered), ElementsAre(NodeTrouble::KeyChanged)) << "also when the key cannot be asked for again";
}

TEST(Battery, the_level_and_nothing_made_up) {
  EXPECT_EQ(battery_level("Current Battery Service state:\n  AC powered: false\n  level: 87\n  scale: 100\n"), 87);
  EXPECT_EQ(battery_level("  AC powered: false\n  voltage level: 87\n"), std::nullopt);
  EXPECT_EQ(battery_level("x\n  level: 101\n"), std::nullopt);
  EXPECT_EQ(battery_level("x\n  level: \n"), std::nullopt);
  EXPECT_EQ(battery_level(""), std::nullopt);
}

}  // namespace
}  // namespace guzheng
