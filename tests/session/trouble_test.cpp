// What a session does when the phone goes, the disk fills, no authority answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/session/disk_guard.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

TEST(Trouble, APhoneThatDiesLeavesASealedPackage) {  // A-7.2a A-7.3b
  Temporary root;
  Desk desk(root.path());
  auto link = std::make_shared<FakeLink>(training_phone());
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->capture(page(ItemKind::Licence, "证照"));
  session->wait_captures();
  link->cut();
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapBegin));
  session->capture(page(ItemKind::ShopHome, "店铺"));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::CaptureFailed));
  session->input(StartApp{"nobody.there"});
  const auto sealed = session->end("手机连接中断").value();
  const auto lines = journal_of(sealed.folder);
  EXPECT_THAT(bodies(lines, "gap.begin"), Contains(HasSubstr("link-lost")));
  EXPECT_EQ(bodies(lines, "gap.begin").size(), bodies(lines, "gap.end").size());
  EXPECT_TRUE(bodies(lines, "input").empty()) << "what cannot be carried out is not journalled as done";
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

// A phone that answers nothing any more from the moment its code is to be shown; remembers how long each call would have waited.
struct HangingLink final : DeviceLink {
  explicit HangingLink(std::string from) : hangs_from(std::move(from)), phone(std::make_shared<FakeLink>(training_phone())) {}
  std::string serial() const override { return phone->serial(); }
  std::string way() const override { return "fake"; }
  Result<ShellOutput> shell(const std::string& c, std::chrono::milliseconds l) override {
    if (c.starts_with(hangs_from)) hangs = true;
    if (!hangs) return c.starts_with("cmd ") ? Result<ShellOutput>(ShellOutput{}) : phone->shell(c, l);
    waited_ms += l.count();
    return fail(ErrorKind::Timeout, "no answer in time");
  }
  Result<Bytes> screenshot(std::chrono::milliseconds l, const Cancel& c) override { return phone->screenshot(l, c); }
  Result<std::string> hierarchy(std::chrono::milliseconds l, const Cancel& c) override { return phone->hierarchy(l, c); }
  Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& o) override { return phone->start_screen(o); }
  const std::string hangs_from;
  std::shared_ptr<FakeLink> phone;
  std::atomic<bool> hangs{false};
  std::atomic<std::int64_t> waited_ms{0};
};

class HangingPhone : public testing::TestWithParam<const char*> {};
TEST_P(HangingPhone, HoldsUpNoEnd) {                  // A-7.2a
  Temporary root;
  Desk desk(root.path());
  const auto link = std::make_shared<HangingLink>(GetParam());
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  const auto sealed = session->end("手机没有响应").value();
  EXPECT_TRUE(link->hangs);
  EXPECT_LE(link->waited_ms, 6'000) << "what the phone's silence costs in all";
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}
INSTANTIATE_TEST_SUITE_P(From, HangingPhone, testing::Values("cmd notification", "cmd statusbar expand", "cmd statusbar collapse"));

// Gives a stream that breaks once and another when it is asked again.
struct FlakyLink final : DeviceLink {
  std::string serial() const override { return phones[0]->serial(); }
  std::string way() const override { return "fake"; }
  Result<ShellOutput> shell(const std::string& c, std::chrono::milliseconds l) override { return phones[1]->shell(c, l); }
  Result<Bytes> screenshot(std::chrono::milliseconds l, const Cancel& c) override { return phones[1]->screenshot(l, c); }
  Result<std::string> hierarchy(std::chrono::milliseconds l, const Cancel& c) override { return phones[1]->hierarchy(l, c); }
  Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& o) override {
    const int n = streams++;
    if (n == 1) return fail(ErrorKind::Network, "not yet");
    return phones[n == 0 ? 0 : 1]->start_screen(o);
  }
  std::shared_ptr<FakeLink> phones[2];
  std::atomic<int> streams{0};
};

TEST(Trouble, AStreamThatBreaksComesBack) {          // A-7.3b
  Temporary root;
  Desk desk(root.path());
  auto first = training_phone(), second = training_phone();
  first.die_after_packets = 20;
  second.pts = [](std::uint64_t n) { return 9'000'000'000 + static_cast<std::int64_t>(n) * 33'333; };
  auto link = std::make_shared<FlakyLink>();
  link->phones[0] = std::make_shared<FakeLink>(first);
  link->phones[1] = std::make_shared<FakeLink>(second);
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapEnd));
  capture_all(*session);
  const auto sealed = session->end().value();
  EXPECT_THAT(sealed.incomplete, testing::IsEmpty()) << "a gap is printed, it does not make a package incomplete";
  const auto lines = journal_of(sealed.folder);
  EXPECT_EQ(bodies(lines, "gap.begin").size(), 1u);
  EXPECT_GE(bodies(lines, "seg.open").size(), 2u);
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

