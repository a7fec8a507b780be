// Automatic captures from 待复核 to long-term or expired (core/central/reviews.h)., A-8.3e, A-AnC.
#include "core/central/reviews.h"

#include "core/central/calendar_time.h"
#include "core/seal/review.h"
#include "tests/central/central_fixture.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

class ReviewsTest : public test::CentralTest {
 protected:
  ReviewsTest() { open(); }
  void open() {
    later_.wall_now = clock_.wall();
    inbox_ = std::make_unique<ReviewInbox>(ReviewParts{database_.get(), first_.get(), second_.get(), &later_, {}, [this](std::string_view kind, const Json& body) { notes_.emplace_back(kind, body); }});
    auto with = parts();
    with.received = [this](const ReceivedPackage& package, const std::string& station, WallTime until) { return inbox_->received_within(package, station, until); };
    ingest_ = std::make_unique<Ingest>(std::move(with));
  }
  // An automatic capture in vault form, received.
  fs::path captured(const std::string& case_no = "") {
    test::SampleOptions options;
    options.change = [case_no](const std::string& file, Json& value) {
      if (file == "order.json") value["type"] = "自动取证", value["case"] = case_no;
    };
    auto bag = vault_form("ws", options);
    const auto receipt = take(upload_zip(bag));
    EXPECT_TRUE(receipt) << receipt.error().what;
    return bag;
  }
  void review(const fs::path& bag, bool confirmed, const std::string& reason) {
    const auto written = write_review({confirmed, reason}, bag, *bureau_.officers.at(1), bureau_, clock_);
    ASSERT_TRUE(written) << written.error().what;
    const auto receipt = take(upload_zip(bag));
    ASSERT_TRUE(receipt) << receipt.error().what;
  }
  AutomaticCapture now(const fs::path& bag) { return inbox_->read(bag.filename()).value(); }
  std::vector<std::string> story(const fs::path& bag) {
    std::vector<std::string> out;
    const auto events = capture_events(*database_, "package/" + bag.filename().string()).value();
    for (const auto& one : events) out.push_back(one.what);
    return out;
  }
  std::vector<WallTime> kept(ObjectStore& store) {
    std::vector<WallTime> out;
    for (const auto& name : objects(store)) out.push_back(store.head(name)->retain_until.value());
    return out;
  }

  ManualClock later_;
  std::unique_ptr<ReviewInbox> inbox_;
  std::vector<std::pair<std::string, Json>> notes_;
  const CentralPerson officer_{"01", "王甲", "一科", CentralRole::Officer};
};

