// LiveDesk forwards to a session and hops its events to the GUI thread: with a session made by the test, for a training
// phone on an adb server of the test's own.
#include <gtest/gtest.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTemporaryDir>
#include <QThread>

#include "core/base/digest.h"
#include "core/desk/live_desk.h"
#include "core/session/practice_run.h"
#include "tests/desk/paper_out.h"
#include "tests/desk/paper_session.h"
#include "tests/support/sounds.h"
#include "tests/support/adb_fixture.h"
#include "tests/support/fake_link.h"
#include "ui/bars.h"
#include "ui/capture/phone_card.h"
#include "ui/capture/phone_pane.h"

namespace guzheng {
namespace {

constexpr int kPatience = 60'000;

class LiveDeskTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    adb_ = std::make_unique<test::AdbFixture>();
    serial_ = adb_->add_phone(GUZHENG_PHONE);
  }
  static void TearDownTestSuite() { adb_.reset(); }
  void SetUp() override {
    options_.home = folder_.path().toStdString();
    options_.practice_server = options_.home / "server.jar";
    ASSERT_TRUE(write_atomically(options_.practice_server, as_bytes("server")));
    station_ = std::make_unique<StationDesk>(options_);
    QSignalSpy opened(station_.get(), &StationDesk::opened);
    station_->open();
    ASSERT_TRUE(opened.wait(kPatience));
    phones_ = std::make_unique<PhoneList>(station_->quick());
    phones_->add_source("127.0.0.1", adb_->port(), false);
    live_ = std::make_unique<LiveDesk>(*station_, *phones_, [this](SessionSetup setup) -> Result<std::unique_ptr<CaptureSession>> {
      started_on_ = QThread::currentThread();
      if (refuse_) return fail(ErrorKind::Network, "no phone");
      setup_ = setup;
      auto session = std::make_unique<PaperSession>(std::move(setup));
      session_ = session.get();
      session_->heard = heard_;
      return session;
    }, std::make_unique<PaperOut>(speaker_));
  }
  void TearDown() override {
    live_.reset();
    phones_->stop();
    station_->drain();
    phones_.reset();
    station_.reset();
  }
  void start() {
    QSignalSpy started(live_.get(), &LiveDesk::started);
    CaptureOrder order;
    order.reason = "test";
    live_->start(order, {serial_, "", "device", 0, false});
    ASSERT_TRUE(started.wait(kPatience));
  }

  static inline std::unique_ptr<test::AdbFixture> adb_;
  static inline std::string serial_;
  QTemporaryDir folder_;
  DeskOptions options_;
  std::unique_ptr<StationDesk> station_;
  std::unique_ptr<PhoneList> phones_;
  const std::shared_ptr<PaperSpeaker> speaker_ = std::make_shared<PaperSpeaker>();
  std::shared_ptr<LiveSound> heard_;         // of the next session
  std::unique_ptr<LiveDesk> live_;
  PaperSession* session_ = nullptr;
  SessionSetup setup_;
  QThread* started_on_ = nullptr;
  bool refuse_ = false;
};

TEST_F(LiveDeskTest, StartsOffTheGuiThreadWithTwoOfficersAndTheAcceptedFile) {
  start();
  EXPECT_NE(started_on_, QThread::currentThread());
  ASSERT_TRUE(setup_.officer1 && setup_.officer2);          // A-7.2b
  EXPECT_NE(setup_.officer1->info().sha256, setup_.officer2->info().sha256);
  EXPECT_EQ(setup_.screen.accepted_server_digests, std::vector{std::string(kPracticeServerSha256)});   // whatever the file holds
  EXPECT_GT(setup_.adb_version, 30);                        // node.json names it
  EXPECT_EQ(live_->stage(), LiveDesk::Stage::Running);
}

TEST_F(LiveDeskTest, APhoneThatHasGoneIsNotGuessedAt) {
  QSignalSpy failed(live_.get(), &LiveDesk::start_failed);
  live_->start({}, {"127.0.0.1:1", "", "device", 0, false});
  ASSERT_TRUE(failed.wait(kPatience));
  EXPECT_EQ(started_on_, nullptr) << "no session was begun";
}

TEST_F(LiveDeskTest, TheListSaysWhichPhoneIsForTraining) {
  const auto known = [&] { return !phones_->phones().empty() && phones_->phones()[0].training && !phones_->phones()[0].model.empty(); };
  QSignalSpy changed(phones_.get(), &PhoneList::changed);
  while (!known()) ASSERT_TRUE(changed.wait(kPatience));
  EXPECT_EQ(phones_->phones()[0].serial, serial_);
}

