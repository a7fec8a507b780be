#include "core/media/player.h"

#include <gtest/gtest.h>

#include "core/base/file.h"
#include "tests/media/recording.h"

namespace guzheng {
namespace {

using namespace test;

// Every third picture is black.
struct Recorded {
  TempFolder folder;
  std::vector<std::int64_t> times;
  std::filesystem::path file = folder / "rec-0000.mp4";

  explicit Recorded(int count = 45) {
    Notes notes;
    TestEncoder encoder(160, 240, 10);
    Recorder recorder(folder.path(), notes);
    EXPECT_TRUE(recorder.open({Codec::H264, 160, 240}));
    EXPECT_TRUE(recorder.push(config_packet(encoder)));
    std::int64_t pts = 9'000'000'123;
    for (int i = 0; i < count; ++i) {
      times.push_back(pts - 9'000'000'123);
      EXPECT_TRUE(recorder.push(video_packet(encoder.encode(static_cast<std::uint64_t>(i), false, i % 3 == 0), pts)));
      pts += 20'000 + i * 777;
    }
  }
};

bool is_black(const Frame& frame) { return frame.pixels->at(std::size_t{frame.stride} * 100 + 200) < 8; }

// A-7.3b: a recording plays back with every picture at its time.
TEST(SegmentReader, gives_every_picture_in_order_with_its_time) {
  const Recorded recorded;
  auto reader = SegmentReader::open(recorded.file);
  ASSERT_TRUE(reader) << reader.error().what;
  EXPECT_EQ(reader->pts_us(), recorded.times);
  EXPECT_EQ(reader->duration_us(), recorded.times.back());
  EXPECT_EQ(reader->format(), (VideoFormat{Codec::H264, 160, 240}));
  for (std::size_t i = 0; i < recorded.times.size(); ++i) {
    const auto frame = reader->next();
    ASSERT_TRUE(frame) << frame.error().what;
    EXPECT_EQ(frame->pts_us, recorded.times[i]);
    EXPECT_EQ(is_black(*frame), i % 3 == 0) << i;
  }
  const auto end = reader->next();
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().kind, ErrorKind::NotFound);
}

// A-7.3b: the picture at a shot's position is found whatever was looked at before.
TEST(SegmentReader, finds_the_picture_at_any_time_in_any_order) {
  const Recorded recorded;
  auto reader = SegmentReader::open(recorded.file);
  ASSERT_TRUE(reader);
  for (const std::size_t i : {44u, 0u, 17u, 18u, 18u, 9u, 31u, 10u, 3u, 44u, 1u}) {
    const auto frame = reader->frame_at(recorded.times[i] + 5);
    ASSERT_TRUE(frame) << frame.error().what;
    EXPECT_EQ(frame->pts_us, recorded.times[i]);
    EXPECT_EQ(is_black(*frame), i % 3 == 0) << i;
  }
  EXPECT_EQ(reader->frame_at(-1)->pts_us, 0);
  EXPECT_EQ(reader->frame_at(INT64_MAX)->pts_us, recorded.times.back());
  EXPECT_EQ(reader->frame_at(recorded.times[20])->pts_us, recorded.times[20]);
  EXPECT_EQ(reader->next()->pts_us, recorded.times[21]);
}

TEST(SegmentReader, a_cut_file_gives_the_pictures_that_stand) {
  const Recorded recorded;
  const auto whole = read_file(recorded.file);
  ASSERT_TRUE(whole);
  const auto part = ByteView(*whole).first(whole->size() * 2 / 3);
  ASSERT_TRUE(write_atomically(recorded.folder / "cut.mp4", part));
  auto reader = SegmentReader::open(recorded.folder / "cut.mp4");
  ASSERT_TRUE(reader) << reader.error().what;
  const auto fragments = whole_fragments(part).count;
  ASSERT_EQ(reader->pts_us().size(), fragments);
  for (std::size_t i = 0; i < fragments; ++i) {
    const auto frame = reader->next();
    ASSERT_TRUE(frame) << frame.error().what;
    EXPECT_EQ(frame->pts_us, recorded.times[i]);
  }
}

TEST(SegmentReader, refuses_what_is_no_recording) {
  TempFolder folder;
  EXPECT_EQ(SegmentReader::open(folder / "absent.mp4").error().kind, ErrorKind::NotFound);
  ASSERT_TRUE(write_atomically(folder / "text.mp4", as_bytes(std::string(5000, 'x'))));
  EXPECT_EQ(SegmentReader::open(folder / "text.mp4").error().kind, ErrorKind::Invalid);
  ASSERT_TRUE(write_atomically(folder / "empty.mp4", {}));
  EXPECT_EQ(SegmentReader::open(folder / "empty.mp4").error().kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace guzheng
