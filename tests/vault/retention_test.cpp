// Until when packages must be kept: told, never acted upon (A-7.4c, A-8.1, A-8.3e, B-5.4.4b).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "core/seal/review.h"
#include "core/vault/doctor.h"
#include "core/vault/retention.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

const RetentionRule kRule{36, 30};

TEST(Retention, CaseEvidenceIsKeptThreeYearsAndAutomaticCapturesThirtyDays) {
  EXPECT_EQ(retention_from(KeptAs::CaseEvidence, "20261121", kRule, "20261121").until, "2029-11-21");
  EXPECT_EQ(retention_from(KeptAs::Unknown, "20261121", kRule, "20261121").until, "2029-11-21") << "what cannot be looked into is kept the longer time";
  const auto automatic = retention_from(KeptAs::Automatic, "20261121", kRule, "20261121");
  EXPECT_EQ(automatic.until, "2026-12-21");
  EXPECT_EQ(automatic.days_left, 30);
}

TEST(Retention, TheLastDayStillCounts) {
  EXPECT_FALSE(retention_from(KeptAs::Automatic, "20261121", kRule, "20261221").passed());
  const auto passed = retention_from(KeptAs::Automatic, "20261121", kRule, "20261224");
  EXPECT_TRUE(passed.passed());
  EXPECT_EQ(passed.days_left, -3);
}

TEST(Retention, MonthsEndWithinTheMonth) {
  EXPECT_EQ(retention_from(KeptAs::CaseEvidence, "20280229", kRule, "20280229").until, "2031-02-28");
  EXPECT_EQ(retention_from(KeptAs::CaseEvidence, "20260831", {37, 30}, "20260831").until, "2029-09-30");
}

TEST(Retention, APolicyMayAskForMoreNeverForLess) {
  Policy policy;
  policy.retention_months = 60;
  policy.automatic_days = 90;
  EXPECT_EQ(retention_by(policy).case_months, 60);
  EXPECT_EQ(retention_by(policy).automatic_days, 90);
  policy.retention_months = 1;
  policy.automatic_days = 1;
  EXPECT_EQ(retention_by(policy).case_months, 36);
  EXPECT_EQ(retention_by(policy).automatic_days, 30);
}

class RetentionOf : public testing::Test {
 protected:
  RetentionOf() {
    std::string pattern = (fs::temp_directory_path() / "gz-retention-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
    entry_.id = "LX-03-20261121-0001";
    entry_.folder = root_ / entry_.id;
    fs::create_directories(entry_.folder);
    entry_.order = Json{{"case", ""}, {"type", std::string(kAutomaticOrder)}};
  }
  ~RetentionOf() override { fs::remove_all(root_); }
  KeptAs as() { return retention_of(entry_, kRule, clock_).as; }
  void review(const char* edition, std::string_view result) {
    const fs::path folder = root_ / (entry_.id + ".review") / edition;
    fs::create_directories(folder);
    const Json record{{"at", "2026-11-22T10:00:00.000+08:00"}, {"by", {{"badge", "1"}, {"certificate_sha256", "2"}, {"name", "3"}, {"unit", "4"}}},
                      {"fingerprint", "5"}, {"package", entry_.id}, {"reason", "6"}, {"result", std::string(result)}};
    ASSERT_TRUE(write_text(folder / "review.json", canonical_json(record).value() + "\n"));
  }
  fs::path root_;
  ManualClock clock_;
  PackageEntry entry_;
};

TEST_F(RetentionOf, AReviewOrACaseMakesAnAutomaticCaptureCaseEvidence) {
  EXPECT_EQ(as(), KeptAs::Automatic);
  review("001", kReviewRefused);
  EXPECT_EQ(as(), KeptAs::Automatic);
  review("002", kReviewConfirmed);
  EXPECT_EQ(as(), KeptAs::CaseEvidence);
  fs::remove_all(root_ / (entry_.id + ".review"));
  entry_.order["case"] = "某市监案〔2026〕1号";
  EXPECT_EQ(as(), KeptAs::CaseEvidence);
  entry_.order = nullptr;
  EXPECT_EQ(as(), KeptAs::Unknown);
  entry_.order = Json{{"case", ""}, {"type", "远程操作手机取证"}};
  EXPECT_EQ(as(), KeptAs::CaseEvidence);
}

// Nothing is removed when its time has passed: it is told, and that is no fault.
TEST_F(RetentionOf, TheDoctorTellsAndDeletesNothing) {
  const auto vault = std::move(Vault::open(root_ / "vault", clock_).value());
  const fs::path bag = root_ / "vault/sealed" / "LX-03-20200101-0001";
  fs::create_directories(bag / "seal");
  ASSERT_TRUE(write_text(bag / "seal/seal.txt", "x"));
  bool told = false;
  for (const auto& one : examine(*vault, Bureau{}, clock_, {{}, false, 90})) {
    if (one.id != "retention") continue;
    told = true;
    EXPECT_EQ(one.health, Health::Good);
    EXPECT_EQ(one.subject, "LX-03-20200101-0001");
    EXPECT_THAT(one.detail, HasSubstr("to be kept until 2023-01-01; passed "));
  }
  EXPECT_TRUE(told);
  EXPECT_TRUE(fs::exists(bag / "seal/seal.txt"));
}

}  // namespace
}  // namespace guzheng
