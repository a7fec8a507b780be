// What the server holds, held to its log and repaired (core/central/scrub.h): A-7.4c, A-8.6.
#include "core/central/scrub.h"

#include <fstream>

#include "core/central/calendar_time.h"
#include "tests/central/central_fixture.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using What = ScrubFinding::What;

class ScrubTest : public test::CentralTest {
 protected:
  ScrubTest() {
    const auto zip = upload_zip(vault_form("ws"));
    EXPECT_TRUE(take(zip));
    digest_ = sha256_hex(zip);
    size_ = zip.size();
    object_ = objects(*first_).at(0);
    kept_ = *first_->head(object_)->retain_until;
  }

  ScrubParts parts_of() {
    ScrubParts out;
    out.database = database_.get();
    out.log = log_.get();
    out.first = first_.get();
    out.second = second_.get();
    out.clock = &clock_;
    out.roots_pem = bureau_.org_root_pem;
    out.pause = [](std::chrono::milliseconds) { return true; };
    out.note = [this](std::string_view kind, const Json& body) { noted_.push_back(std::string(kind) + " " + body.dump()); };
    out.found = [this](const ScrubFinding& one) { found_.push_back(one); };
    return out;
  }
  ScrubRun scrub() {
    found_.clear();
    noted_.clear();
    const auto run = run_scrub(parts_of());
    EXPECT_TRUE(run) << run.error().what;
    EXPECT_EQ(last_scrub(*database_)->value().ended.ms > 0, run.has_value());
    return run.value_or(ScrubRun{});
  }
  [[nodiscard]] fs::path file(const char* store, const char* tail = ",data") const { return folder_ / store / "objects" / (object_ + tail); }
  static void bend(const fs::path& path) {
    fs::permissions(path, fs::perms::owner_all);
    std::fstream out(path, std::ios::binary | std::ios::in | std::ios::out);
    out.seekp(100);
    out.write("X!", 2);
  }
  void expect_right(ObjectStore& store) {
    EXPECT_EQ(stored_sha256(store, object_).value(), digest_);
    const auto head = store.head(object_);
    ASSERT_TRUE(head) << head.error().what;
    EXPECT_GE(head->retain_until.value_or(WallTime{}), kept_);
    EXPECT_EQ(head->sha256, digest_);
    EXPECT_EQ(store.remove(object_).error().kind, ErrorKind::Denied);
  }

  std::string object_, digest_;
  std::uint64_t size_ = 0;
  WallTime kept_;
  std::vector<ScrubFinding> found_;
  std::vector<std::string> noted_;
};

TEST_F(ScrubTest, FindsNothingWhereNothingIsWrong) {
  const auto run = scrub();
  EXPECT_TRUE(run.whole());
  EXPECT_EQ(run.count.objects, 1);
  EXPECT_EQ(run.count.bytes, static_cast<std::int64_t>(2 * size_));        // every byte of both
  EXPECT_EQ(run.count.repaired + run.count.unnamed, 0);
  EXPECT_TRUE(found_.empty());
  ASSERT_EQ(noted_.size(), 1u);
  EXPECT_TRUE(noted_[0].starts_with("op.central-scrub {"));
}

TEST_F(ScrubTest, RepairsEitherFromTheOther) {
  const std::vector<std::pair<std::string, std::function<void(const char*)>>> harms{
      {"missing", [this](const char* store) { fs::remove(file(store)); }},
      {"altered", [this](const char* store) { bend(file(store)); }},
      {"altered", [this](const char* store) { fs::permissions(file(store), fs::perms::owner_all), fs::resize_file(file(store), size_ - 1); }},
      {"missing", [this](const char* store) { fs::remove_all(file(store).parent_path()); }},
      {"record", [this](const char* store) { fs::remove(file(store, ",about")); }},
      {"record", [this](const char* store) { ASSERT_TRUE(write_text(file(store, ",about"), "{}\n")); }},
      {"retention", [this](const char* store) {
         auto about = parse_json(read_text(file(store, ",about")).value()).value();
         about["retain_until"] = format_time({clock_.wall().ms + 1000});
         ASSERT_TRUE(write_text(file(store, ",about"), canonical_json(about).value() + "\n"));
       }},
  };
  for (const auto& [why, harm] : harms) {
    for (const char* store : {"a", "b"}) {
      harm(store);
      const auto run = scrub();
      EXPECT_TRUE(run.whole()) << why;
      EXPECT_EQ(run.count.repaired, 1) << why << store;
      ASSERT_EQ(found_.size(), 1u) << why << store;
      EXPECT_EQ(found_[0].what, What::Repaired);
      EXPECT_EQ(found_[0].why, why);
      EXPECT_EQ(found_[0].store, std::string("folder-") + store);
      EXPECT_THAT(noted_.at(0), testing::HasSubstr("op.central-scrub-found"));
      expect_right(*first_);
      expect_right(*second_);
      EXPECT_EQ(scrub().count.repaired, 0) << why << store;
    }
  }
}

