// Every way to lose power, room or a disk in the middle of a session, of its sealing and of its recovery. A-7.2a A-7.3b B-5.4.4a
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>
#include <random>

#include "core/custody/oplog.h"
#include "tests/crash/crash_case.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;

// Operations of a session without a failure: counted anew, so that a longer session has a longer matrix.
long operations_of_a_session() {
  static const long count = [] {
    CaseFolder folder;
    Child child;
    child.run(folder, {}, [&](Told& told) { short_session(folder, told); });
    EXPECT_EQ(child.told().outcome.load(), Outcome::Sealed) << child.told().why;
    check_all(folder, acknowledged(folder, false), child.told().fragments, "no failure");
    std::printf("a session takes %ld operations, %ld pictures\n", child.told().operations.load(), child.told().fragments.load());
    return child.told().operations.load();
  }();
  return count;
}

// Which N: all of them in the long form, `some` spread over all in the short one, other ones for other seeds.
std::vector<long> moments(long last, long some) {
  const long step = long_form() ? 1 : std::max(1L, last / some);
  std::mt19937 random(first_seed());
  std::vector<long> out;
  for (long n = 1 + static_cast<long>(random() % static_cast<unsigned long>(step)); n <= last; n += step) out.push_back(n);
  std::printf("seed %u, %zu of %ld operations\n", first_seed(), out.size(), last);
  return out;
}

void recover_and_check(const CaseFolder& folder, const std::string& journal, long fragments, const std::string& what) {
  Child again;
  again.run(folder, {}, [&](Told& told) { recover_all(folder, told); });
  EXPECT_EQ(again.told().outcome.load(), Outcome::Sealed) << what << ": recovery: " << again.told().why;
  check_all(folder, journal, fragments, what);
}

// One session under an order, then recovery on a sound disk.
void one_case(const Order& order) {
  SCOPED_TRACE(text_of(order));
  CaseFolder folder;
  Child child;
  child.run(folder, order, [&](Told& told) { short_session(folder, told); });
  const bool plug = order.mode == kDiskPlug, dies = plug || order.mode == kDiskKill;
  const Told& told = child.told();
  if (!dies) {
    EXPECT_TRUE(WIFEXITED(child.status())) << text_of(order) << ": the program fell over";
    // a failure that nobody was told of has cost nothing
    const bool silent = told.struck && told.outcome == Outcome::Sealed && !told.trouble;
    EXPECT_TRUE(!silent || told.complete) << text_of(order) << ": something is missing and nobody was told";
  }
  // what a failed sync dropped: pictures are gone; lines are not, the journal is written anew, unless the disk never came back
  const std::string journal = acknowledged(folder, plug || (told.dropped && order.mode == kDiskFrom));
  recover_and_check(folder, journal, plug || told.dropped ? told.safe_fragments : told.fragments, text_of(order));
}

TEST(CrashMatrix, KilledAtAnyMoment) {
  operations_of_a_session();
  std::mt19937 random(first_seed());
  const int kills = long_form() ? 200 : 6;
  std::printf("seed %u, %d kills\n", first_seed(), kills);
  for (int n = 0; n < kills; ++n) {
    const unsigned after = random() % 900'000;
    SCOPED_TRACE("killed after " + std::to_string(after) + " us");
    CaseFolder folder;
    Child child;
    child.run(folder, {}, [&](Told& told) { short_session(folder, told); }, after);
    recover_and_check(folder, acknowledged(folder, false), child.told().fragments, "killed after " + std::to_string(after) + " us");
  }
}

TEST(CrashMatrix, KilledBeforeAnyOperation) {
  for (const long n : moments(operations_of_a_session(), 8)) one_case({kDiskKill, n, 0, 0});
}

TEST(CrashMatrix, ThePlugIsPulled) {
  for (const long n : moments(operations_of_a_session(), 8)) {
    one_case({kDiskPlug, n, 0, 0});
    one_case({kDiskPlug, n, 0, static_cast<unsigned>(n) + 1});
  }
}

TEST(CrashMatrix, OneOperationFails) {
  for (const long n : moments(operations_of_a_session(), 7))
    for (const int error : {ENOSPC, EIO}) one_case({kDiskOnce, n, error, 0});
}

TEST(CrashMatrix, AllOperationsFailFromOneOn) {
  for (const long n : moments(operations_of_a_session(), 6))
    for (const int error : {ENOSPC, EIO}) one_case({kDiskFrom, n, error, 0});
}

TEST(CrashMatrix, AWriteComesShort) {
  for (const long n : moments(operations_of_a_session(), 6)) one_case({kDiskShort, n, 0, 0});
}

