#include "core/tasks/analysis_table.h"

#include "core/tasks/names.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 6> kBys{"task", "unit", "violation", "platform", "field", "month"};
constexpr std::array<const char*, 6> kKeyHeadings{"监测任务", "办理单位", "涉嫌违法违规表现", "平台", "业务领域", "月份"};
constexpr std::array<const char*, 6> kFactorNames{"确认违法", "行政处罚", "另有违法种类", "在办", "逾期在办", "核查无违法"};

std::string number_text_of(std::int64_t value) { return std::to_string(value); }

std::string share_in_time(const AnalysisRow& row) {
  const auto all = row.in_time + row.late;
  return all == 0 ? std::string() : std::to_string((row.in_time * 100 + all / 2) / all) + "%";
}

std::string signed_text(int points) { return (points < 0 ? "−" : "+") + std::to_string(points < 0 ? -points : points); }

}  // namespace

std::string_view to_string(AnalysisBy by) { return spelled(kBys, by); }
std::optional<AnalysisBy> analysis_by(std::string_view text) { return unspelled<AnalysisBy>(kBys, text); }

std::vector<ImportRow> analysis_table(AnalysisBy by, const std::vector<AnalysisRow>& rows) {
  std::vector<ImportRow> out{{kKeyHeadings[static_cast<std::size_t>(by)], "结果", "在办", "确认违法", "无违法", "并案", "按期办结", "逾期办结", "逾期在办", "按期率"}};
  for (const auto& row : rows)
    out.push_back({row.key.empty() ? "未填" : row.key, number_text_of(row.results), number_text_of(row.open), number_text_of(row.violation), number_text_of(row.no_violation), number_text_of(row.merged),
                   number_text_of(row.in_time), number_text_of(row.late), number_text_of(row.overdue), share_in_time(row)});
  return out;
}

std::vector<ImportRow> risk_table(const std::vector<SubjectRisk>& risks) {
  std::vector<ImportRow> out{{"经营主体", "统一社会信用代码", "风险", "分", "计分"}};
  for (const auto& one : risks) out.push_back({one.record.name, one.record.credit_code, risk_level_name(one.level), std::to_string(one.points), risk_reason(one)});
  return out;
}

std::string risk_level_name(RiskLevel level) { return level == RiskLevel::High ? "高" : level == RiskLevel::Middle ? "中" : "低"; }

std::string risk_reason(const SubjectRisk& risk) {
  std::string out;
  for (const auto& one : risk.factors)
    out += (out.empty() ? "" : "；") + std::string(kFactorNames[static_cast<std::size_t>(one.kind)]) + " " + std::to_string(one.count) + (one.kind == RiskFactorKind::MoreKinds ? " 种 " : " 件 ") + signed_text(one.points);
  return out;
}

std::string risk_rule_text(const RiskRule& rule) {
  const auto each = [](const char* what, int points) { return std::string(what) + " " + signed_text(points); };
  return "计最近 " + std::to_string(rule.months) + " 个月发现的结果：" + each("确认违法每件", rule.violation) + "，其中行政处罚每件另 " + signed_text(rule.penalty) + "，" + each("第二种起每种违法", rule.more_kinds) + "，" +
         each("在办每件", rule.open) + "，逾期在办每件另 " + signed_text(rule.overdue) + "，" + each("核查无违法每件", rule.cleared) + "；合计限于 0 至 100 分，" + std::to_string(rule.high) + " 分起为高，" + std::to_string(rule.middle) +
         " 分起为中。";
}

std::string shortened_key(const std::string& key, std::size_t most) {
  if (key.empty()) return "未填";
  std::size_t characters = 0;
  for (std::size_t at = 0; at < key.size(); ++at) {
    if ((static_cast<unsigned char>(key[at]) & 0xC0u) == 0x80u) continue;
    if (++characters == most) {
      std::size_t next = at + 1;
      while (next < key.size() && (static_cast<unsigned char>(key[next]) & 0xC0u) == 0x80u) ++next;
      return next == key.size() ? key : key.substr(0, at) + "…";
    }
  }
  return key;
}

}  // namespace guzheng
