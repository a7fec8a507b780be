// What the session sees of the phone beside the film: password fields, black pages, a locked phone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>

#include "core/session/phone_state.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// ---- parsers

TEST(PhoneState, WhereTypingGoes) {
  EXPECT_EQ(parse_editor(plain_editor()), Editor::Plain);
  EXPECT_EQ(parse_editor(password_editor()), Editor::Password);
  for (const char* type : {"0x81", "0x91", "0xe1", "0x12", "0x80081", "0x20091"})
    EXPECT_EQ(parse_editor(std::string("inputType=") + type + " "), Editor::Password) << type;
  for (const char* type : {"0x1", "0x2", "0x3", "0x21", "0x20001", "0xa1"})
    EXPECT_EQ(parse_editor(std::string("inputType=") + type + " "), Editor::Plain) << type;
  EXPECT_EQ(parse_editor("inputType=0x1 \n inputType=0x81 "), Editor::Password) << "one of several";
  for (const char* text : {"", "inputType=0x0", "inputType=0x", "inputType=0xzz", "mInputEditorInfo: null", "Can't find service: input_method"})
    EXPECT_EQ(parse_editor(text), Editor::Unknown) << text;
  EXPECT_EQ(parse_editor("inputType=0x1\n mStartInputHistory:\n inputType=0x81"), Editor::Plain) << "fields of before do not count";
}

TEST(PhoneState, Locked) {
  EXPECT_EQ(parse_locked(unlocked()), "");
  EXPECT_EQ(parse_locked(locked(true, true)), "keyguard");
  EXPECT_EQ(parse_locked(locked(true, false)), "display off");
  EXPECT_EQ(parse_locked("KeyguardServiceDelegate\n showing=true\n occluded=true\n screenState=SCREEN_STATE_ON"), "") << "an app lies over it";
  EXPECT_FALSE(parse_locked("Can't find service: window"));
  EXPECT_FALSE(parse_locked("KeyguardServiceDelegate\n"));
}

TEST(PhoneState, WhichInputsMoveTheFocus) {
  EXPECT_TRUE(may_move_focus(touch(TouchAction::Down, 1, 1)));
  EXPECT_FALSE(may_move_focus(touch(TouchAction::Move, 1, 1)));
  EXPECT_TRUE(may_move_focus(KeyEvent{KeyAction::Down, 66, 0, 0})) << "Enter";
  EXPECT_TRUE(may_move_focus(KeyEvent{KeyAction::Down, 61, 0, 0})) << "Tab";
  EXPECT_FALSE(may_move_focus(KeyEvent{KeyAction::Down, 29, 0, 0})) << "A";
  EXPECT_TRUE(may_move_focus(StartApp{"cn.guzheng.mall"}));
  EXPECT_FALSE(may_move_focus(TextEvent{"a"}));
  EXPECT_TRUE(types_characters(KeyEvent{KeyAction::Down, 8, 0, 0})) << "1";
  EXPECT_FALSE(types_characters(KeyEvent{KeyAction::Down, 3, 0, 0})) << "Home";
}

// ---- secrets

std::string utf16(const std::string& ascii) {
  std::string out;
  for (const char c : ascii) out += {c, '\0'};
  return out;
}
std::string utf16_big(const std::string& ascii) { return std::string(1, '\0') + utf16(ascii).substr(0, ascii.size() * 2 - 1); }

// All levels, from the first line on: what the program logs goes to stderr.
[[maybe_unused]] const int kLoud = ::setenv("GUZHENG_LOG", "debug", 1);

