// 比对: what is certain is found, what is alike is proposed, what was decided is remembered.
#include "core/registry/match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/search/fold.h"
#include "tests/registry/library.h"

namespace guzheng {
namespace {

using test::kOfficer;

Subject subject(const std::string& name, const std::string& code = "", const std::string& number = "", const std::string& address = "") {
  Subject out;
  out.name = name;
  out.credit_code = code;
  out.number = number;
  out.address = address;
  return out;
}

class Match : public testing::Test {
 protected:
  SubjectId add(const Subject& s) {
    SubjectRow row;
    row.subject = s;
    return library_.store->add(row, kOfficer).value();
  }
  MatchResult match(const Subject& s, bool propose = true) { return match_subject(*library_.store, s, propose).value(); }
  test::Library library_;
};

TEST_F(Match, by_code_number_name_and_address_in_that_order) {
  const auto a = add(subject("青禾市瑞丰食品有限公司（练习）", "91990101MA00000011", "990101000000011", "青禾市城中区人和路1号"));
  const auto b = add(subject("云津市鑫达茶叶商行（练习）", "", "990102000000028", "云津市河东区建设路2号"));
  EXPECT_EQ(match(subject("别的名称", " 91990101ma00000011 ")).id, a);
  EXPECT_EQ(match(subject("别的名称", "", "990102000000028")).id, b);
  EXPECT_EQ(match(subject("别的名称", "", "990102000000028")).by, MatchBy::Number);
  EXPECT_EQ(match(subject("青禾市瑞丰食品有限公司(练习)")).id, a) << "width and punctuation count for nothing";
  EXPECT_EQ(match(subject("青禾市瑞丰食品有限公司(练习)")).by, MatchBy::Name);
  EXPECT_EQ(match(subject("青禾市瑞丰食品有限公司（练习）", "91990101MA00000099")).id, 0) << "another code is another subject";
  EXPECT_EQ(match(subject("云津鑫达茶叶商行（练习）", "", "", "云津市河东区建设路 2 号")).id, b);
  EXPECT_EQ(match(subject("云津鑫达茶叶商行（练习）", "", "", "云津市河东区建设路 2 号")).by, MatchBy::Address);
  EXPECT_EQ(match(subject("完全无关", "", "", "云津市河东区建设路 2 号")).id, 0) << "an address alone is no identity";
}

TEST_F(Match, several_of_one_name_are_all_told) {
  const auto a = add(subject("同名店（练习）")), b = add(subject("同名店（练习）"));
  const auto result = match(subject("同名店（练习）"));
  EXPECT_EQ(result.id, a);
  EXPECT_EQ(result.also, std::vector<SubjectId>{b});
}

TEST_F(Match, alike_is_proposed_only_and_decisions_stay) {
  const auto a = add(subject("青禾市瑞丰食品有限公司（练习）", "91990101MA00000011"));
  const auto other = add(subject("望海市长亭玩具商店（练习）"));
  const Subject incoming = subject("青禾瑞丰食品有限责任公司（练习）");
  auto result = match(incoming);
  EXPECT_EQ(result.id, 0);
  ASSERT_EQ(result.proposals.size(), 1u);
  EXPECT_EQ(result.proposals[0].id, a);
  EXPECT_GE(result.proposals[0].likeness, 600);
  EXPECT_TRUE(match(incoming, false).proposals.empty());
  EXPECT_EQ(match(subject("青禾市瑞锋食品有限公司（练习）")).proposals.at(0).id, a) << "written otherwise, sounds the same";
  ASSERT_TRUE(library_.store->decide_match(incoming_key(incoming), a, false, kOfficer));
  EXPECT_TRUE(match(incoming).proposals.empty()) << "decided against";
  ASSERT_TRUE(library_.store->decide_match(incoming_key(incoming), a, true, kOfficer));
  library_.open();
  EXPECT_EQ(match(incoming).id, a);
  EXPECT_EQ(match(incoming).by, MatchBy::Decision);
  const Subject twin = subject("望海市长亭玩具商店（练习）");
  EXPECT_EQ(match(twin).id, other);
  ASSERT_TRUE(library_.store->decide_match(incoming_key(twin), other, false, kOfficer));
  EXPECT_EQ(match(twin).id, 0) << "an equal name that a person said is another's";
}

// properties of likeness and of folding
TEST(Likeness, reflexive_symmetric_and_bounded) {
  std::vector<std::string> names;
  for (std::uint64_t n = 0; n < 60; ++n) names.push_back(practice_subject(4, n).subject.name);
  for (const auto& a : names)
    for (const auto& b : names) {
      const int likeness = name_likeness(a, b);
      EXPECT_EQ(likeness, name_likeness(b, a));
      EXPECT_GE(likeness, 0);
      EXPECT_EQ(likeness == 1000, fold_text(a) == fold_text(b)) << a << b;
    }
  EXPECT_EQ(name_likeness("", "x"), 0);
}

TEST(Folding, twice_is_once_and_origins_point_back) {
  for (const std::string text : {"Ａ（北京）·b店", "　全 角　", "𠮷野家", "〇々", "", "a\u00a0b", "１２-３"}) {
    std::vector<std::uint32_t> origin;
    const std::string folded = fold_text(text, &origin);
    EXPECT_EQ(fold_text(folded), folded);
    ASSERT_EQ(origin.size(), folded.size() + 1);
    for (const auto at : origin) EXPECT_LE(at, text.size());
  }
  EXPECT_EQ(fold_text("Ａ（北京）·b店"), "a北京b店");
  EXPECT_EQ(fold_code(" 9111-ma０x "), "9111MA0X");
  EXPECT_EQ(normal_link("https://WWW.shop.invalid/A/#top"), "shop.invalid/A") << "host only in lower case";
  EXPECT_EQ(initials_of("重庆小面"), "[zc]qxm");
  EXPECT_EQ(find_initials("[zc]qxm", "cq"), 0u);
  EXPECT_EQ(find_initials("[zc]qxm", "xm"), 2u);
  EXPECT_EQ(find_initials("[zc]qxm", "xmz"), std::string_view::npos);
}

}  // namespace
}  // namespace guzheng
