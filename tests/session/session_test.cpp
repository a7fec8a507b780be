// A whole session against a scripted phone: what the journal says, what the verifier says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::shared_ptr<FakeLink> phone(FakePhone p = training_phone()) { return std::make_shared<FakeLink>(std::move(p)); }

std::size_t first(const std::vector<JournalLine>& lines, std::string_view kind, std::string_view part = {}) {
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (lines[i].kind == kind && lines[i].body.find(part) != std::string::npos) return i;
  return lines.size();
}

TEST(Session, AWholeCaptureIsSealedAndVerifies) {   // A-7.2a A-7.2c A-7.3b A-7.3c A-7.3d A-8.3g A-AnD
  Temporary root;
  Desk desk(root.path());
  auto link = phone();
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  EXPECT_EQ(session->status().phase, SessionPhase::Recording);
  EXPECT_THAT(session->status().device_marks, Contains("training"));
  session->input(touch(TouchAction::Down, 10, 20));
  session->input(touch(TouchAction::Up, 10, 20));
  while (link->sent().size() < 2) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  ASSERT_TRUE(wait_for_typing(*session, Typing::Plain));
  session->input(SetClipboard{1, true, "保健食品"});
  capture_all(*session);
  EXPECT_TRUE(session->describe(4, page(ItemKind::Violation, "商品页")));
  ASSERT_TRUE(session->note("请当事人确认"));
  ASSERT_TRUE(session->pause("午休"));
  ASSERT_TRUE(session->resume());
  EXPECT_THAT(session->status().incomplete, testing::IsEmpty());
  EXPECT_EQ(session->status().items.size(), 4u);
  const auto sealed = session->end().value();
  EXPECT_THAT(sealed.incomplete, testing::IsEmpty());
  EXPECT_EQ(session->status().phase, SessionPhase::Sealed);

  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_THAT(verification.incomplete, testing::IsEmpty()) << damage_of(verification);
  EXPECT_EQ(verification.fingerprint, sealed.seal.fingerprint);
  EXPECT_EQ(verification.shots, 4u);

  const auto lines = journal_of(sealed.folder);
  EXPECT_EQ(lines[0].kind, "tsa.beacon");
  EXPECT_EQ(lines[1].kind, "session.open");
  EXPECT_EQ(lines.back().kind, "session.close");
  for (const char* kind : {"order.recv", "people", "env.check", "device.attest", "app.attest", "challenge", "clock.sample", "seg.open", "tsa.anchor"})
    EXPECT_LT(first(lines, kind), lines.size()) << kind;
  EXPECT_LT(first(lines, "input", "\"do\":\"down\""), first(lines, "input", "\"do\":\"up\""));
  EXPECT_THAT(bodies(lines, "input"), Contains(HasSubstr("保健食品")));
  const auto sent = link->sent();
  ASSERT_GE(sent.size(), 3u);
  EXPECT_EQ(std::get<TouchEvent>(sent[0]).action, TouchAction::Down);
  EXPECT_EQ(std::get<SetClipboard>(sent[2]).utf8, "保健食品");

  // A-7.3b: what was delivered is what was recorded
  std::uint64_t pictures = 0;
  for (const auto& packet : link->delivered()) pictures += packet.config ? 0 : 1;
  EXPECT_EQ(verification.packets, pictures);
  const auto entry = desk.vault->find(sealed.id).value();
  EXPECT_EQ(entry.problem, "");
  EXPECT_EQ(entry.state, "完整");
  EXPECT_TRUE(entry.practice);
  EXPECT_EQ(entry.values["items"].size(), 4u);
  EXPECT_EQ(entry.values["items"][3]["title"], "商品页") << "the last description counts";
  EXPECT_FALSE(fs::exists(root.path() / "vault/open" / (sealed.id + ".ballast")));
}

