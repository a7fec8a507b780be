// Heads on their way to the central system (core/sync/head_sender.h): sent at once, sent late and said to be late, never waited for. A-7.3d, A-7.4a.
#include "core/sync/head_sender.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>

#include "core/base/file.h"
#include "tests/support/sample_bureau.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

// The central system, as far as heads go; "station-other" plays its signer.
struct System {
  std::atomic<bool> away{false};
  std::atomic<int> asked{0};
  std::mutex mutex;
  std::vector<HeadReport> told;                    // under mutex
  std::shared_ptr<Signer> signer;
  std::optional<ErrorKind> refuses;
};

class SystemLink final : public CentralLink {
 public:
  explicit SystemLink(System& system) : system_(system) {}
  Result<std::string> create(const std::string&, const std::string&, std::uint64_t) override { return none(); }
  Result<std::uint64_t> offset(const std::string&) override { return none(); }
  Result<std::uint64_t> send(const std::string&, std::uint64_t, ByteView) override { return none(); }
  Result<CentralOutcome> outcome(const std::string&, const std::string&) override { return none(); }
  Result<std::string> tell_head(const std::string& package, const std::string& report) override {
    ++system_.asked;
    if (system_.away) return fail(ErrorKind::Network, "nobody answers");
    if (system_.refuses) return fail(*system_.refuses, "refused");
    const auto read = parse_head_report(report);
    if (!read || read->package != package) return fail(ErrorKind::Protocol, "no report");
    const std::lock_guard lock(system_.mutex);
    system_.told.push_back(*read);
    const auto text = write_head_statement({"示例市归集系统", "LX-03", *read, SystemClock().wall()}).value();
    return write_signed_head({text, system_.signer->sign_detached(as_bytes(text)).value()});
  }

 private:
  static Failure none() { return fail(ErrorKind::Unsupported, "not here"); }
  System& system_;
};

class HeadSenderTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string pattern = (fs::temp_directory_path() / "gz-heads-XXXXXX").string();
    bureau_folder_ = new fs::path(::mkdtemp(pattern.data()));
    ASSERT_TRUE(test::make_sample_bureau(*bureau_folder_, {SystemClock().wall(), {}, {}, {{"station-other", {SystemClock().wall().ms - 1000}}}}));
  }
  static void TearDownTestSuite() {
    fs::remove_all(*bureau_folder_);
    delete bureau_folder_;
  }
  HeadSenderTest() {
    std::string pattern = (fs::temp_directory_path() / "gz-heads-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    clock_.wall_now = SystemClock().wall();
    system_.signer = test::sample_signer(*bureau_folder_, "station-other", clock_).value();
    const auto bureau = test::open_sample_bureau(*bureau_folder_, clock_).value();
    place_ = [bureau, pem = system_.signer->certificate_pem()] { return WitnessPlace{{}, pem, bureau.org_root_pem, bureau.org_crl_pem}; };
  }
  ~HeadSenderTest() override { fs::remove_all(folder_); }
  std::shared_ptr<HeadSender> start() {
    auto out = HeadSender::start(folder_ / "sync", place_(), clock_, [this](CentralAddress) -> Result<std::unique_ptr<CentralLink>> { return std::make_unique<SystemLink>(system_); });
    EXPECT_TRUE(out);
    return *out;
  }
  // its line is a minute old, as where nothing happens
  [[nodiscard]] JournalHead head(std::uint64_t seq) const { return {seq, std::string(64, static_cast<char>('a' + seq % 6)), {clock_.wall().ms - 60'000}}; }
  std::vector<HeadStatement> beside() {
    std::vector<HeadStatement> out;
    const auto text = read_text(witness_file(bag_));
    const auto heads = parse_signed_heads(text.value_or("")).value();
    for (const auto& one : heads) out.push_back(parse_head_statement(one.text).value());
    return out;
  }

  static inline fs::path* bureau_folder_ = nullptr;
  ManualClock clock_;                              // changed while no sender is there
  System system_;
  std::function<WitnessPlace()> place_;
  fs::path folder_, bag_;
  static constexpr std::chrono::seconds kPatience{60};

  void SetUp() override { bag_ = folder_ / "LX-03-20261121-0001"; }
};

TEST_F(HeadSenderTest, TellsAndKeepsTheStatements) {
  const auto sender = start();
  for (std::uint64_t seq : {3, 9, 14}) sender->told(bag_.filename(), head(seq));
  sender->told("LX-03-20261121-0002", head(1));
  const auto counts = sender->settle(bag_, kPatience);
  ASSERT_TRUE(counts) << counts.error().what;
  EXPECT_EQ(counts->told, 3);
  EXPECT_EQ(counts->waiting, 0);
  const auto there = beside();
  ASSERT_EQ(there.size(), 3u);                     // of this package, in order
  EXPECT_EQ(there[1].report.seq, 9u);
  EXPECT_FALSE(there[1].report.late);
}

TEST_F(HeadSenderTest, SendsLateWhatCouldNotBeSentAndSaysSo) {
  system_.away = true;
  {
    const auto sender = start();
    sender->told(bag_.filename(), head(5));
    sender->told(bag_.filename(), head(6));
    const auto counts = sender->settle(bag_, kPatience);               // an attempt has failed: nothing more is waited for
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->waiting, 2);
    EXPECT_NE(sender->trouble(), "");
    EXPECT_FALSE(fs::exists(witness_file(bag_)));
  }
  system_.away = false;
  clock_.advance_ms(40'000);
  const auto later = start();                      // another program of the station, perhaps
  const auto counts = later->settle(bag_, kPatience);
  EXPECT_EQ(counts->told, 2);
  EXPECT_EQ(later->trouble(), "");
  const auto there = beside();
  ASSERT_EQ(there.size(), 2u);
  EXPECT_TRUE(there[0].report.late);
  EXPECT_TRUE(there[1].report.late);
  later->told(bag_.filename(), head(7));           // and what is told at once is not
  EXPECT_EQ(later->settle(bag_, kPatience)->told, 3);
  EXPECT_FALSE(beside().at(2).report.late);
}

TEST_F(HeadSenderTest, BelievesNobodyElse) {
  system_.signer = test::sample_signer(*bureau_folder_, "officer1", clock_).value();
  const auto sender = start();
  sender->told(bag_.filename(), head(5));
  const auto counts = sender->settle(bag_, kPatience);
  EXPECT_EQ(counts->told, 0);
  EXPECT_EQ(counts->waiting, 1);
  EXPECT_THAT(sender->trouble(), testing::HasSubstr("not the central system"));
}

// a head that contradicts an earlier one is not sent for ever
TEST_F(HeadSenderTest, GivesUpWhatIsRefusedForGood) {
  system_.refuses = ErrorKind::Invalid;
  const auto sender = start();
  sender->told(bag_.filename(), head(5));
  EXPECT_EQ(sender->settle(bag_, kPatience)->refused, 1);
  const int asked = system_.asked;
  EXPECT_EQ(sender->settle(bag_, kPatience)->refused, 1);
  EXPECT_EQ(system_.asked, asked);
}

}  // namespace
}  // namespace guzheng
