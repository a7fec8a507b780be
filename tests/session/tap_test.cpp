// A tap and what lay under it: journalled where a layout may be believed, and nowhere else (A-7.2a, A-8.3f, FORMAT.md 5.3). A link is an act.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/base/file.h"
#include "core/session/gesture.h"
#include "core/session/layout_book.h"
#include "core/session/link_act.h"
#include "core/session/script_derive.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using std::chrono::milliseconds;

constexpr const char* kShop = R"(<hierarchy><node class="v" bounds="[0,0][640,1280]">
  <node class="row" clickable="true" resource-id="a:id/row" bounds="[0,100][640,300]"><node text="降糖茶" class="t" resource-id="a:id/name" bounds="[20,120][300,180]"/></node>
  <node class="android.widget.EditText" clickable="true" resource-id="a:id/search" text="typed words" bounds="[0,300][640,400]"/>
  <node class="android.widget.EditText" clickable="true" password="true" text="hunter2" bounds="[0,400][640,500]"/>
  <node class="icon" clickable="true" resource-id="a:id/cart" bounds="[560,0][640,80]"/>
  <node text="降糖茶" class="t" bounds="[0,600][640,700]"/></node></hierarchy>)";

TEST(TapMap, SaysWhatIsNamedUnderTheFinger) {        // A-8.3f
  const auto map = TapMap::read(kShop).value();
  const auto at = [&](int x, int y) { return map.at(x / 640.0, y / 1280.0); };
  EXPECT_EQ(at(100, 150)->text, "降糖茶");
  EXPECT_EQ(at(100, 150)->resource_id, "a:id/name");
  EXPECT_TRUE(at(100, 150)->alone);
  EXPECT_EQ(at(600, 250)->text, "降糖茶") << "the row takes the tap, and its text names it";
  EXPECT_EQ(at(600, 250)->resource_id, "a:id/row");
  EXPECT_TRUE(at(600, 250)->alone);
  EXPECT_FALSE(at(100, 650)->alone) << "the same words stand higher up";
  EXPECT_TRUE(at(100, 350)->field);
  EXPECT_TRUE(at(100, 450)->field);
  EXPECT_EQ(at(100, 450)->text, "") << "a password has no text";
  EXPECT_EQ(at(600, 40)->text, "");
  EXPECT_EQ(at(600, 40)->resource_id, "a:id/cart");
  EXPECT_FALSE(at(300, 1000));
  EXPECT_FALSE(TapMap::read("<nothing"));
}

TEST(Glance, AnotherPictureIsAnother) {
  const auto frame = [](std::uint8_t grey, std::uint32_t dark_to) {
    Frame out;
    out.width = 64;
    out.height = 64;
    out.stride = 256;
    Bytes pixels(256 * 64, grey);
    for (std::size_t y = 0; y < dark_to; ++y) std::fill_n(pixels.begin() + static_cast<std::ptrdiff_t>(y * 256), 128, std::uint8_t{0});
    out.pixels = std::make_shared<const Bytes>(std::move(pixels));
    return out;
  };
  const auto one = Glance::of(frame(200, 32));
  EXPECT_TRUE(one.shows_same(frame(200, 32), {0, 0, 64, 64}));
  EXPECT_TRUE(one.shows_same(frame(210, 32), {0, 0, 64, 64})) << "a little paler is what compression does";
  EXPECT_FALSE(one.shows_same(frame(200, 48), {0, 0, 64, 64}));
  EXPECT_TRUE(one.shows_same(frame(200, 48), {24, 0, 64, 32})) << "there it is the same";
  EXPECT_FALSE(one.shows_same(frame(200, 32), {40, 40, 64, 64})) << "a plain area says nothing";
  EXPECT_FALSE(one.shows_same(frame(200, 32), {0, 0, 0, 0}));
}

