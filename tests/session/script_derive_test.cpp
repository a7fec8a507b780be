// A session becomes a script: by text where the layout tells, by place where not, without a word of what was secret. A-8.3f
#include "core/session/script_derive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "core/base/file.h"
#include "core/session/gesture.h"
#include "core/session/script.h"
#include "core/session/script_write.h"
#include "core/session/ui_nodes.h"
#include "tests/session/session_fixture.h"
#include "tests/session/temporary.h"

namespace guzheng::test {
namespace {

using testing::HasSubstr;

std::string node(const std::string& text, const std::string& bounds, const std::string& more = {}, const std::string& inside = {}) {
  return "<node text=\"" + text + "\" package=\"cn.shop\" bounds=\"" + bounds + "\" " + more + ">" + inside + "</node>";
}
std::string page(const std::string& inside) { return "<hierarchy>" + node("", "[0,0][640,1280]", "", inside) + "</hierarchy>"; }

// A-8.3f: the text under a finger is told only when it leads back to that element.
TEST(UiNodes, TextUnderAFinger) {
  const std::string xml = page(node("", "[0,0][640,200]", "clickable=\"true\"", node("店铺", "[20,20][200,80]") + node("更多", "[300,20][500,80]")) +
                               node("加入购物车", "[0,200][640,400]", "clickable=\"true\"") + node("加入购物车", "[0,400][640,600]", "clickable=\"true\"") +
                               node("hunter2", "[0,600][640,800]", "clickable=\"true\" password=\"true\""));
  EXPECT_EQ(text_under(xml, 0.1, 0.04), "店铺") << "its own";
  EXPECT_EQ(text_under(xml, 0.95, 0.1), "店铺") << "that of what is clicked there";
  EXPECT_EQ(text_under(xml, 0.5, 0.25), "加入购物车");
  EXPECT_EQ(text_under(xml, 0.5, 0.4), std::nullopt) << "the same text stands higher up";
  EXPECT_EQ(text_under(xml, 0.5, 0.55), "") << "a password has no text";
  EXPECT_EQ(text_under(xml, 0.5, 0.9), "");
  EXPECT_EQ(page_app(xml), "cn.shop");
  EXPECT_THAT(texts_on(xml), testing::ElementsAre("店铺", "更多", "加入购物车"));
}

TEST(ScriptDerive, ASessionBecomesAScript) {
  Temporary root;
  Desk desk(root.path());
  auto phone = training_phone();
  phone.hierarchy = page(node("平台首页", "[0,0][640,100]") + node("进入店铺", "[0,100][640,300]", "clickable=\"true\""));
  auto link = std::make_shared<FakeLink>(phone);
  auto session = std::move(CaptureSession::start(desk.setup(link)).value());
  session->wait_captures();
  session->capture({ItemKind::PlatformHome, "平台", "所在平台", "公开", ""});
  session->wait_captures();
  link->set_hierarchy(page(node("证照信息公示", "[0,0][640,100]") + node("平台首页", "[0,100][640,300]")));
  tap(*session, {160, 100});                       // 进入店铺, in video pixels of half the size
  tap(*session, {310, 630});                       // whose page nobody asked for
  swipe(*session, {160, 500}, {160, 200}, 200);
  ASSERT_TRUE(wait_for_typing(*session, Typing::Plain));
  session->input(TextEvent{"bao"});
  session->input(TextEvent{"jian"});
  session->set_secret_mode(true);
  session->input(TextEvent{"hunter2"});
  session->set_secret_mode(false);
  session->input(BackOrScreenOn{});
  session->input(RotateDevice{});
  // a layout counts only when no input reached the phone meanwhile
  while (link->sent().empty() || !std::holds_alternative<RotateDevice>(link->sent().back())) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  session->capture({ItemKind::Licence, "证照", "资质", "登录可见", "电子商务法"});
  session->wait_captures();
  const auto folder = session->end("只有两页").value().folder;
  const auto package = open_package(folder, nullptr).value();
  const auto made = script_from_package(*package);
  ASSERT_TRUE(made) << made.error().what;
  const Json& steps = made->script["steps"];
  std::vector<std::string> acts;
  for (const auto& step : steps)
    if (!(step["do"] == "wait" && step.contains("ms"))) acts.push_back(step["do"]);
  EXPECT_THAT(acts, testing::ElementsAre("wait", "capture", "tap", "tap", "swipe", "text", "text", "key", "wait", "capture")) << steps.dump(1);
  const auto step = [&](const std::string& what, int count) {
    for (const auto& one : steps)
      if (one["do"] == what && !one.contains("ms") && count-- == 0) return one;
    return Json();
  };
  EXPECT_EQ(step("tap", 0)["text"], "进入店铺");
  EXPECT_EQ(step("tap", 1)["at"], Json::array({968, 984}));
  EXPECT_THAT(step("tap", 1)["remark"].get<std::string>(), HasSubstr("按位置点按"));
  EXPECT_EQ(step("text", 0)["text"], "baojian");
  EXPECT_EQ(step("text", 1)["secret"], "口令1");
  EXPECT_EQ(step("wait", 1)["text"], "证照信息公示") << "what this page has and the one before had not";
  EXPECT_EQ(step("capture", 1)["kind"], "licence");
  EXPECT_EQ(step("capture", 1)["access"], "登录可见");
  EXPECT_EQ(made->by_text, 1);
  EXPECT_EQ(made->by_place, 1);
  ASSERT_EQ(made->left_out.size(), 1u);
  EXPECT_THAT(made->left_out[0], HasSubstr("旋转屏幕"));
  const auto text = script_text(made->script);
  EXPECT_EQ(text.find("hunter2"), std::string::npos);
  const auto read = parse_script(text);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(read->steps.size(), steps.size());
  EXPECT_EQ(read->order.shop, desk.order.shop);
  EXPECT_EQ(script_text(parse_json(text).value()), text) << "written again it is the same";
}

// A package without a phone has nothing that could be done again.
TEST(ScriptDerive, APackageWithoutActsIsRefused) {
  Temporary root;
  std::filesystem::create_directories(root.path() / "LX-01-20261121-0001/data/attach");
  ASSERT_TRUE(write_text(root.path() / "LX-01-20261121-0001/data/attach/journal.log", "x\n"));
  const auto package = open_package(root.path() / "LX-01-20261121-0001", nullptr);
  ASSERT_FALSE(package && script_from_package(**package));
}

}  // namespace
}  // namespace guzheng::test
