// A capture over a bad line between the desk and the node: real sshd, real adb server, training phones, and a relay that cuts, stalls,
// slows, delays and bunches. A-7.3b: what the line does is in the journal, the recording goes on, nothing is invented.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <thread>

#include "core/session/group_session.h"
#include "core/session/practice_run.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"
#include "tests/support/bad_line.h"
#include "tests/support/sent_film.h"
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
  // Of a phone at the node, which is held.
  SessionSetup setup_of_phone(const std::string& serial) {
    auto phone = find_phone({"", 0, serial, node_});
    EXPECT_TRUE(phone) << phone.error().what;
    auto setup = desk_.setup(phone ? phone->link : nullptr);
    setup.screen.server_file = PRACTICE_SERVER;
    setup.screen.accepted_server_digests = {std::string(kPracticeServerSha256)};
    setup.limits = {};
    auto lease = PhoneLease::take(node_, serial, "张三");
    EXPECT_TRUE(lease) << lease.error().what;
    if (lease) setup.lease = std::move(*lease);
    return setup;
  }
  void begin() {
    auto session = CaptureSession::start(setup_of_phone(serial_));
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
    bag_ = sealed->folder;
    return journal_of(sealed->folder);
  }
  // Every picture that the phone sent is in the film, and no gap says otherwise. That none came for two seconds (no-picture-change) is no loss: on a busy
  // machine it is true of the phone, whose encoder had no turn; the pictures themselves say that none is missing.
  void expect_nothing_lost(const std::filesystem::path& packets, const std::filesystem::path& bag, std::size_t least) {
    auto gaps = bodies(journal_of(bag), "gap.begin");
    std::erase_if(gaps, [](const std::string& body) { return body.find("\"no-picture-change") != std::string::npos; });
    EXPECT_THAT(gaps, testing::IsEmpty());
    const auto film = check_film(packets, bag);
    EXPECT_EQ(film.fault, "");
    EXPECT_GE(film.filmed, least);
  }
  static std::vector<std::string> losses(const std::vector<JournalLine>& lines) {
    auto out = bodies(lines, "gap.begin");
    std::erase_if(out, [](const std::string& body) { return body.find("link-lost") == std::string::npos; });
    return out;
  }

  Temporary root_;
  AdbFixture adb_;
  std::filesystem::path packets_ = root_.path() / "packets.log";
  std::string serial_ = adb_.add_phone(GUZHENG_PHONE, {"--scene", "counter", "--packet-log", packets_});
  SshFixture ssh_{adb_.port()};
  BadLine line_{ssh_.port()};
  Desk desk_{root_.path()};
  std::shared_ptr<SshTransport> node_;
  std::unique_ptr<CaptureSession> session_;
  std::filesystem::path bag_;              // of whole()
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
  whole();
  expect_nothing_lost(packets_, bag_, 90);
}

// Held back and let go in bunches, unevenly: pictures come late and many at once, in the order that TCP keeps.
TEST_F(OverABadLine, ALineThatBunchesLosesNothing) {           // A-7.3b
  begin();
  ASSERT_TRUE(session_);
  ASSERT_TRUE(recording_grows());
  line_.bunch(600);
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(recording_grows());
  line_.bunch(0);
  ASSERT_TRUE(recording_grows());
  whole();
  expect_nothing_lost(packets_, bag_, 150);
}

// A window that does not come to show pictures: the decoder stands still, leaves pictures out, says so, and the recording has them all.
TEST_F(OverABadLine, ASlowDeskDropsOnScreenNeverInTheRecording) {            // A-7.3b A-8.3g
  begin();
  ASSERT_TRUE(session_);
  std::promise<void> shown;
  const auto may_show = shown.get_future().share();
  session_->frames().on_ready([may_show] { may_show.wait(); });
  (void)session_->frames().take();         // the next picture finds the slot empty, and its decoder waits for this window
  const auto before = session_->status().packets;
  for (int i = 0; i < 1200 && session_->status().packets < before + 200; ++i) std::this_thread::sleep_for(50ms);
  EXPECT_GE(session_->status().packets, before + 200) << "the recording goes on";
  const auto stood = session_->frames().peek()->pts_us;
  session_->frames().on_ready({});
  shown.set_value();
  const auto left_out = [&] {
    const auto troubles = desk_.memory.troubles();
    return std::any_of(troubles.begin(), troubles.end(), [](const Error& error) { return error.kind == ErrorKind::Timeout && error.what.find("pictures were left out") != std::string::npos; });
  };
  for (int i = 0; i < 600 && !left_out(); ++i) std::this_thread::sleep_for(50ms);
  EXPECT_TRUE(left_out()) << "what is left out on the screen is told";
  for (int i = 0; i < 600 && session_->frames().peek()->pts_us == stood; ++i) std::this_thread::sleep_for(50ms);
  EXPECT_GT(session_->frames().peek()->pts_us, stood) << "and the picture comes back";
  whole();
  expect_nothing_lost(packets_, bag_, 200);
}

// 并行取证 through a node: phones of one guarded room, one sshd and one line for all.
TEST_F(OverABadLine, ThreePhonesBehindOneNodeAreCapturedAtOnce) {            // A-7.3e A-8.3f
  std::vector<std::filesystem::path> logs{packets_};
  std::vector<SessionSetup> setups;
  setups.push_back(setup_of_phone(serial_));
  for (const char* name : {"second.log", "third.log"}) {
    logs.push_back(root_.path() / name);
    setups.push_back(setup_of_phone(adb_.add_phone(GUZHENG_PHONE, {"--scene", "counter", "--packet-log", logs.back()})));
  }
  line_.bunch(120);
  auto begun = GroupSession::start(std::move(setups), {});
  ASSERT_TRUE(begun) << begun.error().what;
  auto& group = **begun;
  for (int number = 1; number <= 3; ++number) {
    ASSERT_NE(group.session(number), nullptr) << group.stopped(number);
    for (int i = 0; i < 1200 && group.session(number)->status().packets < 60; ++i) std::this_thread::sleep_for(50ms);
  }
  group.capture(page(ItemKind::Violation, "计数"));
  const auto out = group.end(kNoApp);
  ASSERT_TRUE(out.recorded) << out.record_error;
  for (const auto& member : out.members) {
    EXPECT_EQ(member.stopped, "");
    ASSERT_TRUE(member.package) << member.unsealed;
    const auto verification = verify(member.package->folder, desk_);
    EXPECT_THAT(verification.damage, testing::IsEmpty()) << damage_of(verification);
    EXPECT_EQ(verification.group.rows.size(), 3u);
    EXPECT_EQ(bodies(journal_of(member.package->folder), "shot").size(), 1u);
    expect_nothing_lost(logs[static_cast<std::size_t>(member.number - 1)], member.package->folder, 60);
  }
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
