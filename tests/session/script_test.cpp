// Capture scripts: reading, and carrying out against a scripted phone.
#include "core/session/script_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/media/png.h"
#include "core/session/script_actions.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

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

// A-8.3f: the table of the parser and the schema that is shipped say the same of every step and field.
TEST(Script, TheSchemaSaysWhatTheParserKnows) {
  const Json schema = parse_json(read_text(std::string(SOURCE_DIR) + "/resources/scripts/guzheng-script.schema.json").value()).value();
  const Json& steps = schema["properties"]["steps"]["items"]["oneOf"];
  ASSERT_EQ(steps.size(), script_actions().size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const ScriptAction& action = script_actions()[i];
    SCOPED_TRACE(action.name);
    const Json& properties = steps[i]["properties"];
    EXPECT_EQ(properties["do"]["const"], action.name);
    EXPECT_EQ(properties.size(), action.fields.size() + 1);
    EXPECT_EQ(steps[i]["additionalProperties"], false);
    for (const auto& field : action.fields) {
      SCOPED_TRACE(field.name);
      ASSERT_TRUE(properties.contains(field.name));
      const Json& said = properties[field.name];
      if (field.type == FieldType::Choice) {
        EXPECT_EQ(said["enum"], Json(field.choices));
      }
      if (field.type == FieldType::Text || field.type == FieldType::Picture) {
        EXPECT_EQ(said["type"], "string");
      }
      const Json& range = field.type == FieldType::Point ? said["items"] : said;
      if (field.type == FieldType::Point || field.type == FieldType::Number) {
        EXPECT_EQ(range["minimum"], field.least);
        EXPECT_EQ(range["maximum"], field.most);
      }
    }
    Json ways = Json::array();
    for (const auto& way : action.ways) ways.push_back({{"required", way}});
    if (action.need == Need::All) {
      for (const auto& name : action.ways.front()) EXPECT_THAT(steps[i]["required"], Contains(Json(name)));
    } else {
      EXPECT_EQ(steps[i][action.need == Need::One ? "oneOf" : "anyOf"], ways);
    }
  }
}

// A-8.3f: an officer is told all that is wrong, with line and step, in his language.
TEST(Script, TellsEveryProblemWithItsLine) {
  const auto problems = check_script("{\"schema\":\"guzheng-script/1\",\n\"name\":\"n\",\"order\":{},\"tray\":1,\n\"steps\":[\n {\"do\":\"note\",\"text\":\"[,{\\\"\"},\n"
                                     " {\"do\":\"tap\",\"text\":\"a\",\"at\":[1,1]},\n {\"do\":\"swipe\",\"from_at\":[1,2],\"to_at\":[3,\n1001]},\n {\"do\":\"fly\"}, {\"do\":\"url\",\"url\":\"https://a'b\"}]}");
  ASSERT_EQ(problems.size(), 5u);
  const auto words = [&](std::size_t i) { return in_words(problems[i], Language::Chinese); };
  EXPECT_THAT(words(0), HasSubstr("脚本：“tray” 不是脚本的项目"));
  EXPECT_THAT(words(1), HasSubstr("第 5 行，第 2 步：只能写一种"));
  EXPECT_THAT(words(2), HasSubstr("第 6 行，第 3 步：“to_at” 应为 [横, 纵]，各为 0 – 1000 的整数"));
  EXPECT_THAT(words(3), HasSubstr("第 8 行，第 4 步：没有叫 “fly” 的步骤"));
  EXPECT_THAT(in_words(problems[4], Language::English), HasSubstr("line 8, script step 5: \"url\" must begin with https://"));
  const auto broken = check_script("{\"schema\":\"guzheng-script/1\",\n\"name\":\"n\"\n\"order\":{}}");
  ASSERT_EQ(broken.size(), 1u);
  EXPECT_EQ(broken[0].line, 3);
  EXPECT_THAT(broken[0].chinese, HasSubstr("不是正确的 JSON"));
}

