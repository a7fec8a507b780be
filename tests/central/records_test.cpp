// What stations keep in common, at the central system (core/central/records.h): A-7.4c, A-8.2.
#include "core/central/records.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "core/base/random.h"
#include "core/central/schema.h"

namespace guzheng {
namespace {

namespace fs = std::filesystem;
using Word = RecordOutcome::Word;

class Records : public testing::Test {
 protected:
  Records() {
    std::string pattern = (fs::temp_directory_path() / "gz-records-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    database_ = Database::open(folder_ / "central.sqlite", central_schema()).value();
    book_ = std::make_unique<CommonRecords>(*database_, clock_);
  }
  ~Records() override {
    book_.reset();
    database_.reset();
    fs::remove_all(folder_);
  }
  static RecordChange change(const std::string& id, std::int64_t base, const std::string& body) { return {random_hex(16), "subject", id, base, body.empty(), body, "王甲 执法-01", 1}; }
  RecordOutcome tell(const RecordChange& one, const std::string& station = "LX-03", const std::string& unit = "网监一科") {
    auto taken = book_->take({one}, station, unit);
    EXPECT_TRUE(taken) << taken.error().what;
    refusals_ = taken->refusals;
    return taken->outcomes.at(0);
  }
  RecordPage page(std::int64_t since = 0, std::vector<std::string> kinds = {}, std::size_t limit = 500, const std::string& unit = "网监一科") { return book_->page(unit, since, kinds, limit).value(); }

  fs::path folder_;
  ManualClock clock_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<CommonRecords> book_;
  std::vector<CommonRecords::Refusal> refusals_;
};

TEST_F(Records, AreTakenByVersionsAndNothingThatWasOverwrittenIsLost) {
  const auto first = tell(change("a", 0, R"({"name":"甲"})"));
  EXPECT_EQ(first.word, Word::Taken);
  EXPECT_EQ(first.version, 1);
  const auto second = tell(change("a", 1, R"({"name":"乙"})"), "LX-04");
  EXPECT_EQ(second.version, 2);
  EXPECT_GT(second.sequence, first.sequence);
  const auto late = tell(change("a", 1, R"({"name":"丙"})"));
  ASSERT_EQ(late.word, Word::Conflict);
  EXPECT_EQ(late.newest->version, 2);
  EXPECT_EQ(late.newest->body, R"({"name":"乙"})");
  EXPECT_EQ(late.newest->station, "LX-04");
  EXPECT_EQ(tell(change("a", 2, "")).version, 3);
  const auto now = page();
  ASSERT_EQ(now.records.size(), 1u);                // the newest alone
  EXPECT_TRUE(now.records[0].gone);
  EXPECT_EQ(now.records[0].body, R"({"name":"乙"})");
  const auto all = book_->versions("subject", "a").value();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].body, R"({"name":"甲"})");
  EXPECT_EQ(all[2], now.records[0]);
  EXPECT_EQ(tell(change("a", 3, R"({"name":"丁"})")).version, 4);        // back again
  EXPECT_EQ(book_->count().value(), 1);
}

TEST_F(Records, ToldTwiceAreTakenOnce) {
  const std::vector<RecordChange> batch{change("a", 0, R"({"n":1})"), change("b", 0, R"({"n":2})")};
  const auto once = book_->take(batch, "LX-03", "网监一科").value(), twice = book_->take(batch, "LX-03", "网监一科").value();
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(twice.outcomes[i].word, Word::Taken);
    EXPECT_EQ(twice.outcomes[i].version, 1);
    EXPECT_EQ(twice.outcomes[i].sequence, once.outcomes[i].sequence);
  }
  EXPECT_EQ(tell(change("a", 1, R"({"n":3})")).version, 2);
  EXPECT_EQ(tell(batch[0]).version, 1);            // still the answer it got, though there is a newer one
  EXPECT_EQ(tell(change("a", 1, R"({"n":3})")).version, 2);              // another station made the same change: nothing new
  EXPECT_EQ(book_->versions("subject", "a")->size(), 2u);
  auto forged = batch[0];
  forged.body = R"({"n":9})";
  EXPECT_EQ(tell(forged).error, "change-id");
  EXPECT_EQ(tell(batch[0], "LX-04").error, "change-id");
}

TEST_F(Records, OfAnotherUnitAreNeitherSeenNorChanged) {       // A-8.2
  tell(change("a", 0, R"({"n":1})"));
  const auto other = tell(change("a", 1, R"({"n":2})"), "LX-09", "网监二科");
  EXPECT_EQ(other.word, Word::Refused);
  EXPECT_EQ(other.error, "other-unit");
  ASSERT_EQ(refusals_.size(), 1u);
  EXPECT_EQ(refusals_[0].id, "a");
  EXPECT_TRUE(page(0, {}, 500, "网监二科").records.empty());
  EXPECT_EQ(page().records.size(), 1u);
  EXPECT_EQ(book_->take({change("c", 0, "{}")}, "LX-10", "").error().kind, ErrorKind::Denied);
  EXPECT_EQ(tell(change("z", 4, R"({"n":2})")).error, "base");
}

