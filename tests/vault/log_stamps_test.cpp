// The operation log's daily time stamp: what it proves, what waits, what is found (A-7.2a, A-8.6, B-5.4.4a).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "core/base/digest.h"
#include "core/vault/doctor.h"
#include "core/vault/log_stamps.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kDay = 24 * 3600 * 1000LL;

// A bureau's authority whose network can be away.
class Reachable final : public TimestampAuthority {
 public:
  explicit Reachable(std::shared_ptr<TimestampAuthority> of) : of_(std::move(of)) {}
  [[nodiscard]] std::string name() const override { return of_->name(); }
  Result<Bytes> stamp(ByteView imprint) override {
    if (away) return fail(ErrorKind::Network, "no network");
    return of_->stamp(imprint);
  }
  bool away = false;

 private:
  const std::shared_ptr<TimestampAuthority> of_;
};

// One clock that only goes on, and one bureau, for the whole program: making a bureau takes two seconds.
ManualClock& shared_clock() {
  static ManualClock clock;
  return clock;
}
const Bureau& shared_bureau() {
  static const fs::path folder = fs::temp_directory_path() / ("gz-log-bureau-" + std::to_string(::getpid()));
  static const Bureau* made = new Bureau(open_practice_bureau(folder, shared_clock()).value());
  static const int clean = std::atexit([] { fs::remove_all(folder); });
  (void)clean;
  return *made;
}

class LogStampsTest : public testing::Test {
 protected:
  LogStampsTest() {
    std::string pattern = (fs::temp_directory_path() / "gz-log-stamps-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    log_ = root_ / "operations.log";
    bureau_ = shared_bureau();
    authority_ = std::make_shared<Reachable>(bureau_.authorities.at(0));
    bureau_.authorities = {authority_};
  }
  ~LogStampsTest() override { fs::remove_all(root_); }

  void act(const std::string& what) { ASSERT_TRUE(OperationLog::open(log_, clock_).value()->append("op.open", Json{{"what", what}})); }
  LogStampsFetched stamp() {
    StampDesk desk(bureau_, clock_);
    auto done = stamp_log(log_, desk, clock_, "station");
    EXPECT_TRUE(done) << done.error().what;
    return std::move(*done);
  }
  LogStampsCheck check() const { return check_log_stamps(log_, bureau_.tsa_root_pem, clock_).value(); }
  fs::path stamps(const std::string& name) const { return log_stamps_folder(log_) / name; }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(log_stamps_folder(log_))) out.push_back(entry.path().filename().string());
    std::sort(out.begin(), out.end());
    return out;
  }
  void next_day(int days = 1) { clock_.advance_ms(days * kDay); }
  std::string today() const { return format_day(clock_.wall(), clock_.zone_minutes()); }
  void put(const fs::path& file, ByteView bytes) const {
    fs::remove(file);
    ASSERT_TRUE(write_atomically(file, bytes));
  }

  fs::path root_, log_;
  ManualClock& clock_ = shared_clock();
  Bureau bureau_;
  std::shared_ptr<Reachable> authority_;
};

TEST_F(LogStampsTest, OneADayByWhoeverIsFirst) {
  EXPECT_FALSE(log_stamp_due(log_, clock_)) << "a station that has done nothing";
  act("one");
  EXPECT_TRUE(log_stamp_due(log_, clock_));
  EXPECT_THAT(stamp().came, SizeIs(1));
  EXPECT_FALSE(log_stamp_due(log_, clock_));
  act("two");
  EXPECT_THAT(stamp().came, IsEmpty());
  const std::string first = today() + "-00000000.head";
  EXPECT_THAT(names(), ElementsAre(first, first + ".tsr"));
  struct stat st {};
  ASSERT_EQ(::stat(stamps(first + ".tsr").c_str(), &st), 0);
  EXPECT_EQ(st.st_mode & 0777, 0400u);
  const auto lines = read_operation_log(log_)->lines;
  EXPECT_EQ(read_text(stamps(first)).value(), lines.at(0).digest + "\n");
  EXPECT_EQ(lines.at(1).kind, "op.log-stamp") << "the log names the token";
  next_day();
  EXPECT_TRUE(log_stamp_due(log_, clock_));
  EXPECT_THAT(stamp().came, SizeIs(1));
  EXPECT_THAT(names(), Contains(today() + "-00000002.head.tsr"));
  const auto found = check();
  EXPECT_THAT(found.broken, IsEmpty());
  EXPECT_THAT(found.stamps, SizeIs(2));
  EXPECT_THAT(found.bare_days, IsEmpty());
}

