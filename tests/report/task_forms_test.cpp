// The forms of monitoring tasks: values, and the printed pages as a reader sees them. A-AnA A-6.3c
#include "core/report/task_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <cstdlib>

#include "tests/report/print_support.h"

namespace guzheng {
namespace {

using test::Folder;

TaskSheet sample_sheet() {
  TaskSheet sheet;
  sheet.issuer = "示例市市场监督管理局食品科（练习）";
  sheet.name = "普通食品宣称疾病治疗功能专项监测（练习）";
  sheet.source = "示例市市场监督管理局食品经营科（练习）提出；群众投诉 LX-TS-0031（虚构）";
  sheet.category = TaskCategory::Special;
  sheet.methods = {TaskMethod::Own};
  sheet.from = day_from("2026-11-16");
  sheet.until = day_from("2026-12-04");
  sheet.range = "登记住所或者实际经营地在示例市的网络食品经营者（练习）";
  sheet.targets = {TargetKind::Shop, TargetKind::MiniProgram, TargetKind::App, TargetKind::VideoAccount, TargetKind::Other};
  sheet.other_target = "直播间";
  sheet.content = "1. 普通食品标题、详情、评价置顶、直播讲解中，明示或者暗示疾病预防、治疗功能。\n2. 以“食疗”“调理”等暗语代替疗效用语；以前后对比图、患者讲述代替文字。\n3. 店铺证照公示是否完整，许可项目与所售商品是否相符。";
  sheet.features.keywords = {"降血糖", "降血压", "根治", "三天见效"};
  sheet.features.trade_terms = {"特膳", "药食同源"};
  sheet.features.code_words = {"糖友专用", "三高人群福音"};
  sheet.features.pictures = {{"对比图", ""}, {"检验单", ""}};
  sheet.features.sounds = {{"主播口播疗效", ""}};
  sheet.feedback = {FeedbackKind::Report, FeedbackKind::ClueTable, FeedbackKind::SubjectList, FeedbackKind::PlatformCount};
  sheet.platforms = 3;
  sheet.rounds = 6;
  return sheet;
}

Feedback sample_feedback(int results) {
  TaskEntry task;
  task.number = "LX-2026-0007";
  task.sheet = sample_sheet();
  std::vector<ResultEntry> entries;
  for (int i = 1; i <= results; ++i) {
    ResultEntry entry;
    entry.serial = i;
    entry.item.state = i % 3 == 0 ? FlowState::Closed : FlowState::Verifying;
    entry.item.outcome = i % 3 == 0 ? ClueOutcome::Violation : ClueOutcome::Open;
    entry.result.link = "https://shop.example/item/" + std::to_string(1000 + i) + "?spm=a1z10.1-c-s.w4004-" + std::string(20, '7');
    entry.result.operator_name = i % 2 ? "示例甲生物科技有限公司（练习）" : "示例乙商贸行";
    entry.result.credit_code = i % 2 ? "91350100M000100Y43" : "";
    entry.result.platform = i % 2 ? "练习商城" : "练习集市";
    entry.result.violation = "普通食品宣传疾病治疗功能";
    entry.result.field = "广告、食品";
    if (i == 1) entry.packages = {"LX-03-20261121-0001"};
    entries.push_back(std::move(entry));
  }
  return make_feedback(task, entries, *day_from("2026-12-07"));
}

TaskFormRequest request_of(TaskForm form, const Folder& folder, int results = 5) {
  TaskFormRequest out;
  out.form = form;
  out.feedback = sample_feedback(results);
  out.made_by = "示例市市场监督管理局网监分局（练习）";
  out.conclusion = "监测发现以暗语宣传疗效的现象集中于直播场景。\n建议对两家经营者立案核查。";
  out.visits = {{"练习商城", 3}, {"练习集市", 2}, {"练习直播", 1}};
  out.practice_mark = "练习 — 不得作为证据";
  out.output = folder.path() / (std::string(to_string(form)) + ".pdf");
  out.forms = GUZHENG_FORMS_FOLDER;
  return out;
}

// As it stands in the page's content, cell by cell; blanks apart.
std::string content_of(const std::filesystem::path& pdf, int page = 0) {
  const std::string range = page > 0 ? "-f " + std::to_string(page) + " -l " + std::to_string(page) + " " : std::string();
  return test::without_space(test::run("pdftotext -raw -enc UTF-8 " + range + "'" + pdf.string() + "' -"));
}

// Prints in this process; the text without blanks.
std::string printed_text(const TaskFormRequest& request) {
  Status status = fail(ErrorKind::Bug, "not called");
  print_task_form(request, [&](Status outcome) {
    status = std::move(outcome);
    QCoreApplication::quit();
  });
  QCoreApplication::exec();
  EXPECT_TRUE(status) << status.error().what;
  // for a look at the pages: GUZHENG_KEEP=FOLDER
  if (const char* keep = std::getenv("GUZHENG_KEEP")) std::filesystem::copy(request.output, std::filesystem::path(keep) / request.output.filename(), std::filesystem::copy_options::overwrite_existing);
  return status ? content_of(request.output) : std::string();
}

int pages_of(const std::filesystem::path& pdf) {
  const auto info = test::run("pdfinfo '" + pdf.string() + "'");
  const auto at = info.find("Pages:");
  return at == std::string::npos ? 0 : std::atoi(info.c_str() + at + 6);
}

// Each of `parts` stands in the text, in this order.
void expect_in_order(const std::string& text, const std::vector<std::string>& parts) {
  std::size_t at = 0;
  for (const auto& part : parts) {
    const auto found = text.find(test::without_space(part), at);
    ASSERT_NE(found, std::string::npos) << part << " is missing, or out of order, in\n" << text;
    at = found + test::without_space(part).size();
  }
}

TEST(TaskForms, values_of_the_sheet_are_its_fields_and_boxes) {
  const Folder folder;
  const auto values = task_form_values(request_of(TaskForm::Sheet, folder)).value();
  EXPECT_EQ(values["period"], "2026年11月16日—2026年12月4日");
  EXPECT_EQ(values["category_special"], true);
  EXPECT_EQ(values["category_daily"], false);
  EXPECT_EQ(values["target_mini_program"], true);
  EXPECT_EQ(values["target_website"], false);
  EXPECT_EQ(values["feedback_platform_count"], true);
  EXPECT_EQ(values["content"].size(), 3u);
  EXPECT_EQ(values["keywords"], "降血糖、降血压、根治、三天见效");
}

TEST(TaskForms, what_goes_back_is_not_made_without_what_only_a_person_knows) {
  const Folder folder;
  auto report = request_of(TaskForm::MonitorReport, folder);
  report.conclusion = " \n";
  EXPECT_EQ(task_form_values(report).error().kind, ErrorKind::Invalid);
  auto platforms = request_of(TaskForm::PlatformCount, folder);
  platforms.visits.clear();
  EXPECT_EQ(task_form_values(platforms).error().kind, ErrorKind::Invalid);
  platforms.visits = {{"练习商城", 0}};
  EXPECT_EQ(task_form_values(platforms).error().kind, ErrorKind::Invalid);
  auto clues = request_of(TaskForm::ClueTable, folder);
  clues.made_by.clear();
  EXPECT_EQ(task_form_values(clues).error().kind, ErrorKind::Invalid);
}

// A-AnA: labels, order and boxes of the annex, on one page
TEST(TaskForms, the_sheet_is_printed_as_annex_a_has_it) {
  const Folder folder;
  const auto request = request_of(TaskForm::Sheet, folder);
  const auto text = printed_text(request);
  expect_in_order(text, {"网络交易监测任务单", "监测任务发起单位（盖章）：示例市市场监督管理局食品科（练习）", "编号：LX-2026-0007", "监测任务名称", "普通食品宣称疾病治疗功能专项监测（练习）", "监测任务来源",
                         "监测类别", "☐常规性监测（日常监测）", "☑特定性监测（专项监测）", "☐研究性监测", "监测方式", "☑自主监测", "☐委托第三方数据搜索", "监测时间", "2026年11月16日—2026年12月4日", "监测范围",
                         "监测对象类型", "☐网站", "☑网店", "☐公众号", "☑小程序", "☑APP", "☑视频号", "☑其他", "直播间"});
  for (const char* label : {"监测内容", "监测特征词", "监测结果反馈"}) EXPECT_NE(text.find(label), std::string::npos) << label;
  expect_in_order(text, {"☑监测报告", "☑违法线索表", "☑网络经营主体清单", "☑监测电商平台（网站）3个6次"});
  for (const char* features : {"关键字词：降血糖、降血压、根治、三天见效", "行业用语：特膳、药食同源", "暗号暗语：糖友专用、三高人群福音", "图形图像：对比图、检验单", "音视频：主播口播疗效"}) EXPECT_NE(text.find(features), std::string::npos) << features;
  EXPECT_NE(text.find("第1页共1页"), std::string::npos);
  EXPECT_EQ(pages_of(request.output), 1);
}

TEST(TaskForms, the_blank_sheet_has_all_boxes_empty) {
  const Folder folder;
  auto request = request_of(TaskForm::Sheet, folder);
  request.feedback = {};
  request.practice_mark.clear();
  const auto text = printed_text(request);
  EXPECT_EQ(text.find("☑"), std::string::npos);
  int boxes = 0;
  for (auto at = text.find("☐"); at != std::string::npos; at = text.find("☐", at + 1)) ++boxes;
  EXPECT_EQ(boxes, 3 + 2 + 7 + 4);
  expect_in_order(text, {"监测时间", "年月日—年月日", "监测范围"});
  EXPECT_EQ(pages_of(request.output), 1);
  EXPECT_EQ(text.find("练习"), std::string::npos);
}

TEST(TaskForms, the_clue_table_runs_over_pages_with_its_head) {
  const Folder folder;
  const auto request = request_of(TaskForm::ClueTable, folder, 60);
  const auto text = printed_text(request);
  expect_in_order(text, {"违法线索表", "任务单编号", "LX-2026-0007", "序号", "经营主体", "平台", "链接或者快照", "涉嫌违法违规表现", "所属业务领域"});
  EXPECT_NE(text.find("LX-03-20261121-0001"), std::string::npos);
  EXPECT_NE(text.find("共60条"), std::string::npos);
  EXPECT_NE(text.find("监测单位（盖章）：示例市市场监督管理局网监分局（练习）"), std::string::npos);
  EXPECT_GT(pages_of(request.output), 2);
  EXPECT_NE(content_of(request.output, 2).find("链接或者快照"), std::string::npos) << "each page has the table's head";
}

TEST(TaskForms, list_report_and_count) {
  const Folder folder;
  expect_in_order(printed_text(request_of(TaskForm::SubjectList, folder)), {"网络经营主体清单", "示例甲生物科技有限公司（练习）", "91350100M000100Y43", "示例乙商贸行", "共2个主体", "2026年12月7日"});
  expect_in_order(printed_text(request_of(TaskForm::PlatformCount, folder)), {"监测电商平台（网站）个次表", "练习商城", "练习集市", "练习直播", "共监测电商平台（网站）3个6次（任务单要求3个6次）"});
  expect_in_order(printed_text(request_of(TaskForm::MonitorReport, folder)),
                  {"网络交易监测报告", "一、监测任务概况", "二、监测结果", "监测结果5条，涉及网络经营主体2个，其中列入违法线索5条", "三、处置情况", "确认构成违法1条", "四、结论与建议", "建议对两家经营者立案核查。"});
}

// What stands in a result comes from web pages and third parties: it is text, whatever it looks like.
TEST(TaskForms, values_are_text_only) {
  const Folder folder;
  auto request = request_of(TaskForm::ClueTable, folder, 1);
  request.feedback.clues[0].result.operator_name = "<script>document.body.textContent='x'</script><img src=\"http://127.0.0.1:9/a.png\">";
  const auto text = printed_text(request);
  EXPECT_NE(text.find("<script>document"), std::string::npos);
  EXPECT_NE(text.find("违法线索表"), std::string::npos);
}

}  // namespace
}  // namespace guzheng