class TapTest : public testing::Test {
 protected:
  void SetUp() override {
    auto phone = training_phone();
    phone.hierarchy = kShop;
    phone.still = true;
    link = std::make_shared<FakeLink>(phone);
    session = std::move(CaptureSession::start(desk.setup(link)).value());
    session->wait_captures();
    while (!session->frames().peek()) std::this_thread::sleep_for(milliseconds(5));
  }
  // A layout that was asked for when the page had come to rest.
  void look() {
    std::this_thread::sleep_for(milliseconds(450));
    ASSERT_TRUE(session->hierarchy(std::chrono::seconds(5)));
  }
  std::vector<Json> downs() {
    std::vector<Json> out;
    folder = session->end("试验").value().folder;
    for (const auto& body : bodies(journal_of(folder), "input"))
      if (const auto json = parse_json(body).value(); text_at(json, "act") == "touch" && text_at(json, "do") == "down") out.push_back(json);
    return out;
  }
  void expect_sound() {
    const auto verified = verify(folder, desk);
    EXPECT_EQ(verified.verdict, Verdict::Practice) << damage_of(verified);
  }
  Temporary root;
  Desk desk{root.path()};
  std::shared_ptr<FakeLink> link;
  std::unique_ptr<CaptureSession> session;
  std::filesystem::path folder;
};

TEST_F(TapTest, ATapOnAKnownPageNamesItsElement) {      // A-7.2a A-8.3f
  look();
  tap(*session, {50, 75});                             // video pixels of half the size
  session->wait_inputs(std::chrono::seconds(5));
  tap(*session, {50, 75});                             // at once: what the first one opened is not known
  const auto taps = downs();
  ASSERT_EQ(taps.size(), 2u);
  ASSERT_TRUE(taps[0].contains("on")) << taps[0].dump();
  const Json& on = taps[0]["on"];
  EXPECT_EQ(text_at(on, "text"), "降糖茶");
  EXPECT_EQ(text_at(on, "id"), "a:id/name");
  EXPECT_EQ(text_at(on, "class"), "t");
  EXPECT_EQ(on["bounds"], Json({20, 120, 300, 180}));
  EXPECT_EQ(on["screen"], Json({640, 1280}));
  EXPECT_TRUE(on["alone"].get<bool>());
  EXPECT_GE(integer_at(on, "age_ms"), 0);
  EXPECT_LE(integer_at(on, "age_ms"), 10'000);
  EXPECT_FALSE(taps[1].contains("on")) << "never of an older page";
  expect_sound();
}

TEST_F(TapTest, WhatAFilmThatChangedShowsIsNotInvented) {
  look();
  link->set_black(true);
  while (true) {
    const auto frame = session->frames().peek();
    if (frame && (*frame->pixels)[1] < 40) break;      // the black picture has come
    std::this_thread::sleep_for(milliseconds(5));
  }
  tap(*session, {50, 75});
  EXPECT_FALSE(downs().at(0).contains("on"));
  expect_sound();
}

TEST_F(TapTest, FieldsAndSecretsKeepTheirWords) {      // A-8.2
  look();
  tap(*session, {50, 175});
  session->wait_inputs(std::chrono::seconds(5));
  look();
  session->set_secret_mode(true);
  tap(*session, {50, 75});
  session->wait_inputs(std::chrono::seconds(5));
  session->set_secret_mode(false);
  link->set_answer("dumpsys input_method", password_editor());
  ASSERT_TRUE(wait_for_typing(*session, Typing::Password));
  look();
  tap(*session, {50, 75});
  const auto taps = downs();
  ASSERT_EQ(taps.size(), 3u);
  ASSERT_TRUE(taps[0].contains("on"));
  EXPECT_EQ(text_at(taps[0]["on"], "text"), "") << "what stands in a field was typed by somebody";
  EXPECT_EQ(text_at(taps[0]["on"], "id"), "a:id/search");
  EXPECT_FALSE(taps[0]["on"]["alone"].get<bool>());
  EXPECT_FALSE(taps[1].contains("on")) << "密码输入";
  EXPECT_FALSE(taps[2].contains("on")) << "a password field has the focus";
  expect_sound();
}

// A-8.3f: not only after a capture.
TEST_F(TapTest, ASessionWithoutCapturesBecomesAScriptByText) {
  look();
  tap(*session, {50, 75});
  session->wait_inputs(std::chrono::seconds(5));
  look();
  tap(*session, {50, 325});                            // the same words lower down: a search would lead elsewhere
  session->wait_inputs(std::chrono::seconds(5));
  folder = session->end("试验").value().folder;
  const auto made = script_from_package(*open_package(folder, nullptr).value());
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->by_text, 1);
  EXPECT_EQ(made->by_place, 1);
  EXPECT_THAT(made->script["steps"].dump(), HasSubstr("\"text\":\"降糖茶\""));
  EXPECT_THAT(made->script["steps"].dump(), HasSubstr("不只一处"));
}