// by itself, without anybody switching anything: no byte of the bag, the vault, the desk or the log holds what was typed
TEST(Secrets, NoTypedSecretStandsAnywhere) {
  Temporary root;
  testing::internal::CaptureStderr();
  Desk desk(root.path());
  auto link = std::make_shared<FakeLink>(training_phone());
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->wait_captures();
  ASSERT_TRUE(wait_for_typing(*session, Typing::Plain));
  session->input(TextEvent{"ordinary words"});
  // the login page: the tap moves the focus, and what is typed at once is not known to be harmless
  link->set_answer("dumpsys input_method", password_editor());
  const std::string quick = "Quick7secret", typed = "hunter2hunter2", pasted = "Zx9-pasted-secret";
  session->input(touch(TouchAction::Down, 10, 20));
  session->input(touch(TouchAction::Up, 10, 20));
  session->input(TextEvent{quick});
  ASSERT_TRUE(wait_for_typing(*session, Typing::Password));
  EXPECT_TRUE(session->status().secret_mode);
  session->input(TextEvent{typed});
  session->input(SetClipboard{7, true, pasted});
  for (const int key : {8, 9, 10, 11}) session->input(KeyEvent{KeyAction::Down, static_cast<std::uint32_t>(key), 0, 0});
  session->input(GetClipboard{});                    // refused; the phone's echo of what was pasted is concealed too
  for (int i = 0; i < 1500 && link->sent().size() < 10; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  // an app that shows what was typed, in the layout too
  link->set_hierarchy("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"0\"><node text=\"" + typed +
                      "\" bounds=\"[0,0][320,640]\" password=\"true\" focused=\"true\"/></hierarchy>");
  session->capture(page(ItemKind::Licence, "登录页"));
  session->wait_captures();
  const auto sealed = session->end("试验").value();
  const std::string log = testing::internal::GetCapturedStderr();
  for (const auto& secret : {quick, typed, pasted})
    for (const auto& form : {secret, utf16(secret), utf16_big(secret)}) {
      EXPECT_THAT(files_holding(root.path(), form), IsEmpty()) << secret;
      EXPECT_EQ(log.find(form), std::string::npos) << secret;
    }
  EXPECT_THAT(files_holding(root.path() / "vault", "ordinary words"), Not(IsEmpty())) << "the search itself works";
  const auto lines = journal_of(sealed.folder);
  EXPECT_THAT(bodies(lines, "input"), Not(Contains(HasSubstr("\"code\":8,"))));
  EXPECT_THAT(bodies(lines, "note"), Contains(HasSubstr("password field gives away")));
  EXPECT_THAT(bodies(lines, "note"), Contains(HasSubstr("手机光标在密码框")));
  EXPECT_TRUE(fs::exists(sealed.folder / "data/attach/salts.p7m"));
  std::vector<std::string> got;
  for (const auto& message : link->sent())
    if (const auto* text = std::get_if<TextEvent>(&message)) got.push_back(text->utf8);
  EXPECT_THAT(got, Contains(typed)) << "the phone got it";
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

TEST(Secrets, WhatThePhoneDoesNotSayCountsAsSecret) {
  Temporary root;
  Desk desk(root.path());
  auto p = training_phone();
  p.shell.erase("dumpsys input_method");
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(p))).value());
  session->input(TextEvent{"who knows"});
  session->input(KeyEvent{KeyAction::Down, 3, 0, 0});
  const auto sealed = session->end("试验").value();
  EXPECT_THAT(files_holding(root.path() / "vault", "who knows"), IsEmpty());
  EXPECT_THAT(bodies(journal_of(sealed.folder), "input"), Contains(HasSubstr("\"code\":3,"))) << "Home gives nothing away";
}

