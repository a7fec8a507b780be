// GroupDesk with two training phones on an adb server of the test's own: one act at a time, and nothing that is asked for meanwhile is lost in silence
// (A-7.3e, issue 4).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "core/base/file.h"
#include "core/desk/group_desk.h"
#include "tests/support/adb_fixture.h"
#include "ui/group/group_page.h"
#include "ui/group/group_pane.h"

namespace guzheng {
namespace {

using testing::ContainsRegex;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

constexpr int kPatience = 60'000;

class GroupDeskTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    adb_ = std::make_unique<test::AdbFixture>();
    for (auto& serial : serials_) serial = adb_->add_phone(GUZHENG_PHONE);
  }
  static void TearDownTestSuite() { adb_.reset(); }
  void SetUp() override {
    DeskOptions options;
    options.home = folder_.path().toStdString();
    options.practice_server = PRACTICE_SERVER;
    station_ = std::make_unique<StationDesk>(options);
    QSignalSpy opened(station_.get(), &StationDesk::opened);
    station_->open();
    ASSERT_TRUE(opened.wait(kPatience));
    phones_ = std::make_unique<PhoneList>(station_->quick());
    phones_->add_source("127.0.0.1", adb_->port(), false);
    live_ = std::make_unique<LiveDesk>(*station_, *phones_, [](SessionSetup) -> Result<std::unique_ptr<CaptureSession>> { return fail(ErrorKind::Bug, "a group starts its own"); });
    group_ = std::make_unique<GroupDesk>(*station_, *phones_, *live_);
    CaptureOrder order;
    order.reason = "test";
    group_->start(order, {{{serials_[0], "", "device"}, {}, {}, {}}, {{serials_[1], "", "device"}, {}, {}, {}}}, {});
    QSignalSpy staged(group_.get(), &GroupDesk::stage_changed);
    QObject::connect(group_.get(), &GroupDesk::start_failed, [](const Error& error) { ADD_FAILURE() << error.what; });
    while (group_->stage() == LiveDesk::Stage::Starting) ASSERT_TRUE(staged.wait(kPatience));
    ASSERT_EQ(group_->stage(), LiveDesk::Stage::Running);
  }
  void TearDown() override {
    group_.reset();
    live_.reset();
    phones_->stop();
    station_->drain();
    phones_.reset();
    station_.reset();
  }
  // Until what is under way, and what waits behind it, is over.
  [[nodiscard]] bool rests() {
    QSignalSpy changed(group_.get(), &GroupDesk::changed);
    while (group_->busy() || group_->waiting_captures() > 0)
      if (!changed.wait(kPatience)) return false;
    return true;
  }
  [[nodiscard]] std::vector<std::string> journals() const {
    std::vector<std::string> out;
    for (const auto& card : group_->cards()) out.push_back(read_text(station_->vault().folder() / "open" / card.status.package_id / "data/attach/journal.log", 64u << 20).value_or(""));
    return out;
  }
  template <typename T>
  static T* part(const QWidget& page, const QString& name) {
    for (auto* widget : page.findChildren<T*>())
      if (widget->accessibleName() == name) return widget;
    ADD_FAILURE() << "no " << name.toStdString();
    return nullptr;
  }
  // Concealed while the phone has not said lately that no password is typed: then its length stands there.
  static std::string pasted(const std::string& text) { return "\"act\":\"paste\",(\"text\":\"" + text + "\"|\"bytes\":" + std::to_string(text.size()) + ",)"; }
  static QString said(const QWidget& page) {
    for (auto* widget : page.findChildren<QLabel*>())
      if (widget->accessibleName() == "并行取证消息内容" && widget->isVisibleTo(&page)) return widget->accessibleDescription();
    return {};
  }

  static inline std::unique_ptr<test::AdbFixture> adb_;
  static inline std::array<std::string, 2> serials_;
  QTemporaryDir folder_;
  std::unique_ptr<StationDesk> station_;
  std::unique_ptr<PhoneList> phones_;
  std::unique_ptr<LiveDesk> live_;
  std::unique_ptr<GroupDesk> group_;
};

TEST_F(GroupDeskTest, AnF8DuringATapWaitsAndIsDone) {
  group_->capture({ItemKind::Other, "零", "", "公开", ""});           // a capture waits until the challenge, with its clock, is off the screens: a tap does not
  ASSERT_TRUE(rests());
  QSignalSpy refused(group_.get(), &GroupDesk::not_taken), compared(group_.get(), &GroupDesk::compared);
  group_->tap(360, 640, 60);
  ASSERT_EQ(group_->running(), GroupAct::Tap);
  group_->capture({ItemKind::PlatformHome, "一", "", "公开", ""});
  group_->capture({ItemKind::ShopHome, "二", "", "公开", ""});
  EXPECT_EQ(group_->waiting_captures(), 2);
  EXPECT_TRUE(refused.isEmpty()) << "a capture is never refused";
  EXPECT_THAT(journals(), Each(HasSubstr("此时要求取证当前页面"))) << "when it was asked for";
  // all others are told, and not done
  group_->tap(10, 10, 60);
  group_->drag({{0, {10, 10}}, {50, {10, 300}}});
  group_->scroll(true);
  group_->press(kKeyBack);
  group_->capture_long({ItemKind::Other, "三", "", "公开", ""});
  EXPECT_FALSE(group_->paste("字"));
  EXPECT_FALSE(group_->pause("有人来"));
  EXPECT_FALSE(group_->resume());
  EXPECT_FALSE(group_->end("x"));
  EXPECT_EQ(refused.size(), 9);
  ASSERT_TRUE(rests());
  for (const auto& card : group_->cards()) {
    ASSERT_EQ(card.status.items.size(), 3u) << card.number << " " << card.stopped;
    EXPECT_EQ(card.status.items[1].description.title, "一");
    EXPECT_EQ(card.status.items[2].description.title, "二");
  }
  EXPECT_EQ(compared.size(), 2);
  EXPECT_EQ(group_->comparison().pages.size(), 3u);
  EXPECT_THAT(journals(), Each(Not(HasSubstr("\"paste\""))));
  EXPECT_TRUE(group_->pause("有人来"));
  ASSERT_TRUE(rests());
  EXPECT_TRUE(group_->paused());
}

