// Sound for the ear: decoded beside the recording, dropped when late, in step with a film.
#include <gmock/gmock.h>

#include <thread>

#include "core/media/film_sound.h"
#include "core/media/live_sound.h"
#include "core/media/opus_pages.h"
#include "tests/media/recording.h"
#include "tests/support/sounds.h"

namespace guzheng {
namespace {

using namespace test;
using testing::DoubleNear;
using testing::Each;
using testing::Gt;
using testing::Lt;

constexpr double kQuiet = 50, kLoud = 5'000;             // root mean square of silence and of the tone (7071), with what Opus does to it

template <typename Probe>
bool comes(Probe probe) {
  for (int i = 0; i < 10'000; ++i) {
    if (probe()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return false;
}

std::vector<std::int16_t> decoded(OpusDecoder& decoder, const std::vector<Bytes>& packets) {
  std::vector<std::int16_t> out;
  for (const auto& packet : packets) {
    const auto samples = decoder.decode(packet);
    EXPECT_TRUE(samples);
    if (samples) out.insert(out.end(), samples->begin(), samples->end());
  }
  return out;
}

// A-7.3b: what was played is what is heard: as long, as high, as loud, on both sides.
TEST(OpusDecoder, a_tone_comes_out_as_it_went_in) {
  for (const int channels : {1, 2}) {
    const auto sound = test_sound(1000, 50, channels);
    OpusDecoder decoder;
    ASSERT_TRUE(decoder.open(sound.head));
    const auto samples = decoded(decoder, sound.packets);
    ASSERT_EQ(samples.size(), 50u * 960 * 2);
    const auto late = std::span(samples).subspan(10 * 960 * 2);
    EXPECT_THAT(pitch(late), DoubleNear(1000, 5)) << channels;
    EXPECT_THAT(loudness(late), DoubleNear(7071, 700)) << channels;
    std::vector<std::int16_t> right(late.begin() + 1, late.end());
    right.push_back(0);
    EXPECT_THAT(loudness(right), DoubleNear(loudness(late), 50)) << channels;
  }
}

// Foreign bytes: each broken packet is an error of its own, the next one is heard.
TEST(OpusDecoder, broken_packets_do_no_harm) {
  const auto sound = test_sound(1000, 30);
  OpusDecoder decoder;
  EXPECT_FALSE(decoder.decode(sound.packets[0])) << "not open";
  EXPECT_EQ(decoder.open(to_bytes("OpusHead of something")).error().kind, ErrorKind::Protocol);
  ASSERT_TRUE(decoder.open(sound.head));
  ASSERT_TRUE(decoder.decode(sound.packets[0]));
  for (std::size_t i = 1; i < 20; ++i) {
    Bytes broken = sound.packets[i];
    if (i % 4 == 0) broken.clear();
    else if (i % 4 == 1) broken.resize(broken.size() / 2);
    else if (i % 4 == 2) broken.assign({0xff, 0x3f});
    else for (auto& byte : broken) byte = static_cast<std::uint8_t>(byte * 37 + i);
    const auto samples = decoder.decode(broken);
    if (samples) { EXPECT_EQ(static_cast<std::int64_t>(samples->size()), opus_samples(broken) * 2); }
    else EXPECT_EQ(samples.error().kind, ErrorKind::Protocol);
  }
  const auto whole = decoded(decoder, {sound.packets.begin() + 20, sound.packets.end()});
  EXPECT_THAT(loudness(std::span(whole).subspan(4 * 960 * 2)), Gt(kLoud));
}

std::vector<std::int16_t> heard(LiveSound& live, std::int64_t us) {
  std::vector<std::int16_t> out(static_cast<std::size_t>(pcm_frames(us)) * 2, 77);
  live.read(out);
  return out;
}

// A-8.3g: what nobody hears costs nothing, and what is late is dropped: at most 200 ms lie there, the newest.
TEST(LiveSound, it_is_now_or_never) {
  const auto sound = test_sound(500, 100);
  LiveSound live;
  live.take(true, sound.head);
  for (const auto& packet : sound.packets) live.take(false, packet);
  EXPECT_THAT(heard(live, 20'000), Each(0));
  EXPECT_EQ(live.counts().decoded + live.counts().dropped, 0u) << "nobody listens";
  live.set_listening(true);                  // the head came before anybody listened
  std::uint64_t given = 0;
  for (const auto& packet : sound.packets) {
    live.take(false, packet);
    ++given;
    ASSERT_TRUE(comes([&] { return live.counts().decoded == given; }));
    ASSERT_LE(live.counts().ready_us, LiveSound::kMostUs);
  }
  const auto counts = live.counts();
  EXPECT_EQ(counts.dropped, 0u);
  EXPECT_EQ(counts.skipped_us + counts.ready_us, 2'000'000) << "all that was not kept was late";
  EXPECT_THAT(loudness(heard(live, counts.ready_us)), Gt(kLoud));
  EXPECT_THAT(heard(live, 20'000), Each(0)) << "it ran dry";
  live.take(false, sound.packets[50]);
  ASSERT_TRUE(comes([&] { return live.counts().decoded == given + 1; }));
  EXPECT_THAT(heard(live, 20'000), Each(0)) << "one packet is not enough to go on with";
  live.set_listening(false);
  EXPECT_EQ(live.counts().ready_us, 0);
}

// A-7.4a: whoever records never waits for whoever listens: any number of packets is taken at once, the oldest are forgotten.
TEST(LiveSound, taking_never_blocks_and_is_bounded) {
  const auto sound = test_sound(500, 20);
  LiveSound live;
  live.set_listening(true);
  live.take(true, sound.head);
  constexpr std::uint64_t kMany = 20'000;
  for (std::uint64_t i = 0; i < kMany; ++i) live.take(false, sound.packets[i % 20]);
  ASSERT_TRUE(comes([&] { return live.counts().decoded + live.counts().dropped + live.counts().broken == kMany; }));
  EXPECT_EQ(live.counts().broken, 0u);
  EXPECT_LE(live.counts().ready_us, LiveSound::kMostUs);
}

TEST(LiveSound, broken_packets_and_heads_do_no_harm) {
  const auto sound = test_sound(500, 20);
  LiveSound live;
  live.set_listening(true);
  live.take(false, sound.packets[0]);        // before any head
  live.take(true, to_bytes("no head"));
  live.take(false, sound.packets[1]);
  live.take(true, sound.head);
  live.take(false, to_bytes(""));
  live.take(false, Bytes{0xff, 0x3f});
  ASSERT_TRUE(comes([&] { return live.counts().broken == 2; }));
  live.take(false, sound.packets[2]);
  ASSERT_TRUE(comes([&] { return live.counts().decoded == 1; }));
}

std::vector<std::int16_t> read(SoundFile& file, std::int64_t from, std::int64_t frames) {
  std::vector<std::int16_t> out(static_cast<std::size_t>(frames) * 2, 77);
  file.read(from, out);
  return out;
}

// A-7.3b: from any place the same is heard as when one listens from the beginning.
TEST(SoundFile, any_place_is_heard_as_from_the_beginning) {
  const auto sound = test_sound(700, 100);
  auto file = SoundFile::open(sound_file(sound), "t").value();
  ASSERT_EQ(file.frames(), 100 * 960);
  const auto all = read(file, 0, file.frames());
  for (const std::int64_t from : {50'000, 10'000, 95'000, 0, 48'123}) {
    const auto part = read(file, from, 1'000);
    std::vector<std::int16_t> off(part.size());
    for (std::size_t i = 0; i < part.size(); ++i) {
      const auto at = static_cast<std::size_t>(from) * 2 + i;
      off[i] = static_cast<std::int16_t>(part[i] - (at < all.size() ? all[at] : 0));
    }
    EXPECT_THAT(loudness(off), Lt(loudness(part) / 10 + 1)) << from;
  }
  std::vector<std::int16_t> stepwise;
  for (std::int64_t at = 0; at < file.frames(); at += 777) {
    const auto piece = read(file, at, std::min<std::int64_t>(777, file.frames() - at));
    stepwise.insert(stepwise.end(), piece.begin(), piece.end());
  }
  EXPECT_EQ(stepwise.size(), all.size());
  EXPECT_THAT(loudness(std::span(stepwise).subspan(9600)), DoubleNear(loudness(std::span(all).subspan(9600)), 20));
  EXPECT_THAT(read(file, -5'000, 4'999), Each(0));
  EXPECT_THAT(read(file, 96'000, 500), Each(0));
  const auto over = read(file, 95'500, 1'000);
  EXPECT_THAT(std::vector(over.begin() + 1'000, over.end()), Each(0)) << "the file ends within it";
  EXPECT_THAT(loudness(std::span(over).first(1'000)), Gt(1'000));
}

// Foreign bytes: a packet that does not decode is silence of its length, what is cut off is not there.
TEST(SoundFile, what_does_not_decode_is_silence) {
  auto sound = test_sound(700, 50);
  sound.packets[20] = {0xfe, 1, 2};          // two frames of 20 ms, and no bytes to share
  sound.packets[21] = {0xff, 0x83, 0xff};
  const Bytes bytes = sound_file(sound);
  auto file = SoundFile::open(bytes, "t").value();
  EXPECT_THAT(loudness(read(file, 5'000, 10'000)), Gt(kLoud));
  EXPECT_GT(file.frames(), 48 * 960);
  (void)read(file, 0, file.frames());
  auto cut = SoundFile::open(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2)), "t").value();
  EXPECT_LT(cut.frames(), file.frames());
  EXPECT_THAT(read(cut, file.frames(), 960), Each(0));
  EXPECT_EQ(SoundFile::open(to_bytes("OggS, a sample"), "t").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(SoundFile::open({}, "t").error().kind, ErrorKind::Invalid);
}

// A film of ten seconds with two stretches of sound, 400 Hz from 1 s to 3 s and 1600 Hz from 5 s to 7 s; the clock is set by hand.
class InStep : public testing::Test {
 protected:
  InStep() {
    sound_.open({{"b", 5'000'000, 2'000'000}, {"a", 1'000'000, 2'000'000}},
                [](const std::string& path) -> Result<Bytes> {
                  if (path == "a") return sound_file(test_sound(400, 100));
                  if (path == "b") return sound_file(test_sound(1600, 100));
                  return fail(ErrorKind::Tampered, path);
                },
                [this](const Error& error) { errors_.push_back(error); });
  }
  void film(std::int64_t place_us, bool running = true) { sound_.follow({running, clock_.monotonic_now.us, place_us}); }
  // What a loudspeaker gets in `us`, 20 ms at a time, `fast` its clock against ours.
  std::vector<std::int16_t> play(std::int64_t us, double fast = 1.0) {
    std::vector<std::int16_t> out;
    for (std::int64_t at = 0; at < us; at += 20'000) {
      // the thread has had its time
      EXPECT_TRUE(comes([&] { return sound_.ready_us() >= 100'000; }));
      std::vector<std::int16_t> piece(960 * 2, 77);
      sound_.read(piece, 0);
      out.insert(out.end(), piece.begin(), piece.end());
      clock_.monotonic_now.us += static_cast<std::int64_t>(20'000 / fast);
    }
    return out;
  }
  static std::span<const std::int16_t> between(const std::vector<std::int16_t>& samples, double from_s, double to_s) {
    return std::span(samples).subspan(static_cast<std::size_t>(from_s * 48'000) * 2, static_cast<std::size_t>((to_s - from_s) * 48'000) * 2);
  }
  ManualClock clock_;
  std::vector<Error> errors_;
  FilmSound sound_{clock_};
};

// A-7.3b: each stretch sounds where it was recorded, and between them is silence.
TEST_F(InStep, stretches_sound_at_their_places) {
  film(0);
  const auto all = play(8'000'000);
  EXPECT_THAT(loudness(between(all, 0.1, 0.9)), Lt(kQuiet));
  EXPECT_THAT(pitch(between(all, 1.1, 2.9)), DoubleNear(400, 10));
  EXPECT_THAT(loudness(between(all, 1.1, 2.9)), Gt(kLoud));
  EXPECT_THAT(loudness(between(all, 3.1, 4.9)), Lt(kQuiet));
  EXPECT_THAT(pitch(between(all, 5.1, 6.9)), DoubleNear(1600, 20));
  EXPECT_THAT(loudness(between(all, 7.1, 7.9)), Lt(kQuiet));
}

TEST_F(InStep, it_follows_a_seek_and_stands_with_the_film) {
  film(0);
  (void)play(200'000);
  film(5'500'000);                           // sought
  (void)play(100'000);
  const auto after = play(500'000);
  EXPECT_THAT(pitch(after), DoubleNear(1600, 20));
  film(6'100'000, false);
  EXPECT_THAT(play(300'000), Each(0)) << "paused";
  film(1'500'000);                           // back
  (void)play(100'000);
  EXPECT_THAT(pitch(play(500'000)), DoubleNear(400, 10));
}

// A sound card whose clock runs 2 % fast or slow does not carry sound away from the film: the edges of the stretches are where they belong.
TEST_F(InStep, a_clock_that_runs_otherwise_does_not_carry_it_away) {
  for (const double fast : {1.02, 0.98}) {
    film(0);
    const auto all = play(8'160'000, fast);
    const auto at = [&](double film_s) { return film_s * fast; };        // in the card's own time
    EXPECT_THAT(loudness(between(all, at(4.7), at(4.93))), Lt(kQuiet)) << fast;
    EXPECT_THAT(loudness(between(all, at(5.1), at(5.3))), Gt(kLoud)) << fast;
    EXPECT_THAT(loudness(between(all, at(6.7), at(6.93))), Gt(kLoud)) << fast;
    EXPECT_THAT(loudness(between(all, at(7.1), at(7.3))), Lt(kQuiet)) << fast;
  }
}

TEST_F(InStep, a_stretch_that_cannot_be_read_is_silent_and_told_once) {
  sound_.open({{"gone", 0, 1'000'000}, {"a", 1'000'000, 2'000'000}},
              [](const std::string& path) -> Result<Bytes> {
                if (path == "a") return sound_file(test_sound(400, 100));
                return fail(ErrorKind::Tampered, path);
              },
              [this](const Error& error) { errors_.push_back(error); });
  film(0);
  const auto all = play(2'000'000);
  EXPECT_THAT(loudness(between(all, 0, 0.95)), Lt(kQuiet));
  EXPECT_THAT(pitch(between(all, 1.1, 1.9)), DoubleNear(400, 10));
  ASSERT_EQ(errors_.size(), 1u);
  EXPECT_EQ(errors_[0].kind, ErrorKind::Tampered);
}

}  // namespace
}  // namespace guzheng
