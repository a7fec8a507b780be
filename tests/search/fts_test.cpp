// FTS5 behind TextSearch (core/search/fts_search.h): the contract of all engines, and what only a file can do. A-5.2a, A-8.5.
#include "core/search/fts_search.h"

#include <fstream>

#include "core/base/file.h"
#include "core/sql/connection.h"
#include "tests/search/contract.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using test::TextContract;

class FileMaker final : public test::TextMaker {
 public:
  FileMaker() {
    std::string pattern = (fs::temp_directory_path() / "gz-texts-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  ~FileMaker() override { fs::remove_all(folder_); }
  Result<std::unique_ptr<TextSearch>> open(std::int64_t shape) override { return open_fts_search(file(), shape, clock_, &anew_); }
  [[nodiscard]] fs::path file() const { return folder_ / "texts.sqlite"; }
  std::string anew_;

 private:
  fs::path folder_;
  SystemClock clock_;
};
INSTANTIATE_TEST_SUITE_P(Fts, TextContract, testing::Values([]() -> std::unique_ptr<test::TextMaker> { return std::make_unique<FileMaker>(); }));

TextBatch few(std::int64_t from) {
  return {{{"a", from, {"杭州甲店"}}, {"b", from + 1, {"杭州乙店"}}}, {}, from + 1};
}

// an index is thrown away and made anew, never mended
TEST(FtsSearch, BeginsAnewWhenItIsDamagedOrOfAnotherShape) {
  FileMaker maker;
  { ASSERT_TRUE((*maker.open(1))->apply(few(1))); }
  EXPECT_EQ(maker.anew_, "");
  { EXPECT_EQ((*maker.open(1))->state()->applied, 2); }
  { EXPECT_EQ((*maker.open(2))->state()->applied, 0); }
  EXPECT_THAT(maker.anew_, testing::HasSubstr("other fields"));
  { ASSERT_TRUE((*maker.open(2))->apply(few(1))); }
  for (const char* end : {"-wal", "-shm"}) fs::remove(maker.file().string() + end);
  { std::ofstream(maker.file(), std::ios::trunc) << std::string(8192, 'x'); }
  maker.anew_.clear();
  const auto index = maker.open(2);
  ASSERT_TRUE(index) << index.error().what;
  EXPECT_NE(maker.anew_, "");
  EXPECT_EQ((*index)->state()->applied, 0);
  EXPECT_TRUE((*index)->apply(few(1)));
  EXPECT_EQ((*index)->search({"杭州"})->count, 2);
}

TEST(FtsSearch, LeavesTheIndexOfANewerProgramNoLonger) {
  FileMaker maker;
  { ASSERT_TRUE((*maker.open(1))->apply(few(1))); }
  {
    const auto file = SqlConnection::open(maker.file(), {}, {true});
    ASSERT_TRUE(file);
    ASSERT_TRUE((*file)->run("PRAGMA query_only=0; PRAGMA user_version=99"));
  }
  const auto index = maker.open(1);
  ASSERT_TRUE(index) << index.error().what;
  EXPECT_EQ((*index)->state()->applied, 0);
}

// What FTS5 itself says of what was put in beside it and what was left behind.
TEST(FtsSearch, TheEnginesOwnCheckAgrees) {
  FileMaker maker;
  auto index = maker.open(1).value();
  std::int64_t place = 0;
  for (int round = 0; round < 3; ++round) {
    TextBatch batch;
    for (int i = 0; i < 800; ++i) batch.put.push_back({"id-" + std::to_string(i), ++place, {"杭州店" + std::to_string(i * 7)}, {"网店" + std::to_string(i)}, {"9133" + std::to_string(i)}, {"r33"}});
    batch.applied = place;
    ASSERT_TRUE(index->apply(batch));
  }
  EXPECT_EQ(index->state()->dead, 1600);
  EXPECT_EQ(index->state()->documents, 800);
  EXPECT_GT(index->state()->bytes, 10'000);
  EXPECT_EQ(index->search({"杭州", {{"r33"}}})->count, 800);
  index.reset();
  const auto file = SqlConnection::open(maker.file(), {}, {true});
  ASSERT_TRUE(file);
  EXPECT_TRUE((*file)->run("PRAGMA query_only=0; INSERT INTO find(find) VALUES('integrity-check')"));
}

// Patience ends the counting, never the page.
TEST(FtsSearch, PatienceEndsTheCountingOnly) {
  FileMaker maker;
  auto index = maker.open(1).value();
  TextBatch batch;
  for (int i = 0; i < 900; ++i) batch.put.push_back({"id-" + std::to_string(i), i + 1, {"杭州店"}});
  batch.applied = 900;
  ASSERT_TRUE(index->apply(batch));
  TextQuestion question{"杭州"};
  question.patience_us = 1;
  const auto answer = index->search(question).value();
  EXPECT_EQ(answer.hits.size(), 50u);
  EXPECT_GE(answer.count, 50);
  EXPECT_TRUE(answer.capped || answer.count == 900);
}

}  // namespace
}  // namespace guzheng
