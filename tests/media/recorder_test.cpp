#include <gmock/gmock.h>

#include <unistd.h>

#include <condition_variable>
#include <fstream>
#include <random>

#include "core/base/file.h"
#include "core/media/fragments.h"
#include "core/media/player.h"
#include "tests/media/recording.h"

namespace guzheng {
namespace {

using namespace test;
using testing::ElementsAre;

constexpr VideoFormat kFormat{Codec::H264, 160, 240};

struct Sent {
  Packet packet;
  std::int64_t pts_us;
};

// A phone's film: config, then `count` pictures whose steps jitter as a phone's do.
struct Film {
  TestEncoder encoder{160, 240, 10};
  std::vector<Packet> packets;

  explicit Film(int count, std::int64_t start_us = 7'123'456'789, int key_every = 10, unsigned seed = 1)
      : encoder(160, 240, key_every) {
    std::mt19937 random(seed);
    std::int64_t pts = start_us;
    for (int i = 0; i < count; ++i) {
      packets.push_back(video_packet(encoder.encode(static_cast<std::uint64_t>(i)), pts));
      pts += 1 + static_cast<std::int64_t>(random() % 66'000);
    }
  }
};

void expect_stored(const std::filesystem::path& file, std::span<const Packet> sent, std::int64_t origin_us) {
  const auto stored = read_back(file);
  ASSERT_EQ(stored.size(), sent.size());
  for (std::size_t i = 0; i < sent.size(); ++i) {
    ASSERT_EQ(stored[i].pts_us + origin_us, sent[i].pts_us) << "packet " << i;
    ASSERT_EQ(stored[i].key, sent[i].key) << "packet " << i;
    ASSERT_EQ(stored[i].data, with_lengths(*sent[i].data)) << "packet " << i;
  }
}

// A-7.3b: every packet stands in the file unchanged, at the device's own time to the microsecond, key frame first.
TEST(Recorder, stores_each_packet_unchanged_at_the_devices_time) {
  TempFolder folder;
  Notes notes;
  const Film film(200);
  Recorder recorder(folder.path(), notes);
  ASSERT_TRUE(recorder.open(kFormat));
  ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
  for (const auto& packet : film.packets) ASSERT_TRUE(recorder.push(packet));
  recorder.stop();

  ASSERT_EQ(notes.opened().size(), 1u);
  EXPECT_EQ(notes.opened()[0].origin_us, film.packets[0].pts_us);
  EXPECT_EQ(notes.closed()[0].last_us, film.packets.back().pts_us);
  expect_stored(folder / "rec-0000.mp4", film.packets, film.packets[0].pts_us);
  EXPECT_TRUE(read_back(folder / "rec-0000.mp4")[0].key);
  const auto file = read_file(folder / "rec-0000.mp4");
  ASSERT_TRUE(file);
  EXPECT_EQ(whole_fragments(*file).count, film.packets.size()) << "one fragment a packet";
  EXPECT_EQ(whole_fragments(*file).end, file->size()) << "nothing after the last fragment";
}

// A-7.4b: the digests taken while writing are the file's.
TEST(Recorder, digests_are_those_of_the_file) {
  TempFolder folder;
  Notes notes;
  const Film film(40);
  {
    Recorder recorder(folder.path(), notes, {}, 7);
    ASSERT_TRUE(recorder.open(kFormat));
    ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
    for (const auto& packet : film.packets) ASSERT_TRUE(recorder.push(packet));
  }
  ASSERT_EQ(notes.closed().size(), 1u);
  EXPECT_EQ(notes.closed()[0].name, "rec-0007.mp4");
  const auto digests = digest_file(folder / "rec-0007.mp4");
  ASSERT_TRUE(digests);
  EXPECT_EQ(notes.closed()[0].digests, *digests);
}

// A-7.3b: a time stamp not above its predecessor is stored one microsecond later, and said.
TEST(Recorder, times_that_stand_still_or_go_back_are_bumped_and_said) {
  TempFolder folder;
  Notes notes;
  Film film(5, 1000);
  const std::int64_t times[] = {1000, 2000, 2000, 1500, 9000};
  for (std::size_t i = 0; i < 5; ++i) film.packets[i].pts_us = times[i];
  Recorder recorder(folder.path(), notes);
  ASSERT_TRUE(recorder.open(kFormat));
  ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
  for (const auto& packet : film.packets) ASSERT_TRUE(recorder.push(packet));
  recorder.stop();
  EXPECT_THAT(notes.lines(), ElementsAre("open rec-0000.mp4 origin 1000 160x240", "bump rec-0000.mp4 #2 2000 to 2001",
                                         "bump rec-0000.mp4 #3 1500 to 2002", "close rec-0000.mp4 packets 5"));
  std::vector<std::int64_t> stored;
  for (const auto& packet : read_back(folder / "rec-0000.mp4")) stored.push_back(packet.pts_us);
  EXPECT_THAT(stored, ElementsAre(0, 1000, 1001, 1002, 8000));
}

// A-7.3b: segments start at key frames, last at least the limit, and lose no packet between them.
TEST(Recorder, segments_end_at_the_first_key_frame_after_their_time) {
  TempFolder folder;
  Notes notes;
  const Film film(100);
  RecorderLimits limits;
  limits.segment_us = 600'000;
  Recorder recorder(folder.path(), notes, limits);
  ASSERT_TRUE(recorder.open(kFormat));
  ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
  for (const auto& packet : film.packets) ASSERT_TRUE(recorder.push(packet));
  recorder.stop();
  ASSERT_GT(notes.closed().size(), 2u);
  std::size_t at = 0;
  for (const auto& segment : notes.closed()) {
    const auto part = std::span(film.packets).subspan(at, segment.packets);
    expect_stored(folder / segment.name, part, segment.first_us);
    EXPECT_TRUE(part[0].key);
    at += segment.packets;
    if (at < film.packets.size()) {
      EXPECT_GE(film.packets[at].pts_us - segment.first_us, limits.segment_us);
    }
  }
  EXPECT_EQ(at, film.packets.size());
}

// A-7.3b: new parameter sets and a new size each end the segment; the next one has the new size.
TEST(Recorder, a_config_packet_or_a_change_of_size_ends_the_segment) {
  TempFolder folder;
  Notes notes;
  const Film upright(6, 1000), again(6, 2'000'000);
  TestEncoder turned(240, 160);
  Recorder recorder(folder.path(), notes);
  ASSERT_TRUE(recorder.open(kFormat));
  for (const auto* film : {&upright, &again}) {
    ASSERT_TRUE(recorder.push(config_packet(film->encoder)));
    for (const auto& packet : film->packets) ASSERT_TRUE(recorder.push(packet));
  }
  ASSERT_TRUE(recorder.open({Codec::H264, 240, 160}));
  ASSERT_TRUE(recorder.push(config_packet(turned)));
  ASSERT_TRUE(recorder.push(video_packet(turned.encode(0), 9'000'000)));
  recorder.stop();
  EXPECT_THAT(notes.lines(), ElementsAre("open rec-0000.mp4 origin 1000 160x240", "close rec-0000.mp4 packets 6",
                                         "open rec-0001.mp4 origin 2000000 160x240", "close rec-0001.mp4 packets 6",
                                         "open rec-0002.mp4 origin 9000000 240x160", "close rec-0002.mp4 packets 1"));
}

// A-7.3b: without a key frame for too long the phone is asked for one, again only after a while.
TEST(Recorder, asks_for_a_key_frame_when_the_segment_grows_too_long) {
  TempFolder folder;
  Notes notes;
  Film film(40, 0, 1000);
  for (std::size_t i = 0; i < film.packets.size(); ++i) film.packets[i].pts_us = static_cast<std::int64_t>(i) * 1'000'000;
  Recorder recorder(folder.path(), notes);
  ASSERT_TRUE(recorder.open(kFormat));
  ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
  for (const auto& packet : film.packets) ASSERT_TRUE(recorder.push(packet));
  recorder.stop();
  EXPECT_THAT(notes.lines(), ElementsAre("open rec-0000.mp4 origin 0 160x240", "need key", "need key",   // at 30 and 35 s
                                         "close rec-0000.mp4 packets 40"));
}

// A-7.3b: pictures that no segment can hold are a gap with its count, never silence.
TEST(Recorder, pictures_before_the_first_key_frame_are_a_gap) {
  TempFolder folder;
  Notes notes;
  const Film film(12);
  Recorder recorder(folder.path(), notes);
  ASSERT_TRUE(recorder.open(kFormat));
  ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
  for (std::size_t i = 7; i < 12; ++i) ASSERT_TRUE(recorder.push(film.packets[i]));    // key frame is number 10
  recorder.stop();
  const auto lines = notes.lines();
  ASSERT_EQ(lines.size(), 5u);
  EXPECT_EQ(lines[0], "gap no-key-frame");
  EXPECT_EQ(lines[1], "need key");
  EXPECT_EQ(lines[2], "gap end no-key-frame 3");
  EXPECT_EQ(lines[4], "close rec-0000.mp4 packets 2");
}

// Holds the record thread inside the first segment_opened() until it is let go.
class SlowNotes final : public Notes {
 public:
  Status segment_opened(const SegmentOpened& s) override {
    std::unique_lock lock(gate_mutex_);
    gate_.wait(lock, [&] { return open_; });
    return Notes::segment_opened(s);
  }
  void let_go() {
    const std::lock_guard lock(gate_mutex_);
    open_ = true;
    gate_.notify_all();
  }

 private:
  std::mutex gate_mutex_;
  std::condition_variable gate_;
  bool open_ = false;
};

// A-7.3b: a full queue drops to a key frame, and begin, end and count are told.
TEST(Recorder, a_full_queue_is_a_gap_with_its_count_and_ends_at_a_key_frame) {
  TempFolder folder;
  SlowNotes notes;
  const Film film(60);
  RecorderLimits limits;
  limits.queue_bytes = 0;
  for (std::size_t i = 0; i < 14; ++i) limits.queue_bytes += film.packets[i].data->size() + 256;
  Recorder recorder(folder.path(), notes, limits);
  ASSERT_TRUE(recorder.open(kFormat));
  ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
  for (std::size_t i = 0; i < 35; ++i) ASSERT_TRUE(recorder.push(film.packets[i]));
  notes.let_go();
  while (!testing::Value(notes.lines(), testing::Contains("need key"))) ::usleep(1000);   // the queue is drained
  for (std::size_t i = 35; i < 60; ++i) {
    ASSERT_TRUE(recorder.push(film.packets[i]));
    while (i > 40 && recorder.position().pts_us < film.packets[i - 1].pts_us) ::usleep(1000);
  }
  recorder.stop();

  const auto stored = read_back(folder / "rec-0000.mp4");
  const auto first_after = film.packets[40].pts_us - film.packets[0].pts_us;
  std::size_t before = 0;
  while (before < stored.size() && stored[before].pts_us < first_after) ++before;
  ASSERT_LT(before, stored.size());
  EXPECT_EQ(stored[before].pts_us, first_after);
  EXPECT_TRUE(stored[before].key);
  EXPECT_EQ(stored.size() - before, 20u);
  EXPECT_THAT(notes.lines(), ElementsAre("open rec-0000.mp4 origin " + std::to_string(film.packets[0].pts_us) + " 160x240",
                                         "gap queue-full", "need key",
                                         "gap end queue-full " + std::to_string(40 - before),
                                         "close rec-0000.mp4 packets " + std::to_string(stored.size())));
}

// Writes through to a real file, then the disk is full.
class FullDisk final : public ByteSink {
 public:
  FullDisk(std::unique_ptr<ByteSink> file, std::size_t room) : file_(std::move(file)), room_(room) {}
  Status write(ByteView bytes) override {
    const auto fits = bytes.first(std::min(room_, bytes.size()));
    room_ -= fits.size();
    GZ_TRY(file_->write(fits));
    if (fits.size() < bytes.size()) return fail(ErrorKind::NoSpace, "no space left on device");
    return ok();
  }
  Status sync() override { return file_->sync(); }
  Status close() override { return file_->close(); }

 private:
  std::unique_ptr<ByteSink> file_;
  std::size_t room_;
};

// A-7.3b: a full disk stops the recorder once and loudly; the pictures that stand can be read.
TEST(Recorder, a_full_disk_is_said_once_and_what_stands_is_kept) {
  TempFolder folder;
  Notes notes;
  const Film film(60);
  const SinkFactory full = [](const std::filesystem::path& path) -> Result<std::unique_ptr<ByteSink>> {
    GZ_TRY_ASSIGN(auto file, append_files()(path));
    return std::unique_ptr<ByteSink>(std::make_unique<FullDisk>(std::move(file), 20'000));
  };
  Recorder recorder(folder.path(), notes, {}, 0, full);
  ASSERT_TRUE(recorder.open(kFormat));
  ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
  for (const auto& packet : film.packets) (void)recorder.push(packet);
  while (notes.failures().empty()) ::usleep(1000);
  const auto refused = recorder.push(film.packets[0]);
  recorder.stop();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::NoSpace);
  ASSERT_EQ(notes.failures().size(), 1u);
  EXPECT_EQ(notes.failures()[0].kind, ErrorKind::NoSpace);
  EXPECT_TRUE(notes.closed().empty());
  const auto file = read_file(folder / "rec-0000.mp4");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), 20'000u);
  const auto whole = whole_fragments(*file).count;
  EXPECT_GT(whole, 3u);
  const auto stored = read_back(folder / "rec-0000.mp4");
  ASSERT_GE(stored.size(), whole);
  for (std::size_t i = 0; i < whole; ++i) EXPECT_EQ(stored[i].data, with_lengths(*film.packets[i].data));
}

// A file that is already there is not overwritten.
TEST(Recorder, refuses_to_overwrite_a_segment) {
  TempFolder folder;
  Notes notes;
  ASSERT_TRUE(write_atomically(folder / "rec-0000.mp4", as_bytes("evidence")));
  const Film film(2);
  Recorder recorder(folder.path(), notes);
  ASSERT_TRUE(recorder.open(kFormat));
  ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
  ASSERT_TRUE(recorder.push(film.packets[0]));
  recorder.stop();
  ASSERT_EQ(notes.failures().size(), 1u);
  EXPECT_EQ(notes.failures()[0].kind, ErrorKind::Exists);
  EXPECT_EQ(*read_text(folder / "rec-0000.mp4"), "evidence");
}

class RefusingNotes final : public Notes {
 public:
  Status segment_opened(const SegmentOpened&) override { return fail(ErrorKind::Io, "journal cannot be written"); }
};

// A-7.4a: no byte of a segment is written before its journal line stands.
TEST(Recorder, writes_nothing_when_the_journal_line_cannot_be_written) {
  TempFolder folder;
  RefusingNotes notes;
  const Film film(2);
  Recorder recorder(folder.path(), notes);
  ASSERT_TRUE(recorder.open(kFormat));
  ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
  ASSERT_TRUE(recorder.push(film.packets[0]));
  recorder.stop();
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_THAT(notes.lines(), ElementsAre("failed io"));
}

void expect_first(std::size_t count, const std::vector<StoredPacket>& stored, const Film& film, std::size_t size) {
  ASSERT_GE(stored.size(), count) << "cut at " << size;
  for (std::size_t i = 0; i < count; ++i) {
    ASSERT_EQ(stored[i].pts_us, film.packets[i].pts_us - film.packets[0].pts_us) << "cut at " << size;
    ASSERT_EQ(stored[i].data, with_lengths(*film.packets[i].data)) << "cut at " << size;
  }
}

// A-7.3b: cut anywhere, as a power cut does: the whole fragments are found, and read back with their times, by our
// reader as it is and by a stock one from the part that stands (what recovery keeps).
TEST(Recorder, cut_at_any_byte_leaves_the_whole_fragments_readable) {
  TempFolder folder;
  Notes notes;
  const Film film(8);
  {
    Recorder recorder(folder.path(), notes);
    ASSERT_TRUE(recorder.open(kFormat));
    ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
    for (const auto& packet : film.packets) ASSERT_TRUE(recorder.push(packet));
  }
  const auto file = read_file(folder / "rec-0000.mp4");
  ASSERT_TRUE(file);
  const auto cut = folder / "cut.mp4", stands = folder / "stands.mp4";
  // every byte of the last two fragments, a sample of the others
  const std::size_t dense = whole_fragments(ByteView(*file).first(file->size() - 1)).end - 1500;
  for (std::size_t size = file->size(); size > 0; size -= std::min<std::size_t>(size, size > dense ? 1 : 37)) {
    const auto part = ByteView(*file).first(size);
    { std::ofstream(cut, std::ios::binary).write(reinterpret_cast<const char*>(part.data()), static_cast<long>(size)); }
    const auto whole = whole_fragments(part);
    if (whole.count == 0) continue;
    const auto found = scan_fragments(cut);
    ASSERT_TRUE(found);
    ASSERT_EQ(found->count, whole.count) << "cut at " << size;
    ASSERT_EQ(found->end, whole.end) << "cut at " << size;
    ASSERT_EQ(found->size, size);
    const auto reader = SegmentReader::open(cut);
    ASSERT_TRUE(reader) << "cut at " << size;
    ASSERT_EQ(reader->pts_us().size(), whole.count) << "cut at " << size;
    std::filesystem::copy_file(cut, stands, std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(stands, found->end);
    expect_first(whole.count, read_back(stands), film, size);
  }
}

// A-7.3b: while recording runs, at most the newest packet is missing from the file.
TEST(Recorder, fragment_k_is_written_when_packet_k_plus_1_comes) {
  TempFolder folder;
  Notes notes;
  const Film film(20);
  Recorder recorder(folder.path(), notes);
  ASSERT_TRUE(recorder.open(kFormat));
  ASSERT_TRUE(recorder.push(config_packet(film.encoder)));
  for (std::size_t i = 0; i < film.packets.size(); ++i) {
    ASSERT_TRUE(recorder.push(film.packets[i]));
    if (i == 0) continue;
    while (recorder.position().pts_us != film.packets[i - 1].pts_us) ::usleep(500);
    EXPECT_EQ(recorder.position().segment, "rec-0000.mp4");
    const auto file = read_file(folder / "rec-0000.mp4");
    ASSERT_TRUE(file);
    ASSERT_EQ(whole_fragments(*file).count, i) << "the position is the newest packet in the file";
    ASSERT_TRUE(recorder.sync());
  }
  recorder.stop();
  EXPECT_EQ(recorder.position().pts_us, film.packets.back().pts_us);
}

// A-7.3b: the stream breaks and comes back: the next segment starts anew, with the new clock.
TEST(Recorder, a_new_stream_after_close_has_its_own_clock) {
  TempFolder folder;
  Notes notes;
  const Film first(3, 50'000'000), second(3, 1000);
  Recorder recorder(folder.path(), notes);
  for (const auto* film : {&first, &second}) {
    ASSERT_TRUE(recorder.open(kFormat));
    ASSERT_TRUE(recorder.push(config_packet(film->encoder)));
    for (const auto& packet : film->packets) ASSERT_TRUE(recorder.push(packet));
    recorder.close();
  }
  recorder.stop();
  EXPECT_THAT(notes.lines(), ElementsAre("open rec-0000.mp4 origin 50000000 160x240", "close rec-0000.mp4 packets 3",
                                         "open rec-0001.mp4 origin 1000 160x240", "close rec-0001.mp4 packets 3"));
}

}  // namespace
}  // namespace guzheng
