// Sound beside the film: packets as they came, in a file that stock programs read, whole after any cut.
#include <gmock/gmock.h>

#include <array>
#include <cstdio>

#include "core/base/file.h"
#include "core/media/sound_recorder.h"
#include "tests/media/recording.h"

namespace guzheng {
namespace {

using namespace test;
using testing::ElementsAre;

const Bytes& head() {
  static const Bytes bytes = [] {
    Bytes out = to_bytes("OpusHead");
    for (const int byte : {1, 2, 0x38, 1, 0x80, 0xbb, 0, 0, 0, 0, 0}) out.push_back(static_cast<std::uint8_t>(byte));
    return out;
  }();
  return bytes;
}

// 20 ms of CELT (configuration 31), one frame, stereo: bytes that differ by `seed`, some longer than one lace.
Bytes sound(std::uint8_t seed) {
  Bytes out{0xfc};
  out.resize(seed % 3 == 0 ? 255 : seed % 3 == 1 ? 40 : 600, seed);
  out[0] = 0xfc;
  return out;
}

class Heard : public SoundListener {
 public:
  Status sound_opened(const SoundOpened& s) override {
    lines.push_back("open " + s.name + " " + std::to_string(s.origin_us) + " " + std::to_string(s.jump_us));
    return ok();
  }
  Status sound_closed(const SoundClosed& s) override {
    lines.push_back("close " + s.name + " " + std::to_string(s.packets) + " " + std::to_string(s.duration_us));
    closed.push_back(s);
    return ok();
  }
  std::vector<std::string> lines;
  std::vector<SoundClosed> closed;
};

class FailingSink final : public ByteSink {
 public:
  explicit FailingSink(std::unique_ptr<ByteSink> inner) : inner_(std::move(inner)) {}
  Status write(ByteView bytes) override { return --left_ < 0 ? Status(fail(ErrorKind::NoSpace, "full")) : inner_->write(bytes); }
  Status sync() override { return inner_->sync(); }
  Status close() override { return inner_->close(); }