TEST_F(LogStampsTest, OfflineTheyWaitAndTheLagIsTold) {
  authority_->away = true;
  act("one");
  const auto waiting = stamp();
  ASSERT_THAT(waiting.pending, SizeIs(1));
  EXPECT_THAT(waiting.problem.what, HasSubstr("no network"));
  const std::string first = waiting.pending.at(0).name;
  EXPECT_THAT(names(), ElementsAre(first)) << "the head is noted without a network";
  next_day();
  act("two");
  EXPECT_THAT(stamp().pending, SizeIs(2));
  EXPECT_EQ(check().stamps.at(0).lag_ms(clock_.wall()), kDay);
  authority_->away = false;
  const auto came = stamp().came;
  ASSERT_THAT(came, SizeIs(2));
  EXPECT_EQ(came.at(0).name, first) << "oldest first";
  EXPECT_GE(came.at(0).lag_ms(clock_.wall()), kDay - 1000);
  EXPECT_THAT(check().broken, IsEmpty());
}

TEST_F(LogStampsTest, DaysWithoutAreTold) {
  act("before there were stamps");
  const std::string covered = today();
  next_day();
  act("one");
  EXPECT_THAT(stamp().came, SizeIs(1));
  next_day(2);
  act("nobody stamps this");
  const std::string bare = today();
  next_day();
  const auto found = check();
  ASSERT_THAT(found.late_days, SizeIs(1));
  EXPECT_EQ(found.late_days.at(0).first, covered);
  EXPECT_GE(found.late_days.at(0).second, kDay - 1000);
  EXPECT_THAT(found.bare_days, ElementsAre(bare));
}

TEST_F(LogStampsTest, CuttingOffAndWritingAnewAreFound) {
  act("one");
  const auto short_log = read_text(log_).value();
  act("two");
  ASSERT_THAT(stamp().came, SizeIs(1));
  put(log_, as_bytes(short_log));
  EXPECT_THAT(check().broken, Contains(HasSubstr("line 00000001, stamped at ")));
  EXPECT_THAT(check().broken, Contains(HasSubstr("no longer in the log")));
  act("another two");                        // the chain itself is whole
  EXPECT_FALSE(read_operation_log(log_)->broken_at);
  EXPECT_THAT(check().broken, Contains(HasSubstr("another than the one that was stamped")));
}

// A day's head is noted by its first program: the day's work lies behind it, and counts as covered only when a later token reaches it.
TEST_F(LogStampsTest, WhatLiesBehindTheLastTokenIsTold) {
  act("first of the day");
  ASSERT_THAT(stamp().came, SizeIs(1));
  const std::string friday = today();
  act("the day's work");
  const auto since = clock_.wall();
  act("and its end");
  EXPECT_EQ(check().unstamped, 2u);
  EXPECT_THAT(check().bare_days, IsEmpty()) << "the day is not over";
  next_day(3);
  const auto found = check();
  EXPECT_THAT(found.bare_days, ElementsAre(friday)) << "it has a head of its own, and two lines that nobody vouches for";
  EXPECT_EQ(found.unstamped, 2u);
  ASSERT_TRUE(found.unstamped_since);
  EXPECT_LE(found.unstamped_since->ms, since.ms);
  authority_->away = true;
  ASSERT_THAT(stamp().pending, SizeIs(1));
  EXPECT_THAT(check().bare_days, IsEmpty()) << "a head that waits is told as such";
  EXPECT_EQ(check().unstamped, 2u);
  authority_->away = false;
  ASSERT_THAT(stamp().came, SizeIs(1));
  EXPECT_EQ(check().unstamped, 0u);
  EXPECT_THAT(check().late_days, IsEmpty());
  const auto lines = read_text(log_).value();
  put(log_, as_bytes(lines.substr(0, lines.rfind('\n', lines.find("the day's work")) + 1)));
  EXPECT_THAT(check().broken, Contains(HasSubstr("no longer in the log"))) << "now the cut is found";
}

