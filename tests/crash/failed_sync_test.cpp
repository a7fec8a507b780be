// A failed sync is told once by the kernel and is final: the bytes are dropped, the next sync succeeds (tests/support/failing_disk.h).
// A-7.2a A-7.2c A-7.3b
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cerrno>

#include "core/base/file.h"
#include "core/custody/oplog.h"
#include "core/session/ledger.h"
#include "tests/crash/crash_case.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

// In this process: the order stands until the end of the scope.
struct FailsSync {
  FailsSync(const CaseFolder& folder, const char* of, long at) : disk(folder.disk().string()) {
    const FailingDiskOrder order{disk.c_str(), kDiskSync, at, EIO, 0, nullptr, nullptr, of};
    failing_disk_arm(&order);
  }
  ~FailsSync() {
    const FailingDiskOrder none{"/nowhere", kDiskOff, 0, 0, 0, nullptr, nullptr};
    failing_disk_arm(&none);
  }
  std::string disk;
};

TEST(FailedSync, DropsWhatWasNotSafe) {
  CaseFolder folder;
  const FailsSync order(folder, "a", 2);
  const fs::path path = folder.disk() / "a";
  auto file = AppendFile::create(path).value();
  ASSERT_TRUE(file.write(to_bytes("kept")));
  ASSERT_TRUE(file.sync());
  ASSERT_TRUE(file.write(to_bytes("gone")));
  ASSERT_FALSE(file.sync());
  EXPECT_EQ(read_text(path).value(), std::string("kept\0\0\0\0", 8));
}

TEST(FailedSync, OfAFileIsFinal) {
  CaseFolder folder;
  const FailsSync order(folder, "a", 1);
  auto file = AppendFile::create(folder.disk() / "a").value();
  ASSERT_TRUE(file.write(to_bytes("gone")));
  const auto first = file.sync();
  ASSERT_FALSE(first);
  const auto again = file.sync();
  ASSERT_FALSE(again) << "the kernel says yes, without the bytes";
  EXPECT_EQ(again.error().what, first.error().what);
  EXPECT_FALSE(file.write(to_bytes("more")));
  EXPECT_FALSE(file.close());
}

TEST(FailedSync, OfTheJournalIsMendedFromMemory) {
  CaseFolder folder;
  SystemClock clock;
  const fs::path path = folder.disk() / "journal.log";
  const FailsSync order(folder, "journal.log", 2);
  auto journal = Journal::create(path, clock).value();
  const auto write = [&](const char* text) { ASSERT_TRUE(journal->append("note", Json{{"item", ""}, {"text", text}})); };
  write("one");
  ASSERT_TRUE(journal->sync());
  write("two");
  ASSERT_TRUE(journal->sync()) << "written anew";
  ASSERT_TRUE(journal->failed_sync());
  write("three");
  ASSERT_TRUE(journal->close());
  const auto lines = parse_journal(read_text(path).value());
  ASSERT_TRUE(lines) << lines.error().what;
  EXPECT_EQ(lines->size(), 3u);
}

TEST(FailedSync, OfAJournalThatCannotBeMendedStopsIt) {
  CaseFolder folder;
  SystemClock clock;
  const fs::path path = folder.disk() / "journal.log";
  std::unique_ptr<Journal> journal;
  {
    const FailsSync sound_afterwards(folder, "", 0);
    const FailingDiskOrder broken{sound_afterwards.disk.c_str(), kDiskFrom, 5, EIO, 0, nullptr, nullptr};
    failing_disk_arm(&broken);               // 1 to 3 make it, 4 is the line
    journal = Journal::create(path, clock).value();
    ASSERT_TRUE(journal->append("note", Json{{"item", ""}, {"text", "one"}}));
    EXPECT_FALSE(journal->sync());
    EXPECT_FALSE(journal->append("note", Json{{"item", ""}, {"text", "two"}})) << "what cannot be recorded is not done";
  }
  ASSERT_TRUE(journal->sync()) << "the disk is back: what stood in memory stands";
  ASSERT_TRUE(journal->append("note", Json{{"item", ""}, {"text", "three"}}));
  ASSERT_TRUE(journal->close());
  const auto lines = parse_journal(read_text(path).value());
  ASSERT_TRUE(lines) << lines.error().what;
  EXPECT_EQ(lines->size(), 2u);
}

