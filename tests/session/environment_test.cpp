// The environment check before a session: each compulsory item by name, what holds a session up, and who lets it pass. A-7.3a
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/session/environment.h"
#include "core/session/practice_run.h"
#include "core/session/standing.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A phone that nothing is wrong with: what its shell answers, by probe.
std::map<std::string, std::string> good_answers() {
  return {{"getprop", "[gsm.operator.alpha]: [示例移动]\n[ro.boot.flash.locked]: [1]\n[ro.boot.verifiedbootstate]: [green]\n[ro.build.fingerprint]: [a/b/c:14/x/1:user/release-keys]\n"
                      "[ro.build.version.release]: [14]\n[ro.debuggable]: [0]\n[ro.product.model]: [X]\n[ro.secure]: [1]\n[ro.serialno]: [R1]\n"},
          {"date", "1.005000000\n"},
          {"id", "uid=2000(shell) gid=2000(shell)\n"},
          {"su", ""},
          {"battery", "Current Battery Service state:\n  level: 80\n"},
          {"connectivity", "Active default network: 101\nNetworkAgentInfo{network{101} ni{MOBILE[LTE] CONNECTED} Transports: CELLULAR}\n"},
          {"proxy", "null\n"},
          {"ip", "3: rmnet0: <UP>\n    inet 10.1.2.3/16 scope global rmnet0\n"},
          {"df", "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/x 10000000 5000000 5000000 50% /data\n"},
          {"hosts", "127.0.0.1 localhost\n"},
          {"cacerts", ""},
          {"packages", "package:android\npackage:com.tencent.mm\n"}};
}

Probes as_probes(const std::map<std::string, std::string>& texts) {
  Probes out;
  for (const auto& [id, text] : texts) out[id] = {id, text, true, WallTime{1'000}, WallTime{1'010}};
  return out;
}

std::vector<std::string> failing(const std::vector<Checked>& rows) {
  std::vector<std::string> out;
  for (const auto& row : rows)
    if (row.item.verdict == "fail") out.push_back(row.item.id);
  return out;
}

struct BadAnswer {
  const char *item, *probe, *text;
};
// Each makes just its own item fail (root shows itself in two places: the shell's own account, and the list of signs).
const BadAnswer kBadAnswers[] = {
    {"phone.battery", "battery", "Current Battery Service state:\n  level: 49\n"},
    {"phone.storage", "df", "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/x 10000000 8000000 2000000 80% /data\n"},
    {"phone.network", "connectivity", "Active default network: none\n"},
    {"phone.vpn", "ip", "5: tun0: <POINTOPOINT,UP,LOWER_UP> mtu 1500\n    inet 10.8.0.2/24 scope global tun0\n"},
    {"phone.proxy", "proxy", "10.0.0.1:8080\n"},
    {"phone.hosts", "hosts", "127.0.0.1 localhost\n6.6.6.6 shop.example\n"},
    {"phone.cacerts", "cacerts", "9a5ba575.0\n"},
    {"phone.clock", "date", "900.000000000\n"},
    {"phone.root", "su", "/system/xbin/su\n"},
    {"phone.root", "packages", "package:android\npackage:com.topjohnwu.magisk\n"},
    {"phone.proxy", "proxy", "null\n10.0.0.1\nnull\n"},
    {"phone.proxy", "proxy", "null\nnull\nhttp://10.0.0.1/proxy.pac\n"},
    // of one Wi-Fi alone, of all networks, a script: as the platform writes them
    {"phone.proxy", "connectivity", "Active default network: 101\nNetworkAgentInfo{network{101} ni{MOBILE[LTE] CONNECTED} lp{{InterfaceName: wlan0 HttpProxy: [10.0.0.1] 8888 xl= Routes: [ ]}} Transports: CELLULAR}\n"},
    {"phone.proxy", "connectivity", "Active default network: 101\nCurrent global proxy: [10.0.0.1] 8888 xl=\nNetworkAgentInfo{network{101} ni{MOBILE[LTE] CONNECTED} Transports: CELLULAR}\n"},
    {"phone.proxy", "connectivity", "Active default network: 101\nNetworkAgentInfo{network{101} ni{MOBILE[LTE] CONNECTED} lp{{HttpProxy: PAC Script: http://10.0.0.1/a.pac[ProxyProperties.mHost == null] Routes: [ ]}} Transports: CELLULAR}\n"},
    // a name behind an own one, a shop's name on an own address, an own name on another address
    {"phone.hosts", "hosts", "6.6.6.6 localhost www.shop.example\n"},
    {"phone.hosts", "hosts", "127.0.0.1 localhost www.shop.example\n"},
    {"phone.hosts", "hosts", "6.6.6.6 localhost\n"},
    {"phone.battery", "battery", "Current Battery Service state:\n  level: 3\n  scale: 10\n"},
};

