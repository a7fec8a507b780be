// The sheet of Annex A: what must be filled, what may not be, numbers by rule; results and clues likewise. A-AnA A-6.3a B-5.2
#include "core/tasks/sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/tasks/clue.h"
#include "core/tasks/numbering.h"
#include "core/tasks/result_import.h"
#include "tests/tasks/task_folder.h"

namespace guzheng {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> problems_of(const TaskSheet& sheet) {
  std::vector<std::string> out;
  for (const auto& one : sheet_problems(sheet)) out.push_back(std::string(to_string(one.field)) + " " + std::string(to_string(one.trouble)));
  return out;
}

TaskSheet changed(const std::function<void(TaskSheet&)>& change) {
  auto sheet = test::good_sheet();
  change(sheet);
  return sheet;
}

TEST(Sheet, empty_one_misses_every_field_in_the_order_of_the_form) {
  EXPECT_THAT(problems_of({}), ElementsAre("issuer missing", "name missing", "source missing", "category missing", "methods missing", "from missing", "until missing", "range missing",
                                           "targets missing", "content missing", "features missing", "feedback missing"));
  EXPECT_THAT(draft_problems({}), IsEmpty()) << "a draft may have gaps";
  EXPECT_EQ(sheet_progress({}).filled, 0);
  EXPECT_EQ(sheet_progress({}).needed, 12);
  EXPECT_THAT(problems_of(test::good_sheet()), IsEmpty());
  EXPECT_EQ(sheet_progress(test::good_sheet()).filled, 12);
}

TEST(Sheet, boxes_with_a_blank_beside_them) {
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.targets.insert(TargetKind::Other); })), ElementsAre("other_target missing"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.other_target = "直播间"; })), ElementsAre("other_target not-ticked"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.feedback.insert(FeedbackKind::PlatformCount); })), ElementsAre("platforms missing", "rounds missing"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.platforms = 3; })), ElementsAre("platforms not-ticked"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) {
                s.feedback.insert(FeedbackKind::PlatformCount);
                s.platforms = 0;
                s.rounds = 6;
              })),
              ElementsAre("platforms not-positive"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.third_party = "某公司"; })), ElementsAre("third_party not-ticked"));
  EXPECT_EQ(sheet_progress(changed([](TaskSheet& s) { s.targets.insert(TargetKind::Other); })).needed, 13);
}

TEST(Sheet, what_cannot_be_kept) {
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.until = *s.from - std::chrono::days(1); })), ElementsAre("until before-beginning"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.name = std::string(401, 'x'); })), ElementsAre("name too-long"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.range = "a\nb"; })), ElementsAre("range not-plain"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.source = "\xff"; })), ElementsAre("source not-plain"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.content = "\xE3\x80\x80\n"; })), ElementsAre("content missing")) << "blanks say nothing";
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.features.code_words = {"糖友", " "}; })), ElementsAre("features not-plain"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.features.keywords = {std::string(201, 'x')}; })), ElementsAre("features too-long"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) { s.features.pictures = {{"伪蓝帽.png", "zz"}}; })), ElementsAre("features not-plain"));
  EXPECT_THAT(problems_of(changed([](TaskSheet& s) {
                s.features = {};
                s.features.sounds = {{"口播样例", ""}};
              })),
              IsEmpty()) << "a sound alone may be what is looked for";
}

TEST(Sheet, kept_and_read_back) {
  auto sheet = test::good_sheet();
  sheet.targets.insert(TargetKind::Other);
  sheet.other_target = "直播间";
  sheet.methods = {TaskMethod::Own, TaskMethod::ThirdParty};
  sheet.third_party = "某数据公司";
  sheet.features = {{"一"}, {"二"}, {"三"}, {{"图.png", std::string(64, 'a')}}, {{"声", ""}}};
  sheet.feedback = {FeedbackKind::Report, FeedbackKind::ClueTable, FeedbackKind::SubjectList, FeedbackKind::PlatformCount};
  sheet.platforms = 3;
  sheet.rounds = 6;
  EXPECT_EQ(sheet_from_json(to_json(sheet)).value(), sheet);
  EXPECT_EQ(sheet_from_json(to_json(TaskSheet())).value(), TaskSheet());
  for (const char* key : {"name", "methods", "category", "platforms", "pictures"}) {
    auto json = to_json(sheet);
    json[key] = Json{{"x", 1}};
    EXPECT_FALSE(sheet_from_json(json)) << key;
  }
  EXPECT_FALSE(sheet_from_json(Json::array()));
  auto unknown = to_json(sheet);
  unknown["targets"].push_back("电视");
  EXPECT_FALSE(sheet_from_json(unknown));
}

TEST(Numbers, by_rule) {
  EXPECT_EQ(number_by({"练习-{年}-{序号4}"}, 2026, 9, 16, 118), "练习-2026-0118");
  EXPECT_EQ(number_by({"盐市监网监〔{年}〕{序号1}号"}, 2026, 9, 16, 12), "盐市监网监〔2026〕12号");
  EXPECT_EQ(number_by({"{年}{月}{日}{序号3}"}, 2026, 9, 6, 7), "20260906007");
  EXPECT_TRUE(check_number_rule({"{年}{月}{日}{序号8}"}));
  for (const char* rule : {"", "  ", "{年}", "{序号4}", "{年}{年}{序号4}", "{年}{序号0}", "{年}{序号9}", "{年}{序号4", "{年}{序号4}{x}", "{年}{序号44}"}) EXPECT_FALSE(check_number_rule({rule})) << rule;
  EXPECT_FALSE(check_number_rule({"{年}{序号4}" + std::string(60, 'x')}));
}