// A-7.2a: the operation log as the journal: a line that was answered for is on the disk, whatever one sync dropped
TEST(FailedSync, OfTheOperationLogIsWrittenAnewForEveryProgram) {
  CaseFolder folder;
  SystemClock clock;
  const fs::path path = folder.disk() / "operations.log";
  const FailsSync order(folder, "operations.log", 2);
  const auto log = OperationLog::open(path, clock).value();
  const auto other = OperationLog::open(path, clock).value();      // as another program has it open
  ASSERT_TRUE(log->append("op.start", Json{{"n", 1}}));
  const auto second = log->append("op.open", Json{{"n", 2}});
  ASSERT_TRUE(second) << second.error().what;
  ASSERT_TRUE(failing_disk_dropped());
  ASSERT_TRUE(other->append("op.stop", Json{{"n", 3}})) << "goes over to the new file";
  ASSERT_TRUE(log->append("op.stop", Json{{"n", 4}}));
  const auto reading = read_operation_log(path).value();
  EXPECT_FALSE(reading.broken_at) << reading.why;
  std::vector<std::string> kinds;
  for (const auto& line : reading.lines) kinds.push_back(line.kind);
  EXPECT_THAT(kinds, testing::ElementsAre("op.start", "op.open", "op.sync-failed", "op.stop", "op.stop"));
  EXPECT_EQ(reading.lines.at(1).digest, second->digest);
  EXPECT_THAT(reading.lines.at(2).body, HasSubstr("fdatasync"));
}

// A-7.2a: what cannot be recorded is refused, until it can be written anew; no later sync of the old file is believed
TEST(FailedSync, OfAnOperationLogThatCannotBeMendedIsFinal) {
  CaseFolder folder;
  SystemClock clock;
  const fs::path path = folder.disk() / "operations.log";
  std::unique_ptr<OperationLog> log;
  {
    const FailsSync sound_afterwards(folder, "", 0);
    const FailingDiskOrder broken{sound_afterwards.disk.c_str(), kDiskFrom, 6, EIO, 0, nullptr, nullptr};
    failing_disk_arm(&broken);               // 1 and 2 make it, 3 and 4 are the first line, 5 is the second
    log = OperationLog::open(path, clock).value();
    ASSERT_TRUE(log->append("op.start", Json{{"n", 1}}));
    EXPECT_FALSE(log->append("op.open", Json{{"n", 2}}));
    EXPECT_FALSE(log->append("op.open", Json{{"n", 3}}));
  }
  struct stat before {}, after {};
  ASSERT_EQ(::stat(path.c_str(), &before), 0);
  ASSERT_TRUE(log->append("op.open", Json{{"n", 4}})) << "the disk is back";
  ASSERT_EQ(::stat(path.c_str(), &after), 0);
  EXPECT_NE(before.st_ino, after.st_ino) << "a file whose sync failed once is not written to again";
  const auto text = read_text(path).value();
  EXPECT_EQ(text.find("\"n\":3"), std::string::npos);
  EXPECT_NE(text.find("\"n\":4"), std::string::npos);
}

struct Case { const char* of; long at; };
class InASession : public testing::TestWithParam<Case> {};
TEST_P(InASession, MakesThePackageIncompleteAndNeverDamaged) {
  const Order order{kDiskSync, GetParam().at, EIO, 0, GetParam().of};
  CaseFolder folder;
  Child child;
  child.run(folder, order, [&](Told& told) { short_session(folder, told); });
  const Told& told = child.told();
  ASSERT_TRUE(told.struck) << "no sync of it was that late";
  ASSERT_EQ(told.outcome.load(), Outcome::Sealed) << told.why;
  const bool film = std::string_view(GetParam().of).ends_with(".mp4");
  EXPECT_TRUE(told.trouble || !film) << "the screen says so";
  check_all(folder, acknowledged(folder, false), told.safe_fragments, text_of(order));
  for (const auto& entry : fs::directory_iterator(folder.vault() / "sealed")) {
    if (!fs::exists(entry.path() / "bag-info.txt")) continue;
    const auto lines = journal_of(entry.path());
    const auto close = bodies(lines, "session.close").at(0);
    if (film) EXPECT_THAT(bodies(lines, "gap.begin"), Contains(HasSubstr("record-failed: fdatasync")));
    else EXPECT_THAT(bodies(lines, "note"), Contains(HasSubstr("记录没有写到磁盘上")));
    EXPECT_THAT(close, HasSubstr(film ? "录像中断：fdatasync" : "记录曾没有写到磁盘上")) << close;
    EXPECT_THAT(close, HasSubstr("\"state\":\"incomplete\""));
  }
}
INSTANTIATE_TEST_SUITE_P(Syncs, InASession,
                         testing::Values(Case{"journal.log", 1}, Case{"journal.log", 3}, Case{"journal.log", 6}, Case{"rec-0000.mp4", 1},
                                         Case{"rec-0001.mp4", 1}),
                         [](const auto& which) { return std::string(which.param.of).substr(0, 3) + std::string(which.param.of).substr(which.param.of[0] == 'r' ? 7 : 4, 1) + std::to_string(which.param.at); });

}  // namespace
}  // namespace guzheng::test
