#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "core/custody/oplog.h"

namespace fs = std::filesystem;
using namespace guzheng;

namespace {
class OperationLogTest : public testing::Test {
 protected:
  OperationLogTest() {
    std::string name = (fs::temp_directory_path() / "gz-oplog-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    path_ = folder_ / "operations.log";
  }
  ~OperationLogTest() override { fs::remove_all(folder_); }
  std::unique_ptr<OperationLog> open() { return std::move(*OperationLog::open(path_, clock_)); }
  OperationLogReading read() const { return *read_operation_log(path_); }
  void spoil(const std::string& text) const { std::ofstream(path_, std::ios::app | std::ios::binary) << text; }
  ManualClock clock_;
  fs::path folder_, path_;
};
}  // namespace

// A-7.2a, A-8.2: what is done with evidence is recorded, across starts
TEST_F(OperationLogTest, ContinuesAcrossStarts) {
  EXPECT_TRUE(read().lines.empty());
  ASSERT_TRUE(open()->append("op.start", Json{{"program", "guzheng"}}));
  ASSERT_TRUE(open()->append("op.verify", Json{{"package", "LX-03-20261121-0001"}, {"verdict", "practice"}}));
  const auto reading = read();
  EXPECT_EQ(reading.lines.size(), 2u);
  EXPECT_FALSE(reading.broken_at) << reading.why;
  EXPECT_FALSE(open()->append("verify", Json::object()));
}

TEST_F(OperationLogTest, TwoProcessesWriteOneChain) {
  constexpr int kEach = 60;
  const auto work = [&](const char* who) {
    const auto log = open();
    for (int i = 0; i < kEach; ++i)
      if (!log->append("op.open", Json{{"who", who}})) return 1;
    return 0;
  };
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work("child"));
  EXPECT_EQ(work("parent"), 0);
  int status = 1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  const auto reading = read();
  EXPECT_EQ(reading.lines.size(), 2u * kEach);
  EXPECT_FALSE(reading.broken_at) << reading.why;
}

// B-5.4.4a: operation-log review shows where the log was changed
TEST_F(OperationLogTest, AChangedLineIsShownAndLaterOnesStillReadable) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(open()->append("op.export", Json{{"n", i}}));
  std::string text = *read_text(path_);
  text.replace(text.find("{\"n\":1}"), 7, "{\"n\":7}");
  std::ofstream(path_, std::ios::trunc | std::ios::binary) << text;
  const auto reading = read();
  ASSERT_TRUE(reading.broken_at);
  EXPECT_EQ(*reading.broken_at, 2u);                       // the line that no longer names its predecessor
  EXPECT_EQ(reading.lines.size(), 3u);
}

TEST_F(OperationLogTest, ATornLineIsCutAndSaid) {
  ASSERT_TRUE(open()->append("op.start", Json::object()));
  spoil("00000001 abc");
  ASSERT_TRUE(open()->append("op.stop", Json::object()));
  const auto reading = read();
  EXPECT_FALSE(reading.broken_at) << reading.why;
  ASSERT_EQ(reading.lines.size(), 3u);
  EXPECT_EQ(reading.lines[1].kind, "op.torn");
}

TEST_F(OperationLogTest, ADamagedLastLineStopsNobodyAndStaysVisible) {
  ASSERT_TRUE(open()->append("op.start", Json::object()));
  spoil("rubbish\n");
  ASSERT_TRUE(open()->append("op.stop", Json::object()));
  const auto reading = read();
  ASSERT_TRUE(reading.broken_at);
  EXPECT_EQ(*reading.broken_at, 1u);
  EXPECT_EQ(reading.lines.size(), 2u);
  EXPECT_EQ(reading.lines.back().seq, 2u);
}
