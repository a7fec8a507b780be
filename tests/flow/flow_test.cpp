// From a phone's screen to a sealed, verified package: real adb server, training phone, script, seal, verifier.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/media/png.h"
#include "core/seal/verify.h"
#include "core/session/long_read.h"
#include "core/session/practice_run.h"
#include "tests/support/adb_fixture.h"

namespace guzheng::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST(Flow, TheMallScriptMakesAWholePracticePackage) {       // A-AnC A-AnD A-7.2a A-7.2c A-7.3b A-7.3c A-7.3d A-8.3f
  AdbFixture adb;
  const std::string serial = adb.add_phone(GUZHENG_PHONE);
  const SystemClock clock;
  PracticeRun run;
  run.phone = {"127.0.0.1", adb.port(), serial};
  run.script = parse_script(read_text(PRACTICE_SCRIPT).value()).value();
  run.desk = adb.folder() / "desk";
  run.vault = adb.folder() / "vault";
  run.server_file = PRACTICE_SERVER;
  run.software_version = "0.1.0";
  run.clock = &clock;
  const auto out = run_practice(run);
  ASSERT_TRUE(out) << out.error().what;
  EXPECT_EQ(out->script_error, "");
  EXPECT_THAT(out->package.incomplete, testing::IsEmpty());
  VerifyOptions options;
  options.roots = {out->bureau.org_root_pem, out->bureau.tsa_root_pem};
  options.clock = &clock;
  const auto verification = verify_package(out->package.folder, options).value();
  std::string damage;
  for (const auto& finding : verification.damage) damage += finding.rule + " " + finding.path + ": " + finding.what + "\n";
  EXPECT_EQ(verification.verdict, Verdict::Practice) << damage;
  EXPECT_GE(verification.shots, 4u);
  const auto values = parse_json(read_text(out->package.folder / "data/attach/values.json").value()).value();
  std::int64_t us = 0;
  for (const auto& recording : values["recordings"]) us += recording["duration_us"].get<std::int64_t>();
  EXPECT_GE(us, 30'000'000);
  for (const auto& item : values["items"]) EXPECT_NE(item["hierarchy"], "") << "the training phone gives each page's layout";
  const auto app = parse_json(read_text(out->package.folder / "data/attach/app.json").value()).value();
  EXPECT_EQ(text_at(app, "package"), "cn.guzheng.mall");
  ASSERT_EQ(app["files"].size(), 1u) << "the app's one APK, digested on the phone";      // A-7.3d
  EXPECT_THAT(text_at(app["files"][0], "path"), testing::EndsWith("/base.apk"));
  EXPECT_EQ(text_at(app["files"][0], "sha256").size(), 64u);
}

// A-7.3b A-8.3g: a page longer than the screen, from the script's step to the picture that is drawn from the sealed package.
TEST(Flow, ALongPageIsDrawnFromItsScreenshots) {
  AdbFixture adb;
  const SystemClock clock;
  PracticeRun run;
  run.phone = {"127.0.0.1", adb.port(), adb.add_phone(GUZHENG_PHONE), {}};
  run.script = parse_script(R"({"schema":"guzheng-script/1","name":"长页","order":{"reason":"投诉","what":"商品页","shop":"店"},"steps":[
    {"do":"app","name":"cn.guzheng.mall"},{"do":"wait","text":"祖传秘方降糖茶","limit_ms":20000},{"do":"tap","text":"祖传秘方降糖茶"},
    {"do":"wait","text":"热门搜索","limit_ms":20000},{"do":"tap","text":"降糖茶"},{"do":"tap","text":"祖传秘方降糖茶 三天见效","limit_ms":20000},
    {"do":"wait","text":"商品详情","limit_ms":20000},{"do":"assert","text":"商品详情","absent":"没有这样的字"},
    {"do":"long","kind":"violation","title":"降糖茶商品页","proves":"宣传用语","most":5},
    {"do":"scroll","until":"三天见效","to":"up","most":20}]})").value();
  run.desk = adb.folder() / "desk";
  run.vault = adb.folder() / "vault";
  run.server_file = PRACTICE_SERVER;
  run.software_version = "0.1.0";
  run.clock = &clock;
  const auto out = run_practice(run);
  ASSERT_TRUE(out) << out.error().what;
  ASSERT_EQ(out->script_error, "");
  VerifyOptions options;
  options.roots = {out->bureau.org_root_pem, out->bureau.tsa_root_pem};
  options.clock = &clock;
  EXPECT_THAT(verify_package(out->package.folder, options).value().damage, testing::IsEmpty());
  const auto values = parse_json(read_text(out->package.folder / "data/attach/values.json").value()).value();
  for (const auto& item : values["items"]) EXPECT_NE(item["hierarchy"], "") << "the page rests when it is captured: " << item["title"];
  const auto package = open_package(out->package.folder, nullptr).value();
  const auto pages = long_pages(*package).value();
  ASSERT_EQ(pages.size(), 1u);
  EXPECT_EQ(pages[0].title, "降糖茶商品页");
  ASSERT_GE(pages[0].paths.size(), 2u);
  std::uint32_t moved = 0;
  for (const auto& overlap : pages[0].overlaps) moved += overlap.shift;
  EXPECT_GT(moved, 100u);
  const auto whole = draw_long_page(*package, pages[0]);
  ASSERT_TRUE(whole) << whole.error().what;
  const auto one = check_png(package->whole(pages[0].paths[0]).value()).value();
  EXPECT_EQ(whole->height, one.height + moved) << "each picture adds what it scrolled";
  const auto again = decode_png(encode_png(*whole).value()).value();
  EXPECT_EQ(again.height, whole->height);
  EXPECT_EQ(find_overlap(again, *whole).problem, ScrollProblem::NotMoved) << "what is written is what was drawn";
  auto wrong = pages[0];
  ++wrong.overlaps[0].shift;
  EXPECT_EQ(draw_long_page(*package, wrong).error().kind, ErrorKind::Tampered);
}

TEST(Flow, WhatIsNotReadyIsSaid) {
  const auto nobody = find_phone({"127.0.0.1", 9, ""});
  ASSERT_FALSE(nobody);
  EXPECT_THAT(nobody.error().what, HasSubstr("no adb server answers"));
  AdbFixture adb;
  EXPECT_THAT(find_phone({"127.0.0.1", adb.port(), ""}).error().what, HasSubstr("has no phone"));
  const std::string serial = adb.add_phone(GUZHENG_PHONE, {"--auth", "deny"}, "unauthorized");
  const auto denied = find_phone({"127.0.0.1", adb.port(), serial});
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.error().kind, ErrorKind::Denied);
  EXPECT_THAT(denied.error().what, HasSubstr("allow USB debugging"));
}

}  // namespace
}  // namespace guzheng::test
