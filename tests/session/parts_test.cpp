// The pure parts of a session.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/session/environment.h"
#include "core/session/input_body.h"
#include "core/session/items.h"
#include "core/session/name_lookup.h"
#include "core/session/record_book.h"
#include "core/session/secrets.h"
#include "core/session/ui_nodes.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

Completeness whole() {
  Completeness facts;
  facts.beacon = facts.recorded = facts.app_attested = true;
  facts.order.reason = "投诉";
  facts.order.what = "页面";
  facts.order.shop = "店";
  int number = 0;
  for (const ItemKind kind : kItemKinds) {
    CaptureItem item;
    item.number = ++number;
    item.description = {kind, "题", "证明", "公开", ""};
    facts.items.push_back(item);
  }
  return facts;
}

TEST(Items, NothingMissesOfAWholePackage) { EXPECT_THAT(missing_for_complete(whole()), IsEmpty()); }   // A-7.2c

TEST(Items, EachMissingPartIsNamed) {               // A-7.2c A-7.3c A-7.3d
  const auto after = [](auto change) {
    auto facts = whole();
    change(facts);
    return missing_for_complete(facts);
  };
  EXPECT_THAT(after([](auto& f) { f.beacon = false; }), ElementsAre("开始时没有取得时间戳"));
  EXPECT_THAT(after([](auto& f) { f.stamps_pending = true; }), ElementsAre("过程中有时间戳尚未取得"));
  EXPECT_THAT(after([](auto& f) { f.recorded = false; }), ElementsAre("没有录像"));
  EXPECT_THAT(after([](auto& f) { f.owed = {2, 6}; }), ElementsAre("第2项的截屏没有取得", "第6项的截屏没有取得"));
  EXPECT_THAT(after([](auto& f) { f.recording_error = "disk"; }), ElementsAre("录像中断：disk"));
  EXPECT_THAT(after([](auto& f) { f.order.reason.clear(); }), ElementsAre("取证指令缺事由"));
  EXPECT_THAT(after([](auto& f) { f.order.what.clear(); }), ElementsAre("取证指令缺内容"));
  EXPECT_THAT(after([](auto& f) { f.order.shop.clear(); }), ElementsAre("取证指令缺对象"));
  EXPECT_THAT(after([](auto& f) { f.app_attested = false; }), ElementsAre("缺被取证应用的信息"));
  EXPECT_THAT(after([](auto& f) { f.items[1].description.proves.clear(); }), ElementsAre("第2项未填证明对象"));
  EXPECT_THAT(after([](auto& f) { f.items[2].description.access = "登录可见"; }), ElementsAre("第3项未填非公开信息的取证依据"));
  EXPECT_THAT(after([](auto& f) { f.items.erase(f.items.begin() + 2); }), ElementsAre("缺主证信息：证照公示信息"));
  EXPECT_THAT(after([](auto& f) { f.items.pop_back(); }), IsEmpty()) << "other pages are not compulsory";
  EXPECT_EQ(checklist(whole().items), (Json{{"platform-home", 1}, {"shop-home", 1}, {"licence", 1}, {"violation", 1}, {"other", 1}}));
}

