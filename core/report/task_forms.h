// Room report. Forms of monitoring tasks: the sheet 《网络交易监测任务单》 as Annex A prints it (A-6.2, A-AnA), and what goes back to the unit that
// asked: 违法线索表, 网络经营主体清单, 监测报告, 监测电商平台（网站）个次 (A-6.3c). Values are pure; labels, their order and the boxes are data
// (resources/report/task-*.html), so that a bureau can correct a form without a rebuild. Printing goes the evidence report's way.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/tasks/feedback.h"

namespace guzheng {

enum class TaskForm { Sheet, ClueTable, SubjectList, MonitorReport, PlatformCount };
std::string_view to_string(TaskForm form);                     // "sheet", "clue-table", "subject-list", "report", "platform-count"
std::optional<TaskForm> task_form(std::string_view text);
TaskForm form_of(FeedbackKind kind);

// How often a platform was monitored: what only the monitoring unit knows.
struct PlatformVisits {
  std::string platform;
  int rounds = 0;                          // 次
};

struct TaskFormRequest {
  TaskForm form = TaskForm::Sheet;
  Feedback feedback;                       // number and sheet of every form; an empty sheet prints the blank form
  std::string made_by;                     // the monitoring unit, of what goes back; compulsory there
  std::string conclusion;                  // 结论与建议 of the monitoring report; compulsory there
  std::vector<PlatformVisits> visits;      // of the platform count; compulsory there
  std::string practice_mark;               // 练习 — 不得作为证据; "" in real work
  std::filesystem::path output;            // replaced whole or not at all
  std::filesystem::path forms;             // folder of the templates; empty: default_forms_folder()
};

// What the templates are given. Invalid: something compulsory is missing.
Result<Json> task_form_values(const TaskFormRequest& request);

// Asynchronous, on the GUI thread of a process that called prepare_report_process(): `done` once, there.
void print_task_form(const TaskFormRequest& request, std::function<void(Status)> done);
// For programs without a window, as run_report_app.
Status run_task_form_app(int argc, char** argv, const TaskFormRequest& request);

// A form on its way to another process, which has neither the book nor a key: what task_form_values gave, as text, and printed there.
// Invalid: not what pack_task_form writes, or the template misses a value.
std::string pack_task_form(TaskForm form, const Json& values);
Status run_packed_form_app(int argc, char** argv, const std::string& packed, const std::filesystem::path& output);

}  // namespace guzheng
