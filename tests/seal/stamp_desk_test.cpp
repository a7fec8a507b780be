// A-7.4b: which authority is asked, and that what our own verifier would refuse is refused when it comes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "core/identity/practice.h"
#include "core/seal/stamp_desk.h"
#include "tests/support/tsa_fixture.h"

namespace fs = std::filesystem;
using namespace guzheng;
using guzheng::test::TsaServer;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

const SystemClock kClock;

class StampDeskTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name = (fs::temp_directory_path() / "gz-stamps-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    one_ = new TsaServer(folder_ / "one");
    two_ = new TsaServer(folder_ / "two");
  }
  static void TearDownTestSuite() {
    delete one_;
    delete two_;
    fs::remove_all(folder_);
  }
  StampDeskTest() {
    bureau_.authorities = {one_->authority(), two_->authority()};
    bureau_.tsa_root_pem = one_->root() + two_->root();
    one_->behave("/");
    two_->behave("/");
  }
  static inline fs::path folder_;
  static inline TsaServer *one_ = nullptr, *two_ = nullptr;
  Bureau bureau_;
  const Bytes content_ = to_bytes("head\n");
};

TEST_F(StampDeskTest, TheFirstAndASecondOne) {
  StampDesk desk(bureau_, kClock);
  const WallTime now = kClock.wall();
  const auto first = desk.first(content_, {now, {}});
  ASSERT_TRUE(first) << first.error().what;
  EXPECT_EQ(first->info.authority, "Test TSA one");
  const auto second = desk.second(*first, content_, {now, {}});
  ASSERT_TRUE(second) << second.error().what;
  EXPECT_EQ(second->info.authority, "Test TSA two");
  EXPECT_FALSE(desk.worth_asking());
}

// The signer vouched for by another root of the same name, a token an hour off, …: each is refused with its reason, and the
// other authority gives the token.
struct Lie {
  const char* path;
  const char* reason;
};
class LieTest : public StampDeskTest, public testing::WithParamInterface<Lie> {};
TEST_P(LieTest, IsRefusedAndTheNextIsAsked) {
  one_->behave(GetParam().path);
  const WallTime now = kClock.wall();
  Bureau alone = bureau_;
  alone.authorities.pop_back();
  StampDesk liar(alone, kClock);
  const auto refused = liar.first(content_, {now, {}});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr(GetParam().reason));
  EXPECT_THAT(refused.error().what, HasSubstr("one")) << "says which authority";
  StampDesk desk(bureau_, kClock);
  const auto token = desk.first(content_, {now, {}});
  ASSERT_TRUE(token) << token.error().what;
  EXPECT_EQ(token->info.authority, "Test TSA two");
}
INSTANTIATE_TEST_SUITE_P(All, LieTest,
                         testing::Values(Lie{"/imprint", "over something else"}, Lie{"/foreign", "not vouched for"}, Lie{"/expired", "not vouched for"},
                                         Lie{"/past", "not yet valid"}, Lie{"/future", "after this workstation's"},
                                         Lie{"/text", "status holds more"}, Lie{"/wrong", "answers no time stamp"}, Lie{"/error", "HTTP 500"},
                                         Lie{"/rejection", "refused"}));

TEST_F(StampDeskTest, ADeadOneIsAskedOnceAndNotAtEveryCapture) {
  one_->behave("/error");
  StampDesk desk(bureau_, kClock);
  const auto before = one_->asked().size();
  for (int i = 0; i < 4; ++i) {
    const auto token = desk.first(content_, {});
    ASSERT_TRUE(token) << token.error().what;
    EXPECT_FALSE(desk.second(*token, content_, {}));
  }
  EXPECT_EQ(one_->asked().size(), before + 1);
  EXPECT_TRUE(desk.worth_asking());
}

// What is alone is asked although it failed: there is nothing better.
TEST_F(StampDeskTest, TheOnlyOneIsAskedAgain) {
  bureau_.authorities.pop_back();
  StampDesk desk(bureau_, kClock);
  one_->behave("/error");
  EXPECT_FALSE(desk.first(content_, {}));
  one_->behave("/");
  EXPECT_TRUE(desk.first(content_, {}));
  EXPECT_FALSE(desk.worth_asking()) << "good again";
}

struct HandClock final : Clock {              // wall and monotonic move by hand; tokens are of the system's time
  SystemClock system;
  std::int64_t ahead_us = 0;
  WallTime wall() const override { return system.wall(); }
  MonotonicTime monotonic() const override { return {system.monotonic().us + ahead_us}; }
};

TEST_F(StampDeskTest, OneThatComesBackIsFirstAgain) {
  HandClock clock;
  StampDesk desk(bureau_, clock);
  one_->behave("/error");
  ASSERT_TRUE(desk.first(content_, {}));
  one_->behave("/");
  EXPECT_EQ(desk.first(content_, {})->info.authority, "Test TSA two") << "in its pause";
  clock.ahead_us += 6'000'000;
  const auto token = desk.first(content_, {});
  EXPECT_EQ(token->info.authority, "Test TSA two") << "first tried where nothing waits for it";
  EXPECT_EQ(desk.second(*token, content_, {})->info.authority, "Test TSA one");
  EXPECT_EQ(desk.first(content_, {})->info.authority, "Test TSA one");
}

// A series never goes back (FORMAT.md 7), though an authority may count whole seconds only.
TEST_F(StampDeskTest, ATokenBeforeTheOneBeforeItIsWaitedFor) {
  StampDesk desk(bureau_, kClock);
  const WallTime before{kClock.wall().ms + 900};
  const auto token = desk.first(content_, {{}, before});
  ASSERT_TRUE(token) << token.error().what;
  EXPECT_GE(token->info.time, before);
  EXPECT_THAT(desk.first(content_, {{kClock.wall().ms + 60'000}, {}}).error().what, HasSubstr("before the workstation's at what it stamps"));
  EXPECT_THAT(desk.first(content_, {{}, {kClock.wall().ms + 60'000}}).error().what, HasSubstr("before that of the time stamp before it"));
}

TEST_F(StampDeskTest, ClosingGivesUpWhatHangs) {
  one_->behave("/slow");
  two_->behave("/slow");
  StampDesk desk(bureau_, kClock);
  desk.close_within(std::chrono::milliseconds(200));
  const auto token = desk.first(content_, {});
  ASSERT_FALSE(token);
  EXPECT_EQ(token.error().kind, ErrorKind::Cancelled);
  EXPECT_FALSE(desk.worth_asking()) << "not waiting is no failure of theirs";
}

}  // namespace
