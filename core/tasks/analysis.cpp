#include "core/tasks/analysis.h"

#include <algorithm>
#include <array>

#include "core/tasks/book_rows.h"
#include "core/tasks/names.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 3> kLevels{"low", "middle", "high"};
constexpr std::array<std::string_view, 6> kFactors{"violation", "penalty", "more-kinds", "open", "overdue", "cleared"};
constexpr const char* kSubjectKey = "CASE WHEN subject<>'' THEN subject WHEN credit_code<>'' THEN credit_code ELSE operator_name END";

std::string state_text(FlowState state) { return std::to_string(static_cast<int>(state)); }
std::string outcome_text(ClueOutcome outcome) { return std::to_string(static_cast<int>(outcome)); }

std::string key_of(AnalysisBy by) {
  switch (by) {
    case AnalysisBy::Task: return "(SELECT CASE WHEN task.number='' THEN task.name ELSE task.number||' '||task.name END FROM task WHERE task.id=result.task)";
    case AnalysisBy::Unit: return "unit";
    case AnalysisBy::Violation: return "violation";
    case AnalysisBy::Platform: return "platform";
    case AnalysisBy::Field: return "field";
    case AnalysisBy::Month: return "strftime('%Y-%m',found_day*86400,'unixepoch')";
  }
  return "unit";
}

void add_factor(SubjectRisk& out, RiskFactorKind kind, int count, int each) {
  if (count <= 0 || each == 0) return;
  out.factors.push_back({kind, count, count * each});
  out.points += count * each;
}

}  // namespace

std::string_view to_string(RiskLevel level) { return spelled(kLevels, level); }
std::string_view to_string(RiskFactorKind kind) { return spelled(kFactors, kind); }

Result<std::vector<AnalysisRow>> analyse(TaskBook& book, AnalysisBy by, const AnalysisFilter& filter) {
  const auto closed = state_text(FlowState::Closed);
  std::string where = "1";
  std::vector<SqlValue> values{day_number(day_of(book.clock().wall()))};
  const auto add = [&](const char* condition, SqlValue value) {
    where += std::string(" AND ") + condition;
    values.push_back(std::move(value));
  };
  if (filter.task) add("task=?", *filter.task);
  if (!filter.unit.empty()) add("unit=?", filter.unit);
  if (filter.from) add("found_day>=?", day_number(*filter.from));
  if (filter.until) add("found_day<=?", day_number(*filter.until));
  // grouped by the task's id, not by its name: two tasks may be called alike
  const std::string group = by == AnalysisBy::Task ? "task" : key_of(by);
  const std::string sql = "SELECT " + key_of(by) + ",COUNT(*),SUM(wait_duty IS NOT NULL),SUM(state=" + closed + " AND outcome=" + outcome_text(ClueOutcome::Violation) + "),SUM(state=" + closed +
                          " AND outcome=" + outcome_text(ClueOutcome::NoViolation) + "),SUM(state=" + state_text(FlowState::Merged) + "),SUM(state=" + closed + " AND due>=closed_day),SUM(state=" + closed +
                          " AND due<closed_day),SUM(wait_duty IS NOT NULL AND due<?) FROM result WHERE " + where + " GROUP BY " + group +
                          (by == AnalysisBy::Month ? " ORDER BY 1" : " ORDER BY 2 DESC,1") + " LIMIT " + std::to_string(std::clamp(filter.limit, 1, kMostCount));
  GZ_TRY_ASSIGN(const auto rows, book.database().query(sql, values));
  std::vector<AnalysisRow> out;
  for (const auto& row : rows)
    out.push_back({book::text_of(row[0]), book::number_of(row[1]), book::number_of(row[2]), book::number_of(row[3]), book::number_of(row[4]), book::number_of(row[5]), book::number_of(row[6]),
                   book::number_of(row[7]), book::number_of(row[8])});
  return out;
}

