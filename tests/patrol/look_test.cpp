// One look at a link over HTTP, against a real server (A-5.2b).
#include <gtest/gtest.h>

#include <chrono>

#include "core/patrol/judge.h"
#include "tests/patrol/site.h"

namespace guzheng {
namespace {

using End = LinkLook::End;

class Look : public testing::Test {
 protected:
  Site site_{"/nonexistent"};
  LinkLook look(const std::string& path) { return look_at_link(site_.link(path), limits_); }
  LookLimits limits_;
};

TEST_F(Look, TakesThePageAndFollows) {
  const auto fine = look("/fine");
  EXPECT_EQ(fine.end, End::Answered) << fine.error;
  EXPECT_EQ(fine.status, 200);
  EXPECT_EQ(as_text(fine.page), "<p>旗舰店</p>");
  const auto hopped = look("/hop/3");
  EXPECT_EQ(hopped.status, 200);
  EXPECT_TRUE(hopped.final_link.ends_with("/hop/0"));
  EXPECT_EQ(look("/hop/9").end, End::TooManyRedirects);
  EXPECT_EQ(look("/nothing").status, 404);
  EXPECT_EQ(judge_look(look("/gbk"), shipped_patrol_rules()).reach, Reach::BadContent);
}

TEST_F(Look, IsBounded) {
  limits_.bytes = 100'000;
  const auto big = look("/big");
  EXPECT_EQ(big.end, End::Answered);
  EXPECT_EQ(big.page.size(), 100'000u);
  limits_.whole_ms = 300;
  EXPECT_EQ(look("/slow").end, End::TimedOut);
  EXPECT_EQ(look("/cut").end, End::Broken);
  EXPECT_EQ(look_at_link(site_.link("/slow"), {}, [] { return true; }).end, End::Stopped);
}

TEST_F(Look, NeverLeavesTheWeb) {
  EXPECT_EQ(look("/file").end, End::BadLink);
  EXPECT_EQ(look_at_link("file:///etc/passwd").end, End::BadLink);
  EXPECT_EQ(look_at_link("weixin://dl/business").end, End::BadLink);
  EXPECT_EQ(look_at_link("http://").end, End::BadLink);
  EXPECT_EQ(look_at_link("http://127.0.0.1:1/").end, End::NoConnection);
  EXPECT_EQ(look_at_link("http://no-such-name.invalid/").end, End::NoName);
}

TEST(Links, AreOfAHost) {
  EXPECT_TRUE(never_a_host("shop.practice.invalid"));
  EXPECT_TRUE(never_a_host("invalid."));
  EXPECT_FALSE(never_a_host("invalid.example"));
  EXPECT_FALSE(never_a_host("notinvalid"));
  EXPECT_EQ(link_host("https://Shop.Example:8443/x?y"), "shop.example");
  EXPECT_EQ(link_host("not a link"), "");
  EXPECT_TRUE(is_web_link("https://shop.example"));
  EXPECT_FALSE(is_web_link("ftp://shop.example"));
}

}  // namespace
}  // namespace guzheng
