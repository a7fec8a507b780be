// A pause while inputs are under way.
#include <gtest/gtest.h>

#include <thread>

#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

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
  Result<Bytes> screenshot(std::chrono::milliseconds l) override { return inner->screenshot(l); }
  Result<std::string> hierarchy(std::chrono::milliseconds l) override { return inner->hierarchy(l); }
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
  std::size_t inputs = 0, after_pause = 0;
  bool paused = false;
  for (const auto& line : lines) {
    if (line.kind == "pause" || line.kind == "resume") paused = line.kind == "pause";
    if (line.kind != "input") continue;
    ++inputs;
    after_pause += paused ? 1 : 0;
  }
  EXPECT_EQ(after_pause, 0u);
  EXPECT_LT(inputs, 101u);
  EXPECT_EQ(link->inner->sent().size(), inputs) << "what has a line reached the phone, nothing else did";
}

}  // namespace
}  // namespace guzheng::test