TEST(InputBody, EveryMessageHasItsSpelling) {       // A-7.2a
  const auto text = [](const ControlMessage& m) { return canonical_json(input_body(m).value()).value(); };
  EXPECT_EQ(text(TouchEvent{TouchAction::Down, ~0ull, 1, 2, 3, 4}), R"({"act":"touch","do":"down","h":4,"p":-1,"w":3,"x":1,"y":2})");
  EXPECT_EQ(text(ScrollEvent{1, 2, 3, 4, 0.5f, -1.0f}), R"({"act":"scroll","dx":500,"dy":-1000,"h":4,"w":3,"x":1,"y":2})");
  EXPECT_EQ(text(KeyEvent{KeyAction::Up, 4, 0, 1}), R"({"act":"key","code":4,"do":"up","meta":1})");
  EXPECT_EQ(text(TextEvent{"a\"b"}), R"({"act":"text","text":"a\"b"})");
  EXPECT_EQ(text(SetClipboard{1, true, "店"}), R"({"act":"paste","text":"店"})");
  EXPECT_EQ(text(BackOrScreenOn{}), R"({"act":"back"})");
  EXPECT_EQ(text(ExpandNotifications{}), R"({"act":"panel","do":"notifications"})");
  EXPECT_EQ(text(ExpandSettings{}), R"({"act":"panel","do":"settings"})");
  EXPECT_EQ(text(RotateDevice{}), R"({"act":"rotate"})");
  EXPECT_EQ(text(KeyEvent{KeyAction::Down, 29, 0, 0x3000}), R"({"act":"key","code":29,"do":"down","meta":12288})") << "Ctrl+A";
  EXPECT_EQ(text(CollapsePanels{}), R"({"act":"panel","do":"collapse"})");
  EXPECT_EQ(text(StartApp{"a.b"}), R"({"act":"app","name":"a.b"})");
  EXPECT_EQ(text(DisplayPower{false}), R"({"act":"display","on":false})");
  EXPECT_FALSE(input_body(GetClipboard{}));
  EXPECT_EQ(canonical_json(move_body(TouchEvent{TouchAction::Move, 0, 0, 0, 9, 8}, {{16, 1, 2}, {32, 3, 4}})).value(),
            R"({"act":"move","h":8,"p":0,"points":[[16,1,2],[32,3,4]],"w":9})");
}

TEST(Secrets, LengthAndSaltedDigest) {              // A-8.2
  const auto one = SecretBook::make("secret"), two = SecretBook::make("secret");
  EXPECT_NE(one.salted, two.salted) << "a fresh salt each time";
  Bytes whole = one.salt;
  append(whole, as_bytes("secret"));
  EXPECT_EQ(one.salted, sha256_hex(whole));
  auto body = input_body(TextEvent{"secret"}).value();
  conceal(body, one.bytes, one.salted);
  EXPECT_EQ(body, (Json{{"act", "text"}, {"bytes", 6}, {"salted", one.salted}}));
}

Probes probes(std::initializer_list<std::pair<const char*, std::string>> texts) {
  Probes out;
  for (const auto& [id, text] : texts) out[id] = {id, text, true, WallTime{1'000}, WallTime{1'010}};
  return out;
}
std::string verdict(const std::vector<Checked>& checks, const std::string& id) {
  for (const auto& check : checks)
    if (check.item.id == id) return check.item.verdict;
  return "no such check";
}

TEST(Environment, WhatCannotBeReadIsUnknown) {      // A-7.3a: never a pass
  for (const auto& check : check_phone({})) EXPECT_EQ(check.item.verdict, "unknown") << check.item.id;
}

TEST(Environment, ABadPhoneFails) {                 // A-7.3a
  const auto checks = check_phone(probes({{"getprop", "[ro.product.model]: [X]\n"},
                                          {"proxy", "10.0.0.1:8080\n"},
                                          {"hosts", "127.0.0.1 localhost\n6.6.6.6 shop.example\n"},
                                          {"date", "900.000000000\n"},
                                          {"ip", "5: tun0: <POINTOPOINT,UP,LOWER_UP> mtu 1500\n    inet 10.8.0.2/24 scope global tun0\n"},
                                          {"connectivity", "Active default network: none\n"},
                                          {"battery", "Current Battery Service state:\n  level: 9\n"},
                                          {"cacerts", "9a5ba575.0\n"},
                                          {"auto-time", "0\n"}}));
  for (const char* id : {"phone.proxy", "phone.hosts", "phone.clock", "phone.vpn", "phone.network", "phone.cacerts", "phone.battery"}) EXPECT_EQ(verdict(checks, id), "fail") << id;
  for (const char* id : {"phone.auto-time"}) EXPECT_EQ(verdict(checks, id), "note") << id;
}

