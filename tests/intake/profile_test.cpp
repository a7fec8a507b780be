// Mapping profiles and code tables as files. 
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "tests/intake/library_kit.h"

namespace guzheng {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Profile, what_is_saved_is_read_back) {
  MappingProfile profile;
  profile.name = "省局 \"主体库\"";
  profile.header_line = 3;
  profile.sheet = "名单";
  profile.encoding = TextEncoding::Gb18030;
  profile.separator = ';';
  profile.on_match = OnMatch::Update;
  profile.columns = {{"企业名称", kName}, {"代码\n（18位）", kCreditCode}};
  profile.fixed = {{kEntryPlatform, "练习商城"}};
  std::vector<RuleProblem> problems;
  const auto read = parse_profile(profile_text(profile), problems);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(*read, profile);
  const test::IntakeLibrary library;
  ASSERT_TRUE(save_profile(library.folder / "p.json", profile));
  EXPECT_EQ(read_profile(library.folder / "p.json", problems).value(), profile);
}

TEST(Profile, mistakes_have_lines) {
  std::vector<RuleProblem> problems;
  EXPECT_FALSE(parse_profile("{\n  \"schema\": \"guzheng-profile/1\",\n  \"name\": \"x\",\n  \"colour\": \"red\",\n  \"columns\": [\n    {\"from\": \"a\", \"to\": \"nmae\"},\n    {\"from\": \"a\", \"to\": \"address\"}\n  ]\n}\n", problems));
  std::vector<int> lines;
  for (const auto& problem : problems) lines.push_back(problem.line);
  EXPECT_THAT(lines, ::testing::ElementsAre(4, 6, 7, 5)) << "unknown member, unknown field, a column twice, no name at all";
}

TEST(Profile, headers_are_known_however_they_are_written) {
  EXPECT_EQ(field_of_header("企业名称"), kName);
  EXPECT_EQ(field_of_header(" 名　称* "), kName);
  EXPECT_EQ(field_of_header("统一社会信用代码/注册号"), kCreditCode);
  EXPECT_EQ(field_of_header("住所(经营场所)"), kAddress);
  EXPECT_EQ(field_of_header("APP名称"), kEntryName);
  EXPECT_EQ(field_of_header("credit_code"), kCreditCode);
  EXPECT_EQ(field_of_header("备注"), kIntakeFields);
  const auto proposed = propose_profile({"序号", "名称", "单位名称", "地址"});
  ASSERT_EQ(proposed.columns.size(), 2u) << "one column a field";
}

TEST(Profile, every_field_has_names) {
  for (std::size_t i = 0; i < kIntakeFields; ++i) {
    EXPECT_FALSE(chinese_name(static_cast<IntakeField>(i)).empty());
    EXPECT_EQ(field_of_header(chinese_name(static_cast<IntakeField>(i))), i) << i;
    EXPECT_EQ(field_of_header(intake_fields()[i]), i);
  }
}

TEST(CodeFiles, tables_are_imported_and_used) {
  const test::IntakeLibrary library;
  const auto made = import_code_table(library.folder, "industry", library.file("gbt4754.csv", "代码;名称\nF52;零售业\n F5292 ;互联网零售\n"), "甲", {1});
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->entries().size(), 2u);
  const auto tables = load_code_tables(library.folder).value();
  EXPECT_EQ(tables.at("industry")->code_of("互联网零售"), "F5292");
  EXPECT_TRUE(tables.contains("region"));
  EXPECT_THAT(import_code_table(library.folder, "x", library.file("bad.csv", "代码,名称\n1,\n"), "甲", {1}).error().what, HasSubstr("line 2"));
  EXPECT_FALSE(import_code_table(library.folder, "../x", library.folder / "gbt4754.csv", "甲", {1}));
  EXPECT_THAT(import_code_table(library.folder, "x", library.file("bad2.csv", "a,b\n1,2\n"), "甲", {1}).error().what, HasSubstr("名称"));
}