// A secret has a name in the script and nothing else; a picture is the name of a file beside it, nowhere else.
TEST(Script, SecretsAndPicturesAreNamesOnly) {
  const auto read = parse_script(script(R"({"do":"text","secret":"登录口令"},{"do":"tap","picture":"购物车.png"},{"do":"wait","picture":"购物车.png"})"));
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(secrets_in(*read), std::set<std::string>{"登录口令"});
  EXPECT_EQ(pictures_in(*read), std::set<std::string>{"购物车.png"});
  EXPECT_THAT(check_secrets(*read, nullptr).error().what, HasSubstr("登录口令"));
  ScriptSecrets secrets;
  secrets.emplace("登录口令", Secret("口令"));
  EXPECT_THAT(check_secrets(*read, &secrets).error().what, HasSubstr("ASCII"));
  secrets["登录口令"] = Secret("correct horse");
  EXPECT_TRUE(check_secrets(*read, &secrets));
  for (const char* bad : {"../a.png", "/a.png", ".a.png", "a.jpg", "x/y.png"})
    EXPECT_FALSE(parse_script(script(std::string(R"({"do":"tap","picture":")") + bad + "\"}"))) << bad;
  EXPECT_FALSE(parse_script(script(R"({"do":"text","secret":"a","text":"b"})")));
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

// A-8.3f: whatever a script meets that it does not expect: it stops there, the page is kept, the journal says where, the package is 不完整.
TEST(Script, SaysInTheJournalWhereItStopped) {
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  const auto read = parse_script(script(R"({"do":"note","text":"先"},{"do":"wait","text":"没有的字","limit_ms":1},{"do":"note","text":"never"})")).value();
  ScriptRunner runner(read, *session, desk.clock());
  ASSERT_TRUE(runner.begin());
  ASSERT_TRUE(runner.step());
  EXPECT_EQ(runner.next(), 1u);
  EXPECT_FALSE(runner.ended());
  EXPECT_FALSE(runner.step());
  ASSERT_TRUE(runner.ended());
  EXPECT_EQ(in_words(*runner.stopped(), Language::Chinese), "第 2 步（等待）：页面上没有出现文字“没有的字”（等了 1 秒）");
  EXPECT_FALSE(runner.step()) << "nothing after a stop";
  const auto notes = bodies(journal_of(session->end("停了").value().folder), "note");
  EXPECT_THAT(notes, Contains(HasSubstr("按取证脚本操作：试验（3 步，SHA-256 " + read.sha256)));
  EXPECT_THAT(notes, Contains(HasSubstr("取证脚本停止：第 2 步（等待）")));
  EXPECT_THAT(notes, Not(Contains(HasSubstr("never"))));
}

// A-8.3f: an officer calls a script off, and it need not sit out what it waits for.
TEST(Script, IsCalledOffWithinAWait) {
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  const auto read = parse_script(script(R"({"do":"wait","ms":600000},{"do":"note","text":"never"})")).value();
  int asked = 0;
  ScriptRunner runner(read, *session, desk.clock(), nullptr, [&] { return ++asked > 3; });
  ASSERT_TRUE(runner.begin());
  EXPECT_EQ(runner.step().error().kind, ErrorKind::Cancelled);
  EXPECT_TRUE(runner.ended());
  EXPECT_EQ(in_words(*runner.stopped(), Language::Chinese), "第 1 步（等待）：执法人员中止了脚本");
  EXPECT_EQ(session->status().items.size(), 1u) << "the page as it stands is kept";
  ASSERT_TRUE(session->end("停了"));
}

Frame cross(std::uint32_t width, std::uint32_t height, std::uint32_t left, std::uint32_t top) {
  Bytes bytes(std::size_t{width} * height * 4, 200);
  for (std::uint32_t i = 0; i < 20; ++i)
    for (const auto& [x, y] : {std::pair{left + i, top + i}, {left + 19 - i, top + i}}) std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>((std::size_t{y} * width + x) * 4), 4, std::uint8_t{10});
  return {width, height, width * 4, 0, {}, {}, std::make_shared<const Bytes>(std::move(bytes)), 0};
}

// A-8.3f: a picture is tapped in its middle, on a screen that has twice the video's pixels; a place in thousandths is where it is on any screen.
TEST(Script, TapsPicturesAndShares) {
  Temporary root;
  Desk desk(root.path());
  auto phone = training_phone();
  phone.screenshot = encode_png(cross(640, 1280, 300, 500)).value();
  auto link = std::make_shared<FakeLink>(phone);
  const auto folder = root.path() / "scripts";
  std::filesystem::create_directories(folder);
  ASSERT_TRUE(write_text(folder / "a.json", script(R"({"do":"tap","picture":"十字.png"},{"do":"tap","at":[1000,500]},{"do":"assert","picture":"十字.png"},{"do":"wait","gone":"加载中"})")));
  std::vector<ScriptProblem> problems;
  EXPECT_FALSE(read_script(folder / "a.json", &problems));
  ASSERT_EQ(problems.size(), 2u) << "the picture is not there: both steps that need it say so";
  EXPECT_THAT(in_words(problems[0], Language::Chinese), HasSubstr("第 1 行，第 1 步：脚本旁边没有能读取的图片 十字.png"));
  ASSERT_TRUE(write_atomically(folder / "十字.png", encode_png(cross(20, 20, 0, 0)).value()));
  const auto read = read_script(folder / "a.json");
  ASSERT_TRUE(read) << read.error().what;
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  const auto done = run_script(*read, *session, desk.clock());
  ASSERT_TRUE(done) << done.error().what;
  ASSERT_TRUE(session->end("试验"));
  const auto sent = link->sent();
  EXPECT_EQ(std::get<TouchEvent>(sent.at(0)).x, 155);
  EXPECT_EQ(std::get<TouchEvent>(sent.at(0)).y, 255);
  EXPECT_EQ(std::get<TouchEvent>(sent.at(2)).x, 319);
  EXPECT_EQ(std::get<TouchEvent>(sent.at(2)).y, 320);
}