TEST(Environment, AGoodPhonePasses) {               // A-7.3a
  const auto checks = check_phone(probes({{"getprop", "[gsm.operator.alpha]: [示例移动]\n[ro.boot.flash.locked]: [1]\n[ro.boot.verifiedbootstate]: [green]\n"
                                                      "[ro.build.fingerprint]: [a/b/c:14/x/1:user/release-keys]\n[ro.product.model]: [X]\n[ro.build.version.release]: [14]\n[ro.serialno]: [R1]\n"},
                                          {"developer", "1\n"},
                                          {"location", "  last location=Location[gps 30.593100,114.305500 hAcc=12.0 et=+1d]\n"},
                                          {"apps", "USER NAME\nroot init\nu0_a166 cn.guzheng.mall\nu0_a166 cn.guzheng.mall:push\n"},
                                          {"su", ""},
                                          {"packages", "package:android\n"},
                                          {"id", "uid=2000(shell) gid=2000(shell)\n"},
                                          {"proxy", "null\n"},
                                          {"hosts", "127.0.0.1 localhost\n::1 ip6-localhost\n"},
                                          {"date", "1.005000000\n"},
                                          {"ip", "3: rmnet0: <UP>\n    inet 10.1.2.3/16 scope global rmnet0\n"},
                                          {"connectivity", "Active default network: 101\nNetworkAgentInfo{network{101} ni{MOBILE[LTE] CONNECTED} Transports: CELLULAR}\n"},
                                          {"battery", "Current Battery Service state:\n  level: 80\n"},
                                          {"df", "Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/x 10000000 5000000 5000000 50% /data\n"},
                                          {"size", "Physical size: 1080x2400\n"},
                                          {"cacerts", ""},
                                          {"auto-time", "1\n"}}));
  for (const auto& check : checks)
    EXPECT_EQ(check.item.verdict, check.item.id == "phone.egress" ? "unknown" : "pass") << check.item.id << ": " << check.item.found;
  const auto found = [&](const std::string& id) {
    return std::find_if(checks.begin(), checks.end(), [&](const auto& check) { return check.item.id == id; })->item.found;
  };
  EXPECT_EQ(found("phone.position"), "30.593100,114.305500（gps）");
  EXPECT_EQ(found("phone.apps"), "1 个：cn.guzheng.mall");
}

TEST(Environment, AnUnlockedBootLoaderFails) {      // A-7.3a
  for (const char* props : {"[ro.boot.verifiedbootstate]: [orange]\n", "[ro.boot.flash.locked]: [0]\n[ro.boot.verifiedbootstate]: [green]\n"})
    EXPECT_EQ(verdict(check_phone(probes({{"getprop", props}})), "phone.boot"), "fail") << props;
  EXPECT_EQ(verdict(check_phone(probes({{"getprop", "[ro.boot.verifiedbootstate]: [yellow]\n"}})), "phone.boot"), "note");
}

TEST(Environment, TheStationSaysWhatItKnows) {      // A-7.3a: each row has its raw output; what cannot be had is unknown
  StationFacts facts;
  facts.vault = std::filesystem::temp_directory_path();
  const auto checks = check_station(facts);
  for (const char* id : {"workstation.sync", "workstation.adapters", "workstation.hosts", "workstation.proxy", "workstation.disk", "workstation.dns"})
    EXPECT_NE(verdict(checks, id), "no such check") << id;
  EXPECT_EQ(verdict(checks, "workstation.dns"), "unknown") << "no host to ask for";
  EXPECT_EQ(verdict(checks, "workstation.clock"), "unknown") << "no token";
  for (const auto& check : checks) EXPECT_FALSE(check.raw.empty()) << check.item.id;
}

TEST(Environment, TheHostOfALink) {
  EXPECT_EQ(host_of("https://mall.example.cn/shop/1"), "mall.example.cn");
  EXPECT_EQ(host_of("http://u:p@mall.example.cn:8080/?a"), "mall.example.cn");
  for (const char* text : {"", "mall.example.cn", "https://", "https://localhost/", "https://商城.cn/", "taobao://shop"}) EXPECT_EQ(host_of(text), "") << text;
}

TEST(Environment, MarksOfADevice) {                 // A-7.2d
  EXPECT_THAT(device_marks(probes({{"getprop", "[ro.guzheng.training]: [1]\n"}})), ElementsAre("training"));
  EXPECT_THAT(device_marks(probes({{"getprop", "[ro.kernel.qemu]: [1]\n"}})), ElementsAre("emulator"));
  EXPECT_THAT(device_marks(probes({{"getprop", "[ro.hardware]: [ranchu]\n"}})), ElementsAre("emulator"));
  EXPECT_THAT(device_marks(probes({{"getprop", ""}, {"su", "/system/xbin/su\n"}})), ElementsAre("rooted"));
  EXPECT_THAT(device_marks(probes({{"getprop", "[ro.product.model]: [Pixel 7]\n"}, {"su", ""}})), IsEmpty());
}