// A-7.3b: the light speaks of the film, not of the session. Red while it grows; amber and its clock standing while it does not.
TEST_F(LiveDeskTest, TheLightIsRedOnlyWhileTheFilmGrows) {
  start();
  const ui::TopBar bar(*station_, *live_);
  const auto words = [&] {
    for (const auto* label : bar.findChildren<QLabel*>())
      if (label->accessibleName() == "录制灯") return label->text();
    return QString();
  };
  const auto happens = [&](TimelineEvent::Type type, bool in_gap, bool failed, std::int64_t ms) {
    QSignalSpy added(live_.get(), &LiveDesk::event_added);
    session_->happen(type, in_gap, failed, ms);
    return added.wait(kPatience);
  };
  ASSERT_TRUE(happens(TimelineEvent::Type::Note, false, false, 5000));
  EXPECT_EQ(live_->light(), Light::Recording);
  EXPECT_EQ(words(), "录制中 00:00:05");
  ASSERT_TRUE(happens(TimelineEvent::Type::GapBegin, true, false, 6000));
  EXPECT_EQ(live_->light(), Light::Interrupted);
  EXPECT_EQ(words(), "录像中断 00:00:06");
  QSignalSpy tick(live_.get(), &LiveDesk::status_changed);
  ASSERT_TRUE(tick.wait(kPatience) && tick.wait(kPatience));   // two seconds on
  EXPECT_EQ(words(), "录像中断 00:00:06") << "the clock is the film's, not the wall's";
  ASSERT_TRUE(happens(TimelineEvent::Type::GapEnd, false, false, 7000));
  EXPECT_EQ(live_->light(), Light::Recording);
  EXPECT_EQ(words(), "录制中 00:00:07");
  live_->pause("接电话");
  ASSERT_TRUE(happens(TimelineEvent::Type::Trouble, false, true, 7000));   // disk full, while paused: worse than a pause
  EXPECT_EQ(live_->light(), Light::Interrupted);
}

