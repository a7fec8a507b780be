// The scrub over two buckets of a real S3 service with Object Lock (core/central/scrub.h, core/store/s3_store.h): A-7.4c, A-8.1, A-8.6. Run by tests/servers/with_servers.py rgw,mariadb.
#include <atomic>
#include <cstdlib>

#include "core/central/scrub.h"
#include "core/store/s3_store.h"
#include "tests/central/central_fixture.h"

namespace guzheng {
namespace {

using What = ScrubFinding::What;

std::string s3_environment(const char* name) {
  const char* value = std::getenv(name);
  EXPECT_NE(value, nullptr) << name << " is not set: run this through tests/servers/with_servers.py rgw,mariadb";
  return value == nullptr ? "" : value;
}

class BucketScrub : public test::CentralTest {
 protected:
  BucketScrub() {
    static std::atomic<int> number{0};
    stop();                                        // the two folders of the fixture are of no use here
    for (std::size_t i = 0; i < 2; ++i) buckets_[i] = "scrub-" + std::to_string(++number);
    first_ = std::make_unique<test::WeakStore>(store(0));
    second_ = std::make_unique<test::WeakStore>(store(1));
    database_ = Database::open(folder_ / "central.sqlite", central_schema()).value();
    log_ = EvidenceLog::open(*database_, kName, *central_, clock_).value();
    ingest_ = std::make_unique<Ingest>(parts());
    const auto zip = upload_zip(vault_form("ws"));
    EXPECT_TRUE(take(zip));
    digest_ = sha256_hex(zip);
    object_ = objects(*first_).at(0);
    kept_ = *first_->head(object_)->retain_until;
  }

  [[nodiscard]] S3Address address(std::size_t which) const {
    return {s3_environment("GUZHENG_S3_ENDPOINT"), "us-east-1", buckets_[which], s3_environment("GUZHENG_S3_ACCESS"), Secret(s3_environment("GUZHENG_S3_SECRET")), read_text(s3_environment("GUZHENG_S3_ROOT")).value()};
  }
  std::unique_ptr<ObjectStore> store(std::size_t which) {
    EXPECT_TRUE(make_s3_bucket(address(which), clock_));
    S3Settings settings;
    settings.name = which == 0 ? "s3-a" : "s3-b";
    settings.address = address(which);
    settings.spool = folder_ / settings.name;
    return open_s3_store(std::move(settings), clock_).value();
  }
  // By somebody who may write to the bucket and does not go through this program.
  void outside(std::size_t which, const std::string& method, ByteView body = {}, const S3Pairs& headers = {}) {
    const auto done = S3Client::open(address(which), clock_).value()->ask({method, "objects/" + object_, {}, headers, body, {}, {}});
    EXPECT_TRUE(done) << done.error().what;
  }

  ScrubRun scrub() {
    found_.clear();
    noted_.clear();
    ScrubParts parts;
    parts.database = database_.get();
    parts.log = log_.get();
    parts.first = first_.get();
    parts.second = second_.get();
    parts.clock = &clock_;
    parts.roots_pem = bureau_.org_root_pem;
    parts.pause = [](std::chrono::milliseconds) { return true; };
    parts.note = [this](std::string_view kind, const Json& body) { noted_.push_back(std::string(kind) + " " + body.dump()); };
    parts.found = [this](const ScrubFinding& one) { found_.push_back(one); };
    const auto run = run_scrub(parts);
    EXPECT_TRUE(run) << run.error().what;
    return run.value_or(ScrubRun{});
  }
  void expect_repaired(const std::string& store, const std::string& why) {
    const auto run = scrub();
    EXPECT_TRUE(run.whole()) << why;
    EXPECT_EQ(run.count.repaired, 1) << why;
    ASSERT_EQ(found_.size(), 1u) << why;
    EXPECT_EQ(found_[0].what, What::Repaired) << why;
    EXPECT_EQ(found_[0].store, store);
    EXPECT_THAT(found_[0].why, testing::HasSubstr(why));
    EXPECT_THAT(noted_.at(0), testing::AllOf(testing::StartsWith("op.central-scrub-found"), testing::HasSubstr(why)));
    for (auto* one : {first_.get(), second_.get()}) {
      EXPECT_EQ(stored_sha256(*one, object_).value(), digest_);
      EXPECT_GE(one->head(object_)->retain_until.value_or(WallTime{}), kept_) << why;
      EXPECT_EQ(one->remove(object_).error().kind, ErrorKind::Denied) << why;
    }
    EXPECT_EQ(scrub().count.repaired, 0) << why;
    EXPECT_TRUE(found_.empty()) << why;
  }

  std::array<std::string, 2> buckets_;
  std::string object_, digest_;
  WallTime kept_;
  std::vector<ScrubFinding> found_;
  std::vector<std::string> noted_;
};

// A-7.4c: deleted in either bucket, or written over there, it is made anew from the other, as locked as it was, and told
TEST_F(BucketScrub, RepairsEitherBucketFromTheOther) {
  const Bytes foreign(1000, 9);
  for (const std::size_t which : {0u, 1u}) {
    const std::string name = which == 0 ? "s3-a" : "s3-b";
    outside(which, "DELETE");
    expect_repaired(name, "unreadable: " + object_ + " is hidden by a delete marker");
    outside(which, "PUT", foreign);
    expect_repaired(name, "unreadable: " + object_ + " is not what this store wrote");
    outside(which, "PUT", foreign, {{"x-amz-meta-guzheng-sha256", digest_}});
    expect_repaired(name, "altered");
  }
}

// Whoever hid one and wrote over the other did not reach the locked versions behind: each bucket is made whole from its own.
TEST_F(BucketScrub, RepairsBothFromWhatIsLocked) {
  const Bytes foreign(1000, 9);
  outside(0, "DELETE");
  outside(1, "PUT", foreign);
  const auto run = scrub();
  EXPECT_TRUE(run.whole());
  EXPECT_EQ(run.count.lost, 0);
  EXPECT_EQ(run.count.repaired, 2);
  ASSERT_EQ(found_.size(), 2u);
  EXPECT_THAT(found_[0].why, testing::HasSubstr("its version is still in the bucket"));
  for (auto* one : {first_.get(), second_.get()}) {
    EXPECT_EQ(stored_sha256(*one, object_).value(), digest_);
    EXPECT_GE(one->head(object_)->retain_until.value_or(WallTime{}), kept_);
  }
}

}  // namespace
}  // namespace guzheng