TEST(Probe, ReadsRealSpellings) {
  EXPECT_EQ(parse_phone_ms("1795000000.123456789\n"), 1'795'000'000'123);
  EXPECT_EQ(parse_phone_ms("1795000000.N\n"), 1'795'000'000'000) << "an old toybox knows no %N";
  EXPECT_FALSE(parse_phone_ms("date: bad\n"));
  const auto properties = parse_getprop("[a.b]: [1]\n[multi]: [x\ny]\n[empty]: []\n[c]: [[z]]\n");
  EXPECT_EQ(properties.at("multi"), "x\ny");
  EXPECT_EQ(properties.at("empty"), "");
  const auto app = parse_foreground("  mCurrentFocus=Window{8a u0 com.shop.app/com.shop.app.ui.Main}\n");
  ASSERT_TRUE(app);
  EXPECT_EQ(app->package, "com.shop.app");
  EXPECT_EQ(app->activity, "com.shop.app.ui.Main");
  EXPECT_FALSE(parse_foreground("mCurrentFocus=null\n"));
  EXPECT_TRUE(is_launcher("com.android.launcher3"));
}

// A-7.3d
TEST(Probe, DigestsOfTheAppsFilesAreReadStrictly) {
  EXPECT_THAT(app_paths("package:/data/app/~~x1==/com.shop-1==/base.apk\r\npackage:/data/app/com.shop/split_zh.apk\n"),
              testing::ElementsAre("/data/app/~~x1==/com.shop-1==/base.apk", "/data/app/com.shop/split_zh.apk"));
  EXPECT_TRUE(app_paths("package:/data/a b.apk\npackage:/data/$(reboot)\npackage:relative.apk\nError: no such package\n").empty());
  std::string many;
  for (int i = 0; i < 100; ++i) many += "package:/data/" + std::to_string(i) + "\n";
  EXPECT_EQ(app_paths(many).size(), 64u);
  const std::string digest(64, 'a');
  const auto files = app_digests(digest + "  /data/app/base.apk\nsha256sum: /data/x: Permission denied\n" + digest + " /one-blank\n" + digest.substr(1) + "  /short\n");
  ASSERT_EQ(files.size(), 1u);
  EXPECT_EQ(files[0].path, "/data/app/base.apk");
  EXPECT_EQ(files[0].sha256, digest);
}

TEST(UiNodes, FindsExactTextBeforeAPart) {          // A-8.3f
  const char* xml = R"(<hierarchy><node text="" bounds="[0,0][100,200]"><node text="店铺首页" bounds="[0,0][10,10]"/>)"
                    R"(<node text="店铺" bounds="[20,40][40,60]"/><node text="hidden" bounds="[0,0][0,0]"/></node></hierarchy>)";
  const auto exact = find_text(xml, "店铺").value();
  ASSERT_TRUE(exact);
  EXPECT_EQ(exact->bounds.x(), 30);
  EXPECT_EQ(exact->bounds.y(), 50);
  EXPECT_EQ(exact->screen.right, 100);
  EXPECT_EQ(find_text(xml, "首页").value()->bounds.x(), 5);
  EXPECT_FALSE(find_text(xml, "hidden").value());
  EXPECT_EQ(find_text("ERROR: null root node", "x").error().kind, ErrorKind::Protocol);
  // a searched name stands in the field first
  const std::string searched = R"(<hierarchy><node text="" bounds="[0,0][100,200]"><node text="示例店" class="android.widget.EditText" bounds="[0,0][90,10]"/>)"
                               R"(<node text="示例店" class="android.widget.EditText" password="true" bounds="[0,50][90,60]"/>)";
  EXPECT_FALSE(find_shown(searched + "</node></hierarchy>", "示例店").value());
  EXPECT_TRUE(find_text(searched + "</node></hierarchy>", "示例店").value());
  EXPECT_EQ(find_shown(searched + R"(<node text="示例店 进店" bounds="[0,20][90,40]"/></node></hierarchy>)", "示例店").value()->bounds.y(), 30);
  EXPECT_TRUE(stands_in_field(searched + "</node></hierarchy>", "示例店"));
  EXPECT_FALSE(stands_in_field(searched + "</node></hierarchy>", "示例"));
  EXPECT_FALSE(stands_in_field("no xml", "示例"));
}