// A-7.4c: a plan beyond the lock moves the lock on, some months ahead at a time and never beyond the plan
TEST_F(ScrubTest, MovesLocksOnTowardsAPlan) {
  const auto plan = [&](WallTime until) {
    ASSERT_TRUE(database_->run("INSERT OR REPLACE INTO retention_plan(zip_sha256, kind, until_ms, request) VALUES(?, 'case', ?, 1)", {digest_, until.ms}));
  };
  const auto scrub_at = [&](WallTime now) {
    ManualClock clock;
    clock.wall_now = now;
    found_.clear();
    auto parts = parts_of();
    parts.clock = &clock;
    return run_scrub(parts).value();
  };
  const auto expect_locked = [&](WallTime until) {
    for (auto* store : {first_.get(), second_.get()}) EXPECT_EQ(*store->head(object_)->retain_until, until);
  };
  const WallTime end = days_later(kept_, 100);
  plan(end);
  scrub_at(days_later(kept_, -60));
  expect_locked(kept_);                            // time is left
  scrub_at(days_later(kept_, -10));
  expect_locked(days_later(kept_, 80));
  EXPECT_TRUE(found_.empty()) << "a lock that is moved on is no damage";
  fs::remove(file("a"));
  EXPECT_EQ(scrub_at(days_later(kept_, 1)).count.repaired, 1) << "the lock that the log names is over, the plan is not";
  scrub_at(days_later(kept_, 75));
  expect_locked(end);
  for (const char* store : {"a", "b"}) fs::remove(file(store));
  EXPECT_EQ(scrub_at(days_later(end, 1)).count.expired, 1);
  EXPECT_TRUE(found_.empty());
}

// what a damaged object was stays for whoever examines it
TEST_F(ScrubTest, OverwritesNothing) {
  bend(file("b"));
  const auto bent = read_file(file("b")).value();
  scrub();
  std::vector<fs::path> aside;
  for (const auto& one : fs::recursive_directory_iterator(folder_ / "b" / "damaged"))
    if (one.path().extension() == ".data") aside.push_back(one.path());
  ASSERT_EQ(aside.size(), 1u);
  EXPECT_EQ(read_file(aside[0]).value(), bent);
}

TEST_F(ScrubTest, TellsWhatIsLostAndTouchesNothing) {
  bend(file("a"));
  fs::remove(file("b"));
  const auto bent = read_file(file("a")).value();
  for (int i = 0; i < 2; ++i) {
    const auto run = scrub();
    EXPECT_FALSE(run.whole());
    EXPECT_EQ(run.count.lost, 1);
    EXPECT_EQ(run.count.repaired, 0);
    ASSERT_EQ(found_.size(), 1u);
    EXPECT_EQ(found_[0].what, What::Lost);
    EXPECT_EQ(found_[0].why, "folder-a: altered, folder-b: missing");
    EXPECT_EQ(read_file(file("a")).value(), bent);
    EXPECT_FALSE(fs::exists(file("b")));
    EXPECT_FALSE(fs::exists(folder_ / "a" / "damaged"));
  }
}

TEST_F(ScrubTest, TellsWhatNobodyNames) {
  const auto put = [](ObjectStore& store, const std::string& name) {
    const auto upload = store.begin(name).value();
    ASSERT_TRUE(store.append(upload, 0, to_bytes("what is this")));
    ASSERT_TRUE(store.complete(upload, "", std::nullopt));
  };
  put(*first_, "case/LX-03-1/stray.zip");
  put(*first_, "incoming/waits");                  // is an upload
  put(*second_, "incoming/none");                  // uploads come into the first store only
  const auto run = scrub();
  EXPECT_TRUE(run.whole());
  ASSERT_EQ(found_.size(), 2u);
  EXPECT_EQ(found_[0].object + " " + found_[0].store, "case/LX-03-1/stray.zip folder-a");
  EXPECT_EQ(found_[1].object + " " + found_[1].store, "incoming/none folder-b");
  EXPECT_EQ(found_[0].what, What::Unnamed);
  EXPECT_EQ(objects(*first_).size(), 3u);
  EXPECT_EQ(objects(*second_).size(), 2u);
}