// Issue 4: the phone's sound is heard while the session runs, and the device given back with it.
TEST_F(LiveDeskTest, ThePhonesSoundIsHeard) {
  start();
  EXPECT_EQ(speaker_->starts, 0) << "no sound was asked for";
  QSignalSpy sealed(live_.get(), &LiveDesk::sealed);
  live_->end("练习");
  ASSERT_TRUE(sealed.wait(kPatience));
  heard_ = std::make_shared<LiveSound>();
  const auto sound = test::test_sound(600, 50);
  heard_->take(true, sound.head);
  start();
  ASSERT_EQ(speaker_->starts, 1);
  live_->speaker().set_volume(100);
  for (std::size_t i = 0; i < 9; ++i) heard_->take(false, sound.packets[i]);
  ASSERT_TRUE(QTest::qWaitFor([&] { return heard_->counts().decoded == 9; }, kPatience));
  const auto heard = speaker_->pull(180);
  EXPECT_GT(test::loudness(heard), 2'000);
  live_->speaker().set_on(false);
  EXPECT_EQ(speaker_->stops, 1);
  heard_->take(false, sound.packets[9]);
  QTest::qWait(50);
  EXPECT_EQ(heard_->counts().decoded, 9u) << "nobody listens";
  live_->speaker().set_on(true);
  EXPECT_EQ(speaker_->starts, 2);
  live_->end("练习");
  ASSERT_TRUE(sealed.wait(kPatience));
  EXPECT_FALSE(speaker_->source);
}

TEST_F(LiveDeskTest, APauseIsForwardedAndTheLightSaysIt) {
  start();
  live_->pause("接电话");
  EXPECT_EQ(session_->pauses, std::vector<std::string>{"接电话"});
  EXPECT_EQ(live_->light(), Light::Paused);
  QSignalSpy trouble(live_.get(), &LiveDesk::trouble);
  live_->pause("again");
  EXPECT_EQ(trouble.count(), 1) << "a pause that is refused is told";
  live_->resume();
  EXPECT_EQ(live_->light(), Light::Recording);
}

TEST_F(LiveDeskTest, AStartThatFailsLeavesTheDeskIdle) {
  refuse_ = true;
  QSignalSpy failed(live_.get(), &LiveDesk::start_failed);
  live_->start({}, {serial_, "", "device", 0, false});
  ASSERT_TRUE(failed.wait(kPatience));
  EXPECT_EQ(live_->stage(), LiveDesk::Stage::Idle);
}

TEST_F(LiveDeskTest, EventsArriveOnTheGuiThread) {
  start();
  QThread* heard_on = nullptr;
  int item = 0;
  QObject::connect(live_.get(), &LiveDesk::event_added, live_.get(), [&](const TimelineEvent& event) {
    heard_on = QThread::currentThread();
    item = event.item;
  }, Qt::DirectConnection);
  QSignalSpy added(live_.get(), &LiveDesk::event_added);
  live_->capture({ItemKind::ShopHome, "店铺首页", "", "公开", ""});
  ASSERT_TRUE(added.wait(kPatience));
  EXPECT_EQ(heard_on, QThread::currentThread());
  EXPECT_EQ(item, 1);
  ASSERT_EQ(live_->status().items.size(), 1u);
  EXPECT_EQ(live_->status().items[0].description.kind, ItemKind::ShopHome);
}

TEST_F(LiveDeskTest, ForwardsInputInOrder) {
  start();
  live_->press(kKeyBack);
  live_->paste("保健食品");
  ASSERT_EQ(session_->inputs.size(), 3u);
  EXPECT_EQ(std::get<KeyEvent>(session_->inputs[0]).action, KeyAction::Down);
  EXPECT_EQ(std::get<KeyEvent>(session_->inputs[1]).action, KeyAction::Up);
  const auto& clip = std::get<SetClipboard>(session_->inputs[2]);
  EXPECT_TRUE(clip.paste);
  EXPECT_EQ(clip.utf8, "保健食品");
}

// A phone's clipboard is offered, never put on the desk's by itself; taking it over stands in the journal (A-7.2a, issue 4).
TEST_F(LiveDeskTest, ThePhonesClipboardIsOfferedAndTakenByAButton) {
  start();
  ui::PhoneCard card(*live_);
  QGuiApplication::clipboard()->setText("the officer's own");
  const auto part = [&](const QString& name) -> QWidget* {
    for (auto* widget : card.findChildren<QWidget*>())
      if (widget->accessibleName() == name) return widget;
    return nullptr;
  };
  QSignalSpy came(live_.get(), &LiveDesk::clipboard);
  session_->copy("https://mall.example/<b>1</b>\n二");
  ASSERT_TRUE(came.wait(kPatience));
  EXPECT_EQ(part("手机剪贴板")->accessibleDescription(), "手机剪贴板：https://mall.example/<b>1</b> 二");
  EXPECT_EQ(static_cast<QLabel*>(part("手机剪贴板"))->textFormat(), Qt::PlainText) << "foreign text is no markup";
  EXPECT_EQ(QGuiApplication::clipboard()->text(), "the officer's own");
  EXPECT_TRUE(session_->notes.empty());
  static_cast<QPushButton*>(part("手机剪贴板复制到本机"))->click();
  EXPECT_EQ(QGuiApplication::clipboard()->text(), "https://mall.example/<b>1</b>\n二") << "as the phone gave it";
  ASSERT_EQ(session_->notes.size(), 1u);
  EXPECT_NE(session_->notes[0].find("（33 字节）"), std::string::npos) << session_->notes[0];
  EXPECT_FALSE(part("手机剪贴板")->isVisibleTo(&card));
  // while secrets are typed it is counted and not shown
  live_->set_secret_mode(true);
  session_->copy("hunter2");
  ASSERT_TRUE(came.wait(kPatience));
  EXPECT_EQ(part("手机剪贴板")->accessibleDescription(), "手机剪贴板：7 个字，密码输入中不显示");
  static_cast<QPushButton*>(part("不要手机剪贴板"))->click();
  EXPECT_EQ(QGuiApplication::clipboard()->text(), "https://mall.example/<b>1</b>\n二");
  EXPECT_EQ(session_->notes.size(), 1u);
}

// A-8.3g: what the desk's input method commits is typed on the phone: Chinese by the clipboard, the rest as keys; what is only composed is not.
TEST_F(LiveDeskTest, TheDesksInputMethodTypesIntoThePhone) {
  start();
  ui::PhonePane pane(*live_);
  EXPECT_TRUE(pane.testAttribute(Qt::WA_InputMethodEnabled));
  QInputMethodQueryEvent asked(Qt::ImEnabled);
  QCoreApplication::sendEvent(&pane, &asked);
  EXPECT_TRUE(asked.value(Qt::ImEnabled).toBool());
  const auto ime = [&](const QString& composing, const QString& commit) {
    QInputMethodEvent event(composing, {});
    event.setCommitString(commit);
    QCoreApplication::sendEvent(&pane, &event);
  };
  ime("qu'zheng", {});
  EXPECT_TRUE(session_->inputs.empty()) << "not chosen yet";
  ime({}, "取证𠮷");
  ime({}, "abc");
  ASSERT_EQ(session_->inputs.size(), 2u);
  const auto* pasted = std::get_if<SetClipboard>(&session_->inputs[0]);
  ASSERT_TRUE(pasted);
  EXPECT_TRUE(pasted->paste);
  EXPECT_EQ(pasted->utf8, "取证𠮷");
  const auto* typed = std::get_if<TextEvent>(&session_->inputs[1]);
  ASSERT_TRUE(typed);
  EXPECT_EQ(typed->utf8, "abc");
}

TEST_F(LiveDeskTest, ADescriptionThatIsRefusedIsTold) {
  start();
  live_->capture({});
  QSignalSpy refused(live_.get(), &LiveDesk::refused);
  live_->describe(1, {ItemKind::Other, "t", "p", "非公开", ""});
  EXPECT_EQ(refused.count(), 1);
}

// A-7.2c: without a reason an incomplete session is not sealed and goes on.
TEST_F(LiveDeskTest, AnEndThatIsRefusedGoesOn) {
  start();
  QSignalSpy failed(live_.get(), &LiveDesk::end_failed);
  live_->end({});
  ASSERT_TRUE(failed.wait(kPatience));
  EXPECT_EQ(live_->stage(), LiveDesk::Stage::Running);
  QSignalSpy sealed(live_.get(), &LiveDesk::sealed);
  live_->end("练习");
  ASSERT_TRUE(sealed.wait(kPatience));
  EXPECT_EQ(live_->stage(), LiveDesk::Stage::Idle);
  EXPECT_EQ(live_->last_sealed()->id, "LX-01-20261121-0001");
}

TEST_F(LiveDeskTest, EndsOffTheGuiThread) {
  start();
  QSignalSpy failed(live_.get(), &LiveDesk::end_failed);
  live_->end({});
  ASSERT_TRUE(failed.wait(kPatience));
  EXPECT_NE(session_->ended_on, nullptr);
  EXPECT_NE(session_->ended_on, QThread::currentThread());
}

// A-7.2a: start and seal are in the operation log.
TEST_F(LiveDeskTest, StartAndSealAreLogged) {
  start();
  QSignalSpy sealed(live_.get(), &LiveDesk::sealed);
  live_->end("练习");
  ASSERT_TRUE(sealed.wait(kPatience));
  live_.reset();
  station_->drain();
  const auto log = read_operation_log(station_->log_path());
  ASSERT_TRUE(log);
  std::vector<std::string> kinds;
  for (const auto& line : log->lines) kinds.push_back(line.kind);
  EXPECT_EQ(std::erase(kinds, "op.log-stamp"), 1) << "the day's stamp of the log itself, whenever it comes (A-8.6)";
  EXPECT_EQ(kinds, (std::vector<std::string>{"op.start", "op.session", "op.seal"}));
  EXPECT_FALSE(log->broken_at);
}

// The practice file is for the phone that calls itself a training phone, whichever adb server it hangs on (A-8.3f).
TEST(ServerOffers, OnlyATrainingPhoneTakesThePracticeFile) {
  const QTemporaryDir folder;
  DeskOptions options;
  options.home = options.programs = folder.path().toStdString();
  options.practice_server = options.programs / "practice.jar";
  ASSERT_TRUE(write_atomically(options.practice_server, as_bytes("practice")));
  ASSERT_TRUE(write_atomically(options.programs / "scrcpy-server", as_bytes("somebody's")));
  const StationDesk station(options);
  const auto chosen = [&](const std::string& answer) {
    test::FakePhone phone;
    phone.shell["getprop ro.guzheng.training"].out = Bytes(answer.begin(), answer.end());
    test::FakeLink link(phone);
    return choose_server(link, station.server_offers());
  };
  const auto practice = chosen("1\n"), real = chosen("\n");
  ASSERT_TRUE(practice) << practice.error().what;
  EXPECT_EQ(practice->server_file, options.practice_server.string());
  EXPECT_EQ(practice->accepted_server_digests, std::vector{std::string(kPracticeServerSha256)}) << "whatever the file holds";
  ASSERT_FALSE(real) << "a name is no digest";
  EXPECT_EQ(real.error().kind, ErrorKind::NotFound);
}

TEST(TrainingPhone, SaysSoItself) {
  const auto answers = [](const std::string& text) {
    test::FakePhone phone;
    phone.shell["getprop ro.guzheng.training"].out = Bytes(text.begin(), text.end());
    test::FakeLink link(phone);
    const auto training = is_training_phone(link);
    return training && *training;
  };
  EXPECT_TRUE(answers("1\n"));
  EXPECT_FALSE(answers("\n"));
  EXPECT_FALSE(answers("0\n"));
  test::FakeLink gone;
  gone.cut();
  EXPECT_FALSE(is_training_phone(gone)) << "an error, not a no";
}

}  // namespace
}  // namespace guzheng