TEST(Session, TheLineStandsBeforeItsAct) {          // A-7.2a
  Temporary root;
  Desk desk(root.path());
  // whenever the phone receives an input, the journal already holds its line
  struct Watching final : DeviceLink {
    explicit Watching(std::shared_ptr<FakeLink> l) : inner(std::move(l)) {}
    struct Stream final : ScreenStream {
      Stream(std::unique_ptr<ScreenStream> s, Watching& o) : inner(std::move(s)), owner(o) {}
      std::string device_name() const override { return inner->device_name(); }
      std::uint32_t codec_id() const override { return inner->codec_id(); }
      Result<VideoEvent> next_video() override { return inner->next_video(); }
      Status send(const ControlMessage& message) override {
        std::string text;
        for (const auto& entry : fs::directory_iterator(owner.open))
          if (entry.is_directory()) text = read_text(entry.path() / "data/attach/journal.log").value();
        const auto* start = std::get_if<StartApp>(&message);
        if (start != nullptr && text.find("\"name\":\"" + start->name + "\"") != text.npos) ++owner.seen;
        return inner->send(message);
      }
      Result<DeviceMessage> next_message() override { return inner->next_message(); }
      void stop() override { inner->stop(); }
      std::unique_ptr<ScreenStream> inner;
      Watching& owner;
    };
    std::string serial() const override { return inner->serial(); }
    std::string way() const override { return inner->way(); }
    Result<ShellOutput> shell(const std::string& c, std::chrono::milliseconds l) override { return inner->shell(c, l); }
    Result<Bytes> screenshot(std::chrono::milliseconds l, const Cancel& c) override { return inner->screenshot(l, c); }
    Result<std::string> hierarchy(std::chrono::milliseconds l, const Cancel& c) override { return inner->hierarchy(l, c); }
    Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& o) override {
      GZ_TRY_ASSIGN(auto stream, inner->start_screen(o));
      return std::unique_ptr<ScreenStream>(std::make_unique<Stream>(std::move(stream), *this));
    }
    std::shared_ptr<FakeLink> inner;
    fs::path open;
    std::atomic<int> seen{0};
  };
  auto link = std::make_shared<Watching>(phone());
  link->open = root.path() / "vault/open";
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  for (int i = 0; i < 20; ++i) session->input(StartApp{"app" + std::to_string(i)});
  ASSERT_TRUE(session->end("试验"));
  EXPECT_EQ(link->seen, 20);
}

TEST(Session, IncompleteNeedsAReason) {             // A-7.2c
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(phone())).value());
  session->capture(page(ItemKind::Licence, "证照"));
  session->wait_captures();
  const auto refused = session->end();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Invalid);
  EXPECT_THAT(refused.error().what, HasSubstr("店铺首页"));
  EXPECT_EQ(session->status().phase, SessionPhase::Recording) << "the session goes on";
  session->capture(page(ItemKind::ShopHome, "店铺"));
  session->wait_captures();
  const auto sealed = session->end("店铺已关闭").value();
  EXPECT_THAT(sealed.incomplete, Contains("店铺已关闭"));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_THAT(verification.state, HasSubstr("不完整"));
  EXPECT_FALSE(session->end("再次")) << "a session ends once";
}

// A phone whose hierarchy waits until the test lets it go.
struct LatchedLink final : DeviceLink {
  explicit LatchedLink(std::shared_ptr<FakeLink> l) : inner(std::move(l)) {}
  std::string serial() const override { return inner->serial(); }
  std::string way() const override { return inner->way(); }
  Result<ShellOutput> shell(const std::string& c, std::chrono::milliseconds l) override { return inner->shell(c, l); }
  Result<Bytes> screenshot(std::chrono::milliseconds l, const Cancel& c) override { return inner->screenshot(l, c); }
  Result<std::string> hierarchy(std::chrono::milliseconds l, const Cancel& c) override {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return released; });
    return inner->hierarchy(l, c);
  }
  Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& o) override { return inner->start_screen(o); }
  void release() {
    const std::lock_guard lock(mutex);
    released = true;
    changed.notify_all();
  }
  std::shared_ptr<FakeLink> inner;
  std::mutex mutex;
  std::condition_variable changed;
  bool released = false;
};

TEST(Session, AHangingHierarchyDelaysNoShot) {      // A-7.3b; its text may be another page's, so it is not taken
  Temporary root;
  Desk desk(root.path());
  auto link = std::make_shared<LatchedLink>(phone());
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->capture(page(ItemKind::Licence, "一"));
  session->capture(page(ItemKind::ShopHome, "二"));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Capture, 2)) << "both shots stand while the dump of the first still hangs";
  EXPECT_EQ(session->status().items.size(), 2u);
  link->release();
  const auto sealed = session->end("试验").value();
  const auto lines = journal_of(sealed.folder);
  EXPECT_EQ(first(lines, "shot", "shot-0001.xml"), lines.size()) << "the dump came when page 2 was on the screen";
  EXPECT_LT(first(lines, "note", "item 2 was captured before"), lines.size());
  EXPECT_LT(first(lines, "shot", "shot-0002.xml"), lines.size());
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

