// A segment that is written beside FTS5 must be what FTS5 itself would have made of the same rows: each token at each place (fts5vocab), and every
// check that FTS5 has of its own files ('integrity-check').
#include "core/sql/fts_segment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <set>

#include "core/sql/bigrams.h"
namespace guzheng {
namespace {

namespace fs = std::filesystem;
using Rows = std::vector<std::pair<std::int64_t, std::string>>;

const SqlMigrations kTable{
    "CREATE VIRTUAL TABLE f USING fts5(d, content='', columnsize=0, tokenize='gz_bigrams'); INSERT INTO f(f, rank) VALUES('usermerge', 2);"
    "CREATE VIRTUAL TABLE words USING fts5vocab(f, 'instance');"};

class FtsSegmentTest : public testing::Test {
 protected:
  FtsSegmentTest() {
    std::string pattern = (fs::temp_directory_path() / "gz-segment-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~FtsSegmentTest() override { fs::remove_all(root_); }
  std::unique_ptr<SqlConnection> open(const std::string& name) {
    auto out = SqlConnection::open(root_ / name, kTable);
    EXPECT_TRUE(out) << (out ? "" : out.error().what);
    return std::move(*out);
  }
  static void through_table(SqlConnection& index, const Rows& rows) {
    auto all = SqlTransaction::begin(index);
    ASSERT_TRUE(all);
    auto put = index.prepare("INSERT INTO f(rowid,d) VALUES(?,?)");
    ASSERT_TRUE(put);
    for (const auto& [row, document] : rows) ASSERT_TRUE(put->bind(1, row).bind(2, document).run());
    ASSERT_TRUE(all->commit());
  }
  static std::int64_t beside_table(SqlConnection& index, const Rows& rows) {
    auto all = SqlTransaction::begin(index);
    EXPECT_TRUE(all);
    FtsSegment segment;
    for (const auto& [row, document] : rows) segment.add(row, document);
    const auto due = segment.write(index, "f");
    EXPECT_TRUE(due) << (due ? "" : due.error().what);
    EXPECT_EQ(segment.tokens(), 0u);
    EXPECT_TRUE(all->commit());
    return due.value_or(0);
  }
  static void check(SqlConnection& index) {
    const auto whole = index.run("INSERT INTO f(f) VALUES('integrity-check')");
    EXPECT_TRUE(whole) << (whole ? "" : whole.error().what);
  }
  // Everything that is in it, in order.
  static std::vector<std::string> instances(SqlConnection& index) {
    std::vector<std::string> out;
    auto ask = index.prepare("SELECT term, doc, offset FROM words");
    EXPECT_TRUE(ask);
    for (auto more = ask->step(); more && *more; more = ask->step())
      out.push_back(std::string(ask->text(0)) + '\n' + std::to_string(ask->integer(1)) + '\n' + std::to_string(ask->integer(2)));
    std::sort(out.begin(), out.end());
    return out;
  }
  static std::set<std::int64_t> found(SqlConnection& index, const std::string& expression) {
    std::set<std::int64_t> out;
    auto ask = index.prepare("SELECT rowid FROM f WHERE f MATCH ?");
    EXPECT_TRUE(ask);
    ask->bind(1, expression);
    for (auto more = ask->step(); more && *more; more = ask->step()) out.insert(ask->integer(0));
    return out;
  }
  fs::path root_;
};

// Names of few characters, so that tokens repeat; marks, short and long, that begin alike; initials with choices; other texts; some rows with next to nothing.
std::string random_document(std::mt19937& random, std::int64_t row) {
  static constexpr const char* kCharacters[] = {"东", "台", "鲜", "果", "店", "商", "a", "7", "𠀀", "é"};
  const auto text = [&](std::size_t most) {
    std::string out;
    for (std::size_t length = random() % (most + 1); length > 0; --length) out += kCharacters[random() % std::size(kCharacters)];
    return out;
  };
  std::string out = text(12);
  if (random() % 4 == 0) out += kPart + text(5);
  out += kMarks;
  for (std::size_t count = random() % 6; count > 0; --count) out += "k" + std::to_string(random() % 30) + " ";
  out += "every nlongmark" + std::to_string(row % 17) + "x nlongmark" + std::to_string(row) + "y " + std::string(random() % 300, 'z') + " ";
  out += kInitials;
  for (std::size_t length = random() % 8; length > 0; --length) out += random() % 5 == 0 ? "[cz]" : std::string(1, static_cast<char>('a' + random() % 4));
  if (random() % 2 == 0) out += kOtherText + text(20) + kPart + text(3);
  return out;
}

Rows random_rows(unsigned seed, std::int64_t from, std::int64_t count) {
  std::mt19937 random(seed);
  Rows out;
  for (std::int64_t row = from; static_cast<std::int64_t>(out.size()) < count; row += 1 + random() % 3) out.emplace_back(row, random_document(random, row));
  return out;
}

TEST_F(FtsSegmentTest, holds_what_the_table_would_hold) {
  const auto rows = random_rows(1, 1, 4000);
  const auto table = open("table"), beside = open("beside");
  through_table(*table, rows);
  EXPECT_GT(beside_table(*beside, rows), 0);
  check(*beside);
  const auto here = open("beside");                              // as another connection sees it
  EXPECT_EQ(instances(*table), instances(*here));
  for (const char* text : {"\"鲜果\"", "\"东台鲜\"", "\"店\"", "\"\x1d" "abc\"", "\"\x1e" "k7\"", "\"\x1e" "every\" AND \"果店\"", "\"\x1e" "nlongmark12\" *"})
    EXPECT_EQ(found(*table, text), found(*here, text)) << text;
}

// A token that all rows have, over many leaves: with a doclist index; and rows whose places of one token fill leaves alone.
TEST_F(FtsSegmentTest, long_lists_are_whole) {
  Rows rows;
  std::string long_name;
  for (int i = 0; i < 12'000; ++i) long_name += "果";
  for (std::int64_t row = 10; row < 60'010; row += 2) rows.emplace_back(row, row % 20'000 == 10 ? long_name : std::string("果店\x1e" "all "));
  const auto table = open("table"), beside = open("beside");
  through_table(*table, rows);
  static_cast<void>(beside_table(*beside, rows));
  check(*beside);
  EXPECT_EQ(instances(*table), instances(*open("beside")));
  auto asked = beside->prepare("SELECT count(*) FROM f_idx WHERE pgno & 1");
  ASSERT_TRUE(asked && asked->step());
  EXPECT_GT(asked->integer(0), 0) << "no doclist index was written";
  asked->reset();
  const auto here = open("beside");
  auto from = here->prepare("SELECT rowid FROM f WHERE f MATCH '\"果店\"' AND rowid>40000 ORDER BY rowid LIMIT 1");
  ASSERT_TRUE(from && from->step());
  EXPECT_EQ(from->integer(0), 40'002);
}

// One after the other with rows of the table's own, taken out and merged by FTS5.
TEST_F(FtsSegmentTest, the_table_goes_on_with_it) {
  const auto table = open("table"), beside = open("beside"), bulk = open("beside");
  Rows gone;
  std::int64_t next = 1;
  for (unsigned round = 0; round < 6; ++round) {
    const auto few = random_rows(100 + round, next, 50), many = random_rows(200 + round, few.back().first + 1, 900);
    next = many.back().first + 1;
    for (const auto* rows : {&few, &many}) through_table(*table, *rows);
    through_table(*beside, few);
    const std::int64_t due = beside_table(*bulk, many);
    EXPECT_GT(due, 0);
    for (auto* index : {table.get(), beside.get()}) {
      auto all = SqlTransaction::begin(*index);
      ASSERT_TRUE(all);
      auto take_out = index->prepare("INSERT INTO f(f,rowid,d) VALUES('delete',?,?)");
      ASSERT_TRUE(take_out);
      for (std::size_t at = round; at < many.size(); at += 7) ASSERT_TRUE(take_out->bind(1, many[at].first).bind(2, many[at].second).run());
      ASSERT_TRUE(all->commit());
    }
    ASSERT_TRUE(beside->run("INSERT INTO f(f,rank) VALUES('merge'," + std::to_string(due / 2) + ")"));
    check(*beside);
  }
  EXPECT_EQ(instances(*table), instances(*beside));
  ASSERT_TRUE(beside->run("INSERT INTO f(f) VALUES('optimize')"));
  check(*beside);
  EXPECT_EQ(instances(*table), instances(*beside));
  EXPECT_EQ(instances(*table), instances(*open("beside")));
}

// FTS5 counts rows and places, and calls a table damaged that is to give out more than it got.
TEST_F(FtsSegmentTest, all_of_it_can_be_taken_out_again) {
  const auto beside = open("beside"), bulk = open("beside");
  const auto rows = random_rows(5, 1, 600);
  static_cast<void>(beside_table(*bulk, rows));
  auto take_out = beside->prepare("INSERT INTO f(f,rowid,d) VALUES('delete',?,?)");
  ASSERT_TRUE(take_out);
  EXPECT_EQ(found(*beside, "\"\x1e" "every\"").size(), rows.size());
  auto all = SqlTransaction::begin(*beside);
  ASSERT_TRUE(all);
  for (const auto& [row, document] : rows) ASSERT_TRUE(take_out->bind(1, row).bind(2, document).run());
  ASSERT_TRUE(all->commit());
  EXPECT_TRUE(instances(*beside).empty());
  check(*beside);
}

TEST_F(FtsSegmentTest, rolled_back_it_leaves_nothing) {
  const auto beside = open("beside");
  const auto rows = random_rows(3, 1, 300);
  {
    auto all = SqlTransaction::begin(*beside);
    ASSERT_TRUE(all);
    FtsSegment segment;
    for (const auto& [row, document] : rows) segment.add(row, document);
    ASSERT_TRUE(segment.write(*beside, "f"));
  }
  check(*open("beside"));
  EXPECT_TRUE(instances(*open("beside")).empty());
  static_cast<void>(beside_table(*beside, rows));
  check(*beside);
  EXPECT_FALSE(instances(*open("beside")).empty());
}

TEST_F(FtsSegmentTest, nothing_is_no_segment) {
  const auto beside = open("beside");
  FtsSegment none;
  const auto due = none.write(*beside, "f");
  ASSERT_TRUE(due);
  EXPECT_EQ(*due, 0);
  none.add(1, "");
  EXPECT_TRUE(none.write(*beside, "f"));
  check(*beside);
}

TEST_F(FtsSegmentTest, another_form_is_left_alone) {
  const auto beside = open("beside");
  const auto is = FtsSegment::fits(*beside, "f");
  ASSERT_TRUE(is);
  EXPECT_TRUE(*is);
  ASSERT_TRUE(beside->run("UPDATE f_config SET v=5 WHERE k='version'"));
  const auto other = FtsSegment::fits(*beside, "f");
  ASSERT_TRUE(other);
  EXPECT_FALSE(*other);
  ASSERT_TRUE(beside->run("UPDATE f_config SET v=4 WHERE k='version'; UPDATE f_data SET block=x'00000000ff00000101020304' WHERE id=10"));
  const auto broken = FtsSegment::fits(*beside, "f");
  ASSERT_TRUE(broken);
  EXPECT_FALSE(*broken);
}

}  // namespace
}  // namespace guzheng
