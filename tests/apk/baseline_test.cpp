// The bureau's list of certificates, read strictly: it decides which app counts as genuine. A-7.3a
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/apk/baseline.h"

namespace guzheng {
namespace {

const std::string kOne(64, 'a'), kTwo(64, 'b');

TEST(Baseline, APackageMayHaveMoreCertificatesThanOne) {          // A-7.3a
  const auto list = parse_baseline("# 基线\n\ncn.example.mall " + kOne + "  # 2024\ncn.example.mall " + kTwo + "\n", "list.txt").value();
  EXPECT_EQ(list.knows("cn.example.mall", {kTwo}), true);
  EXPECT_EQ(list.knows("cn.example.mall", {kOne, kTwo}), true);
  EXPECT_EQ(list.knows("cn.example.mall", {kOne, std::string(64, 'c')}), false) << "a second signer that nobody knows";
  EXPECT_EQ(list.knows("cn.example.mall", {}), false);
  EXPECT_EQ(list.knows("cn.example.other", {kOne}), std::nullopt);
}

TEST(Baseline, DigestsAreTakenAsToolsPrintThem) {
  std::string spaced;
  for (int i = 0; i < 32; ++i) spaced += std::string(i ? ":" : "") + "AB";
  std::string plain;
  for (int i = 0; i < 32; ++i) plain += "ab";
  EXPECT_EQ(parse_baseline("a.b " + spaced + "\r\n", "f").value().knows("a.b", {plain}), true);
}

TEST(Baseline, EveryWrongLineIsNamed) {                           // A-7.3a
  const auto wrong = parse_baseline("a.b " + kOne + "\nmall " + kOne + "\na.b 12\na.b " + kOne + " more\n", "list.txt");
  ASSERT_FALSE(wrong);
  for (const char* line : {"list.txt:2:", "list.txt:3:", "list.txt:4:"}) EXPECT_THAT(wrong.error().what, testing::HasSubstr(line));
  EXPECT_THAT(wrong.error().what, testing::Not(testing::HasSubstr("list.txt:1:")));
}

TEST(Baseline, TheOneForPracticeHoldsTheTrainingPhonesApp) {
  const auto list = read_baseline(SOURCE_DIR "/resources/training/app-baseline.txt").value();
  EXPECT_EQ(list.certificates.size(), 1u);
  EXPECT_TRUE(list.certificates.contains("cn.guzheng.mall"));
}

}  // namespace
}  // namespace guzheng
