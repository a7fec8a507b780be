// The server's evidence log (core/central/evidence_log.h) held to a plain tree, over restarts and kill -9: A-7.4c, A-8.6.
#include "core/central/evidence_log.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/central/schema.h"
#include "tests/wire/plain_tree.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;

// What is signed, said back: how signatures are made is room identity's to test (tests/identity), that they are asked for is tested here.
class Echo final : public Signer {
 public:
  [[nodiscard]] std::string certificate_pem() const override { return {}; }
  [[nodiscard]] CertificateInfo info() const override { return {}; }
  Result<Bytes> sign_detached(ByteView content) const override {
    if (broken) return fail(ErrorKind::Denied, "the key is locked");
    return Bytes(content.begin(), content.end());
  }
  bool broken = false;
};

class EvidenceLogTest : public testing::Test {
 protected:
  EvidenceLogTest() {
    std::string pattern = (fs::temp_directory_path() / "gz-log-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    start();
  }
  ~EvidenceLogTest() override {
    log_.reset();
    database_.reset();
    fs::remove_all(folder_);
  }
  void start() {
    log_.reset();
    database_.reset();
    database_ = Database::open(folder_ / "central.sqlite", central_schema()).value();
    auto opened = EvidenceLog::open(*database_, "系统", signer_, clock_);
    ASSERT_TRUE(opened) << opened.error().what;
    log_ = std::move(*opened);
  }
  static std::string text(std::size_t number) { return "entry " + std::to_string(number); }
  void fill(std::size_t count) {
    for (std::size_t i = log_->size().value(); i < count; ++i) ASSERT_TRUE(log_->append(text(i)));
  }
  Checkpoint newest() { return parse_checkpoint(log_->newest().value()->text).value(); }

  fs::path folder_;
  ManualClock clock_;
  Echo signer_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<EvidenceLog> log_;
};

TEST_F(EvidenceLogTest, IsTheTreeOfTheRfcAtEverySize) {
  EXPECT_EQ(log_->size().value(), 0u);
  EXPECT_FALSE(log_->newest().value());
  for (std::size_t size = 1; size <= 34; ++size) {
    const auto place = log_->append(text(size - 1));
    ASSERT_TRUE(place) << place.error().what;
    const auto leaves = test::plain_leaves(size);
    const auto checkpoint = parse_checkpoint(place->checkpoint.text).value();
    EXPECT_EQ(place->index, size - 1);
    EXPECT_EQ(checkpoint.size, size);
    EXPECT_EQ(checkpoint.log, "系统");
    EXPECT_EQ(checkpoint.root, test::plain_root(leaves));
    EXPECT_EQ(place->proof, test::plain_path(leaves, size - 1));
    EXPECT_EQ(as_text(place->checkpoint.signature), place->checkpoint.text);
  }
}

TEST_F(EvidenceLogTest, PlacesEveryEntryInTheLogAsItIsNow) {
  fill(21);
  start();
  const auto leaves = test::plain_leaves(21);
  for (std::size_t i = 0; i < 21; ++i) {
    const auto place = log_->place(i).value();
    EXPECT_EQ(log_->entry(i).value(), text(i));
    EXPECT_EQ(place.proof, test::plain_path(leaves, i));
    EXPECT_TRUE(proves_inclusion(leaves[i], i, 21, place.proof, newest().root));
  }
  EXPECT_EQ(log_->place(21).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(log_->entry(21).error().kind, ErrorKind::NotFound);
}

// every older size is proven to be the beginning of every later one, and nothing else is
TEST_F(EvidenceLogTest, ProvesThatItOnlyGrew) {
  fill(17);
  const auto leaves = test::plain_leaves(17);
  const auto root = [&](std::size_t size) { return test::plain_root({leaves.begin(), leaves.begin() + static_cast<std::ptrdiff_t>(size)}); };
  for (std::size_t first = 0; first <= 17; ++first)
    for (std::size_t second = first; second <= 17; ++second) {
      const auto proof = log_->consistency(first, second).value();
      ASSERT_TRUE(proves_consistency(first, root(first), second, root(second), proof)) << first << " " << second;
      if (first == 0 || first == second) continue;
      auto other = root(first);
      other[0] ^= 1;
      EXPECT_FALSE(proves_consistency(first, other, second, root(second), proof));
      EXPECT_FALSE(proves_consistency(first, root(first), second, other, proof));
      EXPECT_FALSE(proves_consistency(first, root(first - 1), second, root(second), proof));
      for (std::size_t i = 0; i < proof.size(); ++i) {
        auto bent = proof;
        bent[i][31] ^= 1;
        EXPECT_FALSE(proves_consistency(first, root(first), second, root(second), bent));
        bent.erase(bent.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_FALSE(proves_consistency(first, root(first), second, root(second), bent));
      }
    }
  EXPECT_EQ(log_->consistency(5, 4).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(log_->consistency(0, 18).error().kind, ErrorKind::Invalid);
}

TEST_F(EvidenceLogTest, TakesNothingThatItCannotSign) {
  fill(3);
  signer_.broken = true;
  EXPECT_EQ(log_->append(text(3)).error().kind, ErrorKind::Denied);
  signer_.broken = false;
  EXPECT_EQ(log_->size().value(), 3u);
  EXPECT_TRUE(log_->append(text(3)));
  EXPECT_TRUE(log_->audit());
}

TEST_F(EvidenceLogTest, FindsWhatWasChangedBehindItsBack) {
  const std::vector<std::pair<const char*, bool>> acts{                     // and whether the next start finds it already
      {"UPDATE log_entry SET entry = 'entry X' WHERE number = 3", false},
      {"DELETE FROM log_entry WHERE number = 8", true},
      {"DELETE FROM log_entry WHERE number = 2", false},
      {"UPDATE log_node SET hash = zeroblob(32) WHERE level = 3", true},
      {"UPDATE log_node SET hash = zeroblob(32) WHERE level = 0 AND place = 1", false},
      {"DELETE FROM log_checkpoint WHERE size = 9", true},
      {"DELETE FROM log_checkpoint WHERE size = 4", false},
      {"UPDATE log_checkpoint SET text = replace(text, 'Size: 4', 'Size: 5') WHERE size = 4", false}};
  for (const auto& [sql, at_start] : acts) {
    fs::remove(folder_ / "central.sqlite");
    start();
    fill(9);
    ASSERT_TRUE(log_->audit());
    ASSERT_TRUE(database_->run(sql));
    const auto audited = log_->audit();
    ASSERT_FALSE(audited) << sql;
    EXPECT_EQ(audited.error().kind, ErrorKind::Tampered) << sql;
    const auto again = EvidenceLog::open(*database_, "系统", signer_, clock_);
    EXPECT_EQ(!again, at_start) << sql;
    if (!again) {
      EXPECT_EQ(again.error().kind, ErrorKind::Tampered);
    }
  }
}

// kill -9 while entries are added: what was answered is there, and the log is whole
TEST_F(EvidenceLogTest, SurvivesBeingKilled) {
  log_.reset();
  database_.reset();
  std::uint64_t told = 0;
  for (int round = 0; round < 8; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      auto database = Database::open(folder_ / "central.sqlite", central_schema());
      auto log = EvidenceLog::open(**database, "系统", signer_, clock_);
      for (std::uint64_t n = (*log)->size().value();; ++n)
        if (const auto place = (*log)->append(text(n)); !place || ::write(ends[1], &place->index, sizeof place->index) < 0) ::_exit(1);
    }
    ::close(ends[1]);
    std::uint64_t answered = 0;                    // not before it works, however slow the disk is
    if (::read(ends[0], &answered, sizeof answered) == sizeof answered) told = answered + 1;
    ::usleep(20'000 + 9'000 * static_cast<unsigned>(round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    for (std::uint64_t index = 0; ::read(ends[0], &index, sizeof index) == sizeof index;) told = index + 1;
    ::close(ends[0]);
    start();
    const auto size = log_->size().value();
    EXPECT_GE(size, told);
    EXPECT_LE(size, told + 1);
    const auto whole = log_->audit();
    EXPECT_TRUE(whole) << whole.error().what;
    if (size > 0) {
      EXPECT_EQ(newest().root, test::plain_root(test::plain_leaves(size)));
    }
    log_.reset();
    database_.reset();
  }
  EXPECT_GT(told, 0u);
}

}  // namespace
}  // namespace guzheng