TEST(Compulsory, ABadAnswerFailsItsOwnItem) {       // A-7.3a
  ASSERT_THAT(failing(check_phone(as_probes(good_answers()))), IsEmpty());
  for (const auto& bad : kBadAnswers) {
    auto answers = good_answers();
    answers[bad.probe] = bad.text;
    EXPECT_THAT(failing(check_phone(as_probes(answers), EnvScope::Compulsory)), ElementsAre(bad.item)) << bad.probe;
  }
}

TEST(Compulsory, WhereRootWasNotLookedForNothingIsClaimed) {          // A-7.3a: a probe that timed out is no "none"
  const auto root = [](const Probes& probes) {
    for (const auto& row : check_phone(probes))
      if (row.item.id == "phone.root") return row.item.verdict;
    return std::string("no row");
  };
  for (const char* probe : {"su", "packages", "id"}) {
    auto answers = as_probes(good_answers());
    ASSERT_EQ(root(answers), "pass");
    answers[probe].answered = false;
    answers[probe].exit_code = -1;
    answers[probe].text = "timed out\n";
    EXPECT_EQ(root(answers), "unknown") << probe;
  }
  auto none = as_probes(good_answers());
  none["su"].answered = false;
  none["su"].exit_code = 1;
  EXPECT_EQ(root(none), "pass") << "which says 1 and nothing";
  none["su"].text = "sh: which: not found\n";
  none["su"].exit_code = 127;
  EXPECT_EQ(root(none), "unknown") << "a phone without which was not looked at";
  none["packages"].text = "package:com.topjohnwu.magisk\n";
  EXPECT_EQ(root(none), "fail") << "a sign is one, whatever else was not answered";
}

TEST(Compulsory, AProxyIsNoneOnlyWhenNetworksAndSettingsSaySo) {       // A-7.3a
  const auto proxy = [](const Probes& probes) {
    for (const auto& row : check_phone(probes))
      if (row.item.id == "phone.proxy") return row.item.verdict + " " + row.item.found;
    return std::string("no row");
  };
  auto answers = as_probes(good_answers());
  EXPECT_EQ(proxy(answers), "pass 未设置");
  answers["connectivity"].answered = false;
  EXPECT_EQ(proxy(answers), "unknown 无法判定");
  answers = as_probes(good_answers());
  answers["connectivity"].text = "Active default network: 101\n";
  EXPECT_EQ(proxy(answers), "unknown 无法判定") << "no network in a known form";
  answers = as_probes(good_answers());
  answers["proxy"].answered = false;
  EXPECT_EQ(proxy(answers), "unknown 无法判定");
  answers["connectivity"].text = "Active default network: 101\nNetworkAgentInfo{network{101} ni{WIFI CONNECTED} lp{{HttpProxy: [10.0.0.1] 8888 xl= Routes: [ ]}} Transports: WIFI}\n";
  EXPECT_EQ(proxy(answers), "fail [10.0.0.1] 8888");
}

TEST(Compulsory, WhatIsAskedBeforehandIsAllThatCanHoldUp) {          // A-7.3a: what fails later would leave a bag behind
  for (const char* probe : {"getprop", "id", "su", "packages", "battery", "connectivity", "proxy", "ip", "df", "hosts", "cacerts", "date"}) EXPECT_TRUE(is_asked(probe, EnvScope::Compulsory)) << probe;
  for (const char* probe : {"location", "apps", "telephony"}) EXPECT_FALSE(is_asked(probe, EnvScope::Compulsory)) << probe;
}

