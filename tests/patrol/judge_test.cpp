// By what a page is judged, and what follows for its entry (A-5.2b).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/patrol/judge.h"
#include "core/patrol/page_text.h"

namespace guzheng {
namespace {

using testing::HasSubstr;

LinkLook page(const std::string& html, int status = 200, const std::string& type = "text/html; charset=utf-8") {
  LinkLook out;
  out.end = LinkLook::End::Answered;
  out.status = status;
  out.content_type = type;
  const auto bytes = as_bytes(html);
  out.page = Bytes(bytes.begin(), bytes.end());
  return out;
}

Judgement judged(const LinkLook& look) { return judge_look(look, shipped_patrol_rules()); }

TEST(PatrolRules, TheShippedOnesHaveTheirForm) {
  EXPECT_FALSE(shipped_patrol_rules().bad.empty());
  EXPECT_EQ(shipped_patrol_rules().failures, 2);
}

TEST(PatrolRules, WhatIsWrongIsNamed) {
  const auto error = [](const char* text) { return parse_patrol_rules(text).error().what; };
  EXPECT_THAT(error("{}"), HasSubstr("format"));
  EXPECT_THAT(error(R"({"format":1,"failures":0,"gone":[],"bad":[]})"), HasSubstr("failures"));
  EXPECT_THAT(error(R"({"format":1,"failures":2,"gone":[" "],"bad":[]})"), HasSubstr("gone"));
  EXPECT_THAT(error(R"({"format":1,"failures":2,"gone":[],"bad":[{"finding":"赌博","least":3,"words":["a","b"]}]})"), HasSubstr("number 1"));
  EXPECT_THAT(error(R"({"format":1,"failures":2,"gone":[],"bad":[],"more":1})"), HasSubstr("nothing else"));
  EXPECT_EQ(parse_patrol_rules(R"({"format":2,"failures":2,"gone":[],"bad":[]})").error().kind, ErrorKind::Unsupported);
}

TEST(PageText, IsWhatAReaderSees) {
  const auto text = [](const std::string& html, const std::string& type = "text/html; charset=utf-8") { return page_text(as_bytes(html), type); };
  EXPECT_EQ(text("<title>店铺</title><style>投注{}</style><script>var a='投注'</script><p>一\n二 <b>三</b></p><!-- 投注 -->"), "店铺 一 二 三");
  EXPECT_EQ(text("<p>百家<b>乐</b></p>"), "百家乐") << "a word is a word across tags";
  EXPECT_EQ(text("<p>\xB5\xEA\xC6\xCC</p>", "text/html; charset=GBK"), "店铺");
  EXPECT_EQ(text("<meta charset=gb18030><p>\xB5\xEA\xC6\xCC</p>", "text/html"), "店铺");
  EXPECT_EQ(text("&#21338;&#24425;"), "博彩");
  EXPECT_EQ(text("\x89PNG\r\n", "image/png"), "");
  EXPECT_EQ(text("{\"a\": \"店铺\"}", "application/json"), "{\"a\": \"店铺\"}");
  EXPECT_THAT(text("<p>\xB5\xEA\xFF\xB5\xEA\xCC</p>\x80<p>\xCD\xB6\xD7\xA2</p>", "text/html; charset=gbk"), HasSubstr("投注")) << "a bad byte hides nothing";
  EXPECT_EQ(text("<p>\xB5\xEA\xC6\xCC</p>", "text/html"), "店铺") << "a set that nobody names";
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<div>";
  EXPECT_NO_FATAL_FAILURE(text(deep + "深"));
  EXPECT_EQ(text(""), "");
}

TEST(Judge, SaysWhatAPageIs) {      // A-5.2b
  EXPECT_EQ(judged(page("<p>保健品旗舰店</p>")).reach, Reach::Reachable);
  const auto bad = judged(page("<h1>百家乐</h1><p>真人荷官在线投注</p>"));
  EXPECT_EQ(bad.reach, Reach::BadContent);
  EXPECT_THAT(bad.why, HasSubstr("赌博"));
  EXPECT_THAT(bad.why, HasSubstr("百家乐"));
  EXPECT_EQ(judged(page("<p>警方打击百家乐，请勿上当</p>")).reach, Reach::Reachable) << "one word alone may be news about it";
  EXPECT_EQ(judged(page("<p>该店铺已被关闭</p>")).reach, Reach::Gone);
  EXPECT_EQ(judged(page("", 404)).reach, Reach::Gone);
  EXPECT_EQ(judged(page("", 503)).reach, Reach::Unreachable);
  EXPECT_EQ(judged(page("", 403)).reach, Reach::Reachable) << "somebody is there and lets no machine in";
  LinkLook look;
  look.end = LinkLook::End::NoName;
  EXPECT_EQ(judged(look).reach, Reach::Unreachable);
  look.end = LinkLook::End::Stopped;
  EXPECT_EQ(judged(look).reach, Reach::Unchecked);
}

TEST(Judge, MovesInAndBack) {      // A-5.2b
  const auto& rules = shipped_patrol_rules();
  Entry entry;
  const Judgement bad{Reach::BadContent, "x"}, unreachable{Reach::Unreachable, "x"}, fine{Reach::Reachable, ""};
  EXPECT_EQ(move_of(entry, bad, 0, rules), PatrolMove::In);
  EXPECT_EQ(move_of(entry, unreachable, 0, rules), PatrolMove::None) << "once is an outage";
  EXPECT_EQ(move_of(entry, unreachable, 1, rules), PatrolMove::In);
  EXPECT_EQ(move_of(entry, fine, 0, rules), PatrolMove::None);
  entry.abnormal = true;
  entry.why = "检查：域名解析不到";
  EXPECT_EQ(move_of(entry, bad, 0, rules), PatrolMove::None) << "it is there already";
  EXPECT_EQ(move_of(entry, fine, 0, rules), PatrolMove::Back);
  entry.why = "举报：冒充他人";
  EXPECT_EQ(move_of(entry, fine, 0, rules), PatrolMove::None) << "what a person moved in, a person moves back";
}

}  // namespace
}  // namespace guzheng
