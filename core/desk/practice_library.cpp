#include "core/desk/practice_library.h"

#include <array>

#include "core/base/file.h"
#include "core/desk/practice_order.h"
#include "core/registry/practice_subjects.h"
#include "core/registry/unit_rules.h"
#include "core/visit/look_script.h"

namespace guzheng {
namespace {

constexpr std::uint64_t kSeed = 2026, kSubjects = 325;
constexpr std::int64_t kOneDayMs = 24ll * 3600 * 1000;
const Act kAct{"练习台", "练习数据"};

// Its home page's search line holds a hint that is tapped first.
constexpr std::string_view kLooks = R"({"format":1,"scripts":[{"platform":"练习商城","app":"cn.guzheng.mall","steps":[
  {"tap":"祖传秘方降糖茶"},{"type":"{name}"},{"key":"enter"},{"absent":"没有找到"},{"tap":"{name}"},{"wait":"证照信息"}]}]}
)";

SubjectRow mall_subject() {
  const auto order = practice_order();
  SubjectRow row;
  auto& subject = row.subject;
  subject.name = order.subject_name;
  subject.short_name = "示例甲生物";
  subject.credit_code = order.credit_code;
  subject.kind = SubjectKind::Company;
  subject.address = "练习市一区样板路1号";
  subject.region = "990101";
  subject.industry = "F5225";
  subject.state = SubjectState::Open;
  subject.sensitivity = Sensitivity::Open;
  subject.data_region = "990100";
  subject.category = "保健食品";
  const auto entry = [&](EntryKind kind, const char* name, const char* platform, const char* link) {
    Entry out;
    out.kind = kind;
    out.name = name;
    out.platform = platform;
    out.link = link;
    out.category = "保健食品";
    row.entries.push_back(out);
  };
  entry(EntryKind::WebShop, order.shop.c_str(), order.platform.c_str(), "mall://shop/1");
  entry(EntryKind::WebShop, "示例养生折扣店（练习）", order.platform.c_str(), "mall://shop/2");
  entry(EntryKind::MiniProgram, "示例养生会员（练习）", "练习微讯", "mini://990001");
  entry(EntryKind::PublicAccount, "示例甲健康（练习）", "练习微讯", "account://990002");
  entry(EntryKind::VideoAccount, "示例甲讲堂（练习）", "练习微讯", "video://990003");
  entry(EntryKind::App, "示例健康生活（练习）", "练习应用商店", "app://practice.health");
  row.sensitive.push_back({SensitiveKind::Phone, "10000000000"});
  return row;
}

// Checks of the last weeks: most are in time, some overdue, some never made, one shop gone.
void date_entries(SubjectRow& row, std::uint64_t n, WallTime now) {
  std::uint64_t i = n * 7;
  for (auto& entry : row.entries) {
    ++i;
    if (i % 9 == 0) continue;
    const auto days = static_cast<std::int64_t>(i * 5 % (i % 11 == 0 ? 41 : 27));
    entry.checked = {now.ms - days * kOneDayMs - 3'600'000};
    entry.reach = i % 23 == 0 ? Reach::Unreachable : i % 41 == 0 ? Reach::Gone : Reach::Reachable;
  }
}

Status add_records(SubjectStore& store, SubjectId id, WallTime now) {
  struct Told {
    RecordKind kind;
    int days;
    const char *title, *text, *reference;
  };
  constexpr std::array records{
      Told{RecordKind::Complaint, 4, "服用后无效果（练习）", "消费者投诉商品与宣传不符", "练习-投诉-0001"},
      Told{RecordKind::Complaint, 19, "宣称治疗失眠（练习）", "消费者投诉虚假宣传", "练习-投诉-0002"},
      Told{RecordKind::Penalty, 90, "使用“最佳”用语（练习）", "责令停止发布广告", "练习-罚-0001"},
      Told{RecordKind::Case, 95, "违法广告案（练习）", "已结案", "练习-案-0001"},
      Told{RecordKind::Sampling, 60, "抽检合格（练习）", "保健食品 1 批次", "练习-检-0001"}};
  for (const auto& one : records) {
    GZ_TRY(store.add_record(id, {0, one.kind, {now.ms - one.days * kOneDayMs}, one.title, one.text, "练习", one.reference}, kAct));
  }
  return ok();
}

Status add_tags(SubjectStore& store, const std::vector<SubjectId>& ids) {
  struct Made {
    const char *group, *name;
    std::size_t first, every;
  };
  constexpr std::array tags{Made{"经营形态", "直播基地", 0, 23}, Made{"经营形态", "MCN 机构", 3, 31}, Made{"经营形态", "电商园区", 5, 17},
                            Made{"品类", "保健食品", 0, 5},      Made{"品类", "食品", 2, 4},          Made{"品类", "咨询服务", 7, 29},
                            Made{"监管", "重点监管", 0, 37}};
  for (const auto& made : tags) {
    GZ_TRY_ASSIGN(const auto tag, store.put_tag({0, made.group, made.name}, kAct));
    std::vector<SubjectId> some;
    for (std::size_t i = made.first; i < ids.size(); i += made.every) some.push_back(ids[i]);
    GZ_TRY(store.tag_these(some, tag, true, kAct));
  }
  return ok();
}

}  // namespace

Status lay_out_practice_looks(const std::filesystem::path& library) {
  std::error_code ec;
  return std::filesystem::exists(phone_looks_file(library), ec) ? ok() : write_text(phone_looks_file(library), kLooks);
}

Status fill_practice_library(SubjectStore& store, WallTime now) {
  GZ_TRY_ASSIGN(const auto bounds, store.bounds());
  if (bounds.last != 0) return ok();
  for (auto unit : practice_units()) {
    unit.id = 0;
    GZ_TRY(store.put_unit(unit, kAct));
  }
  GZ_TRY(store.set_unit_rules(practice_unit_rules(), kAct));
  std::vector<SubjectId> ids;
  {
    GZ_TRY_ASSIGN(const auto import, store.begin_import("练习数据", kAct));
    for (std::uint64_t n = 0; n <= kSubjects; ++n) {
      auto row = n == 0 ? mall_subject() : practice_subject(kSeed, n);
      if (n == 0) row.subject.unit = propose_unit(practice_unit_rules(), row.subject.region, row.subject.industry, {});
      date_entries(row, n, now);
      GZ_TRY_ASSIGN(const SubjectId id, import->add(row));
      ids.push_back(id);
    }
    GZ_TRY(import->finish("练习数据"));
  }
  GZ_TRY(add_tags(store, ids));
  GZ_TRY(add_records(store, ids.front(), now));
  for (std::size_t i = 11; i < ids.size(); i += 60) {
    GZ_TRY_ASSIGN(const auto entries, store.entries(ids[i]));
    if (!entries.empty()) { GZ_TRY(store.set_abnormal(ids[i], entries.front().no, true, {kAct.who, "店铺已关闭（练习）"})); }
  }
  GZ_TRY(store.follow());
  return ok();
}

}  // namespace guzheng