TEST(Environment, HostsOfTheWorkstationByNameToo) {        // A-7.3a
  EXPECT_THAT(foreign_hosts("127.0.0.1 localhost\n127.0.1.1 desk desk.bureau.example # own\n::1 localhost ip6-localhost ip6-loopback\nff02::1 ip6-allnodes\n\n# 6.6.6.6 shop\n", {"desk"}), IsEmpty());
  EXPECT_THAT(foreign_hosts("127.0.0.1 www.shop.example\n10.0.0.9 desk\n", {"desk"}), ElementsAre("127.0.0.1 www.shop.example", "10.0.0.9 desk"));
}

TEST(Environment, NameServersAreComparedOrNothingIsClaimed) {        // A-7.3a
  const auto verdict = [](const std::vector<NameAnswer>& answers) { return dns_row("mall.example.cn", answers).item.verdict; };
  const NameAnswer one{"10.0.0.1", true, {"192.0.2.1"}}, same{"10.0.0.2", true, {"192.0.2.1"}}, other{"10.0.0.2", true, {"192.0.2.66"}}, silent{"10.0.0.3", false, {}};
  EXPECT_EQ(verdict({one, same}), "pass");
  EXPECT_EQ(verdict({one, other}), "note");
  EXPECT_EQ(verdict({one}), "note") << "one alone was compared with nothing";
  EXPECT_THAT(dns_row("mall.example.cn", {one, silent}).item.found, HasSubstr("无从比较"));
  EXPECT_EQ(verdict({silent}), "unknown");
  EXPECT_EQ(dns_row("", {}).item.verdict, "unknown");
  EXPECT_THAT(dns_row("mall.example.cn", {one, {"IPv6", false, {}, false}}).raw, HasSubstr("IPv6: not asked"));
}