TEST_F(ReviewsTest, ConfirmedAndFiledItIsKeptLong) {             // A-8.3e
  const auto bag = captured();
  const auto received = now(bag);
  EXPECT_EQ(received.state, CaptureState::Review);
  EXPECT_EQ(received.station, "LX-03");
  EXPECT_LT(std::abs(days_later(received.received_at, 30).ms - received.until.ms), 60'000);
  EXPECT_EQ(inbox_->list(std::vector<std::string>{"LX-03"}, CaptureState::Review, {})->size(), 1u);
  EXPECT_EQ(inbox_->list(std::vector<std::string>{"LX-04"}, std::nullopt, {})->size(), 0u) << "another unit's";
  EXPECT_EQ(inbox_->list(std::nullopt, CaptureState::Confirmed, {})->size(), 0u);

  review(bag, true, "画面与经营情况一致");
  EXPECT_EQ(now(bag).state, CaptureState::Confirmed);
  EXPECT_EQ(now(bag).why, "画面与经营情况一致");
  EXPECT_NE(now(bag).reviewed_by, "");
  ASSERT_EQ(objects(*first_).size(), 2u);                        // as it came, and with its review
  EXPECT_LT(kept(*first_)[0].ms, days_later(later_.wall(), 31).ms) << "no case yet: what came first keeps its time";

  EXPECT_EQ(inbox_->file_case(bag.filename(), officer_, "二科", "市监立〔2026〕1 号").error().kind, ErrorKind::Denied);
  EXPECT_EQ(inbox_->file_case(bag.filename(), {"02", "李乙", "一科", CentralRole::Reviewer}, "一科", "市监立〔2026〕1 号").error().kind, ErrorKind::Denied);
  EXPECT_EQ(inbox_->file_case(bag.filename(), officer_, "一科", " ").error().kind, ErrorKind::Invalid);
  EXPECT_EQ(inbox_->file_case("LX-03-0", officer_, "一科", "1").error().kind, ErrorKind::NotFound);
  later_.advance_ms(20 * 86'400'000LL);
  const auto filed = inbox_->file_case(bag.filename(), officer_, "一科", "市监立〔2026〕1 号");
  ASSERT_TRUE(filed) << filed.error().what;
  EXPECT_EQ(filed->case_no, "市监立〔2026〕1 号");
  const auto long_term = months_later(later_.wall(), 36, 480);
  EXPECT_EQ(filed->kept_until, long_term);
  for (ObjectStore* store : {static_cast<ObjectStore*>(first_.get()), static_cast<ObjectStore*>(second_.get())})
    EXPECT_THAT(kept(*store), testing::Each(testing::Ge(long_term))) << "every edition, in both stores, three years from the filing";
  EXPECT_EQ(inbox_->file_case(bag.filename(), officer_, "一科", "市监立〔2026〕2 号").error().kind, ErrorKind::Exists);
  EXPECT_TRUE(inbox_->file_case(bag.filename(), officer_, "一科", "市监立〔2026〕1 号"));
  EXPECT_THAT(story(bag), testing::ElementsAre("received", "confirmed", "case", "long-term"));
  ASSERT_EQ(notes_.size(), 2u);
  EXPECT_EQ(notes_[0].first, "op.central-case");
  EXPECT_EQ(notes_[1].first, "op.central-long-term");
  later_.advance_ms(40 * 86'400'000LL);
  EXPECT_EQ(inbox_->care().value(), 0) << "it does not expire";
}

TEST_F(ReviewsTest, TheOrderMayNameTheCase) {      // A-8.3e
  const auto bag = captured("市监立〔2026〕3 号");
  EXPECT_EQ(inbox_->care().value(), 0);
  EXPECT_LT(kept(*first_).at(0).ms, days_later(later_.wall(), 31).ms) << "not before somebody has looked at it (行政处罚法 41)";
  review(bag, true, "属实");
  first_->away = ErrorKind::Network;               // a store that is away: done when it is back
  EXPECT_FALSE(inbox_->care());
  EXPECT_EQ(now(bag).kept_until.ms, 0);
  first_->away.reset();
  ASSERT_TRUE(inbox_->care());
  EXPECT_EQ(now(bag).kept_until, months_later(later_.wall(), 36, 480));
  EXPECT_THAT(kept(*second_), testing::Each(testing::Ge(now(bag).kept_until)));
  const auto lines = notes_.size();
  ASSERT_TRUE(inbox_->care());
  EXPECT_EQ(notes_.size(), lines) << "once";
}

TEST_F(ReviewsTest, UnreviewedItExpiresWithALine) {              // A-8.3e
  const auto bag = captured();
  later_.advance_ms(30 * 86'400'000LL - 60'000);
  EXPECT_EQ(inbox_->care().value(), 0);
  EXPECT_EQ(now(bag).state, CaptureState::Review);
  later_.advance_ms(120'000);
  EXPECT_EQ(inbox_->care().value(), 1);
  EXPECT_EQ(now(bag).state, CaptureState::Expired);
  ASSERT_EQ(notes_.size(), 1u);
  EXPECT_EQ(notes_[0].first, "op.central-expired");
  EXPECT_EQ(text_at(notes_[0].second, "package"), bag.filename());
  EXPECT_EQ(text_at(notes_[0].second, "fingerprint"), now(bag).fingerprint);
  EXPECT_EQ(inbox_->care().value(), 0);
  EXPECT_EQ(notes_.size(), 1u);
  EXPECT_THAT(story(bag), testing::ElementsAre("received", "expired"));
  EXPECT_EQ(objects(*first_).size(), 1u) << "nothing is thrown away";
  review(bag, true, "迟到的复核");                  // too late is not never
  EXPECT_EQ(now(bag).state, CaptureState::Confirmed);
}

TEST_F(ReviewsTest, RefusedItStaysRefusedUntilANewerReview) {    // 行政处罚法 41
  const auto bag = captured();
  ASSERT_TRUE(inbox_->file_case(bag.filename(), officer_, "一科", "市监立〔2026〕4 号"));
  review(bag, false, "画面不全");
  EXPECT_EQ(now(bag).state, CaptureState::Refused);
  later_.advance_ms(31 * 86'400'000LL);
  EXPECT_EQ(inbox_->care().value(), 0);
  EXPECT_EQ(now(bag).state, CaptureState::Refused) << "somebody looked: it did not expire";
  EXPECT_EQ(now(bag).kept_until.ms, 0) << "a case keeps nothing that was not confirmed";
  review(bag, true, "补看后属实");
  ASSERT_TRUE(inbox_->care());
  EXPECT_EQ(now(bag).state, CaptureState::Confirmed);
  EXPECT_GT(now(bag).kept_until.ms, 0);
  EXPECT_THAT(story(bag), testing::ElementsAre("received", "case", "refused", "confirmed", "long-term"));
}

TEST_F(ReviewsTest, WhatPeopleCaptureWaitsForNobody) {           // A-8.3e
  ASSERT_TRUE(take(upload_zip(vault_form("ws"))));
  EXPECT_EQ(inbox_->list(std::nullopt, std::nullopt, {})->size(), 0u);
}

}  // namespace
}  // namespace guzheng
