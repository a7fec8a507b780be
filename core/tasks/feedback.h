// Room tasks. What goes back to the unit that asked (A-6.3c): each kind that the sheet's 监测结果反馈 ticks, made from the task's results.
// Pure: values for the printed forms (core/report/task_forms.h) and rows for a table file.
#pragma once

#include <string>
#include <vector>

#include "core/tasks/result_import.h"
#include "core/tasks/task_book.h"

namespace guzheng {

struct ClueTableRow {                      // 违法线索表
  std::int64_t serial = 0;                 // of the result within its task
  MonitorResult result;
  FlowState state = FlowState::Judging;
  ClueOutcome outcome = ClueOutcome::Open;
  std::vector<std::string> packages;
};

struct SubjectListRow {                    // 网络经营主体清单
  std::string name, credit_code;
  std::vector<std::string> platforms, violations, fields;      // each once, in the order they came
  int results = 0;
};

struct CountedName {
  std::string name;                        // "" where nothing was written
  int count = 0;
  bool operator==(const CountedName&) const = default;
};

struct Feedback {
  std::string number;                      // 编号
  TaskSheet sheet;
  Day made;
  std::vector<ClueTableRow> clues;         // without what was judged to be none, and what was merged into another
  std::vector<SubjectListRow> subjects;    // of all results
  std::vector<CountedName> platforms, violations, fields;      // of all results, most first
  int results = 0, judged_none = 0, merged = 0, violations_confirmed = 0, open = 0, with_evidence = 0;
};

Feedback make_feedback(const TaskEntry& task, const std::vector<ResultEntry>& results, Day made);

// For XLSX or CSV, the headings first. Headings of the clue table are those that read_results knows.
std::vector<ImportRow> clue_rows(const Feedback& feedback);
std::vector<ImportRow> subject_rows(const Feedback& feedback);
// `rounds`: how often each platform was monitored, when that is known; then those stand first, in their order, with what was found there.
std::vector<ImportRow> platform_rows(const Feedback& feedback, const std::vector<CountedName>& rounds = {});
std::vector<ImportRow> report_rows(const Feedback& feedback);  // the monitoring report's numbers

}  // namespace guzheng
