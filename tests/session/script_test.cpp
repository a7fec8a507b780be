// Capture scripts: reading, and carrying out against a scripted phone.
#include "core/session/script.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::string script(const std::string& steps) {
  return R"({"schema":"guzheng-script/1","name":"试验","order":{"reason":"投诉","what":"页面","shop":"店"},"steps":[)" + steps + "]}";
}

TEST(Script, ReadsAllSteps) {                       // A-8.3f A-AnC
  const auto read = parse_script(script(R"({"do":"app","name":"a.b"},{"do":"tap","text":"店铺"},{"do":"tap","x":3,"y":4},
    {"do":"swipe","from":[1,2],"to":[3,4],"ms":300},{"do":"key","key":"back"},{"do":"text","text":"保健"},{"do":"wait","ms":5},
    {"do":"wait","text":"证照","limit_ms":50},{"do":"capture","kind":"licence","title":"t","proves":"p"},{"do":"note","text":"n"},
    {"do":"long","kind":"violation","title":"t","most":5},{"do":"scroll","until":"营业执照","to":"up","most":3},{"do":"assert","absent":"登录"})"));
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->steps.size(), 13u);
  EXPECT_EQ(read->order.reason, "投诉");
  EXPECT_TRUE(read->order.by_script);
}

TEST(Script, NamesTheStepAndFieldThatIsWrong) {
  const auto what = [](const std::string& steps) { return parse_script(script(steps)).error().what; };
  EXPECT_THAT(what(R"({"do":"note","text":"x"},{"do":"fly"})"), HasSubstr("step 2: nothing is known that does \"fly\""));
  EXPECT_THAT(what(R"({"do":"tap"})"), HasSubstr("step 1: needs \"text\""));
  EXPECT_THAT(what(R"({"do":"capture","kind":"nice"})"), HasSubstr("\"kind\""));
  EXPECT_THAT(what(R"({"do":"key","key":"back","times":2})"), HasSubstr("\"times\" is no field"));
  EXPECT_THAT(what(R"({"do":"swipe","from":[1,2],"to":[1]})"), HasSubstr("\"to\""));
  EXPECT_THAT(what(R"({"do":"long","kind":"violation","most":1})"), HasSubstr("\"most\""));
  EXPECT_THAT(what(R"({"do":"scroll","until":"x","to":"left"})"), HasSubstr("\"to\""));
  EXPECT_THAT(what(R"({"do":"scroll","to":"up"})"), HasSubstr("\"until\""));
  EXPECT_THAT(what(R"({"do":"assert"})"), HasSubstr("\"absent\""));
  EXPECT_THAT(what(""), HasSubstr("\"steps\""));
  EXPECT_THAT(parse_script("{}").error().what, HasSubstr("schema"));
  EXPECT_THAT(parse_script(R"({"schema":"guzheng-script/1","name":"n","order":{"colour":"red"},"steps":[{"do":"wait","ms":1}]})").error().what, HasSubstr("colour"));
}

// 行政处罚法 43, 55: a script's opening statements, each with an answer of its own.
TEST(Script, ReadsStatementsWithTheirAnswers) {
  const auto with = [](const std::string& statements) {
    return parse_script(R"({"schema":"guzheng-script/1","name":"n","order":{},"statements":)" + statements + R"(,"steps":[{"do":"wait","ms":1}]})");
  };
  const auto read = with(R"([{"title":"权利告知","text":"你有权利","answer":"absent"},
    {"title":"回避告知","text":"是否申请回避","who":"王甲 01","answer":"refuses","answered_by":"张三","words":"申请回避","reason":"系亲属"}])");
  ASSERT_TRUE(read) << read.error().what;
  ASSERT_EQ(read->statements.size(), 2u);
  EXPECT_EQ(read->statements[0].answer, OpeningAnswer::Absent);
  EXPECT_EQ(read->statements[1].answer, OpeningAnswer::Refuses);
  EXPECT_EQ(read->statements[1].reason, "系亲属");
  EXPECT_THAT(with(R"([{"title":"权利告知","text":"你有权利"}])").error().what, HasSubstr("statement 1: \"answer\""));
  EXPECT_THAT(with(R"([{"title":"权利告知","text":"x","answer":"absent"},{"title":"回避告知","text":"x","answer":"refuses","answered_by":"张三","words":"申请"}])").error().what,
              HasSubstr("statement 2: a refusal"));
  EXPECT_THAT(with(R"([{"title":"权利告知","text":"x","answer":"absent","colour":"red"}])").error().what, HasSubstr("colour"));
  EXPECT_THAT(with("{}").error().what, HasSubstr("no list"));
}

