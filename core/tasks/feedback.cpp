#include "core/tasks/feedback.h"

#include <algorithm>
#include <map>

namespace guzheng {

namespace {

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (!text.empty() && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

std::string joined(const std::vector<std::string>& list, const char* between) {
  std::string out;
  for (const auto& one : list) out += (out.empty() ? "" : between) + one;
  return out;
}

template <typename Get>
std::vector<CountedName> counted(const std::vector<ResultEntry>& results, Get get) {
  std::map<std::string, int> counts;
  for (const auto& one : results) ++counts[get(one.result)];
  std::vector<CountedName> out;
  for (const auto& [name, count] : counts) out.push_back({name, count});
  std::stable_sort(out.begin(), out.end(), [](const CountedName& a, const CountedName& b) { return a.count > b.count; });
  return out;
}

std::vector<SubjectListRow> subjects_of(const std::vector<ResultEntry>& results) {
  std::vector<SubjectListRow> out;
  std::map<std::string, std::size_t> known;
  for (const auto& one : results) {
    const auto& r = one.result;
    const auto& key = !r.subject.empty() ? r.subject : !r.credit_code.empty() ? r.credit_code : r.operator_name;
    const auto [at, fresh] = known.emplace(key, out.size());
    if (fresh) out.push_back({r.operator_name, r.credit_code, {}, {}, {}, 0});
    auto& row = out[at->second];
    if (row.credit_code.empty()) row.credit_code = r.credit_code;
    add_once(row.platforms, r.platform);
    add_once(row.violations, r.violation);
    add_once(row.fields, r.field);
    ++row.results;
  }
  return out;
}

}  // namespace

Feedback make_feedback(const TaskEntry& task, const std::vector<ResultEntry>& results, Day made) {
  Feedback out;
  out.number = task.number;
  out.sheet = task.sheet;
  out.made = made;
  out.results = static_cast<int>(results.size());
  for (const auto& one : results) {
    const bool none = one.item.outcome == ClueOutcome::NoViolation && one.item.state == FlowState::Closed, merged = one.item.state == FlowState::Merged;
    out.judged_none += none ? 1 : 0;
    out.merged += merged ? 1 : 0;
    out.violations_confirmed += one.item.outcome == ClueOutcome::Violation && one.item.state == FlowState::Closed ? 1 : 0;
    out.open += is_over(one.item.state) ? 0 : 1;
    out.with_evidence += one.packages.empty() ? 0 : 1;
    if (!none && !merged) out.clues.push_back({one.serial, one.result, one.item.state, one.item.outcome, one.packages});
  }
  out.subjects = subjects_of(results);
  out.platforms = counted(results, [](const MonitorResult& r) { return r.platform; });
  out.violations = counted(results, [](const MonitorResult& r) { return r.violation; });
  out.fields = counted(results, [](const MonitorResult& r) { return r.field; });
  return out;
}

std::vector<ImportRow> clue_rows(const Feedback& feedback) {
  std::vector<ImportRow> out{{"编号", "经营主体", "统一社会信用代码", "平台", "链接", "快照", "涉嫌违法表现", "所属业务领域", "备注"}};
  for (const auto& one : feedback.clues) {
    const auto& r = one.result;
    out.push_back({std::to_string(one.serial), r.operator_name, r.credit_code, r.platform, r.link, r.snapshot, r.violation, r.field, r.note});
  }
  return out;
}

std::vector<ImportRow> subject_rows(const Feedback& feedback) {
  std::vector<ImportRow> out{{"序号", "网络经营主体", "统一社会信用代码", "所在平台", "涉嫌违法表现", "所属业务领域", "监测结果数"}};
  for (const auto& one : feedback.subjects)
    out.push_back({std::to_string(out.size()), one.name, one.credit_code, joined(one.platforms, "、"), joined(one.violations, "、"), joined(one.fields, "、"), std::to_string(one.results)});
  return out;
}

std::vector<ImportRow> platform_rows(const Feedback& feedback, const std::vector<CountedName>& rounds) {
  std::vector<ImportRow> out;
  if (rounds.empty()) {
    out.push_back({"序号", "电商平台（网站）", "监测结果数"});
    for (const auto& one : feedback.platforms) out.push_back({std::to_string(out.size()), one.name, std::to_string(one.count)});
    return out;
  }
  out.push_back({"序号", "电商平台（网站）", "监测次数", "监测结果数"});
  for (const auto& visited : rounds) {
    const auto found = std::find_if(feedback.platforms.begin(), feedback.platforms.end(), [&](const CountedName& one) { return one.name == visited.name; });
    out.push_back({std::to_string(out.size()), visited.name, std::to_string(visited.count), std::to_string(found == feedback.platforms.end() ? 0 : found->count)});
  }
  return out;
}

std::vector<ImportRow> report_rows(const Feedback& feedback) {
  std::vector<ImportRow> out{{"项目", "内容", "结果数"}};
  const auto add = [&](const char* what, const std::string& name, int count) { out.push_back({what, name, std::to_string(count)}); };
  add("监测结果", "全部", feedback.results);
  add("监测结果", "列入违法线索", static_cast<int>(feedback.clues.size()));
  add("监测结果", "研判不构成违法线索", feedback.judged_none);
  add("监测结果", "并入其他线索", feedback.merged);
  add("监测结果", "已附互联网电子数据证据", feedback.with_evidence);
  add("处置情况", "已办结并确认构成违法", feedback.violations_confirmed);
  add("处置情况", "正在研判、核查或者处理", feedback.open);
  add("网络经营主体", "涉及主体", static_cast<int>(feedback.subjects.size()));
  for (const auto& [what, list] : {std::pair{"涉嫌违法违规表现", &feedback.violations}, std::pair{"所属业务领域", &feedback.fields}, std::pair{"所在平台", &feedback.platforms}})
    for (const auto& one : *list) add(what, one.name.empty() ? "未填" : one.name, one.count);
  return out;
}

}  // namespace guzheng
