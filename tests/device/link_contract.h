// What every DeviceLink must do, whatever is behind it. Instantiate with a LinkUnderTest factory:
//   INSTANTIATE_TEST_SUITE_P(Fake, LinkContract, testing::Values(&make_fake));
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "core/device/h264_sps.h"
#include "core/device/link.h"

namespace guzheng::test {

// One phone that shows something moving, its link, and how to make a good and a bad start.
struct LinkUnderTest {
  std::shared_ptr<void> owner;                 // keeps the phone alive
  std::unique_ptr<DeviceLink> link;
  ScreenOptions options;
  std::string echo_command = "echo guzheng";   // prints "guzheng\n", exit code 0
  std::function<void()> pull_cable;            // the phone is gone from now on
};
using MakeLink = std::function<std::unique_ptr<LinkUnderTest>()>;
// names the one instance of a suite; a function has no name of its own to print
inline std::string one_link(const testing::TestParamInfo<MakeLink>&) { return "link"; }

class LinkContract : public testing::TestWithParam<MakeLink> {
 protected:
  static constexpr std::chrono::milliseconds kLimit{20'000};

  void SetUp() override {
    under_test_ = GetParam()();
    ASSERT_NE(under_test_, nullptr);
  }
  DeviceLink& link() { return *under_test_->link; }
  std::unique_ptr<ScreenStream> start() {
    auto stream = link().start_screen(under_test_->options);
    EXPECT_TRUE(stream) << (stream ? "" : stream.error().what);
    return stream ? std::move(*stream) : nullptr;
  }
  // Skips sizes; fails the test on an error.
  static StreamVideoPacket next_packet(ScreenStream& stream) {
    for (;;) {
      auto event = stream.next_video();
      EXPECT_TRUE(event) << (event ? "" : event.error().what);
      if (!event) return {};
      if (auto* packet = std::get_if<StreamVideoPacket>(&*event)) return std::move(*packet);
    }
  }

  std::unique_ptr<LinkUnderTest> under_test_;
};

TEST_P(LinkContract, says_who_and_where_it_is) {
  EXPECT_FALSE(link().serial().empty());
  EXPECT_FALSE(link().way().empty());
}

// A-7.3a
TEST_P(LinkContract, shell_gives_output_and_exit_code) {
  const auto output = link().shell(under_test_->echo_command, kLimit);
  ASSERT_TRUE(output) << output.error().what;
  EXPECT_EQ(as_text(output->out), "guzheng\n");
  EXPECT_EQ(output->exit_code, 0);
  const auto unknown = link().shell("no-such-command-here", kLimit);
  ASSERT_TRUE(unknown) << unknown.error().what;
  EXPECT_NE(unknown->exit_code, 0);
}

// A-7.3b
TEST_P(LinkContract, screenshot_is_a_whole_png) {
  const auto png = link().screenshot(kLimit);
  ASSERT_TRUE(png) << png.error().what;
  EXPECT_TRUE(as_text(*png).starts_with(std::string_view("\x89PNG\r\n\x1a\n", 8)));
  EXPECT_TRUE(as_text(*png).ends_with(std::string_view("IEND\xae\x42\x60\x82", 8)));
}

// A-7.3b
TEST_P(LinkContract, hierarchy_is_xml_without_a_trailer) {
  const auto xml = link().hierarchy(kLimit);
  ASSERT_TRUE(xml) << xml.error().what;
  EXPECT_TRUE(xml->starts_with("<?xml"));
  EXPECT_NE(xml->find("<hierarchy"), std::string::npos);
  EXPECT_TRUE(xml->ends_with("</hierarchy>"));
  EXPECT_TRUE(is_utf8(*xml));
}

// A-8.3g, A-7.3b: size first, then parameter sets, then a key frame; times rise.
TEST_P(LinkContract, stream_begins_with_size_config_and_key_frame) {
  const auto stream = start();
  ASSERT_NE(stream, nullptr);
  EXPECT_EQ(stream->codec_id(), 0x68323634u);
  auto first = stream->next_video();
  ASSERT_TRUE(first) << first.error().what;
  ASSERT_TRUE(std::holds_alternative<StreamVideoSize>(*first));
  const auto size = std::get<StreamVideoSize>(*first);
  const auto config = next_packet(*stream);
  ASSERT_TRUE(config.config);
  const auto told = h264_picture_size(config.data);
  ASSERT_TRUE(told);
  EXPECT_EQ(told->width, size.width);
  EXPECT_EQ(told->height, size.height);
  auto packet = next_packet(*stream);
  EXPECT_TRUE(packet.key);
  for (int i = 0; i < 5; ++i) {
    auto next = next_packet(*stream);
    if (next.config) continue;
    EXPECT_GT(next.pts_us, packet.pts_us);
    packet = std::move(next);
  }
  stream->stop();
}

// A-7.3b: RESET_VIDEO brings new parameter sets and a key frame.
TEST_P(LinkContract, reset_video_brings_a_key_frame) {
  const auto stream = start();
  ASSERT_NE(stream, nullptr);
  for (int i = 0; i < 3; ++i) next_packet(*stream);
  ASSERT_TRUE(stream->send(ResetVideo{}));
  bool config = false;
  for (int i = 0; i < 200 && !config; ++i) config = next_packet(*stream).config;
  EXPECT_TRUE(config);
  EXPECT_TRUE(next_packet(*stream).key);
}

// A-8.3g: the picture turns: the sides swap, and the size is told before the picture.
TEST_P(LinkContract, rotation_tells_the_new_size_before_its_first_packet) {
  const auto stream = start();
  ASSERT_NE(stream, nullptr);
  auto first = stream->next_video();
  ASSERT_TRUE(first && std::holds_alternative<StreamVideoSize>(*first));
  const auto before = std::get<StreamVideoSize>(*first);
  for (int i = 0; i < 3; ++i) next_packet(*stream);
  ASSERT_TRUE(stream->send(RotateDevice{}));
  for (int i = 0; i < 400; ++i) {
    auto event = stream->next_video();
    ASSERT_TRUE(event) << event.error().what;
    if (const auto* after = std::get_if<StreamVideoSize>(&*event)) {
      EXPECT_EQ(after->width > after->height, before.width < before.height);
      EXPECT_TRUE(next_packet(*stream).config);
      EXPECT_TRUE(next_packet(*stream).key);
      return;
    }
  }
  FAIL() << "no new size after a rotation";
}

// A-8.3g: Chinese text goes by the clipboard, and the phone confirms it.
TEST_P(LinkContract, clipboard_is_acknowledged) {
  const auto stream = start();
  ASSERT_NE(stream, nullptr);
  std::atomic<bool> reading{true};
  std::thread video([&] {                      // a real phone stalls when nobody takes its pictures
    while (reading && stream->next_video()) {
    }
  });
  EXPECT_TRUE(stream->send(SetClipboard{42, false, "练习商城"}));
  std::uint64_t sequence = 0;
  while (sequence == 0) {
    auto message = stream->next_message();
    EXPECT_TRUE(message) << (message ? "" : message.error().what);
    if (!message) break;
    if (const auto* ack = std::get_if<ClipboardAck>(&*message)) sequence = ack->sequence;
  }
  EXPECT_EQ(sequence, 42u);
  reading = false;
  stream->stop();
  video.join();
}

// Over-long text is refused and the stream lives on.
TEST_P(LinkContract, refuses_a_text_that_is_too_long) {
  const auto stream = start();
  ASSERT_NE(stream, nullptr);
  const auto sent = stream->send(TextEvent{std::string(301, 'x')});
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().kind, ErrorKind::Invalid);
  EXPECT_TRUE(stream->send(TouchEvent{}));
}

TEST_P(LinkContract, stop_wakes_every_blocked_call) {
  const auto stream = start();
  ASSERT_NE(stream, nullptr);
  Status video, message;
  std::thread video_thread([&] {
    for (;;)
      if (auto event = stream->next_video(); !event) {
        video = fail(event.error());
        return;
      }
  });
  std::thread message_thread([&] {
    for (;;)
      if (auto m = stream->next_message(); !m) {
        message = fail(m.error());
        return;
      }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  stream->stop();
  video_thread.join();
  message_thread.join();
  ASSERT_FALSE(video);
  ASSERT_FALSE(message);
  EXPECT_EQ(video.error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(message.error().kind, ErrorKind::Cancelled);
  EXPECT_FALSE(stream->send(ResetVideo{}));
}

// A-7.2a: a page that is asked for can be called off, before and while it is waited for; the link goes on.
TEST_P(LinkContract, a_page_can_be_called_off) {
  const Cancel before;
  before.cancel();
  EXPECT_EQ(link().screenshot(kLimit, before).error().kind, ErrorKind::Cancelled);
  EXPECT_EQ(link().hierarchy(kLimit, before).error().kind, ErrorKind::Cancelled);
  const Cancel meanwhile;
  Error last;
  std::thread asks([&] {                       // until it is called off: one answer may come before that
    for (;;)
      if (const auto xml = link().hierarchy(kLimit, meanwhile); !xml) {
        last = xml.error();
        return;
      }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  meanwhile.cancel();
  asks.join();
  EXPECT_EQ(last.kind, ErrorKind::Cancelled) << last.what;
  EXPECT_TRUE(link().hierarchy(kLimit)) << "it was that call's";
}

// The stream can be started again after its end: nothing stays behind on the phone.
TEST_P(LinkContract, a_second_stream_follows_the_first) {
  for (int i = 0; i < 2; ++i) {
    const auto stream = start();
    ASSERT_NE(stream, nullptr);
    EXPECT_TRUE(next_packet(*stream).config);
    stream->stop();
    under_test_->options.scid = (under_test_->options.scid + 1) & 0x7fffffff;
  }
}

// A-7.3b: unplugged in mid-session: each call says so, none hangs.
TEST_P(LinkContract, a_phone_that_is_gone_is_said_everywhere) {
  const auto stream = start();
  ASSERT_NE(stream, nullptr);
  next_packet(*stream);
  under_test_->pull_cable();
  Error error;
  for (;;) {
    auto event = stream->next_video();
    if (event) continue;
    error = event.error();
    break;
  }
  EXPECT_EQ(error.kind, ErrorKind::Network) << error.what;
  EXPECT_FALSE(link().screenshot(kLimit));
  EXPECT_FALSE(link().hierarchy(kLimit));
  EXPECT_FALSE(link().shell(under_test_->echo_command, kLimit));
  EXPECT_FALSE(link().start_screen(under_test_->options));
}

}  // namespace guzheng::test