TEST(Session, AnInputDuringTheDumpDropsIt) {        // A-7.3b
  Temporary root;
  Desk desk(root.path());
  auto link = std::make_shared<LatchedLink>(phone());
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->capture(page(ItemKind::Licence, "一"));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Capture));
  session->input(touch(TouchAction::Down, 1, 1));
  while (link->inner->sent().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  link->release();
  const auto sealed = session->end("试验").value();
  const auto lines = journal_of(sealed.folder);
  EXPECT_EQ(first(lines, "shot", ".xml"), lines.size());
  EXPECT_LT(first(lines, "note", "an input reached the phone"), lines.size());
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

TEST(Session, APausedSessionTakesNoInput) {         // A-7.2a
  Temporary root;
  Desk desk(root.path());
  auto link = phone();
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->wait_captures();
  const auto troubles = desk.memory.troubles().size();
  ASSERT_TRUE(session->pause("午休"));
  for (int i = 0; i < 3; ++i) session->input(StartApp{"not.now"});
  EXPECT_EQ(desk.memory.troubles().size(), troubles + 1) << "told once";
  EXPECT_FALSE(session->status().in_gap) << "the recording goes on";
  ASSERT_TRUE(session->resume());
  session->input(StartApp{"now"});
  ASSERT_TRUE(session->pause("再次"));
  const auto sealed = session->end("试验").value();
  const auto lines = journal_of(sealed.folder);
  EXPECT_EQ(first(lines, "input", "not.now"), lines.size());
  EXPECT_LT(first(lines, "input", "now"), lines.size());
  ASSERT_EQ(link->sent().size(), 1u);
  const auto gaps = desk.vault->find(sealed.id).value().values["gaps"];
  ASSERT_EQ(gaps.size(), 2u);
  for (const auto& gap : gaps) {
    EXPECT_EQ(gap["reason"], "pause");
    EXPECT_EQ(gap["packets"], 0);
  }
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

TEST(Session, TheChallengeIsShownWhileTheCallerGoesOn) {     // A-7.4b
  Temporary root;
  Desk desk(root.path());
  auto p = training_phone();
  auto link = phone(std::move(p));
  auto setup = desk.setup(link);
  setup.challenge_ms = 60'000;
  // the code is posted with a command that names it, which the scripted phone does not know: it is noted, and end() copes
  auto session = std::move(CaptureSession::start(std::move(setup)).value());
  const int item = session->capture(page(ItemKind::Licence, "一"));
  session->wait_captures();
  EXPECT_EQ(session->status().items.at(0).number, item);
  const auto sealed = session->end("试验").value();
  const auto lines = journal_of(sealed.folder);
  EXPECT_LT(first(lines, "challenge"), first(lines, "note", "校验码未能显示"));
  EXPECT_LT(first(lines, "note", "校验码未能显示"), first(lines, "shot")) << "pages wait until the code is off the screen";
}

TEST(Session, TheServerIsNamedBeforeItIsPushed) {   // A-7.2a
  Temporary root;
  Desk desk(root.path());
  auto setup = desk.setup(phone());
  setup.screen.server_file = (root.path() / "server.jar").string();
  ASSERT_TRUE(write_atomically(root.path() / "server.jar", as_bytes("a server")));
  const std::string text = "scrcpy-server " + setup.screen.version.text() + " " + sha256_hex(as_bytes("a server"));
  auto session = std::move(CaptureSession::start(std::move(setup)).value());
  const auto sealed = session->end("试验").value();
  const auto lines = journal_of(sealed.folder);
  EXPECT_LT(first(lines, "note", text), first(lines, "seg.open"));
}

TEST(Session, ThePlaceOfAFrameIsDeviceTime) {       // FORMAT.md 6
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(phone())).value());
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::SegmentClosed, 2));
  EXPECT_GT(session->status().recorded_ms, 1900) << "the open segment counts";
  session->capture(page(ItemKind::Licence, "一"));
  const auto sealed = session->end("试验").value();
  const auto values = desk.vault->find(sealed.id).value().values;
  const auto& item = values["items"][0];
  EXPECT_EQ(item["position_ms"], (integer_at(item, "before_us") - integer_at(values["recordings"][0], "first_us")) / 1000);
}

