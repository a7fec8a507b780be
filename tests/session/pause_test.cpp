// A pause while inputs are under way; an end while the phone owes pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

// A phone that takes 20 ms for each control message.
struct SlowLink final : DeviceLink {
  struct Stream final : ScreenStream {
    explicit Stream(std::unique_ptr<ScreenStream> s) : inner(std::move(s)) {}
    std::string device_name() const override { return inner->device_name(); }
    std::uint32_t codec_id() const override { return inner->codec_id(); }
    Result<VideoEvent> next_video() override { return inner->next_video(); }
    Status send(const ControlMessage& message) override {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      return inner->send(message);
    }
    Result<DeviceMessage> next_message() override { return inner->next_message(); }
    void stop() override { inner->stop(); }
    std::unique_ptr<ScreenStream> inner;
  };
  std::string serial() const override { return inner->serial(); }
  std::string way() const override { return inner->way(); }
  Result<ShellOutput> shell(const std::string& c, std::chrono::milliseconds l) override { return inner->shell(c, l); }
  Result<Bytes> screenshot(std::chrono::milliseconds l, const Cancel& c) override { return inner->screenshot(l, c); }
  Result<std::string> hierarchy(std::chrono::milliseconds l, const Cancel& c) override { return inner->hierarchy(l, c); }
  Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& o) override {
    GZ_TRY_ASSIGN(auto stream, inner->start_screen(o));
    return std::unique_ptr<ScreenStream>(std::make_unique<Stream>(std::move(stream)));
  }
  std::shared_ptr<FakeLink> inner = std::make_shared<FakeLink>(training_phone());
};

TEST(Pause, WhatWasQueuedBeforeAPauseIsNotDoneInIt) {      // A-7.2a, FORMAT.md 5.3
  Temporary root;
  Desk desk(root.path());
  const auto link = std::make_shared<SlowLink>();
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->wait_captures();
  for (int i = 0; i < 100; ++i) session->input(StartApp{"app" + std::to_string(i)});
  ASSERT_TRUE(session->pause("午休"));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Trouble)) << "what was dropped is told";
  ASSERT_TRUE(session->resume());
  session->input(StartApp{"after"});
  const auto sealed = session->end("试验").value();
  const auto lines = journal_of(sealed.folder);
  std::size_t inputs = 0, undone = 0, after_pause = 0;
  bool paused = false;
  for (const auto& line : lines) {
    if (line.kind == "pause" || line.kind == "resume") paused = line.kind == "pause";
    undone += line.kind == "note" && line.body.find("没有（全部）送到手机") != std::string::npos;
    if (line.kind != "input") continue;
    ++inputs;
    after_pause += paused ? 1 : 0;
  }
  EXPECT_EQ(after_pause, 0u);
  EXPECT_LT(inputs, 101u);
  EXPECT_EQ(link->inner->sent().size(), inputs - undone) << "what has a line reached the phone, or a line says that it did not; nothing else did";
}

// A phone that gives no page until it is called off, whatever the limit.
struct OwingLink final : DeviceLink {
  std::string serial() const override { return inner->serial(); }
  std::string way() const override { return inner->way(); }
  Result<ShellOutput> shell(const std::string& c, std::chrono::milliseconds l) override { return inner->shell(c, l); }
  Result<Bytes> screenshot(std::chrono::milliseconds l, const Cancel& c) override { return shot(l, c); }
  Result<std::string> hierarchy(std::chrono::milliseconds, const Cancel& c) override { return hang(c); }
  Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& o) override { return inner->start_screen(o); }
  static Failure hang(const Cancel& cancel) {
    std::promise<void> off;
    const Cancel::Watch watch(cancel, [&] { off.set_value(); });
    off.get_future().wait();
    return fail(ErrorKind::Cancelled, "called off");
  }
  Result<Bytes> shot(std::chrono::milliseconds l, const Cancel& c) {
    while (owes_shot && !c.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return c.cancelled() ? Result<Bytes>(fail(ErrorKind::Cancelled, "called off")) : inner->screenshot(l, c);
  }
  std::atomic<bool> owes_shot{false};
  std::shared_ptr<FakeLink> inner = std::make_shared<FakeLink>(training_phone());
};

// Without calling off this test would not end.
TEST(Owed, WhatThePhoneOwesHoldsUpNoEnd) {           // A-7.2a
  Temporary root;
  Desk desk(root.path());
  const auto link = std::make_shared<OwingLink>();
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->capture(page(ItemKind::Licence, "证照"));          // its layout is owed
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Capture));
  link->owes_shot = true;
  session->capture(page(ItemKind::ShopHome, "店铺"));
  session->capture(page(ItemKind::Violation, "商品"));        // waits behind it
  const auto refused = session->end();
  ASSERT_FALSE(refused) << "without its reason, and the session goes on";
  EXPECT_THAT(refused.error().what, AllOf(HasSubstr("第2项的截屏没有取得"), HasSubstr("第3项的截屏没有取得")));
  EXPECT_THAT(session->status().incomplete, Contains(HasSubstr("第2项的截屏没有取得"))) << "the window shows what is waited for";
  link->owes_shot = false;
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Capture, 3)) << "a refused end calls nothing off";
  EXPECT_THAT(session->status().incomplete, Not(Contains(HasSubstr("的截屏没有取得"))));
  link->owes_shot = true;
  session->capture(page(ItemKind::PlatformHome, "平台"));
  const auto sealed = session->end("手机不再给出页面").value();
  EXPECT_THAT(sealed.incomplete, Contains(HasSubstr("第4项的截屏没有取得")));
  const auto notes = bodies(journal_of(sealed.folder), "note");
  EXPECT_THAT(notes, Contains(AllOf(HasSubstr("\"item\":\"4\""), HasSubstr("截屏失败"))));
  EXPECT_THAT(notes, Contains(AllOf(HasSubstr("\"item\":\"1\""), HasSubstr("没有取得页面文字"))));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

}  // namespace
}  // namespace guzheng::test