struct PaperLease final : PhoneLease {
  [[nodiscard]] bool held() const override { return !taken; }
  Status regain() override { return taken ? Status(fail(ErrorKind::Exists, "the phone is used by 李四")) : ok(); }
  void on_taken(std::function<void(const Error&)> t) override {
    const std::lock_guard lock(mutex);
    tell = std::move(t);
  }
  void take() {
    taken = true;
    const std::lock_guard lock(mutex);
    if (tell) tell({ErrorKind::Exists, "the phone is used by 李四"});
  }
  std::atomic<bool> taken{false};
  std::mutex mutex;
  std::function<void(const Error&)> tell;
};

// another desk gets the phone although the line stands (this desk's lease was lost without a word): it is neither driven nor recorded
// while that lasts, and the journal names who had it.
TEST(Trouble, APhoneThatAnotherDeskTakesIsLeftAlone) {
  Temporary root;
  Desk desk(root.path());
  auto link = std::make_shared<FakeLink>(training_phone());
  auto lease = std::make_shared<PaperLease>();
  auto setup = desk.setup(link);
  setup.lease = lease;
  auto session = std::move(CaptureSession::start(std::move(setup)).value());
  session->wait_captures();
  lease->take();
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapBegin));
  EXPECT_TRUE(session->status().in_gap);
  const auto sent = link->sent().size();
  session->input(touch(TouchAction::Down, 5, 5));
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));       // some tries to connect again
  EXPECT_EQ(link->sent().size(), sent) << "nothing goes to another desk's phone";
  EXPECT_TRUE(session->status().in_gap);
  lease->taken = false;
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapEnd));
  capture_all(*session);
  const auto sealed = session->end().value();
  const auto lines = journal_of(sealed.folder);
  EXPECT_THAT(bodies(lines, "gap.begin"), testing::Contains(testing::HasSubstr("李四")));
  EXPECT_THAT(bodies(lines, "note"), testing::Contains(testing::HasSubstr("李四")));
  EXPECT_THAT(verify(sealed.folder, desk).damage, testing::IsEmpty());
}

// A disk that takes `left` bytes of recording.
struct FullDisk final : ByteSink {
  FullDisk(std::unique_ptr<ByteSink> s, std::shared_ptr<std::atomic<std::int64_t>> l) : inner(std::move(s)), left(std::move(l)) {}
  Status write(ByteView bytes) override {
    const auto room = static_cast<std::size_t>(std::max<std::int64_t>(0, *left));
    *left -= static_cast<std::int64_t>(bytes.size());
    if (bytes.size() <= room) return inner->write(bytes);
    GZ_TRY(inner->write(bytes.first(room)));             // a disk fills in the middle of a write
    return fail(ErrorKind::NoSpace, "No space left on device");
  }
  Status sync() override { return inner->sync(); }
  Status close() override { return inner->close(); }
  std::unique_ptr<ByteSink> inner;
  std::shared_ptr<std::atomic<std::int64_t>> left;
};

class FullDiskTest : public testing::TestWithParam<int> {};

