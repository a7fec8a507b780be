// Check characters, regions, names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "core/codes/check_codes.h"
#include "core/codes/code_table.h"
#include "core/codes/company_name.h"
#include "core/codes/text_form.h"

namespace guzheng {
namespace {

using Verdict = CodeCheck::Verdict;

// The standard's own example: 91350100M000100Y4 has the check character 3.
TEST(Codes, credit_code) {
  EXPECT_EQ(credit_code_character("91350100M000100Y4"), '3');
  EXPECT_TRUE(check_credit_code("91350100M000100Y43"));
  EXPECT_EQ(check_credit_code("91350100M000100Y4Z").verdict, Verdict::WrongCharacter);
  const auto wrong = check_credit_code("91350100M000100Y44");
  EXPECT_EQ(wrong.verdict, Verdict::WrongCheck);
  EXPECT_EQ(wrong.expected, '3');
  EXPECT_EQ(check_credit_code("91350100M000100Y4").verdict, Verdict::WrongLength);
  EXPECT_EQ(check_credit_code("9135O100M000100Y43").at, 4u);
  EXPECT_EQ(credit_code_character("short"), '\0');
}

TEST(Codes, registration_number) {
  EXPECT_TRUE(check_registration_number("110108000000016"));
  EXPECT_EQ(check_registration_number("110108000000017").expected, '6');
  EXPECT_TRUE(check_registration_number("1101081234567")) << "13 digits have no check digit";
  EXPECT_EQ(check_registration_number("11010800000001A").verdict, Verdict::WrongCharacter);
}

TEST(Codes, organisation_code_and_identity_number) {
  EXPECT_TRUE(check_organisation_code("D2143569-X"));
  EXPECT_TRUE(check_organisation_code("D2143569X"));
  EXPECT_EQ(check_organisation_code("D21435690").verdict, Verdict::WrongCheck);
  EXPECT_TRUE(check_identity_number("11010519491231002X"));          // the standard's example
  EXPECT_EQ(check_identity_number("110105194912310021").verdict, Verdict::WrongCheck);
}

// One wrong character, or two neighbours swapped, is always found by GB 32100 when they differ modulo 31: a property of its weights.
TEST(Codes, every_single_error_is_found) {
  std::mt19937 random(1);
  constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  for (int round = 0; round < 300; ++round) {
    std::string code = "91";
    for (int i = 0; i < 6; ++i) code += static_cast<char>('0' + random() % 10);
    while (code.size() < 17) code += alphabet[random() % alphabet.size()];
    code += credit_code_character(code);
    ASSERT_TRUE(check_credit_code(code)) << code;
    for (std::size_t at = 0; at < code.size(); ++at) {
      std::string changed = code;
      for (const char c : alphabet) {
        if (c == code[at]) continue;
        changed[at] = c;
        EXPECT_FALSE(check_credit_code(changed)) << changed;
      }
      changed = code;
      if (at > 0 && changed[at] != changed[at - 1]) {
        std::swap(changed[at], changed[at - 1]);
        EXPECT_FALSE(check_credit_code(changed)) << changed;
      }
    }
    std::string number;
    for (int i = 0; i < 14; ++i) number += static_cast<char>('0' + random() % 10);
    number += registration_number_digit(number);
    ASSERT_TRUE(check_registration_number(number));
    for (std::size_t at = 0; at < number.size(); ++at) {
      std::string changed = number;
      changed[at] = static_cast<char>('0' + (changed[at] - '0' + 1 + random() % 9) % 10);
      EXPECT_FALSE(check_registration_number(changed)) << changed;
    }
  }
}

TEST(Codes, numbers_that_a_spreadsheet_rounded) {
  for (const char* text : {"9.1E+17", "3.30106E+14", "9E+17"}) EXPECT_TRUE(looks_rounded(text)) << text;
  for (const char* text : {"91350100M000100Y43", "1E17", "9.1E-17", "E+17", "9.1.2E+17", "9.1E+", ""}) EXPECT_FALSE(looks_rounded(text)) << text;
  EXPECT_TRUE(looks_like_phone("+86 138-0013-8000"));
  EXPECT_TRUE(looks_like_phone("0571-88880000"));
  EXPECT_FALSE(looks_like_phone("1380013800"));
  EXPECT_FALSE(looks_like_phone("无"));
}

TEST(Codes, regions) {
  const auto regions = region_table().value();
  EXPECT_GT(regions.entries().size(), 3000u);
  EXPECT_EQ(regions.find("330106")->name, "西湖区");
  EXPECT_EQ(regions.find("710000")->name, "台湾省");
  EXPECT_EQ(regions.find("990000"), nullptr);
  EXPECT_EQ(regions.code_of("杭州市"), "330100");
  EXPECT_EQ(regions.code_of("西湖区"), std::nullopt) << "there are several";
  const RegionNames names(regions);
  EXPECT_EQ(names.code_in("浙江省杭州市西湖区文三路1号"), "330106");
  EXPECT_EQ(names.code_in("浙江杭州西湖文三路1号"), "330106");
  EXPECT_EQ(names.code_in("杭州市西湖区文三路1号"), "330106");
  EXPECT_EQ(names.code_in("江西省南昌市西湖区"), "360103");
  EXPECT_EQ(names.code_in("北京市朝阳区建国路"), "110105");
  EXPECT_EQ(names.code_in("湖北省仙桃市"), "429004");
  EXPECT_EQ(names.code_in("广西壮族自治区南宁市"), "450100");
  EXPECT_EQ(names.code_in("海南路1号"), "") << "a street, no province";
  EXPECT_EQ(names.code_in("文三路1号"), "");
  EXPECT_EQ(names.code_in(""), "");
}

TEST(Codes, tables_are_checked) {
  EXPECT_EQ(CodeTable::make("x", {{"1", "a"}, {"1", "b"}}).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(CodeTable::make("x", {{"", "a"}}).error().kind, ErrorKind::Invalid);
  EXPECT_EQ(CodeTable::make("x", {{"F52", "零售业"}})->code_of("零售业"), "F52");
}

TEST(Codes, names) {
  EXPECT_EQ(normal_name("杭州示例（中国）科技有限公司"), normal_name(" 杭州示例 (中国)科技有限公司"));
  EXPECT_EQ(normal_name("ＡＢＣ·示例【杭州】"), normal_name("abc示例(杭州)"));
  EXPECT_NE(normal_name("甲店"), normal_name("乙店"));
  const auto regions = region_table().value();
  const RegionNames places(regions);
  EXPECT_EQ(short_name("杭州示例（中国）科技有限公司", places), "示例科技");
  EXPECT_EQ(short_name("浙江省杭州市示例商贸有限责任公司", places), "示例商贸");
  EXPECT_EQ(short_name("示例(上海)网络股份有限公司北京分公司", places), "示例网络");
  EXPECT_EQ(short_name("西湖区甜甜食品店", places), "西湖区甜甜食品店") << "no company";
  EXPECT_EQ(short_name("杭州有限公司", places), "杭州有限公司") << "nothing would be left";
}

TEST(Codes, text_forms) {
  const auto after = [](auto change, std::string text) {
    change(text);
    return text;
  };
  EXPECT_EQ(after(to_half_width, "９１ＡＢ（甲）　x"), "91AB(甲) x");
  EXPECT_EQ(after(trim_text, "\xEF\xBB\xBF 　\t甲\xE2\x80\x8B乙 \n"), "甲乙");
  EXPECT_EQ(after(to_name_brackets, "甲(乙)【丙】〔丁〕"), "甲（乙）（丙）（丁）");
  std::string text = "甲  乙\t丙";
  EXPECT_TRUE(shrink_spaces(text, false));
  EXPECT_EQ(text, "甲 乙 丙");
  EXPECT_TRUE(shrink_spaces(text, true));
  EXPECT_EQ(text, "甲乙丙");
  EXPECT_FALSE(trim_text(text)) << "nothing to do";
  std::string bad = "\xFF（\xE4";
  to_half_width(bad);
  EXPECT_EQ(bad, "\xFF(\xE4") << "what is no UTF-8 stays";
}

// Whatever stands there: a second time changes nothing.
TEST(Codes, text_forms_are_stable) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces{" ", "　", "（", "(", "】", "Ａ", "a", "甲", "\xE2\x80\x8B", "\xC2\xA0", "\xEF\xBB\xBF", "１", "𠮷", "\t", "·", "\xFF"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
    const std::string before = text;
    const auto stable = [&](auto change, const char* name) {
      std::string once = before;
      change(once);
      std::string twice = once;
      EXPECT_FALSE(change(twice)) << name << " on " << before;
      EXPECT_EQ(once, twice) << name;
    };
    stable(to_half_width, "width");
    stable(trim_text, "trim");
    stable(to_name_brackets, "brackets");
    stable([](std::string& t) { return shrink_spaces(t, false); }, "one space");
    EXPECT_EQ(normal_name(normal_name(before)), normal_name(before));
  }
}

TEST(Codes, days) {
  for (const char* text : {"2026-03-01", "2026/3/1", "2026.03.01", "20260301", "2026年3月1日", "2026-03-01 08:30:00", "2026-3-1T08:30"}) EXPECT_EQ(day_form(text), "2026-03-01") << text;
  for (const char* text : {"", "2026-02-30", "3/1/2026", "2026", "26-03-01", "20261301", "2026-03-01x", "明天"}) EXPECT_EQ(day_form(text), "") << text;
}

}  // namespace
}  // namespace guzheng