// A-8.3g: taps do not wait for the phone's answer
TEST(Secrets, ATapWaitsForNoAnswer) {
  Temporary root;
  Desk desk(root.path());
  struct Hanging final : DeviceLink {
    explicit Hanging(std::shared_ptr<FakeLink> l) : inner(std::move(l)) {}
    std::string serial() const override { return inner->serial(); }
    std::string way() const override { return inner->way(); }
    Result<ShellOutput> shell(const std::string& c, std::chrono::milliseconds l) override {
      if (c != "dumpsys input_method") return inner->shell(c, l);
      std::unique_lock lock(mutex);
      asked = true;
      changed.wait(lock, [this] { return released; });
      return inner->shell(c, l);
    }
    Result<Bytes> screenshot(std::chrono::milliseconds l, const Cancel& c) override { return inner->screenshot(l, c); }
    Result<std::string> hierarchy(std::chrono::milliseconds l, const Cancel& c) override { return inner->hierarchy(l, c); }
    Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& o) override { return inner->start_screen(o); }
    std::shared_ptr<FakeLink> inner;
    std::mutex mutex;
    std::condition_variable changed;
    bool asked = false, released = false;
  };
  auto link = std::make_shared<Hanging>(std::make_shared<FakeLink>(training_phone()));
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  for (int i = 0; i < 50; ++i) session->input(touch(i % 2 == 0 ? TouchAction::Down : TouchAction::Up, i, i));
  session->input(TextEvent{"not waited for"});
  for (int i = 0; i < 1500 && link->inner->sent().size() < 51; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(link->inner->sent().size(), 51u) << "all reached the phone while its answer hangs";
  {
    const std::lock_guard lock(link->mutex);
    link->released = true;
    link->changed.notify_all();
  }
  ASSERT_TRUE(session->end("试验"));
  EXPECT_THAT(files_holding(root.path() / "vault", "not waited for"), IsEmpty());
}

// ---- gaps (issue 3.4)

std::vector<std::string> reasons(const Desk& desk, const std::string& id) {
  std::vector<std::string> out;
  const Json values = desk.vault->find(id).value().values;
  for (const auto& gap : values["gaps"]) out.push_back(text_at(gap, "reason"));
  return out;
}

TEST(Gaps, ABlackPageIsOne) {
  Temporary root;
  Desk desk(root.path());
  auto link = std::make_shared<FakeLink>(training_phone());
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->wait_captures();
  link->set_black(true);
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapBegin)) << "the film alone shows it";
  EXPECT_FALSE(session->status().in_gap) << "the recording goes on";
  session->capture(page(ItemKind::Licence, "黑页"));
  session->wait_captures();
  link->set_black(false);
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapEnd));
  const auto sealed = session->end("试验").value();
  EXPECT_THAT(reasons(desk, sealed.id), Contains("black-page: film"));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

TEST(Gaps, ALockedPhoneIsOneAndItsBlackScreenNoOther) {
  Temporary root;
  Desk desk(root.path());
  auto link = std::make_shared<FakeLink>(training_phone());
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->wait_captures();
  link->set_answer("dumpsys window policy", locked(true, false));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapBegin));
  link->set_black(true);
  std::this_thread::sleep_for(std::chrono::seconds(4));       // several looks at the black film
  link->set_black(false);
  std::this_thread::sleep_for(std::chrono::seconds(2));       // the picture is back when the lock is gone
  link->set_answer("dumpsys window policy", unlocked());
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapEnd));
  const auto sealed = session->end("试验").value();
  EXPECT_THAT(reasons(desk, sealed.id), testing::ElementsAre("phone-locked: display off"));
  const auto gaps = desk.vault->find(sealed.id).value().values["gaps"];
  EXPECT_EQ(gaps[0]["packets"], 0);
  EXPECT_LT(text_at(gaps[0], "begin"), text_at(gaps[0], "end"));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

TEST(Gaps, AQuietSessionHasNone) {
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  capture_all(*session);
  const auto sealed = session->end().value();
  EXPECT_THAT(reasons(desk, sealed.id), IsEmpty());
}

// ---- clock samples (issue 3.2)

TEST(ClockSample, SaysWhatTheNewestTokenSaid) {
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  const auto sealed = session->end("试验").value();
  const auto samples = bodies(journal_of(sealed.folder), "clock.sample");
  ASSERT_FALSE(samples.empty());
  const auto sample = parse_json(samples[0]).value();
  EXPECT_GT(integer_at(sample, "tsa_ms"), 0);
  EXPECT_LE(std::abs(integer_at(sample, "tsa_came_ms") - integer_at(sample, "tsa_ms")), 5'000);
  desk.bureau.authorities.clear();
  auto other = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  const auto without = other->end("没有时间戳").value();
  EXPECT_THAT(bodies(journal_of(without.folder), "clock.sample")[0], HasSubstr("\"tsa_came_ms\":null,\"tsa_ms\":null"));
}

}  // namespace
}  // namespace guzheng::test