// GB/T 4754 as it is printed; whatever is wrong with a file is told row by row, and nothing of it is kept
TEST(CodeFiles, read_with_all_problems_and_as_the_standard_is_printed) {
  const test::IntakeLibrary library;
  const auto printed = read_code_file(library.file("4754.csv", "门类,大类,中类,小类,类别名称\nF,,,,批发和零售业\n,52,,,零售业\n,,529,,货摊、无店铺及其他零售业\n,,,5292,互联网零售\n")).value();
  EXPECT_TRUE(printed.problems.empty());
  ASSERT_EQ(printed.entries.size(), 4u);
  EXPECT_EQ(printed.entries[0], (CodeEntry{"F", "批发和零售业"}));
  EXPECT_EQ(printed.entries[3], (CodeEntry{"F5292", "互联网零售"}));

  const auto bad = read_code_file(library.file("bad3.csv", "代码,名称\nA,甲\nB,\n,丙\nA,又是甲\nD,丁\n")).value();
  EXPECT_EQ(bad.entries.size(), 2u);
  EXPECT_EQ(bad.problem_count, 3);
  std::vector<std::string> words;
  for (const auto& one : bad.problems) words.push_back(to_string(one));
  EXPECT_THAT(words, ElementsAre(HasSubstr("line 3: code or name is missing (B)"), HasSubstr("line 4: code"), HasSubstr("line 5: the code \"A\" stands twice")));
  EXPECT_EQ(import_code_table(library.folder, "x", library.folder / "bad3.csv", "甲", {1}).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(code_table_cards(library.folder).size(), 1u) << "the built-in regions alone";
  EXPECT_EQ(read_code_file(library.folder / "nowhere.csv").error().kind, ErrorKind::NotFound);
  EXPECT_THAT(to_string(read_code_file(library.file("letter.csv", "门类,大类,名称\n,52,零售业\n")).value().problems.at(0)), HasSubstr("门类"));
}

TEST(CodeFiles, known_by_their_source_replaced_removed_and_brought_back) {
  const test::IntakeLibrary library;
  const auto codes = [&] {
    std::map<std::string, std::int64_t> out;
    for (const auto& card : code_table_cards(library.folder)) out[card.name] = card.codes;
    return out;
  };
  const auto regions = codes().at("region");
  ASSERT_TRUE(import_code_table(library.folder, "industry", library.file("first.csv", "code,name\nF52,零售业\n"), "甲 J-1", {10}));
  const auto card = code_table_cards(library.folder).back();
  ASSERT_TRUE(card.source);
  EXPECT_EQ(card.source->file, "first.csv");
  EXPECT_EQ(card.source->who, "甲 J-1");
  EXPECT_EQ(card.source->at.ms, 10);
  EXPECT_EQ(card.source->sha256.size(), 64u);
  const auto second = library.file("second.csv", "code,name\nF51,批发业\nF52,零售\n");
  const auto changes = code_changes(load_code_tables(library.folder).value().at("industry").get(), read_code_file(second).value().entries);
  EXPECT_EQ(changes.added, 1);
  EXPECT_EQ(changes.renamed, 1);
  EXPECT_EQ(changes.left_out, 0);
  ASSERT_TRUE(import_code_table(library.folder, "industry", second, "甲 J-1", {20}));
  EXPECT_EQ(codes().at("industry"), 2);
  ASSERT_TRUE(restore_code_table(library.folder, "industry", {20}, {30}));
  EXPECT_EQ(codes().at("industry"), 1);
  EXPECT_EQ(code_table_cards(library.folder).back().source->file, "first.csv");
  ASSERT_TRUE(restore_code_table(library.folder, "industry", {10}, {40}));
  EXPECT_FALSE(codes().contains("industry")) << "that import replaced none";
  ASSERT_TRUE(import_code_table(library.folder, "region", library.file("region.csv", "code,name\n990000,练习省\n"), "甲 J-1", {50}));
  EXPECT_EQ(codes().at("region"), 1);
  ASSERT_TRUE(remove_code_table(library.folder, "region", {60}));
  EXPECT_EQ(codes().at("region"), regions) << "the built-in one";
  EXPECT_EQ(remove_code_table(library.folder, "region", {61}).error().kind, ErrorKind::NotFound);
}

// the shipped rules hold industries to GB/T 4754 once it is there, and import without it
TEST(CodeFiles, the_shipped_rules_use_industries_when_they_are_there) {
  const test::IntakeLibrary library;
  ImportRequest request;
  request.file = library.file("shops.csv", "名称,行业\n示例甲商行（练习）,互联网零售\n示例乙商行（练习）,没有这一行\n");
  const auto preview = [&] { return preview_import(load_code_tables(library.folder).value(), request, 5).value(); };
  EXPECT_EQ(preview().rows.at(0).cleaned.values.at(kIndustry), "互联网零售");
  ASSERT_TRUE(import_code_table(library.folder, "industry", library.file("4754.csv", "代码,名称\nF5292,互联网零售\n"), "甲", {1}));
  EXPECT_EQ(preview().rows.at(0).cleaned.values.at(kIndustry), "F5292");
}

}  // namespace
}  // namespace guzheng
