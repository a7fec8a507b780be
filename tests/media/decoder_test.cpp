#include "core/media/decoder.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

#include "tests/media/recording.h"

namespace guzheng {
namespace {

using namespace test;

constexpr VideoFormat kFormat{Codec::H264, 160, 240};

// Waits for the newest frame to be that of `pts_us`; the test's own time limit ends a wait in vain.
std::shared_ptr<const Frame> wait_for(const LatestFrame& out, std::int64_t pts_us) {
  for (;;) {
    auto frame = out.peek();
    if (frame && frame->pts_us == pts_us) return frame;
    ::usleep(500);
  }
}

struct Pane {
  LatestFrame latest;
  std::atomic<int> troubles{0};
  Decoder decoder{latest};
  Pane() {
    decoder.on_trouble([this](const Error&) { ++troubles; });
  }
};

// What the pattern of TestEncoder looks like in grey: Y of 16…235 as 0…255.
int grey_of(std::uint64_t n, int x, int y) {
  const int luma = 40 + ((x + y + static_cast<int>(n * 3)) & 0x7f);
  return (luma - 16) * 255 / 219;
}

// A-8.3g: one packet in, one picture out, at once: nothing waits for a later packet.
TEST(Decoder, gives_each_picture_without_waiting_for_the_next) {
  Pane pane;
  TestEncoder encoder(160, 240);
  ASSERT_TRUE(pane.decoder.open(kFormat));
  ASSERT_TRUE(pane.decoder.push(config_packet(encoder)));
  for (std::uint64_t n = 0; n < 40; ++n) {
    auto packet = video_packet(encoder.encode(n), static_cast<std::int64_t>(n) * 1000);
    packet.arrived = SystemClock().monotonic();
    ASSERT_TRUE(pane.decoder.push(packet));
    const auto frame = wait_for(pane.latest, packet.pts_us);
    EXPECT_EQ(frame->width, 160u);
    EXPECT_EQ(frame->height, 240u);
    EXPECT_EQ(frame->serial, n + 1);
    EXPECT_EQ(frame->arrived, packet.arrived);
    EXPECT_GE(frame->decoded, frame->arrived);
  }
  EXPECT_EQ(pane.troubles, 0);
}

// A-8.3g: the picture shown is the phone's, in BGRA, opaque, rows aligned, with the tail that swscale needs.
TEST(Decoder, pictures_are_the_phones_in_aligned_opaque_bgra) {
  for (const int width : {160, 162, 90}) {
    Pane pane;
    TestEncoder encoder(width, 240);
    ASSERT_TRUE(pane.decoder.open({Codec::H264, static_cast<std::uint32_t>(width), 240}));
    ASSERT_TRUE(pane.decoder.push(config_packet(encoder)));
    ASSERT_TRUE(pane.decoder.push(video_packet(encoder.encode(5), 77)));
    const auto frame = wait_for(pane.latest, 77);
    EXPECT_EQ(frame->stride % 64, 0u);
    EXPECT_GE(frame->stride, frame->width * 4);
    EXPECT_GE(frame->pixels->size(), std::size_t{frame->stride} * frame->height + 64);
    double difference = 0;
    for (int y = 0; y < 240; ++y)
      for (int x = 0; x < width; ++x) {
        const auto* p = frame->pixels->data() + static_cast<std::size_t>(y) * frame->stride + x * 4;
        ASSERT_EQ(p[3], 255);
        const int grey = (p[2] * 299 + p[1] * 587 + p[0] * 114) / 1000;
        difference += std::abs(grey - grey_of(5, x, y));
      }
    EXPECT_LT(difference / (240.0 * width), 16.0) << "mean distance from what was painted, of 255";
  }
}

// A-8.3g: the slot holds the newest picture only and wakes the viewer once until it looks.
TEST(LatestFrame, a_newer_picture_replaces_an_unshown_one) {
  LatestFrame slot;
  int wakes = 0;
  slot.on_ready([&] { ++wakes; });
  for (std::int64_t i = 1; i <= 3; ++i) {
    Frame frame;
    frame.pts_us = i;
    slot.publish(std::make_shared<const Frame>(frame));
  }
  EXPECT_EQ(wakes, 1);
  EXPECT_EQ(slot.take()->pts_us, 3);
  EXPECT_EQ(slot.take(), nullptr);
  EXPECT_EQ(slot.peek()->pts_us, 3);
  slot.publish(std::make_shared<const Frame>());
  EXPECT_EQ(wakes, 2);
}

// A-8.3g: a rotation in mid-stream.
TEST(Decoder, follows_a_change_of_size) {
  Pane pane;
  TestEncoder upright(160, 240), turned(240, 160);
  ASSERT_TRUE(pane.decoder.open(kFormat));
  ASSERT_TRUE(pane.decoder.push(config_packet(upright)));
  ASSERT_TRUE(pane.decoder.push(video_packet(upright.encode(0), 1)));
  const auto before = wait_for(pane.latest, 1);
  ASSERT_TRUE(pane.decoder.open({Codec::H264, 240, 160}));
  ASSERT_TRUE(pane.decoder.push(config_packet(turned)));
  ASSERT_TRUE(pane.decoder.push(video_packet(turned.encode(0), 2)));
  const auto after = wait_for(pane.latest, 2);
  EXPECT_EQ(before->width, 160u);
  EXPECT_EQ(after->width, 240u);
  EXPECT_EQ(after->height, 160u);
  EXPECT_EQ(pane.troubles, 0);
}

// A-8.3g: new parameter sets without open(), as after RESET_VIDEO.
TEST(Decoder, takes_new_parameter_sets_before_the_next_key_frame) {
  Pane pane;
  TestEncoder first(160, 240), second(160, 240);
  ASSERT_TRUE(pane.decoder.open(kFormat));
  std::int64_t pts = 0;
  for (auto* encoder : {&first, &second}) {
    ASSERT_TRUE(pane.decoder.push(config_packet(*encoder)));
    for (std::uint64_t n = 0; n < 5; ++n) {
      ASSERT_TRUE(pane.decoder.push(video_packet(encoder->encode(n), ++pts)));
      wait_for(pane.latest, pts);
    }
  }
  EXPECT_EQ(pane.troubles, 0);
}

// A-8.3g: garbage in the stream is said once, and the picture comes back at the next key frame.
TEST(Decoder, a_burst_of_damaged_packets_is_said_once_and_outlived) {
  Pane pane;
  TestEncoder encoder(160, 240, 10);
  ASSERT_TRUE(pane.decoder.open(kFormat));
  ASSERT_TRUE(pane.decoder.push(config_packet(encoder)));
  std::int64_t shown = 0;
  for (std::uint64_t n = 0; n < 40; ++n) {
    auto encoded = encoder.encode(n);
    const bool spoil = n >= 13 && n < 17;
    if (spoil)
      for (std::size_t i = 4; i < encoded.data.size(); ++i) encoded.data[i] = static_cast<std::uint8_t>(0xaa ^ (i * 37));
    shown = static_cast<std::int64_t>(n) + 1;
    ASSERT_TRUE(pane.decoder.push(video_packet(std::move(encoded), shown)));
    if (n < 13 || n >= 20) wait_for(pane.latest, shown);
  }
  EXPECT_EQ(pane.troubles, 1);
}

TEST(Decoder, lives_through_packets_of_pure_noise) {
  Pane pane;
  ASSERT_TRUE(pane.decoder.open(kFormat));
  std::uint32_t noise = 1;
  for (int n = 0; n < 200; ++n) {
    Bytes data(400);
    for (auto& b : data) b = static_cast<std::uint8_t>((noise = noise * 1664525u + 1013904223u) >> 24);
    ASSERT_TRUE(pane.decoder.push({n, n % 3 == 0, n % 7 == 0, std::make_shared<const Bytes>(std::move(data)), {}}));
  }
  TestEncoder encoder(160, 240);
  ASSERT_TRUE(pane.decoder.open(kFormat));
  ASSERT_TRUE(pane.decoder.push(config_packet(encoder)));
  for (std::int64_t n = 0; n < 100; ++n)            // more than the queue holds: the last key frame gets through
    ASSERT_TRUE(pane.decoder.push(video_packet(encoder.encode(static_cast<std::uint64_t>(n), true), 1000 + n)));
  wait_for(pane.latest, 1099);
  EXPECT_GE(pane.troubles, 1);
}

TEST(Decoder, stop_returns_with_a_full_queue_and_frames_outlive_it) {
  std::shared_ptr<const Frame> kept;
  {
    Pane pane;
    TestEncoder encoder(160, 240);
    ASSERT_TRUE(pane.decoder.open(kFormat));
    ASSERT_TRUE(pane.decoder.push(config_packet(encoder)));
    ASSERT_TRUE(pane.decoder.push(video_packet(encoder.encode(0), 1)));
    kept = wait_for(pane.latest, 1);
    for (std::uint64_t n = 1; n < 60; ++n) ASSERT_TRUE(pane.decoder.push(video_packet(encoder.encode(n), 1)));
    pane.decoder.stop();
  }
  EXPECT_EQ(kept->pixels->at(3), 255);
}

}  // namespace
}  // namespace guzheng