// What an officer wrote stays until it is done.
TEST_F(GroupDeskTest, ThePageKeepsWhatCouldNotBeSent) {
  ui::GroupPage page(*group_);
  page.resize(1400, 900);
  page.show();
  auto* line = part<QLineEdit>(page, "全部手机的文字或备注");
  page.open_line(false);
  QTest::keyClicks(line, "tea");
  group_->tap(360, 640, 60);
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_EQ(line->text(), "tea");
  EXPECT_TRUE(line->isVisible());
  EXPECT_THAT(said(page).toStdString(), HasSubstr("“输入文字”没有做：前一操作“点按”还在进行"));
  page.capture();
  auto* capture = part<QPushButton>(page, "全部取证");
  EXPECT_TRUE(capture->isEnabled());
  EXPECT_THAT(capture->text().toStdString(), HasSubstr("排队取证 1 次"));
  EXPECT_THAT(said(page).toStdString(), HasSubstr("取证排队 1 次"));
  part<QPushButton>(page, "暂停操作")->setEnabled(true);
  part<QPushButton>(page, "暂停操作")->click();
  auto* why = part<QLineEdit>(page, "全部暂停原因");
  QTest::keyClicks(why, "door");
  QTest::keyClick(why, Qt::Key_Return);
  EXPECT_TRUE(why->isVisible());
  EXPECT_EQ(why->text(), "door");
  EXPECT_THAT(said(page).toStdString(), HasSubstr("“暂停操作”没有做"));
  page.ask_end();
  auto* reason = part<QLineEdit>(page, "不完整的原因");
  QTest::keyClicks(reason, "one page");
  QTest::keyClick(reason, Qt::Key_Return);
  EXPECT_TRUE(reason->isVisible());
  EXPECT_EQ(reason->text(), "one page");
  EXPECT_EQ(group_->stage(), LiveDesk::Stage::Running);
  EXPECT_THAT(said(page).toStdString(), HasSubstr("“结束并封存”没有做"));
  ASSERT_TRUE(rests());
  EXPECT_THAT(said(page).toStdString(), HasSubstr("没有做")) << "the end of the act before does not wipe it away";
  for (const auto& card : group_->cards()) EXPECT_EQ(card.status.items.size(), 1u);
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_TRUE(line->text().isEmpty());
  EXPECT_EQ(said(page), "");
  ASSERT_TRUE(rests());
  EXPECT_THAT(journals(), Each(ContainsRegex(pasted("tea"))));
  page.ask_end();                          // confirms: its card is open
  EXPECT_FALSE(reason->isVisible());
  QSignalSpy sealed(group_.get(), &GroupDesk::sealed);
  ASSERT_TRUE(sealed.wait(kPatience));
}

// A-8.3g: the desk's input method types on all phones through the leading one's picture.
TEST_F(GroupDeskTest, TheDesksInputMethodTypesOnAll) {
  ui::GroupPane pane(*group_, 1), other(*group_, 2);
  const auto commit = [](QWidget& widget, const QString& text) {
    QInputMethodEvent event;
    event.setCommitString(text);
    QCoreApplication::sendEvent(&widget, &event);
  };
  const auto enabled = [](QWidget& widget) {
    QInputMethodQueryEvent asked(Qt::ImEnabled);
    QCoreApplication::sendEvent(&widget, &asked);
    return asked.value(Qt::ImEnabled).toBool();
  };
  EXPECT_TRUE(enabled(pane));
  EXPECT_FALSE(enabled(other));
  commit(other, "没有");
  EXPECT_FALSE(group_->busy());
  commit(pane, "降糖茶");
  EXPECT_EQ(group_->running(), GroupAct::Text);
  commit(pane, "三天");                     // faster than the phones: they follow, in order
  QTest::keyClick(&pane, 'x');
  ASSERT_TRUE(rests());
  EXPECT_THAT(journals(), Each(ContainsRegex(pasted("降糖茶") + "(.|\n)*" + pasted("三天x"))));
  QSignalSpy refused(&pane, &ui::GroupPane::text_refused);
  group_->tap(360, 640, 60);
  commit(pane, "见效");
  ASSERT_EQ(refused.size(), 1);
  EXPECT_EQ(refused[0][0].toString(), "见效");
  ASSERT_TRUE(rests());
}

}  // namespace
}  // namespace guzheng