TEST(Results, what_they_must_say) {
  const auto problems = [](const std::function<void(MonitorResult&)>& change) {
    auto result = test::good_result();
    change(result);
    std::vector<std::string> out;
    for (const auto& one : result_problems(result)) out.push_back(std::string(to_string(one.field)) + " " + std::string(to_string(one.trouble)));
    return out;
  };
  EXPECT_THAT(problems([](MonitorResult&) {}), IsEmpty());
  EXPECT_THAT(problems([](MonitorResult& r) { r.link.clear(); }), ElementsAre("link no-link-nor-snapshot"));
  EXPECT_THAT(problems([](MonitorResult& r) {
                r.link.clear();
                r.snapshot = "截图.png";
              }),
              IsEmpty());
  for (const char* link : {"shop.example/1", "javascript:alert(1)", "https://", "https://a b", "ftp://x/y"}) EXPECT_THAT(problems([&](MonitorResult& r) { r.link = link; }), ElementsAre("link not-a-link")) << link;
  EXPECT_THAT(problems([](MonitorResult& r) { r.operator_name = r.violation = r.field = ""; }), ElementsAre("operator_name missing", "violation missing", "field missing"));
  EXPECT_THAT(problems([](MonitorResult& r) { r.credit_code = "91320900MA1MTP9K8X"; }), ElementsAre("credit_code bad-credit-code"));
  EXPECT_TRUE(is_credit_code("91350100M000100Y43"));
  EXPECT_FALSE(is_credit_code("91350100M000100Y44"));
  EXPECT_FALSE(is_credit_code("91350100M000100Y4"));
  EXPECT_FALSE(is_credit_code("91350100I000100Y43")) << "I is no character of the code";
}

TEST(Import, what_a_third_party_hands_over) {
  const std::vector<ImportRow> table{{"线索编号", " 网址 ", "主体名称", "信用代码", "平台", "违法表现", "业务领域", "网址", "颜色"},
                                    {"A1", "https://a.example/1", "甲公司", "91350100M000100Y43", "练习商城", "虚假宣传", "广告"},
                                    {"A2", "https://a.example/1", "甲公司", "", "练习商城", "虚假宣传", "广告"},
                                    {"", "", "", ""},
                                    {"A3", "a.example", "", "91350100M000100Y44", "练习商城", "虚假宣传", "广告"},
                                    {"A4", "https://a.example/known", "乙公司", "", "练习商城", "虚假宣传", "广告", "", ""},
                                    {"A5", "https://a.example/5"}};
  const auto reading = read_results(table, "某数据公司", {{"https://a.example/known", "虚假宣传"}});
  ASSERT_EQ(reading.results.size(), 1u);
  EXPECT_EQ(reading.results[0].outside_number, "A1");
  EXPECT_EQ(reading.results[0].found_by, "某数据公司");
  EXPECT_EQ(reading.results[0].operator_name, "甲公司");
  EXPECT_THAT(reading.rows, ElementsAre(2u));
  EXPECT_EQ(reading.blank_rows, 1u);
  std::vector<std::string> told;
  for (const auto& one : reading.problems) {
    auto text = std::to_string(one.row) + " " + std::string(to_string(one.trouble));
    if (one.trouble == ImportTrouble::BadCell) text += " " + std::string(to_string(one.cell.field)) + " " + std::string(to_string(one.cell.trouble));
    if (one.other_row > 0) text += " " + std::to_string(one.other_row);
    told.push_back(text);
  }
  EXPECT_THAT(told, ElementsAre("1 two-columns", "1 unknown-column", "3 duplicate 2", "5 bad-cell link not-a-link", "5 bad-cell operator_name missing", "5 bad-cell credit_code bad-credit-code",
                                "6 known", "7 bad-cell operator_name missing", "7 bad-cell violation missing", "7 bad-cell field missing"));
}

TEST(Import, a_table_without_its_columns_is_not_read) {
  EXPECT_EQ(read_results({}, "").problems.at(0).trouble, ImportTrouble::NoHeader);
  EXPECT_EQ(read_results({{"甲", "乙"}, {"1", "2"}}, "").problems.at(0).trouble, ImportTrouble::NoHeader);
  const auto reading = read_results({{"链接", "主体名称"}, {"https://a.example", "甲"}}, "");
  EXPECT_THAT(reading.results, IsEmpty());
  std::vector<std::string> missing;
  for (const auto& one : reading.problems) missing.push_back(one.text);
  EXPECT_THAT(missing, ElementsAre("涉嫌违法表现", "所属业务领域"));
}

TEST(Clues, what_they_must_say) {
  Clue clue{ClueSource::Complaint, "张某", "", day_from("2026-09-10"), "", "", "", "网店销售假药", {}};
  const auto today = *day_from("2026-09-10");
  EXPECT_THAT(clue_problems(clue, today), IsEmpty());
  EXPECT_THAT(clue_problems(clue, today - std::chrono::days(1)), ElementsAre(ClueProblem{ClueField::Received, ClueTrouble::InTheFuture}));
  EXPECT_EQ(clue_problems({}, today).size(), 3u);
  clue.documents = {{"信.jpg", "no digest"}};
  EXPECT_THAT(clue_problems(clue, today), ElementsAre(ClueProblem{ClueField::Documents, ClueTrouble::NotPlain}));
}

}  // namespace
}  // namespace guzheng
