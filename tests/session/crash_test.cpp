// kill -9 in mid-session, then recover.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <set>

#include "tests/session/cold_calls.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

// Runs the child until it has reported `captures`, lets `then_ms` pass, kills it.
void run_and_kill(const fs::path& root, int captures, int then_ms, const char* with_sound = nullptr) {
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(pipe_ends[1], 1);
    ::close(pipe_ends[0]);
    ::execl(SESSION_CHILD, SESSION_CHILD, root.c_str(), with_sound, nullptr);
    ::_exit(127);
  }
  ::close(pipe_ends[1]);
  FILE* out = ::fdopen(pipe_ends[0], "r");
  char line[128];
  int seen = 0;
  while (seen < captures && std::fgets(line, sizeof line, out) != nullptr) ++seen;
  ::usleep(static_cast<useconds_t>(then_ms) * 1000);
  ::kill(pid, SIGKILL);
  int status = 0;
  ::waitpid(pid, &status, 0);
  std::fclose(out);
  ASSERT_EQ(seen, captures);
  ASSERT_TRUE(WIFSIGNALED(status));
}

Recovered recover_one(Desk& desk) {
  auto bags = std::move(desk.vault->unfinished().value());
  EXPECT_EQ(bags.size(), 1u);
  SessionSetup setup = desk.setup(nullptr);
  auto recovered = recover(std::move(bags.at(0)), setup);
  EXPECT_TRUE(recovered) << (recovered ? "" : recovered.error().what);
  return recovered.value();
}

