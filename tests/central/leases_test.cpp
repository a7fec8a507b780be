// Which of several servers works on what (core/central/leases.h), and what one of them leaves the other takes over (core/central/uploads.h)..
#include "core/central/leases.h"

#include "tests/central/central_fixture.h"

namespace guzheng {
namespace {

constexpr std::int64_t kLong = 600'000;            // so that nothing is renewed while a test runs

class LeasesTest : public testing::Test {
 protected:
  LeasesTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gz-leases-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    database_ = Database::open(folder_ / "d", central_schema()).value();
    one_ = Leases::open(*database_, clock_, kLong).value();
    other_ = Leases::open(*database_, clock_, kLong).value();
  }
  ~LeasesTest() override {
    one_.reset(), other_.reset(), database_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::filesystem::path folder_;
  ManualClock clock_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Leases> one_, other_;
};

TEST_F(LeasesTest, OneHoldsWhatTheOtherWants) {
  EXPECT_TRUE(one_->take("upload/1").value());
  EXPECT_TRUE(one_->take("upload/1").value());
  EXPECT_FALSE(other_->take("upload/1").value());
  EXPECT_TRUE(other_->take("upload/2").value());
  EXPECT_TRUE(one_->still("upload/1").value());
  EXPECT_FALSE(other_->still("upload/1").value());
  other_->give("upload/1");                        // what is another's is not given back
  EXPECT_FALSE(other_->take("upload/1").value());
  one_->give("upload/1");
  EXPECT_TRUE(other_->take("upload/1").value());
  EXPECT_FALSE(one_->still("upload/1").value());
}

TEST_F(LeasesTest, RunsOutWhenItsServerIsGone) {
  ASSERT_TRUE(one_->take("x").value());
  clock_.advance_ms(kLong + Leases::kMargin);
  EXPECT_FALSE(other_->take("x").value()) << "clocks may differ by so much";
  EXPECT_FALSE(one_->still("x").value()) << "and whoever held it stops before that";
  clock_.advance_ms(1);
  EXPECT_TRUE(other_->take("x").value());
  EXPECT_FALSE(one_->take("x").value());
  ASSERT_TRUE(one_->take("y").value());
  one_.reset();                                    // ended in order: given back at once
  EXPECT_TRUE(other_->take("y").value());
}

class TwoServersTest : public test::CentralTest {
 protected:
  void start() override {
    CentralTest::start();
    leases_ = Leases::open(*database_, clock_, kLong).value();
    theirs_ = Leases::open(*database_, clock_, kLong).value();
    auto with = parts();
    with.leases = leases_.get();
    ingest_ = std::make_unique<Ingest>(std::move(with));
  }
  void stop() override {
    ingest_.reset();
    leases_.reset(), theirs_.reset();
    CentralTest::stop();
  }
  TwoServersTest() {
    stop();                                        // the base class's constructor knew only its own
    start();
  }
  ~TwoServersTest() override { stop(); }
  UploadLimits limits_{1u << 30, 3, 3'600'000};
  std::unique_ptr<Leases> leases_, theirs_;
};

TEST_F(TwoServersTest, WhatAnotherServerHoldsIsLeftAlone) {
  const auto desk = UploadDesk::open(*database_, *first_, *ingest_, clock_, limits_, leases_.get()).value();
  const auto id = desk->create("LX-03", 10, "")->id;
  ASSERT_TRUE(theirs_->take("upload/" + id).value());
  EXPECT_EQ(desk->write(id, "LX-03", 0).error().kind, ErrorKind::Exists);
  EXPECT_EQ(desk->terminate(id, "LX-03").error().kind, ErrorKind::Exists);
  theirs_->give("upload/" + id);
  {
    const auto writing = desk->write(id, "LX-03", 0);
    ASSERT_TRUE(writing) << writing.error().what;
    ASSERT_TRUE((*writing)->take(to_bytes("0123")));
    EXPECT_FALSE(theirs_->take("upload/" + id).value());
    ASSERT_TRUE(database_->run("UPDATE lease SET holder = 'another', until_ms = until_ms + 1 WHERE name = ?", {"upload/" + id}));      // this process slept, and another went on
    EXPECT_EQ((*writing)->end().error().kind, ErrorKind::Timeout);
  }
  EXPECT_EQ(desk->status(id, "LX-03")->state, UploadState::Open);
}

// Begun by another server a moment ago and not written down yet: no stray. The second look finds it so again, and removes it.
TEST_F(TwoServersTest, StraysAreRemovedAtTheSecondLook) {
  const auto desk = UploadDesk::open(*database_, *first_, *ingest_, clock_, limits_, leases_.get()).value();
  ASSERT_TRUE(first_->begin("incoming/x"));
  EXPECT_EQ(desk->expire().value(), 0);
  EXPECT_EQ(first_->uploads()->size(), 1u);
  EXPECT_EQ(desk->expire().value(), 0);
  EXPECT_TRUE(first_->uploads()->empty());
}

TEST_F(TwoServersTest, AdoptsWhatAServerLeftThatIsGone) {
  const auto desk = UploadDesk::open(*database_, *first_, *ingest_, clock_, limits_, leases_.get()).value();
  const auto zip = upload_zip(vault_form("ws"));
  const auto upload = first_->begin("incoming/0123").value();
  ASSERT_TRUE(first_->append(upload, 0, zip));
  ASSERT_TRUE(first_->flush(upload));
  // as that server wrote it down before it was killed
  ASSERT_TRUE(database_->run("INSERT INTO upload(id, station, staged, length, metadata, expires_ms, state, zip_sha256, kind, why, package, expected) VALUES('0123', 'LX-03', ?, ?, '', ?, 'open', '', '', '', '', '')",
                             {upload, static_cast<std::int64_t>(zip.size()), clock_.wall().ms + kLong}));
  EXPECT_EQ(desk->status("0123", "LX-03")->state, UploadState::Ingesting);       // whoever asks finds it whole
  for (int i = 0; i < 6000 && desk->status("0123", "LX-03")->state == UploadState::Ingesting; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(desk->status("0123", "LX-03")->state, UploadState::Received) << desk->status("0123", "LX-03")->why;
  EXPECT_TRUE(ingest_->receipt(sha256_hex(zip), "LX-03"));
}

}  // namespace
}  // namespace guzheng
