// 并行取证 over one real adb server and two training phones whose mall takes its users for different people (A-7.3e).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.h"
#include "core/compare/read_group.h"
#include "core/seal/verify.h"
#include "core/session/group_run.h"
#include "tests/support/adb_fixture.h"

namespace guzheng::test {
namespace {

using testing::IsEmpty;

std::vector<std::string> texts(const ComparedRow& row) {
  std::vector<std::string> out;
  for (const auto& cell : row.cells) out.push_back(cell.text + (cell.differs ? " ≠" : ""));
  return out;
}
const ComparedRow* row_of(const ComparedPage& page, Aspect aspect, const std::string& what) {
  const auto found = std::find_if(page.rows.begin(), page.rows.end(), [&](const auto& row) { return row.aspect == aspect && row.what == what; });
  return found == page.rows.end() ? nullptr : &*found;
}

TEST(Parallel, TwoPhonesSeeOtherPricesAndAnotherOrder) {
  AdbFixture adb;
  const SystemClock clock;
  GroupRun run;
  for (const char* persona : {"newcomer", "regular"}) {
    PracticeRun one;
    one.phone = {"127.0.0.1", adb.port(), adb.add_phone(GUZHENG_PHONE, {"--persona", persona}), {}};
    one.script = parse_script(R"({"schema":"guzheng-script/1","name":"杀熟","order":{"reason":"投诉","what":"同一商品的价格"},"steps":[
      {"do":"app","name":"cn.guzheng.mall"},{"do":"wait","text":"练习商城","limit_ms":20000},{"do":"swipe","from":[360,1000],"to":[360,700],"ms":3000},{"do":"swipe","from":[360,1000],"to":[360,700],"ms":3000},{"do":"wait","ms":1500},
      {"do":"capture","kind":"platform-home","title":"平台首页","proves":"排序与价格"}]})").value();
    one.desk = adb.folder() / "desk";
    one.vault = adb.folder() / "vault";
    one.server_file = PRACTICE_SERVER;
    one.software_version = "0.1.0";
    one.clock = &clock;
    run.phones.push_back(std::move(one));
  }
  const auto out = run_group(run);
  ASSERT_TRUE(out) << out.error().what;
  ASSERT_TRUE(out->result.recorded) << out->result.record_error;
  for (const auto& member : out->result.members) {
    EXPECT_EQ(member.stopped, "");
    ASSERT_TRUE(member.package) << member.unsealed;
    VerifyOptions options;
    options.roots = {out->bureau.org_root_pem, out->bureau.tsa_root_pem};
    options.clock = &clock;
    const auto verified = verify_package(member.package->folder, options).value();
    EXPECT_EQ(verified.verdict, Verdict::Practice) << (verified.damage.empty() ? "" : verified.damage[0].rule + ": " + verified.damage[0].what);
    EXPECT_EQ(verified.group.rows.size(), 2u);
  }
  const auto members = read_members(out->result.members[1].package->folder, nullptr);
  ASSERT_TRUE(members) << members.error().what;
  const auto found = compare_members(*members);
  ASSERT_EQ(found.pages.size(), 1u);
  const std::string shown = to_json(found).dump(1);
  const auto* tea = row_of(found.pages[0], Aspect::Price, "祖传秘方降糖茶 三天见效");
  ASSERT_TRUE(tea) << shown;
  EXPECT_THAT(texts(*tea), testing::ElementsAre("¥199.00", "¥259.00 ≠")) << shown;
  const auto* place = row_of(found.pages[0], Aspect::Ranking, "祖传秘方降糖茶 三天见效");
  ASSERT_TRUE(place) << shown;
  EXPECT_EQ(place->cells[0].text, "第 1 位") << shown;
  EXPECT_TRUE(place->cells[1].differs) << shown;
  const auto* picture = row_of(found.pages[0], Aspect::Picture, "与手机 1 的截图比");
  ASSERT_TRUE(picture) << shown;
  EXPECT_TRUE(picture->cells[1].differs);
}

}  // namespace
}  // namespace guzheng::test
