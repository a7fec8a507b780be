// The failing disk itself: what it stands under, and that it loses what it says.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>

extern "C" {
#include <libavformat/avformat.h>
}

#include <cerrno>

#include "core/base/file.h"
#include "tests/crash/crash_case.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;

void arm(const CaseFolder& folder, FailingDiskMode mode, long at = 0, int error = EIO, unsigned seed = 0) {
  const std::string disk = folder.disk().string();
  const FailingDiskOrder order{disk.c_str(), mode, at, error, seed, nullptr, nullptr};
  failing_disk_arm(&order);
}
struct Disarm {
  ~Disarm() {
    const FailingDiskOrder none{"/nowhere", kDiskOff, 0, 0, 0, nullptr, nullptr};
    failing_disk_arm(&none);
  }
};

// FFmpeg's own file protocol and its segments through our sinks; SQLite's default VFS.
TEST(FailingDisk, StandsUnderFfmpegAndSqlite) {
  const Disarm off;
  CaseFolder folder;
  arm(folder, kDiskCount);
  AVIOContext* io = nullptr;
  ASSERT_GE(avio_open(&io, (folder.disk() / "by-ffmpeg.mp4").c_str(), AVIO_FLAG_WRITE), 0);
  avio_write(io, reinterpret_cast<const unsigned char*>("film"), 4);
  avio_closep(&io);
  EXPECT_GE(failing_disk_operations_on("by-ffmpeg.mp4"), 2) << "made and written";
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open((folder.disk() / "catalogue.db").c_str(), &db), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(db, "create table t(x); insert into t values(1)", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_GE(failing_disk_operations_on("catalogue.db"), 4) << "made, two pages, synced";
  EXPECT_GE(failing_disk_operations_on("catalogue.db-journal"), 2);
  arm(folder, kDiskFrom, 1, EIO);
  EXPECT_NE(sqlite3_exec(db, "insert into t values(2)", nullptr, nullptr, nullptr), SQLITE_OK);
  EXPECT_LT(avio_open(&io, (folder.disk() / "again.mp4").c_str(), AVIO_FLAG_WRITE), 0);
  sqlite3_close(db);
}

TEST(FailingDisk, FailsWhatItIsToldTo) {
  const Disarm off;
  CaseFolder folder;
  arm(folder, kDiskOnce, 3, ENOSPC);         // 1 makes it, 2 syncs its folder
  auto file = AppendFile::create(folder.disk() / "a").value();
  const auto written = file.write(to_bytes("1234"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::NoSpace);
  EXPECT_TRUE(file.write(to_bytes("1234"))) << "once";
  arm(folder, kDiskFrom, 2, ENOSPC);
  EXPECT_TRUE(file.write(to_bytes("1234")));
  EXPECT_FALSE(file.write(to_bytes("1234")));
  EXPECT_TRUE(file.sync()) << "a full disk still syncs";
  ASSERT_EQ(::truncate((folder.disk() / "a").c_str(), 2), 0);
  EXPECT_TRUE(file.write(to_bytes("1234"))) << "room came back";
  EXPECT_FALSE(file.write(to_bytes("1234")));
}

// In a child: a safe file, an unsafe one, a rename whose folder was not synced.
TEST(FailingDisk, LosesWhatWasNotSynced) {
  CaseFolder folder;
  const auto disk = folder.disk();
  Child child;
  child.run(folder, {kDiskPlug, 13, 0, 0}, [&](Told&) {
    auto safe = AppendFile::create(disk / "safe").value();          // 1, or 1 and its folder's sync
    (void)safe.write(to_bytes("kept"));
    (void)safe.sync();
    (void)sync_folder(disk);
    (void)safe.write(to_bytes("lost"));
    (void)write_atomically(disk / "whole", to_bytes("old"));
    (void)::rename((disk / "whole").c_str(), (disk / "renamed").c_str());
    for (int n = 0; n < 20; ++n) (void)safe.write(to_bytes("more"));
  });
  ASSERT_TRUE(WIFSIGNALED(child.status()));
  EXPECT_EQ(read_text(disk / "safe").value(), "kept");
  EXPECT_EQ(read_text(disk / "whole").value_or("gone"), "old") << "its rename was not yet kept";
  EXPECT_FALSE(fs::exists(disk / "renamed"));
}

}  // namespace
}  // namespace guzheng::test
