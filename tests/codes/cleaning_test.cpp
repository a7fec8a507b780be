// Cleaning rules as data: checked with line numbers, every change with its reason, nothing lost. A-4.3 A-4.6
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/codes/check_codes.h"
#include "core/codes/cleaner.h"

namespace guzheng {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> kFields{"name", "short_name", "credit_code", "number", "kind", "address", "region", "industry", "licences", "state", "category", "sensitivity",
                                       "data_region", "phone", "identity", "entry_kind", "entry_link"};

std::size_t at(std::string_view field) { return static_cast<std::size_t>(std::find(kFields.begin(), kFields.end(), field) - kFields.begin()); }

CodeTables tables() {
  CodeTables out;
  out["region"] = std::make_shared<const CodeTable>(region_table().value());
  out["industry"] = std::make_shared<const CodeTable>(CodeTable::make("GB/T 4754", {{"F52", "零售业"}, {"F5292", "互联网零售"}}).value());
  return out;
}

std::shared_ptr<const Cleaner> cleaner(std::string_view rules) {
  std::vector<RuleProblem> problems;
  auto parsed = parse_cleaning(rules, kFields, problems);
  EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error().what);
  return Cleaner::make(std::move(*parsed), kFields, tables()).value();
}

struct Cleaned {
  std::vector<std::string> values;
  std::vector<CleanChange> changes;
  CleanVerdict verdict;
  [[nodiscard]] const CleanChange* change(std::string_view field, CleanReason reason) const {
    for (const auto& change : changes)
      if (change.field == at(field) && change.reason == reason) return &change;
    return nullptr;
  }
};

Cleaned clean(const Cleaner& with, const std::map<std::string, std::string>& row) {
  Cleaned out;
  out.values.resize(kFields.size());
  for (const auto& [field, value] : row) out.values[at(field)] = value;
  out.verdict = with.clean(out.values, out.changes);
  return out;
}

TEST(Cleaning, the_built_in_rules) {
  const auto rules = cleaner(default_cleaning());
  const auto row = clean(*rules, {{"name", " 杭州示例(练习) 有限公司\t"}, {"credit_code", "９１３５０１００m000100y43 "}, {"state", "存续"}, {"address", "浙江省杭州市西湖区文三路1号"}, {"phone", "无"}, {"number", "-"}});
  EXPECT_FALSE(row.verdict.dropped);
  EXPECT_EQ(row.values[at("name")], "杭州示例（练习）有限公司");
  EXPECT_EQ(row.values[at("credit_code")], "91350100M000100Y43");
  EXPECT_EQ(row.values[at("state")], "open");
  EXPECT_EQ(row.values[at("region")], "330106");
  EXPECT_EQ(row.values[at("phone")], "");
  ASSERT_TRUE(row.change("credit_code", CleanReason::Width));
  ASSERT_TRUE(row.change("name", CleanReason::Trimmed));
  EXPECT_EQ(row.change("name", CleanReason::Trimmed)->before, " 杭州示例(练习) 有限公司\t");
  EXPECT_EQ(row.change("phone", CleanReason::Blank)->before, "无");
  EXPECT_EQ(row.change("region", CleanReason::Derived)->after, "330106");
}

TEST(Cleaning, rubbish_and_missing_rows_are_dropped_with_the_reason) {
  const auto rules = cleaner(default_cleaning());
  for (const char* name : {"测试", "12345", "???", "甲", "合计", "这是测试数据"}) {
    const auto row = clean(*rules, {{"name", name}});
    EXPECT_TRUE(row.verdict.dropped) << name;
    EXPECT_EQ(row.verdict.reason, CleanReason::Rubbish) << name;
  }
  const auto empty = clean(*rules, {{"name", " "}, {"address", "x"}});
  EXPECT_EQ(empty.verdict.reason, CleanReason::Missing);
  EXPECT_EQ(rules->rules().rules[empty.verdict.rule].id, "no-name");
}

TEST(Cleaning, codes) {
  const auto rules = cleaner(default_cleaning());
  const auto moved = clean(*rules, {{"name", "示例店"}, {"credit_code", "110108000000016"}});
  EXPECT_EQ(moved.values[at("number")], "110108000000016");
  EXPECT_EQ(moved.values[at("credit_code")], "");
  EXPECT_TRUE(moved.change("number", CleanReason::Moved));
  const auto doubt = clean(*rules, {{"name", "示例店"}, {"credit_code", "91350100M000100Y44"}});
  EXPECT_EQ(doubt.values[at("credit_code")], "91350100M000100Y44") << "some real codes break the rule";
  ASSERT_TRUE(doubt.change("credit_code", CleanReason::WrongCheck));
  EXPECT_TRUE(doubt.change("credit_code", CleanReason::WrongCheck)->doubt);
  const auto rounded = clean(*rules, {{"name", "示例店"}, {"credit_code", "9.1E+17"}});
  EXPECT_EQ(rounded.values[at("credit_code")], "");
  EXPECT_EQ(rounded.change("credit_code", CleanReason::Rounded)->before, "9.1E+17");
  EXPECT_EQ(clean(*rules, {{"name", "示例店"}, {"region", "3301"}}).values[at("region")], "330100");
  EXPECT_EQ(clean(*rules, {{"name", "示例店"}, {"region", "浙江省杭州市"}}).values[at("region")], "330100");
  EXPECT_TRUE(clean(*rules, {{"name", "示例店"}, {"region", "瓦坎达"}}).change("region", CleanReason::UnknownCode));
}