// The page is asked for by itself while the phone is used.
TEST_F(TapTest, TheBookAsksAMomentAfterAnInput) {
  session->input(KeyEvent{KeyAction::Down, kKeyHome, 0, 0});
  session->wait_inputs(std::chrono::seconds(5));
  bool named = false;
  for (int i = 0; i < 20 && !named; ++i) {             // each tap makes the page unknown again, and the next look comes 600 ms after it
    std::this_thread::sleep_for(milliseconds(1'500));
    tap(*session, {50, 75});
    session->wait_inputs(std::chrono::seconds(5));
    const auto text = read_text(desk.vault->folder() / "open" / session->status().package_id / "data/attach/journal.log");
    named = text && text->find("\"on\":{") != std::string::npos;
  }
  EXPECT_TRUE(named);
  ASSERT_TRUE(session->end("试验"));
}

TEST(Link, IsNothingButALink) {
  EXPECT_EQ(link_command("https://a.b/c?d=e&f", "cn.shop").value(), "am start -a android.intent.action.VIEW -d 'https://a.b/c?d=e&f' -S -p cn.shop");
  EXPECT_EQ(link_command("https://a.b/", "").value(), "am start -a android.intent.action.VIEW -d 'https://a.b/'");
  for (const char* bad : {"javascript:x", "https://a'; reboot; '", "https://a b", "https://a\nb", ""}) EXPECT_FALSE(link_command(bad, "")) << bad;
  EXPECT_FALSE(link_command("https://a", "cn.shop; reboot"));
}

TEST_F(TapTest, ALinkIsAnActOfTheJournal) {             // A-7.2a A-8.3f
  const std::string command = link_command("https://example.com/1", "cn.shop").value();
  link->set_answer(command, "Starting: Intent { act=android.intent.action.VIEW }\n");
  ASSERT_TRUE(session->open_link("https://example.com/1", "cn.shop"));
  EXPECT_EQ(session->open_link("https://example.com/'x", "").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(session->open_link("https://example.com/2", "").error().kind, ErrorKind::NotFound) << "no app opens it: the phone was asked all the same";
  ASSERT_TRUE(session->pause("休会"));
  const auto commands = link->commands().size();
  EXPECT_EQ(session->open_link("https://example.com/3", "").error().kind, ErrorKind::Invalid);
  EXPECT_THAT(link->commands(), Not(Contains(HasSubstr("example.com/3"))));
  EXPECT_GE(link->commands().size(), commands);
  ASSERT_TRUE(session->resume());
  EXPECT_EQ(session->status().inputs_dropped, 1u);
  tap(*session, {50, 500});
  session->wait_inputs(std::chrono::seconds(5));
  folder = session->end("试验").value().folder;
  EXPECT_THAT(bodies(journal_of(folder), "input"), Contains(R"({"act":"link","package":"cn.shop","url":"https://example.com/1"})"));
  EXPECT_THAT(bodies(journal_of(folder), "note"), Not(Contains(HasSubstr("打开网址"))));
  expect_sound();
  const auto made = script_from_package(*open_package(folder, nullptr).value()).value();
  EXPECT_EQ(made.script["target"], (Json{{"app", "cn.shop"}, {"url", "https://example.com/1"}})) << "where the session began";
  EXPECT_EQ(made.script["steps"][0], (Json{{"do", "url"}, {"url", "https://example.com/2"}}));
}

}  // namespace
}  // namespace guzheng::test
