// What is said to Groonga and what is believed of its answers (core/search/groonga_words.h, groonga_client.h), without one. A-8.6.
#include "core/search/groonga_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/search/groonga_client.h"

namespace guzheng {
namespace {

TEST(GroongaWords, WhateverIsAskedStandsInQuotationMarks) {
  EXPECT_EQ(groonga_quoted("a\"b\\c\nd"), R"("a\"b\\c d")");
  EXPECT_EQ(groonga_id_filter({"a\" || true || \""}, 0, 50), R"((_key == "a\" || true || \""))");
  const auto words = check_text_question({"甲店\"||true 9133"}).value();
  EXPECT_EQ(groonga_filter(words, {{"m\\", "n"}}),
            R"((GuzhengTextPair.names @ "甲店true" || GuzhengTextPair.others @ "甲店true") && (GuzhengTextPair.names @ "9133" || GuzhengTextPair.others @ "9133" || codes @^ "9133") && (marks @ "m\\" || marks @ "n"))");
  EXPECT_EQ(groonga_filter({}, {}), "");
}

// Foreign bytes: bounded and read strictly.
TEST(GroongaWords, AnAnswerIsBelievedOnlyInItsForm) {
  EXPECT_EQ(groonga_body(R"([[0,1795828444.4,0.1],[[[1],[["_key","ShortText"]],["a"]]]])").value().size(), 1u);
  EXPECT_EQ(groonga_body(R"([[0,1.5,0.1],true])").value(), Json(true));
  const auto refused = groonga_body(R"([[-22,1.5,0.1,"no such table",[["f","x.c",1]]]])");
  EXPECT_EQ(refused.error().kind, ErrorKind::Protocol);
  EXPECT_THAT(refused.error().what, testing::HasSubstr("no such table"));
  const std::string deep = "[[0,1,1]," + std::string(100'000, '[') + std::string(100'000, ']') + "]";
  for (const std::string& bad : {std::string(), std::string("[]"), std::string("{}"), std::string("[[]]"), std::string("[[0,1,1]]"), std::string("[[\"0\",1,1],true]"), std::string("[[0,1,1],true,1]"), std::string("[[0,1,1],"),
                                 std::string("[[0,1,1],\"\xff\"]"), std::string("<html>502</html>"), deep, std::string(kMostGroongaAnswer + 1, ' ')})
    EXPECT_EQ(groonga_body(bad).error().kind, ErrorKind::Protocol) << bad.substr(0, 60);
}

TEST(GroongaWords, PlainHttpGoesNoFurtherThanThisMachine) {
  for (const char* good : {"http://127.0.0.1:10041", "http://localhost:10041", "http://[::1]:10041", "https://search.example.cn", "https://10.0.0.7:443"}) EXPECT_TRUE(check_groonga_url(good)) << good;
  for (const char* bad : {"", "http://", "http://10.0.0.7:10041", "http://127.0.0.1.example.cn", "http://127.0.0.1@evil", "http://localhost.example.cn:1", "ftp://127.0.0.1", "https://a/b", "https://a?b", "https://u@h", "https://a b", "file:///etc"})
    EXPECT_FALSE(check_groonga_url(bad)) << bad;
}

}  // namespace
}  // namespace guzheng