TEST_P(FullDiskTest, WhatStandsCanBeSealed) {        // A-7.2a A-7.2c
  Temporary root;
  Desk desk(root.path());
  auto setup = desk.setup(std::make_shared<FakeLink>(training_phone()));
  const auto left = std::make_shared<std::atomic<std::int64_t>>(GetParam());
  setup.recording_files = [left, make = append_files()](const fs::path& path) -> Result<std::unique_ptr<ByteSink>> {
    GZ_TRY_ASSIGN(auto sink, make(path));
    return std::unique_ptr<ByteSink>(std::make_unique<FullDisk>(std::move(sink), left));
  };
  auto session = std::move(CaptureSession::start(std::move(setup)).value());
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Trouble));
  EXPECT_EQ(session->status().phase, SessionPhase::Recording) << "captures still work";
  session->capture(page(ItemKind::Licence, "证照"));
  session->wait_captures();
  EXPECT_EQ(session->status().items.size(), 1u);
  ASSERT_FALSE(session->end()) << "never whole after this";
  const auto sealed = session->end("磁盘已满").value();
  EXPECT_THAT(sealed.incomplete, Contains(HasSubstr("录像中断")));
  const auto lines = journal_of(sealed.folder);
  EXPECT_THAT(bodies(lines, "gap.begin"), Contains(HasSubstr("record-failed")));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_GT(verification.packets, 0u);
}
INSTANTIATE_TEST_SUITE_P(Bytes, FullDiskTest, testing::Values(20'000, 40'001, 77'777));

// A-7.4a: the disk is never filled to its end; what was recorded can be sealed.
TEST(DiskGuard, WarnsOnceAndStopsBeforeTheDiskIsFull) {
  Temporary root;
  std::uint64_t free = 10u << 30;
  int warned = 0;
  const auto files = guarded_files(append_files(), {0, 1u << 30, 128u << 20}, [&](std::uint64_t) { ++warned; },
                                   [&](const fs::path&) -> Result<std::uint64_t> { return free; });
  auto sink = std::move(files(root.path() / "a").value());
  const Bytes some(1u << 20);
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(sink->write(some));
  EXPECT_EQ(warned, 0);
  free = 500u << 20;
  for (int i = 0; i < 6; ++i) EXPECT_TRUE(sink->write(some));
  EXPECT_EQ(warned, 1);
  free = 100u << 20;
  Status last;
  for (int i = 0; i < 2 && last; ++i) last = sink->write(some);
  ASSERT_FALSE(last);
  EXPECT_EQ(last.error().kind, ErrorKind::NoSpace);
  EXPECT_TRUE(sink->close()) << "what stands is kept";
  EXPECT_GE(fs::file_size(root.path() / "a"), 10u << 20);
  EXPECT_EQ(files(root.path() / "b").error().kind, ErrorKind::NoSpace);
  EXPECT_FALSE(fs::exists(root.path() / "b"));
}

TEST(DiskGuard, ARunningSessionSaysThatTheDiskIsFilling) {
  Temporary root;
  Desk desk(root.path());
  auto setup = desk.setup(std::make_shared<FakeLink>(training_phone()));
  setup.vault->set_limits({0, ~0ull, 0});
  auto session = std::move(CaptureSession::start(std::move(setup)).value());
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Trouble));
  EXPECT_FALSE(session->status().recording_failed);
  EXPECT_TRUE(session->end("试"));
}

TEST(DiskGuard, NoSessionBeginsBelowTheLimit) {
  Temporary root;
  Desk desk(root.path());
  auto setup = desk.setup(std::make_shared<FakeLink>(training_phone()));
  setup.vault->set_limits({~0ull, 0, 0});
  const auto refused = CaptureSession::start(std::move(setup));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::NoSpace);
}

struct NoAuthority final : TimestampAuthority {
  explicit NoAuthority(std::shared_ptr<TimestampAuthority> a, int g) : inner(std::move(a)), good(g) {}
  std::string name() const override { return inner->name(); }
  Result<Bytes> stamp(ByteView imprint) override {
    if (good-- > 0) return inner->stamp(imprint);
    if (back) return inner->stamp(imprint);
    return fail(ErrorKind::Network, "the authority does not answer");
  }
  std::shared_ptr<TimestampAuthority> inner;
  std::atomic<int> good;
  std::atomic<bool> back{false};
};

TEST(Trouble, WithoutAnAuthorityAtTheBeginning) {    // A-7.4b
  Temporary root;
  Desk desk(root.path());
  desk.bureau.authorities = {std::make_shared<NoAuthority>(desk.bureau.authorities.at(0), 0)};
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  capture_all(*session);
  ASSERT_FALSE(session->end());
  const auto sealed = session->end("时间戳机构无法连接").value();
  const auto lines = journal_of(sealed.folder);
  EXPECT_EQ(lines[0].kind, "tsa.none");
  EXPECT_TRUE(bodies(lines, "challenge").empty()) << "no beacon, no code";
  EXPECT_THAT(bodies(lines, "tsa.anchor"), Contains(HasSubstr("pending")));
  EXPECT_FALSE(sealed.seal.stamped);
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_THAT(verification.incomplete, Contains("待时间戳"));
}