TEST_F(Records, GoInPagesThatMissNothing) {
  for (int part = 0; part < 2; ++part) {
    std::vector<RecordChange> ours, others;
    for (int n = part * 65; n < part * 65 + 65; ++n) {
      ours.push_back(change("r" + std::to_string(n), 0, R"({"n":)" + std::to_string(n) + "}"));
      if (n % 2 == 1) ours.back().kind = "tag";
      others.push_back(change("x" + std::to_string(n), 0, "{}"));
    }
    ASSERT_TRUE(book_->take(others, "LX-09", "网监二科"));
    ASSERT_TRUE(book_->take(ours, "LX-03", "网监一科"));
  }
  std::set<std::string> seen;
  std::int64_t since = 0;
  for (bool more = true; more;) {
    const auto now = page(since, {}, 60);
    EXPECT_LE(now.records.size(), 60u);
    for (const auto& record : now.records) EXPECT_TRUE(seen.insert(record.id).second);
    since = now.since;
    more = now.more;
  }
  EXPECT_EQ(seen.size(), 130u);
  EXPECT_EQ(page(since).records.size(), 0u);
  EXPECT_EQ(page(0, {"tag"}).records.size(), 65u);
  EXPECT_EQ(page(0, {"tag", "task"}, 10).records.size(), 10u);
  EXPECT_TRUE(page(0, {"task"}).records.empty());
}

TEST_F(Records, AreBoundedInBytes) {
  const std::string large = R"({"t":")" + std::string(200 * 1024, 'x') + R"("})";
  for (const char* id : {"a", "b", "c"}) {
    tell(change(id, 0, large));
    tell(change(id, 1, R"({"was":)" + large + "}"));
  }
  const auto first = page();
  EXPECT_EQ(first.records.size(), 2u);
  EXPECT_TRUE(first.more);
  EXPECT_EQ(page(first.since).records.size(), 1u);
  const auto taken = book_->take({change("a", 1, "{}"), change("b", 1, "{}"), change("c", 1, "{}")}, "LX-03", "网监一科").value();
  EXPECT_EQ(taken.outcomes[1].word, Word::Conflict);
  EXPECT_EQ(taken.outcomes[2].word, Word::Later);
  EXPECT_LE(write_record_outcomes(taken.outcomes)->size(), kMostRecordMessage);
}

TEST(RecordWire, IsReadStrictly) {
  const RecordChange one{std::string(32, 'a'), "subject", "s1", 3, false, R"({"name":"甲"})", "王甲 01", 7}, gone{std::string(32, 'b'), "tag", "t1", 1, true, "", "王甲 01", 7};
  const auto text = write_record_changes({one, gone}).value();
  EXPECT_EQ(parse_record_changes(text).value(), (std::vector<RecordChange>{one, gone}));
  const auto with = [&](const char* path, const Json& value) {
    auto json = Json::parse(text);
    json[Json::json_pointer(path)] = value;
    return parse_record_changes(canonical_json(json).value());
  };
  ASSERT_TRUE(with("/changes/0/base", 4));
  for (const auto& [path, value] : std::vector<std::pair<const char*, Json>>{{"/format", 2}, {"/more", 1}, {"/changes", Json::array()}, {"/changes/0/change", "x"}, {"/changes/0/kind", "secret"}, {"/changes/0/id", "../x"},
                                                                             {"/changes/0/base", -1}, {"/changes/0/body", "text"}, {"/changes/0/body", nullptr}, {"/changes/0/person", ""}, {"/changes/1/gone", false},
                                                                             {"/changes/1/base", 0}, {"/changes/0/more", 1}, {"/changes/1/change", std::string(32, 'a')}, {"/changes/0/body", {{"t", std::string(kMostRecordBody, 'x')}}}})
    EXPECT_FALSE(with(path, value)) << path;
  for (const char* bad : {"", "[]", "{}", R"({"changes":[],"format":1} )"}) EXPECT_FALSE(parse_record_changes(bad)) << bad;

  const CommonRecord record{"subject", "s1", 2, 9, "LX-04", "李乙 02", 11, false, R"({"name":"乙"})"};
  const RecordPage page{{record}, 9, true};
  const auto read = parse_record_page(write_record_page(page).value()).value();
  EXPECT_EQ(read.records, page.records);
  EXPECT_TRUE(read.more);
  EXPECT_FALSE(parse_record_page(write_record_page({{record}, 8, true}).value()));
  RecordOutcome conflict{Word::Conflict, std::string(32, 'c'), 0, 0, record, "", ""}, refused{Word::Refused, std::string(32, 'd'), 0, 0, {}, "other-unit", "why"}, later{Word::Later, std::string(32, 'e'), 0, 0, {}, "", ""};
  const auto outcomes = parse_record_outcomes(write_record_outcomes({conflict, refused, later}).value()).value();
  EXPECT_EQ(outcomes[0].newest, record);
  EXPECT_EQ(outcomes[1].error, "other-unit");
  EXPECT_EQ(outcomes[2].word, Word::Later);
}

}  // namespace
}  // namespace guzheng
