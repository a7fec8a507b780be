// A recording program killed with SIGKILL in mid-flight, as by the system or by hand.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "core/base/file.h"
#include "core/media/fragments.h"
#include "core/media/player.h"
#include "tests/media/recording.h"

namespace guzheng {
namespace {

using namespace test;

std::int64_t pts_of(std::uint64_t n) { return 3'000'000'007 + static_cast<std::int64_t>(n) * 16'683; }

// Records until it is killed; says the number of each packet that the recorder has taken into its file.
[[noreturn]] void record_forever(const std::filesystem::path& folder, int say) {
  Notes notes;
  TestEncoder encoder(160, 240, 20);
  Recorder recorder(folder, notes);
  if (!recorder.open({Codec::H264, 160, 240}) || !recorder.push(config_packet(encoder))) ::_exit(3);
  for (std::uint32_t n = 0;; ++n) {
    if (!recorder.push(video_packet(encoder.encode(n), pts_of(n)))) ::_exit(4);
    while (n > 0 && recorder.position().pts_us < pts_of(n - 1)) ::usleep(200);
    if (::write(say, &n, sizeof n) != sizeof n) ::_exit(5);
  }
}

// A-7.3b: kill -9 loses at most two pictures; what stands plays, at the device's times to the microsecond.
TEST(Kill, a_killed_recording_plays_to_within_two_pictures) {
  for (const std::uint32_t after : {5u, 33u, 90u}) {
    TempFolder folder;
    int said[2];
    ASSERT_EQ(::pipe(said), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) record_forever(folder.path(), said[1]);
    ::close(said[1]);
    std::uint32_t newest = 0;
    while (newest < after) ASSERT_EQ(::read(said[0], &newest, sizeof newest), static_cast<ssize_t>(sizeof newest));
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    while (::read(said[0], &newest, sizeof newest) == static_cast<ssize_t>(sizeof newest)) {
    }
    ::close(said[0]);

    const auto found = scan_fragments(folder / "rec-0000.mp4");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->end, found->size) << "no torn fragment";
    EXPECT_GE(found->count + 2, newest + 1u) << "packets 0…newest were taken";
    const auto stored = read_back(folder / "rec-0000.mp4");
    ASSERT_EQ(stored.size(), found->count);
    for (std::size_t i = 0; i < stored.size(); ++i) ASSERT_EQ(stored[i].pts_us, pts_of(i) - pts_of(0));
    auto reader = SegmentReader::open(folder / "rec-0000.mp4");
    ASSERT_TRUE(reader) << reader.error().what;
    for (std::size_t i = 0; i < stored.size(); ++i) ASSERT_TRUE(reader->next()) << i;
  }
}

}  // namespace
}  // namespace guzheng