TEST(Session, AFailedHierarchyIsANote) {
  Temporary root;
  Desk desk(root.path());
  auto p = training_phone();
  p.hierarchy_error = Error{ErrorKind::Timeout, "could not get idle state"};
  auto session = std::move(CaptureSession::start(desk.setup(phone(std::move(p)))).value());
  capture_all(*session);
  const auto sealed = session->end().value();
  EXPECT_THAT(bodies(journal_of(sealed.folder), "note"), Contains(HasSubstr("could not get idle state")));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_EQ(verification.shots, 4u);
}

TEST(Session, AFailedScreenshotIsToldAndJournalled) {
  Temporary root;
  Desk desk(root.path());
  auto p = training_phone();
  p.screenshot_error = Error{ErrorKind::Protocol, "screencap died"};
  auto session = std::move(CaptureSession::start(desk.setup(phone(std::move(p)))).value());
  session->capture(page(ItemKind::Licence, "证照"));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::CaptureFailed));
  const auto sealed = session->end("手机不能截屏").value();
  EXPECT_THAT(bodies(journal_of(sealed.folder), "note"), Contains(HasSubstr("screencap died")));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

TEST(Session, ABlackPageIsSaidToBeOne) {
  Temporary root;
  Desk desk(root.path());
  auto link = phone();
  link->set_black(true);
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->capture(page(ItemKind::Licence, "证照"));
  session->wait_captures();
  EXPECT_TRUE(session->status().items.at(0).black);
  const auto sealed = session->end("页面禁止截屏").value();
  EXPECT_THAT(bodies(journal_of(sealed.folder), "note"), Contains(HasSubstr("FLAG_SECURE")));
}

TEST(Session, SecretsStandInNoFileOfTheBag) {
  Temporary root;
  Desk desk(root.path());
  auto link = phone();
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  const std::string text = "hunter2-secret", pasted = "密码是五五六六七七";
  ASSERT_TRUE(wait_for_typing(*session, Typing::Plain));
  session->set_secret_mode(true);
  session->input(TextEvent{text});
  session->input(SetClipboard{7, true, pasted});
  session->input(KeyEvent{KeyAction::Down, 44, 0, 0});
  session->set_secret_mode(false);
  session->input(TextEvent{"harmless"});
  const auto sealed = session->end("试验").value();
  for (const auto& secret : {text, pasted}) EXPECT_THAT(files_holding(root.path() / "vault", secret), testing::IsEmpty());
  EXPECT_THAT(files_holding(root.path() / "vault", "harmless"), Not(testing::IsEmpty())) << "the search itself works";
  EXPECT_EQ(std::get<TextEvent>(link->sent().at(0)).utf8, text) << "the phone got it";
  const auto inputs = bodies(journal_of(sealed.folder), "input");
  EXPECT_THAT(inputs, Contains(HasSubstr("\"bytes\":14,\"salted\":")));
  EXPECT_THAT(inputs, Not(Contains(HasSubstr("\"code\":44"))));
  EXPECT_TRUE(fs::exists(sealed.folder / "data/attach/salts.p7m"));
  EXPECT_FALSE(fs::exists(root.path() / "vault/open" / (sealed.id + ".salts")));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

TEST(Session, MovesAreBatchedAndNoneIsLost) {       // A-7.2a
  Temporary root;
  Desk desk(root.path());
  auto link = phone();
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->input(touch(TouchAction::Down, 0, 0));
  for (int i = 1; i <= 300; ++i) session->input(touch(TouchAction::Move, i, i));
  session->input(touch(TouchAction::Up, 300, 300));
  const auto sealed = session->end("试验").value();
  const auto sent = link->sent();
  ASSERT_EQ(sent.size(), 302u);
  for (int i = 0; i <= 300; ++i) EXPECT_EQ(std::get<TouchEvent>(sent[static_cast<std::size_t>(i)]).x, i);
  std::size_t points = 0, batches = 0;
  for (const auto& body : bodies(journal_of(sealed.folder), "input")) {
    const auto json = parse_json(body).value();
    if (text_at(json, "act") != "move") continue;
    ++batches;
    points += json["points"].size();
  }
  EXPECT_EQ(points, 300u);
  EXPECT_LT(batches, 300u);
}

TEST(Session, AnotherPhoneTextIsKeptAsDigest) {     // what the officer did not type
  Temporary root;
  Desk desk(root.path());
  auto link = phone();
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->input(GetClipboard{});
  session->input(RotateDevice{});
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Trouble)) << "asking for the clipboard is refused";
  const auto sealed = session->end("试验").value();
  for (const auto& message : link->sent()) EXPECT_FALSE(std::holds_alternative<GetClipboard>(message));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

}  // namespace
}  // namespace guzheng::test
