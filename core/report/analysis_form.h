// Room report. 监测分析 as it is printed: a table with its chart, and the risk of subjects with the rule that gave it. The chart's geometry is
// among the values, its look is the template's (resources/report/task-analysis.html, inline SVG): a bureau can correct it without a rebuild.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/tasks/analysis.h"

namespace guzheng {

struct AnalysisForm {
  AnalysisBy by = AnalysisBy::Violation;
  AnalysisFilter filter;
  std::string task;                        // of the filter, as people call it; "": all
  std::vector<AnalysisRow> rows;           // …; the chart shows the first 20
  std::vector<SubjectRisk> risks;          // empty: without that part
  RiskRule rule;
  Day made;
  std::string made_by;                     // the unit
  std::string practice_mark;               // 练习 — 不得作为证据; "" in real work
};
// Pure. Printed as TaskForm::Analysis: pack_task_form and run_packed_form_app (task_forms.h).
Json analysis_form_values(const AnalysisForm& form);

}  // namespace guzheng