// what an ingest has stored and not yet entered is no stray
TEST_F(ScrubTest, LeavesAloneWhatIsBeingTakenIn) {
  const std::string digest(64, 'a'), name = "case/LX-03-1/" + digest + ".zip";
  const auto upload = first_->begin(name).value();
  ASSERT_TRUE(first_->complete(upload, "", std::nullopt));
  ASSERT_TRUE(database_->run("INSERT INTO upload(id, station, staged, length, metadata, expires_ms, state, zip_sha256, kind, why) VALUES('u', 'LX-03', '', 1, '', 0, 'ingesting', ?, '', '')", {digest}));
  EXPECT_EQ(scrub().count.unnamed, 0);
  ASSERT_TRUE(database_->run("DELETE FROM upload"));
  EXPECT_EQ(scrub().count.unnamed, 1);
}

// a log that does not hold decides nothing: it is told, and no copy is touched
TEST_F(ScrubTest, RepairsNothingByALogThatDoesNotHold) {
  fs::remove(file("b"));
  ASSERT_TRUE(database_->run("UPDATE log_node SET hash = ?", {Bytes(32, 1)}));
  const auto run = scrub();
  EXPECT_FALSE(run.whole());
  EXPECT_NE(run.log_problem, "");
  EXPECT_EQ(run.count.unrepaired, 1);
  EXPECT_FALSE(fs::exists(file("b")));
}

TEST_F(ScrubTest, HoldsReceiptsToTheLog) {
  ASSERT_TRUE(database_->run("UPDATE received SET receipt = replace(receipt, 'LX-03', 'LX-04')"));
  auto run = scrub();
  EXPECT_EQ(run.count.receipts, 1);
  EXPECT_EQ(found_.at(0).why, "altered");
  ASSERT_TRUE(database_->run("DELETE FROM received"));
  fs::remove(file("a"));
  run = scrub();                                   // what the entry names is looked after all the same
  EXPECT_EQ(run.count.receipts, 1);
  EXPECT_EQ(run.count.repaired, 1);
  expect_right(*first_);
}

// a store that is away has lost nothing: the scrub stands still and goes on when it is back
TEST_F(ScrubTest, StandsStillWhileAStoreIsAway) {
  for (auto* store : {first_.get(), second_.get()}) {
    store->away = ErrorKind::NotFound;
    const auto run = run_scrub(parts_of());
    ASSERT_FALSE(run);
    EXPECT_NE(run.error().kind, ErrorKind::Cancelled);
    EXPECT_TRUE(found_.empty());
    EXPECT_EQ(last_scrub(*database_)->value().ended.ms, 0);
    store->away.reset();
  }
  EXPECT_EQ(scrub().number, 1);
  EXPECT_EQ(scrub().number, 2);
}

TEST_F(ScrubTest, GoesOnWhereItWasCalledOff) {
  const auto second_zip = [&] {
    test::SampleOptions options;
    options.id = "LX-03-" + format_day(clock_.wall()) + "-0002";
    return upload_zip(vault_form("ws2", options));
  }();
  ASSERT_TRUE(take(second_zip));
  auto parts = parts_of();
  const auto pieces = static_cast<std::int64_t>((size_ + (1u << 20) - 1) >> 20);
  std::int64_t left = 2 + 2 * pieces + 1;          // the audit of two entries, both copies of the first object; the second's is begun
  parts.pause = [&](std::chrono::milliseconds) { return --left > 0; };
  const auto cut = run_scrub(parts);
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().kind, ErrorKind::Cancelled);
  const auto half = last_scrub(*database_)->value();
  EXPECT_EQ(half.ended.ms, 0);
  const auto run = scrub();
  EXPECT_EQ(run.number, half.number);
  EXPECT_EQ(run.began, half.began);
  EXPECT_EQ(run.count.objects, 2);                 // none twice
}

TEST_F(ScrubTest, KeepsItsRate) {
  ManualClock clock;
  auto parts = parts_of();
  parts.clock = &clock;
  parts.bytes_a_second = size_ / 4;
  std::int64_t slept = 0;
  parts.pause = [&](std::chrono::milliseconds time) {
    slept += time.count();
    clock.advance_ms(time.count());
    return true;
  };
  ASSERT_TRUE(run_scrub(parts));
  EXPECT_NEAR(static_cast<double>(slept), 8000, 100);                      // both copies, each of four seconds
}

}  // namespace
}  // namespace guzheng