// The second crash: in recovery itself, in seal_bag, in store, in the moves to sealed/.
class InRecovery : public testing::TestWithParam<FailingDiskMode> {};
TEST_P(InRecovery, IsRecoveredAgain) {
  static const unsigned kAfterUs = 450'000;
  const auto cut = [](const CaseFolder& folder, Child& child) {
    child.run(folder, {}, [&](Told& told) { short_session(folder, told); }, kAfterUs);
  };
  long last = 0;
  {
    CaseFolder folder;
    Child first, second;
    cut(folder, first);
    second.run(folder, {}, [&](Told& told) { recover_all(folder, told); });
    last = second.told().operations;
  }
  const bool plug = GetParam() == kDiskPlug;
  for (const long n : moments(last, 7)) {
    CaseFolder folder;
    Child first, second;
    cut(folder, first);
    const std::string journal = acknowledged(folder, false);
    const Order order{GetParam(), n, EIO, static_cast<unsigned>(n)};
    SCOPED_TRACE("in recovery: " + text_of(order));
    second.run(folder, order, [&](Told& told) { recover_all(folder, told); });
    // what the killed session wrote lies on a sound disk by then; what recovery wrote is safe when it was synced
    recover_and_check(folder, plug ? journal : acknowledged(folder, false), first.told().fragments, "in recovery: " + text_of(order));
  }
}
INSTANTIATE_TEST_SUITE_P(Crashes, InRecovery, testing::Values(kDiskKill, kDiskPlug, kDiskOnce),
                         [](const auto& which) { return which.param == kDiskKill ? "Killed" : which.param == kDiskPlug ? "Plug" : "Eio"; });

// First start: whole bureau or none, and the next start makes it.
TEST(CrashMatrix, AFirstStartThatIsCutOff) {         // A-7.2b
  const auto open = [](const CaseFolder& folder, Told& told) {
    const auto bureau = open_practice_bureau(folder.disk() / "desk", shared_desk().clock());
    told.outcome = bureau ? Outcome::Sealed : Outcome::CouldNotStart;
    if (!bureau) std::snprintf(told.why, sizeof told.why, "%s", bureau.error().what.c_str());
  };
  CaseFolder whole;
  Child count;
  count.run(whole, {}, [&](Told& told) { open(whole, told); });
  ASSERT_EQ(count.told().outcome.load(), Outcome::Sealed);
  for (const long n : moments(count.told().operations, 2))
    for (const auto mode : {kDiskKill, kDiskPlug, kDiskFrom}) {
      const Order order{mode, n, ENOSPC, 0};
      CaseFolder folder;
      Child first, second;
      first.run(folder, order, [&](Told& told) { open(folder, told); });
      second.run(folder, {}, [&](Told& told) { open(folder, told); });
      EXPECT_EQ(second.told().outcome.load(), Outcome::Sealed) << text_of(order) << ": " << second.told().why;
    }
}

// Two programs write the operation log at once, one of them dies at any operation: no line that was answered for is gone.
TEST(CrashMatrix, AnOperationLogOfTwo) {
  const auto append = [](const fs::path& path, long lines, const char* who, Told& told) {
    auto log = OperationLog::open(path, shared_desk().clock());
    for (long n = 0; log && n < lines; ++n)
      if ((*log)->append("op.verify", Json{{"by", who}, {"n", n}})) ++told.fragments;
  };
  for (const auto mode : {kDiskKill, kDiskPlug, kDiskOnce, kDiskShort})
    for (const long n : moments(61, 10)) {
      CaseFolder folder;
      const fs::path path = folder.disk() / "oplog/log";
      Child dies, lives;
      const Order order{mode, n, ENOSPC, static_cast<unsigned>(n)};
      dies.run(folder, order, [&](Told& told) {
        if (mode != kDiskPlug) {             // a plug takes both
          if (const pid_t other = ::fork(); other == 0) {
            const FailingDiskOrder sound{"/nowhere", kDiskOff, 0, 0, 0, nullptr, nullptr};
            failing_disk_arm(&sound);
            append(path, 20, "other", told);
            ::_exit(0);
          }
        }
        append(path, 30, "dying", told);
        ::wait(nullptr);
      });
      ::usleep(20'000);                      // the other one, orphaned, writes on
      lives.run(folder, {}, [&](Told& told) { append(path, 3, "later", told); });
      const auto reading = read_operation_log(path).value();
      EXPECT_FALSE(reading.broken_at) << text_of(order) << ": " << reading.why;
      EXPECT_GE(static_cast<long>(reading.lines.size()), dies.told().fragments + lives.told().fragments) << text_of(order);
      EXPECT_EQ(lives.told().fragments.load(), 3) << text_of(order);
    }
}

}  // namespace
}  // namespace guzheng::test
