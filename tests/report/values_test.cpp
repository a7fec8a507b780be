#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/base/file.h"
#include "core/report/content.h"
#include "core/report/qr.h"
#include "core/report/template.h"
#include "core/report/text.h"
#include "tests/report/sample_source.h"

namespace guzheng {
namespace {

using test::sample_context;
using test::sample_source;
using test::sample_verification;
using test::SourceOptions;

ReportValues values_of(const ReportSource& source) {
  auto values = make_report_values(source, sample_verification(source), sample_context());
  EXPECT_TRUE(values) << values.error().what;
  return *values;
}

std::string body_of(const ReportSource& source) {
  auto content = make_report_content(values_of(source), {source.folder, {}}, GUZHENG_FORMS_FOLDER);
  EXPECT_TRUE(content) << content.error().what;
  return content ? content->body : std::string();
}

// Model as text (A-AnB, A-7.3d): what the report says about a known package, compared line by line, so that a failure
// reads as a difference. To accept an intended change: GUZHENG_ACCEPT=1 writes the file anew.
TEST(ReportValues, AreThoseOfTheSample) {
  const std::string text = to_json(values_of(sample_source({.shots = 5, .gap = true}))).dump(1) + "\n";
  const std::string file = std::string(GUZHENG_TEST_FOLDER) + "/sample_values.json";
  if (getenv("GUZHENG_ACCEPT")) std::ofstream(file) << text;
  const auto expected = read_text(file);
  ASSERT_TRUE(expected) << expected.error().what;
  EXPECT_EQ(text, *expected);
}

// A-7.3e: of a member of a group, who belongs to it and what each phone saw; of any other package not a word.
TEST(ReportForm, PrintsWhatTheMembersOfAGroupSaw) {
  ReportSource source = sample_source();
  EXPECT_EQ(body_of(source).find("佐证对照"), std::string::npos);
  source.order["group"] = {{"id", std::string(32, 'a')}, {"member", 2}, {"phones", {"P-ONE", "P-TWO", "P-THREE"}}};
  Verification verification = sample_verification(source);
  verification.group = {std::string(32, 'a'), 2, 3, {{1, "LX-03-20261121-0007", std::string(64, '1'), "", "here"}, {2, source.id, source.fingerprint, "", "this"}, {3, "", "", "手机没有连上", "unsealed"}}};
  ReportContext context = sample_context();
  Comparison all;
  all.members = {{1, "P-ONE", "LX-03-20261121-0007", "", {}}, {2, "P-TWO", source.id, "", {}}, {3, "P-THREE", "", "没有封存：手机没有连上", {}}};
  ComparedPage page{"平台首页", "platform-home", {1, 1, 0}, {}, {}, 1, 3};
  page.rows.push_back({Aspect::Price, "降糖茶", true, {{"¥199.00", false, {}}, {"¥259.00", true, {}}, {"—", false, {}}}});
  all.pages.push_back(page);
  all.differences = 1;
  context.comparison = all;
  const auto values = make_report_values(source, verification, context).value();
  const auto content = make_report_content(values, {source.folder, {}}, GUZHENG_FORMS_FOLDER);
  ASSERT_TRUE(content) << content.error().what;
  for (const char* text : {"附表　佐证对照", "第 2 部手机，共 3 部", "P-THREE", "没有封存：手机没有连上", "手机 3（没有此页）", "<b>≠ ¥259.00</b>", "<td class=\"f\">¥199.00</td>", "另有 3 项文字不同未列出",
                           "在旁，指纹与组记录相符", "不同 1 项（见附表）"})
    EXPECT_NE(content->body.find(text), std::string::npos) << text;
  context.comparison.reset();
  context.comparison_problem = "the group's record is not beside the package";
  EXPECT_NE(make_report_values(source, verification, context).value().group_note.find("没有对照"), std::string::npos);
}

// A-AnB: every label of Annex B, in its order.
TEST(ReportForm, HasAnnexBsLabelsInOrder) {
  const std::string body = body_of(sample_source());
  std::size_t at = body.find("<section class=\"page\">");      // behind the cover
  for (const char* label :
       {"一、序言", "取证事由", "取证对象主体名称", "报告出具时间", "证据管理方式", "二、主证信息", "三、主证附属信息", "1、系统设备信息",
        "系统名称", "物理节点编号", "取证服务器", "存证服务器", "2、人员账户信息", "取证人员", "执法证号", "3、证据获取信息", "取证方式", "取证类型",
        "取证指令内容", "指令发出设备", "指令发出时间", "指令执行过程", "文件MD5值", "4、证据存储信息", "存证方式", "存证时间", "5、证据使用信息",
        "四、取证环境检测结果", "五、中断一览", "六、证据清单", "七、真实性要素说明", "八、验证方法", "九、签署"}) {
    const std::size_t found = body.find(label, at);
    ASSERT_NE(found, std::string::npos) << label << " is missing or out of order";
    at = found;
  }
}

// A-7.3d: each affiliated value is there; one that the package lacks is printed as missing, never left blank.
TEST(ReportValues, SayWhatIsMissing) {
  ReportSource source = sample_source();
  const ReportValues full = values_of(source);
  for (const std::string* value : {&full.reason, &full.subject, &full.system_name, &full.system_owner, &full.node, &full.capture_server,
                                   &full.storage_server, &full.method, &full.type, &full.issuer, &full.order_text, &full.order_device,
                                   &full.order_time, &full.executor, &full.storage_way, &full.storage_time}) {
    EXPECT_FALSE(value->empty());
    EXPECT_EQ(value->find("未记录"), std::string::npos) << *value;
  }
  source.order = Json::object();
  const ReportValues bare = values_of(source);
  for (const std::string* value : {&bare.reason, &bare.subject, &bare.system_name, &bare.system_owner, &bare.method, &bare.type,
                                   &bare.issuer, &bare.order_text, &bare.order_device, &bare.order_time}) {
    EXPECT_NE(value->find("未记录"), std::string::npos) << *value;
  }
}

// 行政处罚法 43, 55: who said what, and who answered which statement how; of earlier versions what their lines say.
TEST(ReportValues, EachOpeningStatementHasItsAnswer) {
  EXPECT_NE(body_of(sample_source()).find("<th>开始前告知</th><td>没有记录</td>"), std::string::npos);
  ReportSource source = sample_source();
  const auto add = [&](const char* body) { source.journal.insert(source.journal.end() - 1, {0, "", source.journal.back().time, "confirm", body, ""}); };
  add(R"({"act":"say","no":1,"text":"你有权利","title":"权利告知","who":"王甲"})");
  add(R"({"act":"answer","no":1,"result":"consents","text":"听清","who":"张三"})");
  add(R"({"act":"say","no":2,"text":"是否申请回避","title":"回避告知","who":"王甲"})");
  add(R"({"act":"answer","no":2,"reason":"系亲属","result":"refuses","text":"申请","who":"李四"})");
  add(R"({"act":"say","no":3,"text":"请签字","title":"签字","who":"王甲"})");
  add(R"({"act":"answer","no":3,"result":"silent","text":"","who":"李四"})");
  const ReportValues values = values_of(source);
  ASSERT_EQ(values.statements.size(), 3u);
  EXPECT_EQ(values.statements[0].answer, "回答：张三：听清（无异议）");
  EXPECT_EQ(values.statements[1].answer, "回答：李四：申请（有异议或者申请回避，理由：系亲属）");
  EXPECT_EQ(values.statements[2].answer, "回答：李四 在场，没有作答");
  EXPECT_NE(body_of(source).find("<th>回避告知</th><td>王甲 告知：是否申请回避<br>回答：李四：申请"), std::string::npos);
  source = sample_source();
  add(R"({"text":"不申请回避","who":"张三"})");
  ASSERT_EQ(values_of(source).statements.size(), 1u);
  EXPECT_EQ(values_of(source).statements[0].who, "张三");
}

// A-7.3b: which pictures are one page stands beside them; the whole is not printed.
TEST(ReportValues, ALongPageNamesItsFigures) {
  EXPECT_EQ(body_of(sample_source()).find("长页"), std::string::npos);
  ReportSource source = sample_source();
  source.long_pages = {parse_json(R"({"no":1,"overlaps":[{"rows":412,"shift":700,"top":90},{"rows":88,"shift":900,"top":90}],"title":"<商品页>",
    "pages":[{"path":"data/main/shot-0002.png","sha256":""},{"path":"data/main/shot-0003.png","sha256":""},{"path":"data/main/shot-0004.png","sha256":""}]})").value()};
  const ReportValues values = values_of(source);
  ASSERT_EQ(values.long_pages.size(), 1u);
  EXPECT_EQ(values.long_pages[0].figures, "图2、图3、图4");
  EXPECT_EQ(values.long_pages[0].overlaps, "412、88");
  const auto body = body_of(source);
  EXPECT_NE(body.find("长页 1　&lt;商品页&gt;"), std::string::npos) << "escaped";
  EXPECT_NE(body.find("long-0001.json"), std::string::npos);
}

TEST(ReportValues, GapsArePrintedOrNone) {
  EXPECT_NE(body_of(sample_source()).find("<td class=\"c\" colspan=\"6\">无</td>"), std::string::npos);
  const std::string with = body_of(sample_source({.gap = true}));
  EXPECT_EQ(with.find(">无</td>"), std::string::npos);
  EXPECT_NE(with.find("网络连接中断"), std::string::npos);
  EXPECT_NE(with.find("0.811秒"), std::string::npos);
  EXPECT_NE(with.find("丢 3 帧"), std::string::npos);
}

// B-5.4.1: Table A.4 has a row for each item, the recording and the journal, with digest and what it proves.
TEST(ReportValues, EvidenceListNamesEveryItem) {
  const ReportSource source = sample_source();
  const ReportValues values = values_of(source);
  ASSERT_EQ(values.evidence.size(), 4u + 2u);
  for (const ReportEvidence& row : values.evidence) {
    EXPECT_EQ(row.sha256.size(), 4u) << row.name;
    EXPECT_FALSE(row.proves.empty()) << row.name;
  }
  for (const char* said : {"来源：", "方法：", "签名、时间戳标识：", "存储介质及位置：", "展示工具与方法：", "增删改说明：", "取证人："}) {
    EXPECT_NE(values.evidence_common.find(said), std::string::npos) << said;
  }
}

TEST(ReportValues, EveryPayloadFileOfTheMainInformationHasThreeDigests) {
  const ReportSource source = sample_source();
  const std::string body = body_of(source);
  for (const SourceFile& file : source.payload) {
    if (file.path.find("/raw/") != std::string::npos) continue;
    for (const auto& hex : {file.digests.md5, file.digests.sha256, file.digests.sm3}) {
      for (const std::string& line : report_text::digest_lines(hex, 4)) EXPECT_NE(body.find(line), std::string::npos) << file.path;
    }
  }
}

// Any one mark is enough: a package that hides the others must not print as a real one.
TEST(ReportValues, PracticeFollowsFromAnySingleMark) {
  const auto strip = [](ReportSource& source) {
    source.bag.erase("Practice");
    for (Json* json : {&source.order, &source.people, &source.device, &source.values}) json->erase("practice");
  };
  const auto mark_of = [](const ReportSource& source) {
    Verification verification = sample_verification(source);
    verification.practice = false;
    return make_report_values(source, verification, sample_context())->practice_mark;
  };
  ReportSource real = sample_source();
  strip(real);
  EXPECT_EQ(mark_of(real), "");
  for (int i = 0; i < 5; ++i) {
    ReportSource source = sample_source();
    strip(source);
    if (i == 0) source.bag["Practice"] = "练习 — 不得作为证据";
    else (i == 1 ? source.order : i == 2 ? source.people : i == 3 ? source.device : source.values)["practice"] = true;
    EXPECT_EQ(mark_of(source), "练习 — 不得作为证据") << i;
  }
}

// A-7.3d: the words of the journal's gaps are said in Chinese, with their details.
TEST(ReportText, GapsAreSaidInWords) {
  EXPECT_EQ(report_text::gap_reason("link-lost: unplugged"), "与手机的连接中断（unplugged）");
  EXPECT_EQ(report_text::gap_reason("pause"), "暂停取证");
  EXPECT_EQ(report_text::gap_reason("网络连接中断"), "网络连接中断");
}

// A-7.4b: how late the journal's heads were stamped is printed, and which were later than the format allows unsaid.
TEST(ReportValues, LagsOfTimeStampsArePrinted) {
  ReportSource source = sample_source();
  source.heads = {{3, {1'000'000}, {1'000'450}, false}, {7, {1'060'000}, {1'260'000}, true}};
  const ReportValues values = values_of(source);
  ASSERT_EQ(values.stamp_lags.size(), 2u);
  EXPECT_NE(values.stamp_lags[0].find("日志时间戳 2 枚，距所证日志行最长 3分20秒，迟于 120 秒的 1 枚"), std::string::npos) << values.stamp_lags[0];
  EXPECT_NE(values.stamp_lags[1].find("00000007"), std::string::npos);
  EXPECT_NE(values.stamp_lags[1].find("封存后取得"), std::string::npos);
  source.heads.pop_back();
  EXPECT_NE(values_of(source).stamp_lags.at(0).find("迟于 120 秒的 无"), std::string::npos);
}

// 行政处罚法 41: the review of an automatic capture is printed, and its warning goes.
TEST(ReportValues, AConfirmedReviewIsPrinted) {
  ReportSource source = sample_source();
  source.order["type"] = "自动取证";
  Verification verification = sample_verification(source);
  verification.review = {true, true, 2, "练习员乙（练习-0002）", "2026-11-21T15:00:00.000+08:00", "画面清晰"};
  const auto values = make_report_values(source, verification, sample_context());
  ASSERT_TRUE(values);
  EXPECT_EQ(values->review, "练习员乙（练习-0002），2026年11月21日 15:00:00（UTC+8），确认：画面清晰（第 002 份复核记录）");
  EXPECT_EQ(to_json(*values)["warnings"].dump().find("待复核"), std::string::npos);
}

// B-4.3: a copy stands behind its original; of a covered picture the edition shows the copy alone.
TEST(ReportValues, CopiesFollowTheirOriginalOrCoverIt) {
  const ReportSource source = sample_source({.shots = 2});
  ReportContext context = sample_context();
  context.copies = {{1, false, "copy-0001.png", std::string(64, 'a'), "data/main/shot-0001.png", std::string(64, 'b')},
                    {2, true, "copy-0002.png", std::string(64, 'c'), "data/main/shot-0002.png", std::string(64, 'd')}};
  const auto values = make_report_values(source, sample_verification(source), context);
  ASSERT_TRUE(values);
  std::vector<std::string> figures;
  for (const auto& pair : values->shot_pairs)
    for (const auto& shot : pair) figures.push_back(shot.figure + shot.copy);
  EXPECT_EQ(figures, (std::vector<std::string>{"图 1", "图 1copy-0001.png", "图 2copy-0002.png"}));
  EXPECT_TRUE(values->shot_pairs[0][1].title.starts_with("标注副本："));
  EXPECT_TRUE(values->shot_pairs[1][0].title.starts_with("遮盖副本："));
  const auto content = make_report_content(*values, {"/package", "/copies"}, GUZHENG_FORMS_FOLDER);
  ASSERT_TRUE(content) << content.error().what;
  EXPECT_EQ(content->pictures, (std::vector<std::filesystem::path>{"/package/data/main/shot-0001.png", "/copies/copy-0001.png", "/copies/copy-0002.png"}));
}

// A-7.2c and 行政处罚法 41: page one says what is not complete, not stamped, not signed, not reviewed, not whole.
TEST(ReportValues, CoverSaysWhatIsNotInOrder) {
  ReportSource source = sample_source();
  source.bag["Package-State"] = "不完整：缺证照公示信息";
  source.seal_stamp.reset();
  source.signatures.erase("officer2");
  source.order["type"] = "自动取证";
  Verification verification = sample_verification(source);
  verification.verdict = Verdict::Damaged;
  verification.incomplete = {"缺证照公示信息", "待签", "有时间戳迟于 120 秒"};
  verification.damage = {{"manifest.sha256", "data/main/shot-0001.png", "digest differs"}};
  const auto values = make_report_values(source, verification, sample_context());
  ASSERT_TRUE(values);
  const std::string all = to_json(*values)["completeness"].dump() + to_json(*values)["warnings"].dump() + values->verdict;
  for (const char* said : {"缺证照公示信息", "待时间戳", "待签：第二取证人员", "不完整：有时间戳迟于 120 秒", "待复核", "损毁"}) {
    EXPECT_NE(all.find(said), std::string::npos) << said;
  }
  ASSERT_EQ(values->verify_findings.size(), 4u);         // and the three reasons
  EXPECT_NE(values->verify_findings[0].find("data/main/shot-0001.png"), std::string::npos);
}

// A-7.3a: what was wrong with the environment and used nevertheless stands on the first page, with who and why; so does an app that is not its maker's.
TEST(ReportValues, CoverSaysWhatWasUsedThoughItFailed) {
  auto source = sample_source();
  source.env["items"][3]["id"] = "phone.battery";
  source.env["items"][3]["verdict"] = "fail";
  source.env["items"][3]["override"] = "当事人将撤店";
  for (auto& line : source.journal)
    if (line.kind == "env.check")
      line.body = R"({"failed":1,"noted":0,"overrides":[{"by":"练习员甲 练习-0001","item":"phone.battery","reason":"当事人将撤店"}],"passed":4,"unknown":1})";
  source.app["items"] = Json::array({{{"id", "app.signature"}, {"where", "app"}, {"title", "应用签名（应用验真）"}, {"expected", "与基线一致"},
                                      {"found", "v3 签名有效，与基线不符"}, {"verdict", "fail"}, {"raw", "data/attach/raw/app-package-signature.txt"}}});
  const auto values = make_report_values(source, sample_verification(source), sample_context()).value();
  EXPECT_THAT(values.warnings, testing::Contains("环境检测不符而仍取证：电量，47 %；练习员甲 练习-0001 决定，理由：当事人将撤店"));
  EXPECT_THAT(values.warnings, testing::Contains("应用验真不符：v3 签名有效，与基线不符"));
  std::string app;
  for (const auto& group : values.env)
    for (const auto& check : group.checks) {
      if (check.title == "电量") EXPECT_THAT(check.found, testing::HasSubstr("仍要取证，理由：当事人将撤店"));
      if (group.name.starts_with("应用")) app += check.title;
    }
  EXPECT_EQ(app, "应用签名（应用验真）") << "what was proven of the app stands for what was seen before";
}

TEST(ReportValues, RefuseAnotherPackagesVerification) {
  const ReportSource source = sample_source();
  Verification other = sample_verification(source);
  other.id = "YC-03-20261121-0002";
  EXPECT_FALSE(make_report_values(source, other, sample_context()));
}

// Phones and pages supply many values: nothing of them becomes markup, and no invisible character reorders the line.
TEST(ReportForm, EscapesEveryValue) {
  const std::string attack = "<script>alert(1)</script>\"'&<img src=http://203.0.113.9/x>\u202e";
  ReportSource source = sample_source({.shop = attack, .title = attack});
  source.device["model"] = attack;
  source.env["items"][0]["found"] = attack;
  for (auto& [name, value] : source.order.items()) {
    if (value.is_string()) value = attack;
  }
  const std::string body = body_of(source);
  EXPECT_EQ(body.find("<script"), std::string::npos);
  EXPECT_EQ(body.find("<img src=http"), std::string::npos);
  EXPECT_EQ(body.find("\u202e"), std::string::npos);
  EXPECT_NE(body.find("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"), std::string::npos);
  EXPECT_NE(body.find("⟨U+202E⟩"), std::string::npos);
}

TEST(ReportForm, PicturesStayInThePackage) {
  ReportSource source = sample_source({.shots = 3});
  source.values["items"][0]["path"] = "../../etc/passwd";
  source.values["items"][1]["path"] = "/etc/passwd";
  const auto content = make_report_content(values_of(source), {"/package", "/copies"}, GUZHENG_FORMS_FOLDER);
  ASSERT_TRUE(content);
  ASSERT_EQ(content->pictures.size(), 3u);
  EXPECT_TRUE(content->pictures[0].empty());
  EXPECT_TRUE(content->pictures[1].empty());
  EXPECT_EQ(content->pictures[2], "/package/data/main/shot-0003.png");
}

// Captions are cut so that two fit a page; Table A.4 prints every word.
TEST(ReportValues, LongTextIsWholeInTheEvidenceList) {
  ReportSource source = sample_source({.shots = 1});
  std::string proves;
  for (int i = 0; i < 300; ++i) proves += "证";
  source.values["items"][0]["proves"] = proves;
  const ReportValues values = values_of(source);
  EXPECT_EQ(values.evidence[0].proves, proves);
  EXPECT_LT(values.shot_pairs[0][0].proves.size(), 400u);
  EXPECT_NE(values.shot_pairs[0][0].proves.find("全文见第六部分"), std::string::npos);
  EXPECT_EQ(report_text::shortened("电子数据", 4), "电子数据");
  EXPECT_EQ(report_text::shortened("电子数据", 2), "电子…");
}

TEST(ReportTemplate, SectionsListsAndNames) {
  const Json values{{"name", "a<b"}, {"none", ""}, {"list", {{{"x", 1}}, {{"x", 2}}}}, {"words", {"p", "q"}}, {"empty", Json::array()}};
  EXPECT_EQ(*render_template("{{name}}{{#list}}[{{x}}{{name}}]{{/list}}{{#none}}no{{/none}}{{^none}}yes{{/none}}", values),
            "a&lt;b[1a&lt;b][2a&lt;b]yes");
  EXPECT_EQ(*render_template("{{#words}}{{.}},{{/words}}{{^empty}}-{{/empty}}{{! note }}", values), "p,q,-");
  for (const char* wrong : {"{{missing}}", "{{#list}}", "{{/list}}", "{{#list}}{{/name}}", "{{name", "{{list}}", "{{}}"}) {
    EXPECT_FALSE(render_template(wrong, values)) << wrong;
  }
}

TEST(ReportText, WritesTimesAndSizes) {
  using namespace report_text;
  EXPECT_EQ(long_time("2026-11-21T14:41:52.043+08:00"), "2026年11月21日 14:41:52（UTC+8）");
  EXPECT_EQ(long_time(""), "未记录");
  EXPECT_EQ(period("2026-11-21T23:59:59.000+08:00", "2026-11-22T00:00:01.000+08:00"),
            "2026年11月21日 23:59:59 至 2026年11月22日 00:00:01（UTC+8）");
  EXPECT_EQ(duration(816'000), "13分36秒");
  EXPECT_EQ(duration(811), "0.811秒");
  EXPECT_EQ(duration(3'723'000), "1时2分03秒");
  EXPECT_EQ(number(1284), "1,284");
  EXPECT_EQ(number(-1234567), "-1,234,567");
  EXPECT_EQ(bytes(1'280'000), "1.28 MB");
  EXPECT_EQ(digest_lines("aa02a5fe6225", 2), (std::vector<std::string>{"aa02 a5fe", "6225"}));
}

TEST(ReportSource, InnerPaths) {
  EXPECT_TRUE(is_inner_path("data/main/shot-0001.png"));
  for (const char* bad : {"", "/etc/passwd", "a/../b", "..", "a//b", "a/", "./a", "a\\b", "a\nb"}) EXPECT_FALSE(is_inner_path(bad)) << bad;
}

}  // namespace
}  // namespace guzheng