TEST_F(LogStampsTest, TokensThatAreTakenAwayOrExchangedAreFound) {
  act("one");
  ASSERT_THAT(stamp().came, SizeIs(1));
  const std::string head = names().at(0), token = head + ".tsr";
  const auto good_head = read_file(stamps(head)).value(), good = read_file(stamps(token)).value();
  fs::remove(stamps(token));
  EXPECT_THAT(check().broken, Contains(HasSubstr("was taken away")));
  fs::remove(stamps(head));
  EXPECT_THAT(check().broken, Contains(HasSubstr("was taken away")));
  put(stamps(token), good);
  EXPECT_THAT(check().broken, Contains(HasSubstr("the head that it stamps was taken away")));
  put(stamps(head), good_head);
  EXPECT_THAT(check().broken, IsEmpty());
  auto bent = good;
  bent.at(bent.size() - 5) ^= 1;
  put(stamps(token), bent);
  EXPECT_THAT(check().broken, Contains(HasSubstr("does not hold")));
  const Bureau other = open_practice_bureau(root_ / "other", clock_).value();      // somebody's own authority
  put(stamps(token), other.authorities.at(0)->stamp(sha256(good_head)).value());
  EXPECT_THAT(check().broken, Contains(HasSubstr("does not hold")));
  put(stamps(token), bureau_.authorities.at(0)->stamp(sha256(good_head)).value());
  EXPECT_THAT(check().broken, ElementsAre(HasSubstr("another than the one that line")));
}

TEST_F(LogStampsTest, AHeadThatIsNoneAndStrangeFilesAreFound) {
  act("one");
  ASSERT_THAT(stamp().came, SizeIs(1));
  put(stamps("20260101-00000000.head"), as_bytes("rubbish\n"));
  put(stamps("note.txt"), as_bytes("x"));
  EXPECT_THAT(check().broken, ElementsAre(HasSubstr("is no head"), HasSubstr("nothing of this name")));
}

TEST_F(LogStampsTest, TwoProgramsMakeOneStamp) {
  act("one");
  std::vector<std::thread> programs;
  for (int i = 0; i < 4; ++i) programs.emplace_back([this] { (void)stamp(); });
  for (auto& program : programs) program.join();
  EXPECT_THAT(names(), SizeIs(2));
  std::size_t said = 0;
  for (const auto& line : read_operation_log(log_)->lines) said += line.kind == "op.log-stamp" ? 1 : 0;
  EXPECT_EQ(said, 1u);
  EXPECT_THAT(check().broken, IsEmpty());
}

TEST_F(LogStampsTest, TheDoctorTells) {
  const auto vault = std::move(Vault::open(root_ / "vault", clock_).value());
  const auto told = [&] {
    std::vector<std::pair<Health, std::string>> out;
    for (const auto& one : examine(*vault, bureau_, clock_, {log_, false, 90}))
      if (one.id == "log.stamp") out.emplace_back(one.health, one.detail);
    return out;
  };
  EXPECT_THAT(told(), IsEmpty()) << "there is no log yet";
  act("one");
  ASSERT_THAT(stamp().came, SizeIs(1));
  EXPECT_THAT(told(), ElementsAre(testing::Pair(Health::Good, HasSubstr("1 stamps, the last at "))));
  act("behind the stamp");
  EXPECT_THAT(told(), ElementsAre(testing::Pair(Health::Good, HasSubstr("; 1 lines behind it, since "))));
  authority_->away = true;
  next_day();
  EXPECT_THAT(told(), Contains(testing::Pair(Health::Attention, HasSubstr("behind the last time stamp"))));
  ASSERT_THAT(stamp().pending, SizeIs(1));
  clock_.advance_ms(3 * 3'600'000);
  EXPECT_THAT(told(), Contains(testing::Pair(Health::Attention, HasSubstr("waiting for 27 h"))));
  put(log_, as_bytes(""));
  EXPECT_THAT(told(), Contains(testing::Pair(Health::Bad, HasSubstr("no longer in the log"))));
  fs::remove(log_);
  EXPECT_THAT(told(), Contains(testing::Pair(Health::Bad, HasSubstr("no longer in the log")))) << "a log that is gone as a whole";
}

}  // namespace
}  // namespace guzheng