TEST(Environment, WhatOfANodeIsWorthKnowing) {              // each row with its bound
  FakeLink link(training_phone());
  const auto verdict = [&](const NodeState& state, const std::string& id) {
    NodeFacts node;
    node.host_key = "ssh-ed25519 SHA256:x";
    node.asked = {10'000};
    node.came = {10'100};
    node.state = state;
    for (const auto& row : check_node(link, 41, node))
      if (row.item.id == id) return row.item.verdict;
    return std::string("no row");
  };
  NodeState good;
  good.clock_ms = 10'050;
  good.clock_kept = true;
  good.milli_celsius = 34'900;
  good.on_mains = true;
  good.links = {{"eth0", true, 1000}, {"wlan0", true, std::nullopt}, {"eth1", false, 10}};
  good.disk_total = 8ull << 30;
  good.disk_free = 2ull << 30;
  for (const char* id : {"node.state", "node.host-key", "node.clock", "node.clock-kept", "node.temperature", "node.power", "node.network", "node.disk"}) EXPECT_EQ(verdict(good, id), "pass") << id;
  auto bad = good;
  bad.clock_kept = false;
  bad.milli_celsius = 35'100;
  bad.on_mains = false;
  bad.links = {{"eth0", true, 10}};
  bad.disk_free = (1ull << 30) - 1;
  for (const char* id : {"node.clock-kept", "node.temperature", "node.power", "node.network", "node.disk"}) EXPECT_EQ(verdict(bad, id), "note") << id;
  bad.links = {{"eth0", false, 1000}};
  EXPECT_EQ(verdict(bad, "node.network"), "note");
  NodeState silent;                          // a node that can tell nothing
  for (const char* id : {"node.clock-kept", "node.temperature", "node.power", "node.disk"}) EXPECT_EQ(verdict(silent, id), "unknown") << id;
}

TEST(Environment, RowsThatHoldNothingUpHaveTheirVerdictsToo) {       // A-7.3a: by name
  const auto verdict = [](const char* probe, const char* text, const std::string& id) {
    auto answers = good_answers();
    if (probe != nullptr) answers[probe] = text;
    for (const auto& row : check_phone(as_probes(answers)))
      if (row.item.id == id) return row.item.verdict;
    return std::string("no row");
  };
  EXPECT_EQ(verdict(nullptr, "", "phone.model"), "pass");
  EXPECT_EQ(verdict("getprop", "[ro.debuggable]: [0]\n", "phone.model"), "unknown");
  EXPECT_EQ(verdict(nullptr, "", "phone.identity"), "pass");
  EXPECT_EQ(verdict("getprop", "[ro.build.fingerprint]: [a/b/c:14/x/1:userdebug/test-keys]\n", "phone.identity"), "note");
  EXPECT_EQ(verdict(nullptr, "", "phone.addresses"), "pass");
  EXPECT_EQ(verdict("ip", "1: lo: <LOOPBACK,UP>\n    inet 127.0.0.1/8 scope host lo\n", "phone.addresses"), "note");
  EXPECT_EQ(verdict("developer", "1\n", "phone.developer"), "pass");
  EXPECT_EQ(verdict("developer", "0\n", "phone.developer"), "note");
  EXPECT_EQ(verdict("developer", "null\n", "phone.developer"), "unknown");
  EXPECT_EQ(verdict("auto-time", "1\n", "phone.auto-time"), "pass");
  EXPECT_EQ(verdict("auto-time", "0\n", "phone.auto-time"), "note");
  EXPECT_EQ(verdict("size", "Physical size: 720x1280\n", "phone.screen"), "pass");
  EXPECT_EQ(verdict("size", "Physical size: 720x1280\nOverride size: 360x640\n", "phone.screen"), "note");
  EXPECT_EQ(verdict("size", "wm: not found\n", "phone.screen"), "unknown");
}

TEST(Marks, EmulatorsThatGoAboutAsPhonesAreKnown) {         // A-7.2d
  const auto marks = [](const std::string& line) {
    auto answers = good_answers();
    answers["getprop"] += line + "\n";
    return device_marks(as_probes(answers));
  };
  EXPECT_THAT(marks("[ro.hardware]: [qcom]"), IsEmpty());
  for (const char* line : {"[ro.product.cpu.abi]: [x86_64]", "[ro.hardware]: [ranchu]", "[init.svc.nemud]: [running]", "[init.svc.ldinit]: [stopped]", "[init.svc.noxd]: [running]",
                           "[ro.genymotion.version]: [3.1]", "[ro.boot.qemu]: [1]"})
    EXPECT_THAT(marks(line), ElementsAre("emulator")) << line;
}

TEST(Compulsory, PropertiesFailTheirOwnItems) {     // A-7.3a A-7.2d
  const auto with = [](const char* from, const char* to) {
    auto answers = good_answers();
    auto& text = answers["getprop"];
    text.replace(text.find(from), std::string_view(from).size(), to);
    return failing(check_phone(as_probes(answers)));
  };
  EXPECT_THAT(with("[ro.debuggable]: [0]", "[ro.debuggable]: [1]"), ElementsAre("phone.root"));
  EXPECT_THAT(with("[ro.secure]: [1]", "[ro.secure]: [0]"), ElementsAre("phone.root"));
  EXPECT_THAT(with("[ro.secure]: [1]", "[ro.kernel.qemu]: [1]"), ElementsAre("phone.emulator"));
  EXPECT_THAT(with("[ro.boot.flash.locked]: [1]", "[ro.boot.flash.locked]: [0]"), ElementsAre("phone.boot"));
  EXPECT_THAT(with("[green]", "[red]"), ElementsAre("phone.boot"));
  EXPECT_THAT(with("[green]", "[orange]"), ElementsAre("phone.root", "phone.boot")) << "an unlocked boot loader is a sign of both";
  auto as_root = good_answers();
  as_root["id"] = "uid=0(root) gid=0(root)\n";
  EXPECT_THAT(failing(check_phone(as_probes(as_root))), ElementsAre("phone.root", "phone.user"));
}

TEST(Compulsory, WhatTheShellMayNotReadIsUnknown) {          // A-7.3a: unknown, never a pass
  auto answers = as_probes(good_answers());
  for (const char* probe : {"cacerts", "hosts", "df", "battery", "connectivity", "proxy", "id"}) {
    answers[probe].answered = false;
    answers[probe].text = std::string(probe) + ": Permission denied\n";
  }
  for (const auto& row : check_phone(answers))
    for (const char* id : {"phone.cacerts", "phone.hosts", "phone.storage", "phone.battery", "phone.network", "phone.vpn", "phone.proxy", "phone.user"})
      if (row.item.id == id) EXPECT_EQ(row.item.verdict, "unknown") << id;
  answers["cacerts"].text = "ls: /data/misc/user/0/cacerts-added: No such file or directory\n";
  for (const auto& row : check_phone(answers))
    if (row.item.id == "phone.cacerts") EXPECT_EQ(row.item.verdict, "pass") << "Android makes the folder with the first one";
}

TEST(Compulsory, EveryItemOfTheTableExists) {       // A-7.3a: no item is compulsory by a name that no check has
  FakeLink link(training_phone());
  StationFacts station;
  NodeFacts node;
  AppFacts app;
  app.app.package = "cn.example.mall";
  std::set<std::string> known;
  for (const auto& rows : {check_station(station), check_node(link, 41, node), check_phone({}), check_app(app, {})})
    for (const auto& row : rows) known.insert(row.item.id);
  for (const auto& item : compulsory_items()) {
    EXPECT_TRUE(known.contains(item.id)) << item.id;
    EXPECT_GT(std::string_view(item.why).size(), 10u);
  }
}

TEST(Compulsory, NodeAndStationHaveTheirBounds) {   // A-7.3a
  FakeLink link(training_phone());
  NodeFacts node;
  node.host_key = "ssh-ed25519 SHA256:x";
  node.asked = {10'000};
  node.came = {10'100};
  node.state.emplace();
  node.state->clock_ms = 12'000;
  EXPECT_THAT(failing(check_node(link, 41, node)), IsEmpty());
  node.state->clock_ms = 12'200;
  EXPECT_THAT(failing(check_node(link, 41, node)), ElementsAre("node.clock"));
  StationFacts station;
  station.vault = fs::temp_directory_path();
  station.stamp_asked = {100'000};
  station.stamp_came = {100'050};
  station.stamp_time = WallTime{103'000};
  EXPECT_THAT(failing(check_station(station, EnvScope::Compulsory)), ElementsAre("workstation.clock"));
}

TEST(Compulsory, TheProgramsSignatureIsTheBureaus) {      // A-7.3a
  Temporary root, other_root;
  Desk desk(root.path()), other(other_root.path());
  const auto found = [&](const Desk& signer, const std::string& content) {
    StationFacts facts;
    facts.program = root.path() / "program";
    facts.vault = root.path();
    facts.org_root_pem = desk.bureau.org_root_pem;
    EXPECT_TRUE(write_text(facts.program, "the program"));
    EXPECT_TRUE(write_atomically(facts.program.string() + ".p7s", signer.bureau.station_signer->sign_detached(as_bytes(content)).value()));
    for (const auto& row : check_station(facts, EnvScope::Compulsory))
      if (row.item.id == "workstation.signature") return row.item.verdict;
    return std::string();
  };
  EXPECT_EQ(found(desk, "the program"), "pass");
  EXPECT_EQ(found(desk, "another program"), "fail");
  EXPECT_EQ(found(other, "the program"), "fail") << "another bureau's";
  StationFacts unsigned_one;
  unsigned_one.program = root.path() / "nothing";
  EXPECT_EQ(check_station(unsigned_one, EnvScope::Compulsory)[1].item.verdict, "note");
}

FakePhone phone_with(const char* command, const std::string& text) {
  FakePhone phone = training_phone();
  phone.shell[command] = {to_bytes(text), {}, 0};
  return phone;
}
FakePhone low_phone() { return phone_with("dumpsys battery", "Current Battery Service state:\n  level: 9\n"); }

TEST(HoldingUp, AFailedItemLeavesNothingBehind) {   // A-7.3a
  Temporary root;
  Desk desk(root.path());
  const auto refused = CaptureSession::start(desk.setup(std::make_shared<FakeLink>(low_phone())));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
  EXPECT_THAT(refused.error().what, HasSubstr("phone.battery"));
  EXPECT_TRUE(!fs::exists(root.path() / "vault/open") || fs::is_empty(root.path() / "vault/open"));
}

TEST(HoldingUp, AnOfficerLetsItPassForAReason) {    // A-7.3a
  Temporary root;
  Desk desk(root.path());
  auto setup = desk.setup(std::make_shared<FakeLink>(low_phone()));
  setup.overrides = {{"phone.battery", "当事人将撤店，来不及充电"}, {"phone.vpn", "没有用上的一项"}};
  auto session = std::move(CaptureSession::start(std::move(setup)).value());
  capture_all(*session);
  const auto sealed = session->end().value();
  const auto line = parse_json(bodies(journal_of(sealed.folder), "env.check").at(0)).value();
  ASSERT_EQ(line["overrides"].size(), 1u) << "what did not fail needs nobody to let it pass";
  EXPECT_EQ(line["overrides"][0]["item"], "phone.battery");
  EXPECT_EQ(line["overrides"][0]["reason"], "当事人将撤店，来不及充电");
  EXPECT_NE(text_at(line["overrides"][0], "by"), "");
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_THAT(verification.damage, IsEmpty()) << damage_of(verification);
}

TEST(HoldingUp, OrderAndPeopleStandBeforeTheCheck) {      // A-7.2b A-7.3a
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  const auto sealed = session->end("试验").value();
  std::vector<std::string> kinds;
  for (const auto& line : journal_of(sealed.folder)) kinds.push_back(line.kind);
  const auto at = [&](const char* kind) { return std::find(kinds.begin(), kinds.end(), kind) - kinds.begin(); };
  EXPECT_LT(at("order.recv"), at("people"));
  EXPECT_LT(at("people"), at("env.check"));
  EXPECT_LT(at("env.check"), at("device.attest"));
  EXPECT_EQ(parse_json(bodies(journal_of(sealed.folder), "env.check").at(0)).value()["overrides"], Json::array());
}

TEST(HoldingUp, AnOverrideIsReadStrictly) {         // A-7.3a
  const auto wrong = [](std::vector<EnvOverride> list) { return check_overrides(list).error().what; };
  EXPECT_THAT(wrong({{"phone.batery", "x"}}), HasSubstr("phone.batery"));
  EXPECT_THAT(wrong({{"phone.developer", "x"}}), HasSubstr("no compulsory item"));
  for (const char* blank : {"", "  ", "\u3000\u3000", "\u00a0", "\u200b\ufeff", "\n"})      // what an officer does not read is no reason
    EXPECT_THAT(wrong({{"phone.battery", blank}}), HasSubstr("reason")) << blank;
  EXPECT_THAT(wrong({{"phone.battery", "a"}, {"phone.battery", "b"}}), HasSubstr("twice"));
  EXPECT_THAT(wrong({{"phone.battery", std::string(401, 'x')}}), HasSubstr("400"));
  EXPECT_TRUE(check_overrides({{"phone.battery", "来不及充电"}}));
}

// ---- 应用验真

constexpr const char* kBase = "/data/app/~~x==/cn.guzheng.mall-y==/base.apk";
FakePhone phone_with_app(const char* apk) {
  FakePhone phone = training_phone();
  const Bytes bytes = read_file(fs::path(SOURCE_DIR) / "resources/training" / apk).value();
  phone.files[kBase] = bytes;
  phone.shell["pm path cn.guzheng.mall"] = {to_bytes(std::string("package:") + kBase + "\n"), {}, 0};
  phone.shell[std::string("sha256sum ") + kBase] = {to_bytes(sha256_hex(bytes) + "  " + kBase + "\n"), {}, 0};
  return phone;
}

TEST(AppProof, TheMakersPackagePassesAndIsFetchedOnce) {         // A-7.3a
  Temporary root;
  Desk desk(root.path());
  const auto proofs = std::make_shared<AppProofs>();
  const auto link = std::make_shared<FakeLink>(phone_with_app("mall.apk"));
  for (int i = 0; i < 2; ++i) {
    auto setup = desk.setup(link);
    setup.app_baseline = practice_baseline();
    setup.app_proofs = proofs;
    auto session = std::move(CaptureSession::start(std::move(setup)).value());
    capture_all(*session);
    const auto sealed = session->end().value();
    const auto app = parse_json(read_text(sealed.folder / "data/attach/app.json").value()).value();
    EXPECT_EQ(app["signing"]["scheme"], "v3");
    EXPECT_EQ(app["items"].back()["id"], "app.signature");
    EXPECT_EQ(app["items"].back()["verdict"], "pass") << app.dump();
    EXPECT_THAT(read_text(sealed.folder / text_at(app["items"].back(), "raw")).value(), HasSubstr("-----BEGIN CERTIFICATE-----"));
    const auto verification = verify(sealed.folder, desk);
    EXPECT_THAT(verification.damage, IsEmpty()) << damage_of(verification);
  }
  EXPECT_EQ(link->pulls(), 1);
}

TEST(AppProof, AnotherMakersPackageHoldsTheSessionUp) {          // A-7.3a
  Temporary root;
  Desk desk(root.path());
  auto setup = desk.setup(std::make_shared<FakeLink>(phone_with_app("mall-fake.apk")));
  setup.app_baseline = practice_baseline();
  const auto refused = CaptureSession::start(setup);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("app.signature"));
  setup.overrides = {{"app.signature", "取证的正是仿冒应用"}};
  auto session = std::move(CaptureSession::start(std::move(setup)).value());
  ASSERT_TRUE(session->end("试验"));
  EXPECT_TRUE(desk.memory.wait_for(TimelineEvent::Type::AppAttest));
  std::vector<std::string> told;
  for (const auto& error : desk.memory.troubles()) told.push_back(error.what);
  EXPECT_THAT(told, Contains(HasSubstr("58eab54b93ce9586187e37b63b5d7c0cbf00ddd1f792d4a3dc3209d25029539d")));
}

TEST(AppProof, WithoutABaselineItIsANote) {         // A-7.3a: never a pass
  for (const AppBaseline& baseline : {AppBaseline{}, AppBaseline{"list", {{"cn.example.other", {std::string(64, 'a')}}}}}) {
    Temporary root;
    FakeLink link(phone_with_app("mall.apk"));
    AppProofs proofs;
    const auto app = ask_app(link, {"cn.guzheng.mall", ".Main"}, proofs, {34, root.path(), std::chrono::seconds(20), {}});
    EXPECT_EQ(check_app(app, baseline).back().item.verdict, "note") << baseline.name;
  }
}

TEST(AppProof, APackageThatWasChangedFails) {       // A-7.3a
  Temporary root;
  FakePhone phone = phone_with_app("mall.apk");
  phone.files[kBase][40] ^= 1;
  phone.shell.erase(std::string("sha256sum ") + kBase);
  FakeLink link(phone);
  AppProofs proofs;
  const auto app = ask_app(link, {"cn.guzheng.mall", ".Main"}, proofs, {34, root.path(), std::chrono::seconds(20), {}});
  EXPECT_EQ(app.proof.state, AppProof::State::Refused) << app.proof.why;
  EXPECT_EQ(check_app(app, practice_baseline()).back().item.verdict, "fail");
}

// A-7.3a: what came is not what the phone says is there, and is not when it is fetched once more.
TEST(AppProof, APackageOtherThanThePhonesDigestFails) {
  Temporary root;
  FakePhone phone = phone_with_app("mall.apk");
  phone.shell[std::string("sha256sum ") + kBase] = {to_bytes(std::string(64, 'a') + "  " + kBase + "\n"), {}, 0};
  FakeLink link(phone);
  AppProofs proofs;
  const auto app = ask_app(link, {"cn.guzheng.mall", ".Main"}, proofs, {34, root.path(), std::chrono::seconds(20), {}});
  EXPECT_EQ(app.proof.state, AppProof::State::Refused) << app.proof.why;
  EXPECT_EQ(link.pulls(), 2);
  EXPECT_EQ(check_app(app, practice_baseline()).back().item.verdict, "fail");
}

TEST(AppProof, WithoutThePhonesDigestNothingIsRemembered) {      // A-7.3a
  Temporary root;
  FakePhone phone = phone_with_app("mall.apk");
  phone.shell.erase(std::string("sha256sum ") + kBase);
  FakeLink link(phone);
  AppProofs proofs;
  for (int i = 0; i < 2; ++i) EXPECT_EQ(ask_app(link, {"cn.guzheng.mall", ".Main"}, proofs, {34, root.path(), std::chrono::seconds(20), {}}).proof.state, AppProof::State::Proven);
  EXPECT_EQ(link.pulls(), 2);
}

// A-7.3a A-7.3d: an app that is opened later is proven too, and one whose package does not hold makes the package incomplete.
TEST(AppProof, AnAppOpenedLaterIsProvenToo) {
  Temporary root;
  Desk desk(root.path());
  FakePhone phone = phone_with_app("mall.apk");
  const std::string other = "/data/app/~~z==/cn.example.shop-w==/base.apk";
  phone.files[other] = phone.files[kBase];
  phone.files[other][40] ^= 1;
  phone.shell["pm path cn.example.shop"] = {to_bytes("package:" + other + "\n"), {}, 0};
  const auto link = std::make_shared<FakeLink>(phone);
  auto setup = desk.setup(link);
  setup.app_baseline = practice_baseline();
  auto session = std::move(CaptureSession::start(std::move(setup)).value());
  capture_all(*session);
  EXPECT_THAT(session->status().incomplete, IsEmpty());
  link->set_answer("dumpsys window", "  mCurrentFocus=Window{4d2a u0 cn.example.shop/cn.example.shop.Main}\n");
  session->capture({ItemKind::Violation, "另一家店", "证明"});
  session->wait_captures();
  ASSERT_FALSE(session->end());
  EXPECT_THAT(session->status().incomplete, ElementsAre("应用验真不符：cn.example.shop"));
  const auto sealed = session->end("试验").value();
  EXPECT_THAT(bodies(journal_of(sealed.folder), "note"), Contains(testing::AllOf(HasSubstr("又打开的应用 cn.example.shop"), HasSubstr("签名无效"))));
  const auto app = parse_json(read_text(sealed.folder / "data/attach/app.json").value()).value();
  EXPECT_EQ(app["package"], "cn.guzheng.mall") << "the first one stays the one that is attested";
  EXPECT_THAT(verify(sealed.folder, desk).damage, IsEmpty());
}

// A-7.4a: killed before its end, the session's package says the same of its apps; one that was opened and not yet looked at is told too.
TEST(AppProof, ARecoveryKnowsWhichAppsFailed) {
  Temporary root;
  Desk desk(root.path());
  FakePhone phone = phone_with_app("mall.apk");
  const std::string other = "/data/app/~~z==/cn.example.shop-w==/base.apk";
  phone.files[other] = phone.files[kBase];
  phone.files[other][40] ^= 1;
  phone.shell["pm path cn.example.shop"] = {to_bytes("package:" + other + "\n"), {}, 0};
  const auto link = std::make_shared<FakeLink>(phone);
  auto setup = desk.setup(link);
  setup.app_baseline = practice_baseline();
  auto session = std::move(CaptureSession::start(std::move(setup)).value());
  capture_all(*session);
  link->set_answer("dumpsys window", "  mCurrentFocus=Window{4d2a u0 cn.example.shop/cn.example.shop.Main}\n");
  session->capture({ItemKind::Violation, "另一家店", "证明"});
  session->wait_captures();
  for (int i = 0; i < 10'000 && session->status().incomplete.empty(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  ASSERT_THAT(session->status().incomplete, ElementsAre("应用验真不符：cn.example.shop"));
  const auto bag = root.path() / "vault/open" / session->status().package_id;
  session.reset();
  auto lines = std::move(parse_journal(read_text(bag / "data/attach/journal.log").value()).value());
  auto standing = read_standing(lines).value();
  EXPECT_THAT(standing.apps_seen, ElementsAre("cn.guzheng.mall", "cn.example.shop"));
  EXPECT_THAT(standing.apps_told, ElementsAre("cn.guzheng.mall", "cn.example.shop"));
  auto bags = std::move(desk.vault->unfinished().value());
  const auto recovered = recover(std::move(bags.at(0)), desk.setup(nullptr)).value();
  EXPECT_THAT(recovered.package.incomplete, Contains("应用验真不符：cn.example.shop"));
  EXPECT_THAT(recovered.package.incomplete, testing::Not(Contains(HasSubstr("应用没有验真"))));
  EXPECT_THAT(verify(recovered.package.folder, desk).damage, IsEmpty());
}

TEST(AppProof, WhatCannotBeFetchedIsUnknown) {      // A-7.3a
  Temporary root;
  FakePhone phone = phone_with_app("mall.apk");
  phone.files.clear();
  FakeLink link(phone);
  AppProofs proofs;
  const auto app = ask_app(link, {"cn.guzheng.mall", ".Main"}, proofs, {34, root.path(), std::chrono::seconds(20), {}});
  EXPECT_EQ(check_app(app, practice_baseline()).back().item.verdict, "unknown");
}

TEST(AppProof, ALauncherIsNoApp) {                  // A-7.3a
  const auto rows = check_app({}, practice_baseline());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].item.id, "app.signature") << "what holds a session up is printed as 无法判定, never left away";
  for (const auto& row : rows) {
    EXPECT_EQ(row.item.verdict, "unknown");
    EXPECT_EQ(row.item.raw, "");
  }
}

}  // namespace
}  // namespace guzheng::test