TEST(Script, RunsThroughASession) {                 // A-8.3f A-AnC
  Temporary root;
  Desk desk(root.path());
  auto phone = training_phone();
  phone.hierarchy = R"(<hierarchy><node text="" bounds="[0,0][640,1280]"><node text="证照信息" bounds="[100,200][300,400]"/></node></hierarchy>)";
  auto link = std::make_shared<FakeLink>(phone);
  const auto read = parse_script(script(R"({"do":"app","name":"a.b"},{"do":"tap","text":"证照信息"},{"do":"swipe","from":[9,9],"to":[99,99],"ms":64},
    {"do":"text","text":"保健"},{"do":"capture","kind":"licence","title":"证照","proves":"资质"})")).value();
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  std::vector<std::string> progress;
  ASSERT_TRUE(run_script(read, *session, desk.clock(), [&](std::size_t, const ScriptStep& step) { progress.push_back(step.action); }));
  EXPECT_EQ(progress.size(), 5u);
  ASSERT_TRUE(session->end("只有一页"));
  const auto sent = link->sent();
  const auto& tap = std::get<TouchEvent>(sent.at(1));
  EXPECT_EQ(tap.x, 100) << "the middle in screen pixels, brought to video pixels";
  EXPECT_EQ(tap.y, 150);
  EXPECT_EQ(tap.width, 320);
  EXPECT_EQ(std::get<TouchEvent>(sent.at(sent.size() - 2)).x, 99);
  EXPECT_TRUE(std::get<SetClipboard>(sent.back()).paste) << "Chinese is pasted";
}

// A-AnC: a page that is not what the script expects stops it; a page that never comes up by scrolling does too.
TEST(Script, APageThatIsNotAsExpectedStopsIt) {
  Temporary root;
  Desk desk(root.path());
  auto phone = training_phone();
  phone.hierarchy = R"(<hierarchy><node text="" bounds="[0,0][640,1280]"><node text="登录后查看" bounds="[100,200][300,400]"/></node></hierarchy>)";
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(phone))).value());
  const auto run = [&](const std::string& steps) { return run_script(parse_script(script(steps)).value(), *session, desk.clock()); };
  EXPECT_TRUE(run(R"({"do":"assert","text":"登录后查看","absent":"证照信息"})"));
  EXPECT_THAT(run(R"({"do":"assert","absent":"登录"})").error().what, HasSubstr("must not be"));
  EXPECT_THAT(run(R"({"do":"assert","text":"证照信息"})").error().what, HasSubstr("script step 1 (assert)"));
  EXPECT_THAT(run(R"({"do":"scroll","until":"证照信息","most":2})").error().what, HasSubstr("in 2 scrolls"));
  EXPECT_TRUE(run(R"({"do":"scroll","until":"登录后","most":2})"));
  EXPECT_EQ(session->status().items.size(), 3u) << "each stop keeps its page";
}

// A-7.3b: a page that does not scroll, even at a second swipe, is three equal pictures and no long page, and that is said.
TEST(Script, ALongPageThatDoesNotScrollIsNone) {
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  ASSERT_TRUE(run_script(parse_script(script(R"({"do":"long","kind":"violation","title":"商品","most":9})")).value(), *session, desk.clock()));
  const auto items = session->status().items;
  ASSERT_EQ(items.size(), 3u);
  for (std::size_t i = 1; i < items.size(); ++i) EXPECT_EQ(items[i].description.proves, "再次上滑后画面未见变化") << "not that the page has no more";
  const auto sealed = session->end("只有一页").value();
  EXPECT_FALSE(std::filesystem::exists(sealed.folder / "data/attach/long-0001.json"));
  EXPECT_THAT(bodies(journal_of(sealed.folder), "note"), Contains(HasSubstr("两次上滑后画面未见变化")));
}

// A-7.3c: what a long page proves is said once.
TEST(LongPage, ADescriptionIsForAllItsPages) {
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  for (int i = 0; i < 4; ++i) session->capture({ItemKind::Violation, "第 " + std::to_string(i) + " 屏", "", "公开", ""});
  session->wait_captures();
  EXPECT_EQ(session->join({"商品页", {2, 1}, {{1, 2, 3}}}).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(session->join({"商品页", {1, 9}, {{1, 2, 3}}}).error().kind, ErrorKind::NotFound);
  ASSERT_EQ(session->join({"商品页", {1, 2, 3}, {{100, 50, 30}, {100, 50, 30}}}).value(), 1);
  ASSERT_TRUE(session->describe(2, {ItemKind::Violation, "第 1 屏", "别的", "公开", ""}));
  ASSERT_TRUE(session->describe(1, {ItemKind::Violation, "改了题", "宣传用语", "公开", ""}));
  const auto items = session->status().items;
  EXPECT_EQ(items[0].description.title, "改了题");
  EXPECT_EQ(items[1].description.proves, "别的") << "described already";
  EXPECT_EQ(items[2].description.proves, "别的");
  EXPECT_EQ(items[2].description.title, "第 2 屏");
  EXPECT_EQ(items[3].description.proves, "") << "no page of it";
  EXPECT_EQ(session->picture(4).value().size(), std::filesystem::file_size(desk.vault->folder() / "open" / session->status().package_id / items[3].path));
  const auto sealed = session->end("试验").value();
  EXPECT_THAT(verify(sealed.folder, desk).damage, testing::IsEmpty());
}

TEST(Script, AStepThatFailsKeepsThePageAndTheReason) {
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  const auto read = parse_script(script(R"({"do":"wait","text":"没有的字","limit_ms":1},{"do":"note","text":"never"})")).value();
  const auto stopped = run_script(read, *session, desk.clock());
  ASSERT_FALSE(stopped);
  EXPECT_THAT(stopped.error().what, HasSubstr("script step 1 (wait)"));
  ASSERT_EQ(session->status().items.size(), 1u);
  EXPECT_THAT(session->status().items[0].description.proves, HasSubstr("没有的字"));
}

}  // namespace
}  // namespace guzheng::test
