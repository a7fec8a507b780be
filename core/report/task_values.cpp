// Values of the task forms, as plain text in Chinese. No file, clock or Qt.
#include <array>

#include "core/base/blank.h"
#include "core/report/task_forms.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 6> kForms{"sheet", "clue-table", "subject-list", "report", "platform-count", "analysis"};

constexpr std::array<std::string_view, 6> kTitles{"网络交易监测任务单", "违法线索表", "网络经营主体清单", "网络交易监测报告", "监测电商平台（网站）个次表", "监测分析"};

std::string chinese_day(Day day) {
  const std::chrono::year_month_day date(day);
  return std::to_string(static_cast<int>(date.year())) + "年" + std::to_string(static_cast<unsigned>(date.month())) + "月" + std::to_string(static_cast<unsigned>(date.day())) + "日";
}

std::string joined(const std::vector<std::string>& list, const char* between = "、") {
  std::string out;
  for (const auto& one : list) out += (out.empty() ? "" : between) + one;
  return out;
}

std::string names_of(const std::vector<Document>& list) {
  std::vector<std::string> names;
  for (const auto& one : list) names.push_back(one.name);
  return joined(names);
}

Json lines_of(const std::string& text) {
  Json out = Json::array();
  for (std::size_t at = 0; at <= text.size() && !text.empty();) {
    const auto end = text.find('\n', at);
    out.push_back(text.substr(at, end - at));
    if (end == std::string::npos) break;
    at = end + 1;
  }
  return out;
}

std::string number_text(const std::optional<int>& value) { return value ? std::to_string(*value) : std::string(); }

std::string period_of(const TaskSheet& sheet) { return sheet.from && sheet.until ? chinese_day(*sheet.from) + "—" + chinese_day(*sheet.until) : std::string(); }

// Every box by the name of its enumerator, "daily" → daily, "mini-program" → mini_program.
template <typename Enum>
void put_boxes(Json& out, const char* prefix, const std::set<Enum>& ticked, Enum last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    std::string name = prefix + std::string(to_string(static_cast<Enum>(i)));
    for (auto& c : name)
      if (c == '-') c = '_';
    out[name] = ticked.contains(static_cast<Enum>(i));
  }
}

Json sheet_json(const Feedback& feedback, const std::string& practice_mark) {
  const auto& sheet = feedback.sheet;
  Json out{{"unit", sheet.issuer},
           {"number", feedback.number},
           {"name", sheet.name},
           {"source", sheet.source},
           {"period", period_of(sheet)},
           {"range", sheet.range},
           {"other_target", sheet.other_target},
           {"content", lines_of(sheet.content)},
           {"keywords", joined(sheet.features.keywords)},
           {"trade_terms", joined(sheet.features.trade_terms)},
           {"code_words", joined(sheet.features.code_words)},
           {"pictures", names_of(sheet.features.pictures)},
           {"sounds", names_of(sheet.features.sounds)},
           {"platforms", number_text(sheet.platforms)},
           {"rounds", number_text(sheet.rounds)},
           {"practice_mark", practice_mark}};
  put_boxes(out, "category_", sheet.category ? std::set{*sheet.category} : std::set<TaskCategory>(), TaskCategory::Research);
  put_boxes(out, "method_", sheet.methods, TaskMethod::ThirdParty);
  put_boxes(out, "target_", sheet.targets, TargetKind::Other);
  put_boxes(out, "feedback_", sheet.feedback, FeedbackKind::PlatformCount);
  return out;
}

const char* standing_of(const ClueTableRow& row) {
  if (row.state == FlowState::Closed) return row.outcome == ClueOutcome::Violation ? "已办结，构成违法" : "已办结";
  switch (row.state) {
    case FlowState::Judging: return "待研判";
    case FlowState::Dispatching: return "待分派";
    case FlowState::Verifying: return "核查中";
    case FlowState::Handling: return "处理中";
    case FlowState::Confirming: return "待办结";
    default: return "";
  }
}

void put_clues(Json& out, const Feedback& feedback) {
  out["clues"] = Json::array();
  for (const auto& one : feedback.clues) {
    const auto& r = one.result;
    out["clues"].push_back(Json{{"no", std::to_string(one.serial)}, {"subject", r.operator_name}, {"code", r.credit_code}, {"platform", r.platform}, {"link", r.link}, {"snapshot", r.snapshot},
                                {"violation", r.violation}, {"field", r.field}, {"packages", one.packages}, {"standing", standing_of(one)}, {"note", r.note}});
  }
  out["clue_count"] = std::to_string(feedback.clues.size());
}

void put_subjects(Json& out, const Feedback& feedback) {
  out["subjects"] = Json::array();
  int number = 0;
  for (const auto& one : feedback.subjects)
    out["subjects"].push_back(Json{{"no", std::to_string(++number)}, {"subject", one.name}, {"code", one.credit_code}, {"platforms", joined(one.platforms)}, {"violations", joined(one.violations)},
                                   {"fields", joined(one.fields)}, {"results", std::to_string(one.results)}});
  out["subject_count"] = std::to_string(feedback.subjects.size());
}