// A-7.3b: the sound of a killed session is ended at its last whole page, and a page that was torn is kept aside.
TEST(Crash, SoundIsRecoveredToo) {
  Temporary root;
  run_and_kill(root.path(), 2, 50, "sound");
  fs::path sound;
  for (const auto& entry : fs::directory_iterator(root.path() / "vault/open"))
    if (entry.is_directory()) sound = entry.path() / "data/main/rec-0000.ogg";
  std::ofstream(sound, std::ios::app | std::ios::binary) << "OggS torn";
  const auto whole = fs::file_size(sound) - 9;
  Desk desk(root.path());
  const auto recovered = recover_one(desk);
  const auto verification = verify(recovered.package.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_THAT(recovered.package.incomplete, Contains("录音没有文字记录"));
  EXPECT_EQ(fs::file_size(recovered.package.folder / "data/main/rec-0000.ogg"), whole);
  EXPECT_EQ(read_text(recovered.package.folder / "data/attach/raw/torn-rec-0000.ogg.bin").value(), "OggS torn");
  EXPECT_THAT(bodies(journal_of(recovered.package.folder), "seg.close"), Contains(HasSubstr("data/main/rec-0000.ogg " + std::to_string(whole) + " 200")));
}

class CrashTest : public testing::TestWithParam<int> {};

TEST_P(CrashTest, AKilledSessionIsRecovered) {      // A-7.2a A-7.3b
  Temporary root;
  run_and_kill(root.path(), 3, GetParam());
  Desk desk(root.path());
  const fs::path open = root.path() / "vault/open";
  std::string before;
  for (const auto& entry : fs::directory_iterator(open))
    if (entry.is_directory()) before = read_text(entry.path() / "data/attach/journal.log").value();
  before.resize(before.rfind('\n') + 1);
  const auto recovered = recover_one(desk);
  const auto verification = verify(recovered.package.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_THAT(verification.state, HasSubstr("中断"));
  EXPECT_GT(verification.packets, 1u);
  const auto after = read_text(recovered.package.folder / "data/attach/journal.log").value();
  EXPECT_TRUE(after.starts_with(before)) << "no older line is rewritten";
  EXPECT_EQ(bodies(journal_of(recovered.package.folder), "crash.recover").size(), 1u);
  const auto entry = desk.vault->find(recovered.package.id).value();
  EXPECT_GE(entry.values["items"].size(), 3u);
  EXPECT_TRUE(fs::exists(recovered.package.folder / "data/attach/salts.p7m")) << "the salts outlive the crash";
  EXPECT_THAT(files_holding(root.path() / "vault", "secret-of-the-child"), testing::IsEmpty());
  EXPECT_TRUE(desk.vault->unfinished()->empty());
  EXPECT_TRUE(fs::is_empty(open)) << "nothing stays behind";
}
// A-7.2a: what is sealed after a crash was seen on the medium, not only in the memory that outlived the program: every payload file when its
// digest is taken, the journal when it is taken up and again when it is closed, the film before its fragments are counted.
TEST(Crash, WhatIsSealedWasReadFromTheMedium) {
  Temporary root;
  run_and_kill(root.path(), 3, 400);
  Desk desk(root.path());
  std::set<fs::path> stood;                          // under data/; recovery makes others
  for (const auto& entry : fs::recursive_directory_iterator(root.path() / "vault/open"))
    if (const std::string path = entry.path().string(); entry.is_regular_file() && path.find("/data/") != path.npos) stood.insert(path.substr(path.find("/data/") + 1));
  forget_dropped_files();
  const auto recovered = recover_one(desk);
  std::map<std::string, int> dropped;
  for (const auto& path : dropped_files()) ++dropped[path.filename().string()];
  int films = 0, seen = 0;
  for (const auto& path : stood) {
    const std::string name = path.filename().string();
    if (!fs::exists(recovered.package.folder / path)) continue;          // put aside as torn
    ++seen;
    EXPECT_GE(dropped[name], name == "journal.log" || name.ends_with(".mp4") ? 2 : 1) << path;
    films += name.ends_with(".mp4") ? 1 : 0;
  }
  EXPECT_GE(films, 1);
  EXPECT_GT(seen, 10);
}

INSTANTIATE_TEST_SUITE_P(Moments, CrashTest, testing::Values(0, 37, 411, 1290));

TEST(Crash, TornTailsAreKeptAndCut) {
  Temporary root;
  run_and_kill(root.path(), 2, 300);
  Desk desk(root.path());
  fs::path bag;
  for (const auto& entry : fs::directory_iterator(root.path() / "vault/open"))
    if (entry.is_directory()) bag = entry.path();
  std::ofstream(bag / "data/attach/journal.log", std::ios::app) << "0000012";
  fs::path newest;
  for (const auto& entry : fs::directory_iterator(bag / "data/main"))
    if (entry.path().extension() == ".mp4" && entry.path() > newest) newest = entry.path();
  std::ofstream(newest, std::ios::app) << "torn";
  std::ofstream(bag / "data/main/shot-0099.png") << "half a picture";
  std::ofstream(bag / "data/main/.shot-0098.png.1-2.tmp") << "rest";
  const auto recovered = recover_one(desk);
  const auto verification = verify(recovered.package.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_EQ(read_text(recovered.package.folder / "data/attach/raw/torn-journal.bin").value(), "0000012");
  EXPECT_EQ(read_text(recovered.package.folder / "data/attach/raw/torn-shot-0099.png.bin").value(), "half a picture");
  EXPECT_THAT(recovered.lost, HasSubstr("7 字节"));
}

// Killed after a file was written and before its line: only its own kind of line could name it.
TEST(Crash, AFileBeforeItsLineIsSetAside) {         // A-7.2a
  Temporary root;
  run_and_kill(root.path(), 3, 400);
  Desk desk(root.path());
  auto bags = std::move(desk.vault->unfinished().value());
  ASSERT_EQ(bags.size(), 1u);
  const fs::path bag = bags[0].folder;
  std::ofstream(bag / "data/attach/values.json") << "{\"half\":true}\n";
  fs::rename(bag.parent_path() / (bags[0].id + ".salts"), bag / "data/attach/salts.p7m");
  const auto salts = read_file(bag / "data/attach/salts.p7m").value();
  const auto recovered = recover(std::move(bags[0]), desk.setup(nullptr)).value();
  const auto verification = verify(recovered.package.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_EQ(read_text(recovered.package.folder / "data/attach/raw/torn-values.json.bin").value(), "{\"half\":true}\n");
  EXPECT_EQ(read_file(recovered.package.folder / "data/attach/salts.p7m").value(), salts) << "the envelope was whole";
}

TEST(Crash, ABrokenChainIsTamperedAndLeftAsItIs) {  // B-5.4.4a
  Temporary root;
  run_and_kill(root.path(), 2, 0);
  Desk desk(root.path());
  auto bags = std::move(desk.vault->unfinished().value());
  ASSERT_EQ(bags.size(), 1u);
  const fs::path journal = bags[0].folder / "data/attach/journal.log";
  auto text = read_text(journal).value();
  const auto line = text.find('\n', text.size() / 2) + 1;
  text.erase(line, text.find('\n', line) + 1 - line);       // a line is gone from the middle
  std::ofstream(journal, std::ios::trunc) << text;
  const auto refused = recover(std::move(bags[0]), desk.setup(nullptr));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Tampered);
  EXPECT_EQ(read_text(journal).value(), text) << "nothing was cut off";
}

TEST(Crash, ZerosAtTheEndAreATornTail) {            // a power cut
  Temporary root;
  run_and_kill(root.path(), 2, 0);
  Desk desk(root.path());
  auto bags = std::move(desk.vault->unfinished().value());
  ASSERT_EQ(bags.size(), 1u);
  std::ofstream(bags[0].folder / "data/attach/journal.log", std::ios::app) << std::string(100, '\0');
  const auto recovered = recover(std::move(bags[0]), desk.setup(nullptr)).value();
  const auto verification = verify(recovered.package.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_EQ(read_text(recovered.package.folder / "data/attach/raw/torn-journal.bin").value(), std::string(100, '\0'));
}

TEST(Crash, AChangedFileIsTampered) {               // B-5.4.4a: never sealed over
  Temporary root;
  run_and_kill(root.path(), 2, 0);
  Desk desk(root.path());
  auto bags = std::move(desk.vault->unfinished().value());
  ASSERT_EQ(bags.size(), 1u);
  std::ofstream(bags[0].folder / "data/main/shot-0001.png", std::ios::app) << "x";
  const auto refused = recover(std::move(bags[0]), desk.setup(nullptr));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Tampered);
  EXPECT_THAT(refused.error().what, HasSubstr("shot-0001.png"));
}

TEST(Crash, NothingRecordedIsPutAside) {
  Temporary root;
  Desk desk(root.path());
  { auto bag = std::move(desk.vault->begin("LX-03", 0).value()); }
  auto bags = std::move(desk.vault->unfinished().value());
  const auto nothing = recover(std::move(bags.at(0)), desk.setup(nullptr));
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().kind, ErrorKind::NotFound);
  EXPECT_TRUE(desk.vault->unfinished()->empty());
}

}  // namespace
}  // namespace guzheng::test