TEST(Trouble, AnAuthorityThatIsAwayForAWhile) {      // A-7.4b: pending heads are served before newer ones
  Temporary root;
  Desk desk(root.path());
  const auto authority = std::make_shared<NoAuthority>(desk.bureau.authorities.at(0), 1);
  desk.bureau.authorities = {authority};
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  session->capture(page(ItemKind::Licence, "证照"));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::AnchorLate));
  EXPECT_TRUE(session->status().anchors_late);
  authority->back = true;
  session->capture(page(ItemKind::ShopHome, "店铺"));
  session->capture(page(ItemKind::PlatformHome, "平台"));
  session->capture(page(ItemKind::Violation, "商品"));
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::Anchor));
  EXPECT_FALSE(session->status().anchors_late);
  const auto sealed = session->end().value();
  EXPECT_TRUE(fs::exists(sealed.folder.parent_path() / (sealed.id + ".after")));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  EXPECT_THAT(verification.incomplete, testing::IsEmpty()) << damage_of(verification);
}

TEST(Trouble, AStillPageIsAGapWithoutLoss) {         // FORMAT.md 8: a jump of more than 2 s has a gap
  Temporary root;
  Desk desk(root.path());
  auto p = training_phone();
  p.pts = [](std::uint64_t n) { return 5'000'000'000 + static_cast<std::int64_t>(n) * 33'333 + (n >= 25 ? 7'000'000 : 0); };
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(p))).value());
  ASSERT_TRUE(desk.memory.wait_for(TimelineEvent::Type::GapEnd));
  const auto sealed = session->end("试验").value();
  EXPECT_THAT(bodies(journal_of(sealed.folder), "gap.end"), Contains(HasSubstr("\"packets\":0")));
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
}

// A phone whose control socket takes nothing: send() returns only when the stream is stopped.
struct WedgedLink final : DeviceLink {
  struct Stream final : ScreenStream {
    explicit Stream(std::unique_ptr<ScreenStream> s) : inner(std::move(s)) {}
    std::string device_name() const override { return inner->device_name(); }
    std::uint32_t codec_id() const override { return inner->codec_id(); }
    Result<VideoEvent> next_video() override { return inner->next_video(); }
    Status send(const ControlMessage&) override {
      std::unique_lock lock(mutex);
      changed.wait(lock, [this] { return stopped; });
      return fail(ErrorKind::Cancelled, "screen stopped");
    }
    Result<DeviceMessage> next_message() override { return inner->next_message(); }
    void stop() override {
      {
        const std::lock_guard lock(mutex);
        stopped = true;
        changed.notify_all();
      }
      inner->stop();
    }
    std::unique_ptr<ScreenStream> inner;
    std::mutex mutex;
    std::condition_variable changed;
    bool stopped = false;
  };
  std::string serial() const override { return inner->serial(); }
  std::string way() const override { return inner->way(); }
  Result<ShellOutput> shell(const std::string& c, std::chrono::milliseconds l) override { return inner->shell(c, l); }
  Result<Bytes> screenshot(std::chrono::milliseconds l, const Cancel& c) override { return inner->screenshot(l, c); }
  Result<std::string> hierarchy(std::chrono::milliseconds l, const Cancel& c) override { return inner->hierarchy(l, c); }
  Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& o) override {
    GZ_TRY_ASSIGN(auto stream, inner->start_screen(o));
    return std::unique_ptr<ScreenStream>(std::make_unique<Stream>(std::move(stream)));
  }
  std::shared_ptr<FakeLink> inner = std::make_shared<FakeLink>(training_phone());
};

TEST(Trouble, AWedgedPhoneDoesNotHoldUpTheEnd) {     // A-7.2c
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<WedgedLink>())).value());
  session->input(touch(TouchAction::Down, 1, 1));
  session->input(touch(TouchAction::Up, 1, 1));
  const auto sealed = session->end("手机不再响应").value();
  const auto verification = verify(sealed.folder, desk);
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage_of(verification);
  // a line said that it was tapped: the journal says too that the tap went nowhere
  EXPECT_THAT(bodies(journal_of(sealed.folder), "note"), Contains(HasSubstr("没有（全部）送到手机")));
}