Json counted_json(const std::vector<CountedName>& list) {
  Json out = Json::array();
  for (const auto& one : list) out.push_back(Json{{"what", is_blank(one.name) ? std::string("未填") : one.name}, {"count", std::to_string(one.count)}});
  return out;
}

// Platforms that were monitored, with what was found there; then those where something was found although nobody said they were monitored.
void put_visits(Json& out, const TaskFormRequest& request) {
  const auto results_at = [&](const std::string& platform) {
    for (const auto& one : request.feedback.platforms)
      if (one.name == platform) return one.count;
    return 0;
  };
  out["visits"] = Json::array();
  int rounds = 0;
  for (const auto& one : request.visits) {
    out["visits"].push_back(Json{{"no", std::to_string(out["visits"].size() + 1)}, {"platform", one.platform}, {"rounds", std::to_string(one.rounds)}, {"results", std::to_string(results_at(one.platform))}});
    rounds += one.rounds;
  }
  out["visited"] = std::to_string(request.visits.size());
  out["visited_rounds"] = std::to_string(rounds);
}

Json report_numbers(const Feedback& feedback) {
  return Json{{"results", std::to_string(feedback.results)},       {"clue_results", std::to_string(feedback.clues.size())},
              {"subject_results", std::to_string(feedback.subjects.size())}, {"judged_none", std::to_string(feedback.judged_none)},
              {"merged", std::to_string(feedback.merged)},         {"confirmed", std::to_string(feedback.violations_confirmed)},
              {"open", std::to_string(feedback.open)},             {"with_evidence", std::to_string(feedback.with_evidence)}};
}

std::string methods_of(const TaskSheet& sheet) {
  std::vector<std::string> out;
  if (sheet.methods.contains(TaskMethod::Own)) out.emplace_back("自主监测");
  if (sheet.methods.contains(TaskMethod::ThirdParty)) out.push_back("委托第三方数据搜索" + (sheet.third_party.empty() ? std::string() : "（" + sheet.third_party + "）"));
  return joined(out);
}

std::string targets_of(const TaskSheet& sheet) {
  constexpr std::array<std::string_view, 7> names{"网站", "网店", "公众号", "小程序", "APP", "视频号", "其他"};
  std::vector<std::string> out;
  for (const auto one : sheet.targets) out.emplace_back(one == TargetKind::Other && !sheet.other_target.empty() ? std::string_view(sheet.other_target) : names[static_cast<std::size_t>(one)]);
  return joined(out);
}

Status check_form(const TaskFormRequest& request) {
  if (request.form == TaskForm::Sheet) return ok();
  if (is_blank(request.made_by)) return fail(ErrorKind::Invalid, "what goes back names the unit that monitored");
  if (request.form == TaskForm::MonitorReport && is_blank(request.conclusion)) return fail(ErrorKind::Invalid, "a monitoring report without its conclusion says nothing: write 结论与建议 first");
  if (request.form != TaskForm::PlatformCount) return ok();
  if (request.visits.empty()) return fail(ErrorKind::Invalid, "which platforms were monitored, and how often, is known to the monitoring unit only: say it first");
  for (const auto& one : request.visits)
    if (is_blank(one.platform) || one.rounds < 1) return fail(ErrorKind::Invalid, "each platform needs its name and at least one round");
  return ok();
}

}  // namespace

std::string_view to_string(TaskForm form) { return kForms[static_cast<std::size_t>(form)]; }

std::optional<TaskForm> task_form(std::string_view text) {
  for (std::size_t i = 0; i < kForms.size(); ++i)
    if (kForms[i] == text) return static_cast<TaskForm>(i);
  return {};
}

TaskForm form_of(FeedbackKind kind) {
  switch (kind) {
    case FeedbackKind::Report: return TaskForm::MonitorReport;
    case FeedbackKind::ClueTable: return TaskForm::ClueTable;
    case FeedbackKind::SubjectList: return TaskForm::SubjectList;
    case FeedbackKind::PlatformCount: return TaskForm::PlatformCount;
  }
  return TaskForm::MonitorReport;
}

Result<Json> task_form_values(const TaskFormRequest& request) {
  if (request.form == TaskForm::Analysis) return fail(ErrorKind::Invalid, "an analysis is no form of one task");
  GZ_TRY(check_form(request));
  Json out = sheet_json(request.feedback, request.practice_mark);
  out["title"] = std::string(kTitles[static_cast<std::size_t>(request.form)]);
  if (request.form == TaskForm::Sheet) return out;
  out["made_by"] = request.made_by;
  out["made_on"] = chinese_day(request.feedback.made);
  out["methods"] = methods_of(request.feedback.sheet);
  out["targets"] = targets_of(request.feedback.sheet);
  put_clues(out, request.feedback);
  put_subjects(out, request.feedback);
  put_visits(out, request);
  out["numbers"] = report_numbers(request.feedback);
  out.update(out["numbers"]);
  out.erase("numbers");
  out["by_violation"] = counted_json(request.feedback.violations);
  out["by_field"] = counted_json(request.feedback.fields);
  out["by_platform"] = counted_json(request.feedback.platforms);
  out["conclusion"] = lines_of(request.conclusion);
  return out;
}

std::string pack_task_form(TaskForm form, const Json& values) { return Json{{"form", to_string(form)}, {"values", values}}.dump(); }

}  // namespace guzheng