 private:
  std::unique_ptr<ByteSink> inner_;
  int left_ = 3;
};

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  std::array<char, 4096> piece{};
  while (const auto n = std::fread(piece.data(), 1, piece.size(), pipe)) text.append(piece.data(), n);
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return text;
}

// A-7.3b: stock ffprobe finds as many packets as the phone sent, of their sizes, 20 ms apart; the digest is the file's.
TEST(Sound, ffprobe_counts_the_packets) {
  TempFolder folder;
  Heard heard;
  SoundRecorder recorder(folder.path(), heard);
  ASSERT_TRUE(recorder.config(head()));
  std::string expected;
  for (std::uint8_t i = 0; i < 50; ++i) {
    ASSERT_TRUE(recorder.packet(5'000'000 + i * 20'000, sound(i)));
    expected += std::to_string(sound(i).size()) + "\n";
  }
  ASSERT_TRUE(recorder.sync());
  ASSERT_TRUE(recorder.close());
  EXPECT_THAT(heard.lines, ElementsAre("open rec-0000.ogg 5000000 0", "close rec-0000.ogg 50 1000000"));
  const auto file = (folder / "rec-0000.ogg").string();
  EXPECT_EQ(output_of("ffprobe -v error -show_entries packet=size -of csv=p=0 " + file + " | tr -d , | grep ."), expected);
  EXPECT_EQ(output_of("ffprobe -v error -show_entries stream=codec_name,channels -of csv=p=0 " + file), "opus,2\n");
  EXPECT_EQ(heard.closed[0].digests.sha256, digest_file(folder / "rec-0000.ogg")->sha256);
  EXPECT_EQ(heard.closed[0].digests.size, std::filesystem::file_size(folder / "rec-0000.ogg"));
}

// A-7.3b: a small unrest of the phone's clock is borne, a leap of it begins a new stretch, which says how far.
TEST(Sound, a_leap_of_the_clock_begins_a_new_stretch) {
  TempFolder folder;
  Heard heard;
  SoundRecorder recorder(folder.path(), heard);
  ASSERT_TRUE(recorder.config(head()));
  for (const std::int64_t pts : {0, 20'000, 45'000, 60'000, 900'000, 920'000, 100'000}) ASSERT_TRUE(recorder.packet(pts, sound(1)));
  ASSERT_TRUE(recorder.close());
  ASSERT_TRUE(recorder.config(head()));                       // the line came back
  ASSERT_TRUE(recorder.packet(77, sound(2)));
  ASSERT_TRUE(recorder.close());
  EXPECT_THAT(heard.lines, ElementsAre("open rec-0000.ogg 0 0", "close rec-0000.ogg 4 80000", "open rec-0001.ogg 900000 820000",
                                       "close rec-0001.ogg 2 40000", "open rec-0002.ogg 100000 -840000", "close rec-0002.ogg 1 20000",
                                       "open rec-0003.ogg 77 0", "close rec-0003.ogg 1 20000"));
}

// A-7.4a: wherever a crash cut the file, what stands is its whole packets, and what is flipped ends it.
TEST(Sound, a_cut_file_keeps_its_whole_packets) {
  OpusPages pages(3);
  Bytes file = pages.headers(head());
  std::vector<std::size_t> ends;
  for (std::uint8_t i = 0; i < 6; ++i) append(file, *pages.page(sound(i))), ends.push_back(file.size());
  for (std::size_t cut = 0; cut <= file.size(); ++cut) {
    const auto standing = scan_opus_pages(ByteView(file).first(cut));
    const auto whole = static_cast<std::size_t>(std::count_if(ends.begin(), ends.end(), [&](std::size_t end) { return end <= cut; }));
    ASSERT_EQ(standing.packets, whole) << cut;
    ASSERT_EQ(standing.bytes, whole == 0 ? 0 : ends[whole - 1]) << cut;
    ASSERT_EQ(standing.samples, static_cast<std::int64_t>(whole) * 960) << cut;
  }
  file[ends[2] + 40] ^= 1;
  EXPECT_EQ(scan_opus_pages(file).packets, 3u);
}

TEST(Sound, what_is_no_opus_is_refused) {
  TempFolder folder;
  Heard heard;
  {
    SoundRecorder recorder(folder.path(), heard);
    EXPECT_FALSE(recorder.packet(0, sound(1))) << "no head";
    EXPECT_FALSE(recorder.config(head())) << "an error stays";
  }
  SoundRecorder recorder(folder.path(), heard);
  EXPECT_EQ(opus_samples(sound(1)), 960);
  EXPECT_EQ(opus_samples(Bytes{0xff, 0x3f}), 0) << "63 frames of 20 ms";
  EXPECT_EQ(opus_samples(Bytes{0xff}), 0) << "the number of frames is missing";
  EXPECT_EQ(opus_samples(Bytes{0x18}), 2880) << "60 ms of SILK";
  EXPECT_FALSE(recorder.config(to_bytes("OpusHead of something")));
}

// A-7.4a: a full disk ends the sound; what a sync had covered is known.
TEST(Sound, a_full_disk_ends_the_sound_and_what_stands_is_known) {
  TempFolder folder;
  Heard heard;
  SoundRecorder recorder(folder.path(), heard, [](const std::filesystem::path& path) -> Result<std::unique_ptr<ByteSink>> {
    GZ_TRY_ASSIGN(auto inner, append_files()(path));
    return std::make_unique<FailingSink>(std::move(inner));
  });
  ASSERT_TRUE(recorder.config(head()));
  ASSERT_TRUE(recorder.packet(0, sound(1)));
  ASSERT_TRUE(recorder.packet(20'000, sound(2)));
  ASSERT_TRUE(recorder.sync());
  EXPECT_EQ(recorder.packet(40'000, sound(3)).error().kind, ErrorKind::NoSpace);
  EXPECT_EQ(recorder.packet(60'000, sound(4)).error().kind, ErrorKind::NoSpace);
  EXPECT_EQ(recorder.close().error().kind, ErrorKind::NoSpace);
  EXPECT_THAT(heard.lines, ElementsAre("open rec-0000.ogg 0 0"));
  const auto file = read_file(folder / "rec-0000.ogg");
  ASSERT_TRUE(file);
  EXPECT_EQ(recorder.proven_bytes(), file->size());
  EXPECT_EQ(scan_opus_pages(*file).packets, 2u);
}

}  // namespace
}  // namespace guzheng
