// The recording as a court's expert sees it: with ffprobe alone.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>

#include "tests/media/recording.h"

namespace guzheng {
namespace {

using namespace test;

std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return text;
  std::array<char, 4096> piece{};
  while (const auto n = std::fread(piece.data(), 1, piece.size(), pipe)) text.append(piece.data(), n);
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return text;
}

// A-7.3b, A-7.4a: stock ffprobe counts as many packets as the phone sent and prints the device's times.
TEST(Ffprobe, counts_the_packets_and_prints_the_devices_times) {
  TempFolder folder;
  Notes notes;
  TestEncoder encoder(160, 240, 10);
  std::string expected;
  {
    Recorder recorder(folder.path(), notes);
    ASSERT_TRUE(recorder.open({Codec::H264, 160, 240}));
    ASSERT_TRUE(recorder.push(config_packet(encoder)));
    std::int64_t pts = 88'000'000'001;
    for (std::uint64_t i = 0; i < 50; ++i) {
      const auto packet = video_packet(encoder.encode(i), pts);
      expected += "packet|pts=" + std::to_string(pts - 88'000'000'001) + "|flags=" + (packet.key ? "K_" : "__") + "\n";
      ASSERT_TRUE(recorder.push(packet));
      pts += 16'000 + static_cast<std::int64_t>(i * i) * 13;
    }
  }
  const auto file = (folder / "rec-0000.mp4").string();
  EXPECT_EQ(output_of("ffprobe -v error -count_packets -select_streams v -show_entries stream=nb_read_packets -of csv=p=0 " + file),
            "50\n");
  EXPECT_EQ(output_of("ffprobe -v error -show_entries packet=pts,flags -of compact " + file), expected);
  EXPECT_EQ(output_of("ffprobe -v error -show_entries stream=codec_name,width,height,time_base -of csv=p=0 " + file),
            "h264,160,240,1/1000000\n");
  EXPECT_EQ(output_of("ffmpeg -v error -i " + file + " -vsync passthrough -enc_time_base 1:1000000 -f null - 2>&1"), "") << "decodes without a complaint";
}

}  // namespace
}  // namespace guzheng
