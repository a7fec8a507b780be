// Mapping profiles and code tables as files. 
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "tests/intake/library_kit.h"

namespace guzheng {
namespace {

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
  const auto made = import_code_table(library.folder, "industry", library.file("gbt4754.csv", "代码;名称\nF52;零售业\n F5292 ;互联网零售\n"));
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->entries().size(), 2u);
  const auto tables = load_code_tables(library.folder).value();
  EXPECT_EQ(tables.at("industry")->code_of("互联网零售"), "F5292");
  EXPECT_TRUE(tables.contains("region"));
  EXPECT_THAT(import_code_table(library.folder, "x", library.file("bad.csv", "代码,名称\n1,\n")).error().what, HasSubstr("line 2"));
  EXPECT_FALSE(import_code_table(library.folder, "../x", library.folder / "gbt4754.csv"));
  EXPECT_THAT(import_code_table(library.folder, "x", library.file("bad2.csv", "a,b\n1,2\n")).error().what, HasSubstr("名称"));
}

}  // namespace
}  // namespace guzheng