TEST(Cleaning, marks_by_rule) {
  const auto rules = cleaner(R"({"schema":"guzheng-cleaning/1","name":"x","rules":[
    {"id":"m1","do":"mark","when":{"field":"name","contains":["保健"]},"set":{"category":"保健食品","sensitivity":"internal"}},
    {"id":"m2","do":"mark","when":{"field":"region","starts":["33"]},"set":{"data_region":"330000"}},
    {"id":"m3","do":"mark","set":{"sensitivity":"open"}}]})");
  const auto row = clean(*rules, {{"name", "某保健品店"}, {"region", "330106"}});
  EXPECT_EQ(row.values[at("category")], "保健食品");
  EXPECT_EQ(row.values[at("sensitivity")], "internal") << "what is marked stays: the first rule decides";
  EXPECT_EQ(row.values[at("data_region")], "330000");
  EXPECT_EQ(clean(*rules, {{"name", "店"}}).values[at("sensitivity")], "open");
}

TEST(Cleaning, what_is_wrong_with_rules_is_told_with_its_line) {
  std::vector<RuleProblem> problems;
  const auto parsed = parse_cleaning(R"({
  "schema": "guzheng-cleaning/1",
  "name": "x",
  "rules": [
    {"id": "a", "do": "trim", "fields": ["nmae"]},
    {"id": "a", "do": "blank", "fields": ["name"]},
    {"id": "c", "do": "fly"},
    {"id": "d", "do": "check", "fields": ["name"],
     "as": "zip"},
    {"id": "e", "do": "code", "fields": ["region"], "table": "region", "then": "explode", "colour": "red"}
  ]
})", kFields, problems);
  ASSERT_FALSE(parsed);
  std::vector<int> lines;
  for (const auto& problem : problems) lines.push_back(problem.line);
  EXPECT_THAT(lines, ::testing::ElementsAre(5, 6, 6, 7, 9, 10, 10));
  EXPECT_THAT(problems[0].english, HasSubstr("nmae"));
  EXPECT_EQ(problems[0].where, "rules[1].fields");
  EXPECT_FALSE(parse_cleaning("{\n\"a\":\n", kFields, problems));
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_GE(problems[0].line, 2);
}

TEST(Cleaning, a_table_that_is_missing_is_named) {
  std::vector<RuleProblem> problems;
  auto rules = parse_cleaning(R"({"schema":"guzheng-cleaning/1","name":"x","rules":[
    {"id":"i","do":"code","fields":["industry"],"table":"sg3"}]})", kFields, problems);
  const auto made = Cleaner::make(std::move(*rules), kFields, tables());
  EXPECT_EQ(made.error().kind, ErrorKind::NotFound);
  EXPECT_THAT(made.error().what, HasSubstr("line 2"));
}

// Whatever a row says: cleaned twice is cleaned once, and what changed can be followed back to what stood there. A-4.3
TEST(Cleaning, nothing_is_lost_and_twice_is_once) {
  const auto rules = cleaner(default_cleaning());
  std::mt19937 random(20261127);
  const std::vector<std::string> pieces{"杭州", "示例", "（", "(", "有限公司", " ", "　", "９１", "350100", "M000100Y43", "-", "无", "存续", "\xE2\x80\x8B", "浙江省", "9.1E+17", "1", "110108000000016", "网店", "@", "\xEF\xBF\xBD"};
  for (int round = 0; round < 5000; ++round) {
    std::vector<std::string> values(kFields.size());
    for (auto& value : values)
      for (std::size_t n = random() % 4; n > 0; --n) value += pieces[random() % pieces.size()];
    const auto before = values;
    std::vector<CleanChange> changes;
    const auto verdict = rules->clean(values, changes);
    auto followed = before;
    for (const auto& change : changes) {
      EXPECT_EQ(followed[change.field], change.before);
      EXPECT_EQ(change.doubt, change.before == change.after);
      followed[change.field] = change.after;
    }
    ASSERT_EQ(followed, values) << "a change was not told";
    if (verdict.dropped) continue;
    std::vector<CleanChange> again;
    auto twice = values;
    EXPECT_FALSE(rules->clean(twice, again).dropped);
    EXPECT_EQ(twice, values);
    for (const auto& change : again) EXPECT_TRUE(change.doubt) << to_string(change.reason) << " " << change.before << " → " << change.after;
  }
}

TEST(Cleaning, every_reason_has_words) {
  for (int i = 0; i <= static_cast<int>(CleanReason::Marked); ++i) {
    EXPECT_FALSE(to_string(static_cast<CleanReason>(i)).empty());
    EXPECT_FALSE(chinese(static_cast<CleanReason>(i)).empty());
    EXPECT_FALSE(english(static_cast<CleanReason>(i)).empty());
  }
}

}  // namespace
}  // namespace guzheng