// A phone that lets the computer in once: after a loss it asks on its screen whether it may (or has no room for the server).
struct OnceLink final : DeviceLink {
  std::string serial() const override { return inner->serial(); }
  std::string way() const override { return inner->way(); }
  Result<ShellOutput> shell(const std::string& c, std::chrono::milliseconds l) override { return inner->shell(c, l); }
  Result<Bytes> screenshot(std::chrono::milliseconds l, const Cancel& c) override { return inner->screenshot(l, c); }
  Result<std::string> hierarchy(std::chrono::milliseconds l, const Cancel& c) override { return inner->hierarchy(l, c); }
  Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& o) override {
    if (started.exchange(true)) return fail(ErrorKind::Denied, "device unauthorized");
    return inner->start_screen(o);
  }
  std::atomic<bool> started{false};
  std::shared_ptr<FakeLink> inner = std::make_shared<FakeLink>(training_phone());
};

// A-7.3d: what keeps the line from coming back is told, once: who has to allow it on the phone must learn of it
TEST(Trouble, WhyAPhoneDoesNotComeBackIsTold) {
  Temporary root;
  Desk desk(root.path());
  const auto link = std::make_shared<OnceLink>();
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  link->inner->cut();
  const auto told = [&] {
    const auto troubles = desk.memory.troubles();
    return std::count_if(troubles.begin(), troubles.end(), [](const Error& one) { return one.what.find("unauthorized") != std::string::npos; });
  };
  for (int i = 0; i < 1500 && told() == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  EXPECT_EQ(told(), 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(1'500));         // two further attempts at least
  EXPECT_EQ(told(), 1) << "not again and again";
  (void)session->end("手机未回来");
}

std::size_t bags_of(const Desk& desk) {
  std::size_t bags = 0;
  std::error_code ec;
  for (const auto& one : fs::directory_iterator(desk.vault->folder() / "open", ec)) bags += one.is_directory();
  return bags;
}

TEST(Trouble, APhoneThatIsNotThereLeavesNoBag) {             // A-7.2c
  Temporary root;
  Desk desk(root.path());
  auto dead = std::make_shared<FakeLink>(training_phone());
  dead->cut();
  const auto failed = CaptureSession::start(desk.setup(dead));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::Network);
  EXPECT_EQ(bags_of(desk), 0u);
}

// A-7.2d: marks and practice rest on what the phone says it is: without an answer a training phone's session would be sealed as a real one
TEST(Trouble, APhoneThatDoesNotSayWhatItIsBeginsNothing) {
  Temporary root;
  Desk desk(root.path());
  for (const auto& answer : {ShellOutput{{}, to_bytes("busy\n"), 1}, ShellOutput{{}, {}, 0}}) {
    auto p = training_phone();
    p.shell["getprop"] = answer;
    const auto failed = CaptureSession::start(desk.setup(std::make_shared<FakeLink>(p)));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, ErrorKind::Network);
    EXPECT_NE(failed.error().what.find("getprop"), std::string::npos) << failed.error().what;
  }
  EXPECT_EQ(bags_of(desk), 0u);
}

// A-7.2c: the stream's failure comes when the session has begun: what was begun stays for recovery
TEST(Trouble, AStreamThatDoesNotStartLeavesWhatWasBegun) {
  Temporary root;
  Desk desk(root.path());
  auto p = training_phone();
  p.start_error = Error{ErrorKind::Network, "device offline"};
  EXPECT_FALSE(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(p))));
  EXPECT_EQ(bags_of(desk), 1u);
}

// A-7.3a: a root manager shows itself in the list of packages only; it is found before anything is begun
TEST(Trouble, ARootManagerIsFoundBeforeAnythingIsBegun) {
  Temporary root;
  Desk desk(root.path());
  auto p = training_phone();
  p.shell["pm list packages"] = ShellOutput{to_bytes("package:android\npackage:com.topjohnwu.magisk\n"), {}, 0};
  const auto failed = CaptureSession::start(desk.setup(std::make_shared<FakeLink>(p)));
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().what.find("phone.root"), std::string::npos) << failed.error().what;
  EXPECT_EQ(bags_of(desk), 0u);
}

TEST(Trouble, OneOfficerIsNotEnough) {               // A-7.2b
  Temporary root;
  Desk desk(root.path());
  auto setup = desk.setup(std::make_shared<FakeLink>(training_phone()));
  setup.officer1 = setup.officer2 = desk.bureau.officers[0];
  EXPECT_EQ(CaptureSession::start(std::move(setup)).error().kind, ErrorKind::Invalid);
}

}  // namespace
}  // namespace guzheng::test
