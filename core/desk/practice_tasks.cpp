#include "core/desk/practice_tasks.h"

#include "core/desk/practice_order.h"

namespace guzheng {
namespace {

TaskSheet practice_sheet(const std::string& unit, const char* name, TaskCategory category, Day from, Day until) {
  TaskSheet sheet;
  sheet.issuer = unit;
  sheet.name = name;
  sheet.source = "练习科室年度计划；投诉举报集中反映（练习）";
  sheet.category = category;
  sheet.methods = {TaskMethod::Own};
  sheet.from = from;
  sheet.until = until;
  sheet.range = "练习商城及其小程序内注册地为练习市的经营主体";
  sheet.targets = {TargetKind::Shop, TargetKind::MiniProgram};
  sheet.content = "普通食品、保健食品宣称预防或者治疗疾病；以患者、专家名义作证明。";
  sheet.features.keywords = {"根治", "三天见效", "国家级"};
  sheet.features.trade_terms = {"特膳", "药食同源"};
  sheet.features.code_words = {"糖友福音"};
  sheet.feedback = {FeedbackKind::Report, FeedbackKind::ClueTable};
  return sheet;
}

MonitorResult practice_result(const std::string& who, const std::string& code, const char* violation, const char* field) {
  MonitorResult out;
  out.link = "https://mall.example/shop";
  out.operator_name = who;
  out.credit_code = code;
  out.platform = practice_order().platform;
  out.violation = violation;
  out.field = field;
  return out;
}

MoveOrder practice_move(FlowMove move, const std::string& unit = {}, const std::string& basis = {}) {
  MoveOrder order;
  order.move = move;
  order.unit = unit;
  order.basis = basis;
  return order;
}

Result<std::int64_t> practice_task(TaskBook& book, const SigningHand& hand, const TaskSheet& sheet, bool accepted) {
  GZ_TRY_ASSIGN(const auto id, book.draft(sheet, hand));
  GZ_TRY(book.move(FlowKind::Sheet, id, practice_move(FlowMove::Submit, hand.actor.unit), hand));
  if (accepted) { GZ_TRY(book.move(FlowKind::Sheet, id, practice_move(FlowMove::Accept), hand)); }
  return id;
}

// One result at each desk of the loop: 核查, 分派, 研判.
Status practice_loop(TaskBook& book, const SigningHand& hand, std::int64_t task) {
  const auto shown = practice_order();
  const MonitorResult results[] = {
      practice_result(shown.subject_name, {}, "普通食品宣称疾病治疗功能", "广告、食品"),
      practice_result("示例乙食品有限公司（练习）", {}, "使用“国家级”用语", "广告"),
      practice_result("示例丙电子商务有限公司（练习）", {}, "未公示证照信息", "网络交易"),
  };
  GZ_TRY_ASSIGN(const auto ids, book.add_results(task, results, hand));
  const std::string basis = "《中华人民共和国广告法》第十七条";
  GZ_TRY(book.move(FlowKind::Result, ids.at(0), practice_move(FlowMove::ConfirmClue, {}, basis), hand));
  GZ_TRY(book.move(FlowKind::Result, ids.at(0), practice_move(FlowMove::Assign, hand.actor.unit), hand));
  GZ_TRY(book.move(FlowKind::Result, ids.at(0), practice_move(FlowMove::Accept), hand));
  GZ_TRY(book.move(FlowKind::Result, ids.at(1), practice_move(FlowMove::ConfirmClue, {}, basis), hand));
  return ok();
}

Status practice_clues(TaskBook& book, const SigningHand& hand, Day today) {
  Clue clue;
  clue.source = ClueSource::Complaint;
  clue.from = "投诉举报平台（练习）";
  clue.outside_number = "练习-投-0007";
  clue.received = today;
  clue.operator_name = "示例丁文化传播有限公司（练习）";
  clue.content = "直播间宣称“七天告别老花眼”，主播自称专家（练习）。";
  GZ_TRY(book.add_clue(clue, hand));
  clue.source = ClueSource::Transfer;
  clue.from = "练习市药品监督管理部门";
  clue.outside_number = "练习-移-0003";
  clue.operator_name = "示例戊贸易有限公司（练习）";
  clue.content = "小程序内销售未标明来源的食品（练习）。";
  GZ_TRY(book.add_clue(clue, hand));
  return ok();
}

}  // namespace

Status fill_practice_tasks(TaskBook& book, const SigningHand& hand, Day today) {
  TaskFilter any;
  any.limit = 1;
  GZ_TRY_ASSIGN(const auto there, book.tasks(any, hand.actor.badge));
  if (!there.lines.empty()) return ok();
  using std::chrono::days;
  const auto days_on = book.calendar();
  const auto& unit = hand.actor.unit;
  const auto begun = today - days(28);
  GZ_TRY_ASSIGN(const auto first, practice_task(book, hand, practice_sheet(unit, "保健食品虚假宣传专项监测（练习）", TaskCategory::Special, begun, days_on.after(today, 12).day), true));
  GZ_TRY(practice_loop(book, hand, first));
  // past its end, ending today, ending soon
  GZ_TRY(practice_task(book, hand, practice_sheet(unit, "广告绝对化用语日常监测（练习）", TaskCategory::Daily, begun, today - days(6)), true));
  GZ_TRY(practice_task(book, hand, practice_sheet(unit, "网店亮照亮证日常监测（练习）", TaskCategory::Daily, begun, today), true));
  GZ_TRY(practice_task(book, hand, practice_sheet(unit, "直播营销专项监测（练习）", TaskCategory::Special, begun, days_on.after(today, 2).day), true));
  GZ_TRY(practice_task(book, hand, practice_sheet(unit, "小程序主体核验监测（练习）", TaskCategory::Research, today, days_on.after(today, 20).day), false));
  TaskSheet draft;
  draft.issuer = unit;
  draft.name = "节前价格专项监测（练习）";
  GZ_TRY(book.draft(draft, hand));
  return practice_clues(book, hand, today);
}

}  // namespace guzheng