SubjectRisk risk_of(const SubjectRecord& record, const RiskRule& rule) {
  SubjectRisk out;
  out.record = record;
  add_factor(out, RiskFactorKind::Violation, record.violations, rule.violation);
  add_factor(out, RiskFactorKind::Penalty, record.penalties, rule.penalty);
  add_factor(out, RiskFactorKind::MoreKinds, record.kinds - 1, rule.more_kinds);
  add_factor(out, RiskFactorKind::Open, record.open, rule.open);
  add_factor(out, RiskFactorKind::Overdue, record.overdue, rule.overdue);
  add_factor(out, RiskFactorKind::Cleared, record.cleared, rule.cleared);
  out.points = std::clamp(out.points, 0, 100);
  out.level = out.points >= rule.high ? RiskLevel::High : out.points >= rule.middle ? RiskLevel::Middle : RiskLevel::Low;
  return out;
}

Result<std::vector<SubjectRisk>> subject_risks(TaskBook& book, const RiskRule& rule, int limit) {
  const auto today = day_of(book.clock().wall());
  const auto since = day_number(today) - static_cast<std::int64_t>(rule.months) * 365 / 12;
  const std::string violated = "(state=" + state_text(FlowState::Closed) + " AND outcome=" + outcome_text(ClueOutcome::Violation) + ")";
  const std::string penalty = std::to_string(1 << static_cast<int>(Measure::Penalty));
  const std::string sql = std::string("SELECT MAX(subject),MAX(operator_name),MAX(credit_code),SUM") + violated + ",SUM(" + violated + " AND measures&" + penalty + "<>0),SUM(wait_duty IS NOT NULL)," +
                          "SUM(wait_duty IS NOT NULL AND due<?),SUM(state=" + state_text(FlowState::Closed) + " AND outcome=" + outcome_text(ClueOutcome::NoViolation) + ")," +
                          "COUNT(DISTINCT CASE WHEN " + violated + " THEN violation END) FROM result WHERE found_day>=? GROUP BY " + kSubjectKey + " HAVING SUM" + violated + "+SUM(wait_duty IS NOT NULL)>0";
  GZ_TRY_ASSIGN(const auto rows, book.database().query(sql, {day_number(today), since}));
  std::vector<SubjectRisk> out;
  for (const auto& row : rows) {
    const auto at = [&](std::size_t i) { return static_cast<int>(book::number_of(row[i])); };
    auto risk = risk_of({book::text_of(row[0]), book::text_of(row[1]), book::text_of(row[2]), at(3), at(4), at(5), at(6), at(7), at(8)}, rule);
    if (risk.points > 0) out.push_back(std::move(risk));
  }
  const auto before = [](const SubjectRisk& a, const SubjectRisk& b) { return std::pair(-a.points, std::cref(a.record.name).get()) < std::pair(-b.points, std::cref(b.record.name).get()); };
  const auto most = std::min(out.size(), static_cast<std::size_t>(std::clamp(limit, 1, kMostCount)));
  std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(most), out.end(), before);
  out.resize(most);
  return out;
}

Result<std::vector<Confirmation>> confirmations_since(TaskBook& book, Day since, int limit) {
  GZ_TRY_ASSIGN(const auto rows, book.database().query("SELECT id,subject,operator_name,credit_code,violation,field,outcome,closed_day FROM result WHERE state=? AND closed_day>=? ORDER BY closed_day,id LIMIT ?",
                                                       {static_cast<std::int64_t>(FlowState::Closed), day_number(since), std::clamp(limit, 1, kMostCount)}));
  std::vector<Confirmation> out;
  for (const auto& row : rows)
    out.push_back({book::number_of(row[0]), book::text_of(row[1]), book::text_of(row[2]), book::text_of(row[3]), book::text_of(row[4]), book::text_of(row[5]),
                   static_cast<ClueOutcome>(book::number_of(row[6])), day_numbered(book::number_of(row[7]))});
  return out;
}

}  // namespace guzheng