// A-8.3f: a tap that was lost leaves the page before it on the screen: what the next step captures would not be what it says.
TEST(Script, AnActThatDidNotReachThePhoneStopsIt) {
  Temporary root;
  Desk desk(root.path());
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(training_phone()))).value());
  ASSERT_TRUE(session->pause("休会"));
  const auto read = parse_script(script(R"({"do":"key","key":"back"},{"do":"capture","kind":"licence","title":"证照"})")).value();
  EXPECT_THAT(run_script(read, *session, desk.clock()).error().what, HasSubstr("script step 1 (key): an input was not carried out"));
  for (const auto& item : session->status().items) EXPECT_NE(item.description.title, "证照");
}

// A-8.3f: another app came to the front: its page is never captured as what the step says.
TEST(Script, StopsWhenItsAppIsLeft) {
  Temporary root;
  Desk desk(root.path());
  auto phone = training_phone();
  phone.hierarchy = R"(<hierarchy><node text="" package="com.other" bounds="[0,0][320,640]"><node text="登录" package="com.other" bounds="[0,0][100,90]"/></node></hierarchy>)";
  auto session = std::move(CaptureSession::start(desk.setup(std::make_shared<FakeLink>(phone))).value());
  const auto run = [&](const std::string& text) { return run_script(parse_script(text).value(), *session, desk.clock()); };
  const auto about = [](const std::string& app, const std::string& step) {
    return R"({"schema":"guzheng-script/1","name":"试验","target":{"app":")" + app + R"(","mark":"旗舰店"},"order":{},"steps":[)" + step + "]}";
  };
  EXPECT_THAT(run(about("cn.shop", R"({"do":"capture","kind":"licence","title":"证照"})")).error().what, HasSubstr("script step 1 (capture): the page is that of com.other, not of cn.shop"));
  EXPECT_THAT(run(about("cn.shop", R"({"do":"wait","text":"证照","limit_ms":1})")).error().what, HasSubstr("not of cn.shop"));
  EXPECT_TRUE(run(about("com.other", R"({"do":"capture","kind":"licence","title":"证照"},{"do":"assert","app":"com.other"})")));
  EXPECT_TRUE(run(about("cn.shop", R"({"do":"key","key":"home"},{"do":"capture","kind":"other","title":"主页"})"))) << "the script left it by itself";
  const auto items = session->status().items;
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].description.kind, ItemKind::Other);
  EXPECT_EQ(items[0].description.title, "脚本停止时的页面");
  EXPECT_THAT(bodies(journal_of(session->end("停了").value().folder), "note"), Contains(HasSubstr("对象：应用 cn.shop，标识 旗舰店")));
}

// A-8.3f, A-8.2: a secret that a script types is nowhere in the package; it is typed where the screen hides it, or where the officer said so, and nowhere else.
TEST(Script, TypesASecretThatStandsNowhere) {
  Temporary root;
  Desk desk(root.path());
  auto link = std::make_shared<FakeLink>(training_phone());
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  ASSERT_TRUE(wait_for_typing(*session, Typing::Plain));
  const auto read = parse_script(script(R"({"do":"text","secret":"口令"})")).value();
  ScriptSecrets secrets;
  EXPECT_THAT(run_script(read, *session, desk.clock()).error().what, HasSubstr("口令"));
  EXPECT_TRUE(session->status().items.empty()) << "not begun";
  secrets.emplace("口令", Secret("hunter2-hunter2"));
  const auto typed = [&] {
    int count = 0;
    for (const auto& message : link->sent())
      if (const auto* text = std::get_if<TextEvent>(&message)) count += text->utf8 == "hunter2-hunter2";
    return count;
  };
  const auto refused = run_script(read, *session, desk.clock(), {}, &secrets);
  ASSERT_FALSE(refused) << "the field shows what is typed";
  EXPECT_EQ(refused.error().kind, ErrorKind::Denied);
  EXPECT_EQ(typed(), 0);
  session->set_secret_mode(true);
  ASSERT_TRUE(run_script(read, *session, desk.clock(), {}, &secrets));
  EXPECT_TRUE(session->status().secret_mode) << "the officer's own mode stays on";
  session->set_secret_mode(false);
  link->set_answer("dumpsys input_method", password_editor());
  ASSERT_TRUE(wait_for_typing(*session, Typing::Password));
  ASSERT_TRUE(run_script(read, *session, desk.clock(), {}, &secrets));
  EXPECT_EQ(typed(), 2);
  const auto folder = session->end("试验").value().folder;
  const auto notes = bodies(journal_of(folder), "note");
  EXPECT_EQ(std::count_if(notes.begin(), notes.end(), [](const auto& n) { return n.find("密码输入方式开启") != n.npos; }), 1) << "the officer's, once";
  EXPECT_THAT(notes, Contains(HasSubstr("光标不在密码框，没有录入口令“口令”")));
  EXPECT_THAT(bodies(journal_of(folder), "input"), Contains(HasSubstr("\"salted\"")));
  EXPECT_THAT(files_holding(folder, "hunter2"), testing::IsEmpty());
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
