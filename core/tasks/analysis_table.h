// Room tasks. The analysis as tables of the bureau's own papers, in Chinese, for the printed form, CSV and XLSX. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/tasks/analysis.h"
#include "core/tasks/result_import.h"

namespace guzheng {

std::string_view to_string(AnalysisBy by);                     // "task", "unit", "violation", "platform", "field", "month"
std::optional<AnalysisBy> analysis_by(std::string_view text);

// Headings first. The last column is the share of those closed with a due day that were closed by it; "" where there are none.
std::vector<ImportRow> analysis_table(AnalysisBy by, const std::vector<AnalysisRow>& rows);
std::vector<ImportRow> risk_table(const std::vector<SubjectRisk>& risks);

std::string risk_level_name(RiskLevel level);                  // 高, 中, 低
std::string risk_reason(const SubjectRisk& risk);              // 确认违法 2 件 +40；行政处罚 1 件 +15
std::string risk_rule_text(const RiskRule& rule);              // the rule in one sentence
// At most `most` characters, the last one … when it was cut; 未填 for "".
std::string shortened_key(const std::string& key, std::size_t most);

}  // namespace guzheng
