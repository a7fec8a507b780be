// What Android 10 to 15 answer, in the shape of each version (tests/session/dumps/README.md). A-7.3a
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/session/environment.h"

namespace guzheng::test {
namespace {

std::string sample(const std::string& name) {
  std::string text = read_text(std::string(SOURCE_DIR "/tests/session/dumps/") + name + ".txt").value();
  while (text.starts_with('#')) text.erase(0, text.find('\n') + 1);
  return text;
}

Probes with(const std::string& probe, const std::string& name) {
  Probes out;
  out[probe] = {probe, sample(name), true, {}, {}};
  return out;
}

EnvItem row(const Probes& probes, const std::string& id) {
  for (const auto& check : check_phone(probes))
    if (check.item.id == id) return check.item;
  return {};
}

TEST(Dumps, WhichNetworkAndWhetherAVpn) {           // A-7.3a: an app that asks for a VPN makes none
  struct Wanted { const char *name, *kind, *vpn; };
  for (const Wanted& one : {Wanted{"connectivity-10", "wifi", "none"}, Wanted{"connectivity-11", "mobile", "none"}, Wanted{"connectivity-12-vpn", "wifi", "connected"},
                            Wanted{"connectivity-13-ethernet", "ethernet", "none"}, Wanted{"connectivity-15", "mobile", "none"}}) {
    const auto facts = network_facts(with("connectivity", one.name));
    EXPECT_EQ(facts.kind, one.kind) << one.name;
    EXPECT_EQ(facts.vpn, one.vpn) << one.name;
  }
  Probes strange;
  strange["connectivity"] = {"", "Active default network: 7\nsomething of a later Android\n", true, {}, {}};
  EXPECT_EQ(row(strange, "phone.network").verdict, "unknown");
  EXPECT_EQ(row(strange, "phone.vpn").verdict, "unknown") << "no agent in a known form: nothing is claimed";
}

TEST(Dumps, HowFullTheBatteryIs) {                  // A-7.3a
  EXPECT_EQ(row(with("battery", "battery-10"), "phone.battery").found, "71%");
  const auto low = row(with("battery", "battery-15"), "phone.battery");
  EXPECT_EQ(low.found, "43%");
  EXPECT_EQ(low.verdict, "fail");
  EXPECT_EQ(row(with("battery", "battery-15-set"), "phone.battery").verdict, "unknown") << "a reading that somebody fixed";
}

TEST(Dumps, HowMuchRoomThereIs) {                   // A-7.3a
  EXPECT_EQ(row(with("df", "df-10"), "phone.storage").verdict, "pass");
  EXPECT_EQ(row(with("df", "df-14"), "phone.storage").verdict, "fail");
}

TEST(Dumps, WhereThePhoneIs) {                      // A-7.3a
  EXPECT_EQ(row(with("location", "location-11"), "phone.position").found, "31.309459,121.508284（network）");
  EXPECT_EQ(row(with("location", "location-14-mock"), "phone.position").verdict, "note");
}

TEST(Dumps, WhichAppIsInFront) {                    // A-7.3d
  for (const char* name : {"window-10", "window-15"}) EXPECT_EQ(parse_foreground(sample(name)).value().package, "cn.example.mall") << name;
}

TEST(Dumps, WhatIsKnownOfAnApp) {                   // A-7.3a A-7.3d
  for (const char* name : {"package-10", "package-15"}) {
    const auto app = app_version(sample(name));
    EXPECT_EQ(app.version, "1.2.3") << name;
    EXPECT_EQ(app.version_code, "10203") << name;
    EXPECT_EQ(app.first_installed, "2026-01-05 10:00:01") << name;
    EXPECT_EQ(app.last_updated, "2026-01-06 11:00:02") << name;
    EXPECT_THAT(app.installer, testing::AnyOf("com.huawei.appmarket", "com.xiaomi.market")) << name;
  }
}

TEST(Dumps, WhatThePropertiesSay) {                 // A-7.3a
  const auto probes = with("getprop", "getprop-13");
  EXPECT_EQ(row(probes, "phone.operator").found, "中国移动");
  EXPECT_EQ(row(probes, "phone.serial").found, "8d2f1a7");
  for (const char* id : {"phone.boot", "phone.emulator", "phone.training", "phone.identity"}) EXPECT_EQ(row(probes, id).verdict, "pass") << id;
  EXPECT_EQ(row(probes, "phone.root").verdict, "unknown") << "properties alone prove nothing";
}

}  // namespace
}  // namespace guzheng::test
