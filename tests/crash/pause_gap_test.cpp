// A disk that refuses one write while a session is paused and resumed: the pause keeps its gap, whichever line was hit. A-7.2a, FORMAT.md 5.3
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "tests/crash/crash_case.h"
#include "tests/session/session_fixture.h"

namespace guzheng::test {
namespace {

void paused_session(const CaseFolder& folder, long refused, Told& told) {
  Desk& desk = shared_desk();
  desk.vault = std::move(Vault::open(folder.vault(), desk.clock()).value());
  auto started = CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone())));
  if (!started) return;
  told.started = true;
  auto& session = **started;
  session.wait_captures();
  failing_disk_fail_soon(refused, EIO);
  const auto paused = session.pause("午休");
  const auto resumed = session.resume();
  told.struck = failing_disk_struck() != 0;
  failing_disk_fail_soon(0, 0);
  told.trouble = !paused || !resumed || !desk.memory.troubles().empty();
  const auto sealed = session.end("试验");
  told.outcome = sealed ? Outcome::Sealed : Outcome::CouldNotEnd;
  if (!sealed) std::snprintf(told.why, sizeof told.why, "%s", sealed.error().what.c_str());
}

TEST(PauseGap, AnyRefusedWriteLeavesAJournalThatHolds) {
  int struck = 0;
  for (long refused = 1; refused <= 10; ++refused) {
    SCOPED_TRACE("write " + std::to_string(refused) + " refused");
    CaseFolder folder;
    Child child;
    child.run(folder, {}, [&](Told& told) { paused_session(folder, refused, told); });
    ASSERT_TRUE(child.told().started);
    EXPECT_EQ(child.told().outcome.load(), Outcome::Sealed) << child.told().why;
    check_all(folder, "", 0, "write " + std::to_string(refused) + " refused");
    struck += child.told().struck && child.told().trouble ? 1 : 0;
  }
  EXPECT_GT(struck, 0) << "no write was refused: the test shows nothing";
}

}  // namespace
}  // namespace guzheng::test