TEST(Ledger, BallastMakesRoomAndGoes) {
  Temporary root;
  const auto bag = root.path() / "LX-03-20261121-0001";
  {
    Ballast ballast(bag);
    ASSERT_TRUE(ballast.reserve());
    EXPECT_EQ(std::filesystem::file_size(root.path() / "LX-03-20261121-0001.ballast"), Ballast::kBytes);
    ballast.release();
    EXPECT_TRUE(std::filesystem::is_empty(root.path()));
    ballast.release();
    ASSERT_TRUE(ballast.reserve());
  }
  EXPECT_TRUE(std::filesystem::is_empty(root.path()));
}

TEST(Ledger, AFileWithoutItsLineGoesAside) {
  Temporary root;
  for (const char* part : {"data", "data/main", "data/attach", "data/attach/raw"}) ASSERT_TRUE(make_private_folder(root.path() / part));
  const SystemClock clock;
  const auto ledger = std::move(Ledger::create(root.path(), clock).value());
  const std::string path = "data/main/shot-0001.png";
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(ledger->put(path, as_bytes("a page")));
    ASSERT_TRUE(ledger->put_aside(path));
  }
  EXPECT_FALSE(ledger->has(path));
  EXPECT_FALSE(std::filesystem::exists(root.path() / path));
  EXPECT_THAT(ledger->aside(), ElementsAre("data/attach/raw/torn-shot-0001.png.bin", "data/attach/raw/torn-shot-0001.png.2.bin"));
  for (const auto& kept : ledger->aside()) EXPECT_EQ(read_text(root.path() / kept).value(), "a page");
  EXPECT_EQ(ledger->files(ledger->aside()).size(), 2u) << "a line can name them";
}

TEST(Secrets, WhatCouldNotBeSavedIsTriedAgain) {    // A-8.2
  Temporary root;
  SecretBook book(root.path() / "bag", "");              // no archive certificate: the envelope cannot be made
  EXPECT_TRUE(book.save()) << "nothing to save";
  EXPECT_FALSE(book.keep(SecretBook::make("secret"), 1));
  EXPECT_FALSE(book.save());
  EXPECT_FALSE(book.save()) << "still not saved";
}

// FORMAT.md 6: position of a frame.
TEST(RecordBook, PositionsAreDeviceTimeUntilItFalls) {
  RecordBook book;
  RecordPosition newest;
  book.follow([&] { return newest; });
  EXPECT_EQ(book.recorded_ms(), 0);
  const auto add = [&](const char* name, std::int64_t origin, std::int64_t last) {
    SegmentFacts segment;
    segment.path = std::string(kMain) + name;
    segment.origin_us = segment.first_us = segment.last_us = origin;
    book.opened(segment);
    newest = {name, origin + 700'999};
    const auto open_ms = book.recorded_ms();
    book.closed(segment.path, {}, 2, origin, last);
    return open_ms;
  };
  EXPECT_EQ(add("rec-0000.mp4", 5'000'000, 6'000'000), 700);
  EXPECT_EQ(book.recorded_ms(), 1000);
  EXPECT_EQ(add("rec-0001.mp4", 6'033'333, 7'000'000), 1734) << "time between segments counts";
  EXPECT_EQ(add("rec-0002.mp4", 90'000, 1'090'000), 2700) << "the phone started anew: the time before it just ends";
  EXPECT_EQ(add("rec-0003.mp4", 2'090'000, 3'090'000), 4700);
  EXPECT_EQ(book.position_ms("data/main/rec-0001.mp4", 6'500'000), 1500);
  EXPECT_EQ(book.position_ms("data/main/rec-0002.mp4", 90'999), 2000);
  EXPECT_EQ(book.position_ms("data/main/rec-0003.mp4", 2'590'000), 4500);
}

}  // namespace
}  // namespace guzheng::test
