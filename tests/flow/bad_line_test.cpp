// A capture over a bad line between the desk and the node: real sshd, real adb server, training phone, and a relay that cuts, stalls,
// slows and delays. A-7.3b: what the line does is in the journal, the recording goes on, nothing is invented.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/session/practice_run.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"
#include "tests/support/bad_line.h"
#include "tests/support/ssh_fixture.h"

namespace guzheng::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* kNoApp = "画面为计数测试图，没有应用";          // the counter scene is no app

class OverABadLine : public testing::Test {
 protected:
  OverABadLine() {
    auto address = ssh_.address();
    address.port = line_.port();
    EXPECT_TRUE(trust_host_key(address, *host_key_of(address)));
    node_ = ssh_transport(address, adb_.port());
  }
  void begin() {
    auto phone = find_phone({"", 0, serial_, node_});
    ASSERT_TRUE(phone) << phone.error().what;
    auto setup = desk_.setup(phone->link);
    setup.screen.server_file = PRACTICE_SERVER;
    setup.screen.accepted_server_digests = {std::string(kPracticeServerSha256)};
    setup.limits = {};
    auto lease = PhoneLease::take(node_, serial_, "张三");
    ASSERT_TRUE(lease) << lease.error().what;
    setup.lease = std::move(*lease);
    auto session = CaptureSession::start(std::move(setup));
    ASSERT_TRUE(session) << session.error().what;
    session_ = std::move(*session);
  }
  bool recording_grows() {
    const auto before = session_->status().packets;
    for (int i = 0; i < 600; ++i) {
      if (session_->status().packets > before + 30) return true;
      std::this_thread::sleep_for(50ms);
    }
    return false;
  }
  // Seals and verifies; the journal's lines.
  std::vector<JournalLine> whole() {
    capture_all(*session_);
    auto sealed = session_->end(kNoApp);
    EXPECT_TRUE(sealed) << sealed.error().what;
    if (!sealed) return {};
    EXPECT_THAT(sealed->incomplete, testing::ElementsAre("缺被取证应用的信息", kNoApp)) << "a gap is printed, it does not make a package incomplete";
    const auto verification = verify(sealed->folder, desk_);
    EXPECT_THAT(verification.damage, testing::IsEmpty()) << damage_of(verification);
    return journal_of(sealed->folder);
  }
  static std::vector<std::string> losses(const std::vector<JournalLine>& lines) {
    auto out = bodies(lines, "gap.begin");
    std::erase_if(out, [](const std::string& body) { return body.find("link-lost") == std::string::npos; });
    return out;
  }

  Temporary root_;
  AdbFixture adb_;
  std::string serial_ = adb_.add_phone(GUZHENG_PHONE, {"--scene", "counter"});
  SshFixture ssh_{adb_.port()};
  BadLine line_{ssh_.port()};
  Desk desk_{root_.path()};
  std::shared_ptr<SshTransport> node_;
  std::unique_ptr<CaptureSession> session_;
};

TEST_F(OverABadLine, ACutIsAGapAndANewSegment) {               // A-7.3b A-8.3f
  begin();
  ASSERT_TRUE(session_);
  ASSERT_TRUE(recording_grows());
  for (int cut = 1; cut <= 2; ++cut) {
    line_.cut();
    ASSERT_TRUE(desk_.memory.wait_for(TimelineEvent::Type::GapBegin, cut));
    EXPECT_TRUE(session_->status().in_gap);
    line_.mend();
    ASSERT_TRUE(desk_.memory.wait_for(TimelineEvent::Type::GapEnd, cut));
    ASSERT_TRUE(recording_grows());
  }
  const auto lines = whole();
  EXPECT_EQ(losses(lines).size(), 2u);
  EXPECT_EQ(bodies(lines, "gap.end").size(), bodies(lines, "gap.begin").size());
  EXPECT_GE(bodies(lines, "seg.open").size(), 3u);
}

TEST_F(OverABadLine, ALineThatFallsSilentIsAGapToo) {          // A-7.3b
  begin();
  ASSERT_TRUE(session_);
  ASSERT_TRUE(recording_grows());
  line_.stall();
  ASSERT_TRUE(desk_.memory.wait_for(TimelineEvent::Type::GapBegin));
  std::this_thread::sleep_for(3s);           // attempts hang meanwhile
  line_.mend();
  ASSERT_TRUE(desk_.memory.wait_for(TimelineEvent::Type::GapEnd));
  ASSERT_TRUE(recording_grows());
  const auto lines = whole();
  EXPECT_EQ(losses(lines).size(), 1u);
  EXPECT_GE(bodies(lines, "seg.open").size(), 2u);
}

TEST_F(OverABadLine, ASlowAndUnsteadyLineLosesNothing) {       // A-7.3b
  begin();
  ASSERT_TRUE(session_);
  ASSERT_TRUE(recording_grows());
  line_.delay(5, 150);
  line_.slow(200'000);
  ASSERT_TRUE(recording_grows());
  ASSERT_TRUE(recording_grows());
  line_.slow(0);
  line_.delay(0, 0);
  ASSERT_TRUE(recording_grows());
  const auto lines = whole();
  EXPECT_THAT(losses(lines), testing::IsEmpty());
}

TEST_F(OverABadLine, APhoneThatAnotherDeskTookIsNotDriven) {
  begin();
  ASSERT_TRUE(session_);
  ASSERT_TRUE(recording_grows());
  line_.cut();
  ASSERT_TRUE(desk_.memory.wait_for(TimelineEvent::Type::GapBegin));
  const auto others = ssh_transport(ssh_.address(), adb_.port());
  Result<std::unique_ptr<PhoneLease>> other = fail(ErrorKind::Bug, "not tried");
  for (int i = 0; i < 400 && !other; ++i) {
    other = PhoneLease::take(others, serial_, "李四");
    if (!other) std::this_thread::sleep_for(50ms);
  }
  ASSERT_TRUE(other) << other.error().what;
  line_.mend();
  const auto told = [&] {
    for (const auto& trouble : desk_.memory.troubles())
      if (trouble.kind == ErrorKind::Exists) return true;
    return false;
  };
  for (int i = 0; i < 600 && !told(); ++i) std::this_thread::sleep_for(50ms);
  EXPECT_TRUE(told());
  EXPECT_TRUE(session_->status().in_gap) << "another desk's phone is neither driven nor recorded";
  other->reset();
  ASSERT_TRUE(desk_.memory.wait_for(TimelineEvent::Type::GapEnd));
  const auto lines = whole();
  EXPECT_THAT(bodies(lines, "note"), testing::Contains(testing::HasSubstr("李四")));
}

}  // namespace
}  // namespace guzheng::test
