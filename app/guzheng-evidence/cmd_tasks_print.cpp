// tasks print|form|analyse -o PDF: forms of monitoring tasks through the web engine.
#include "app/guzheng-evidence/cmd_tasks.h"
#include "core/base/file.h"
#include "core/report/analysis_form.h"
#include "core/report/task_forms.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMostPacked = 64u << 20;

std::string practice_mark_of(const Bureau& bureau) { return bureau.practice ? "练习 — 不得作为证据" : ""; }

// The web engine wants a program's arguments of its own.
template <typename Run, typename... Rest>
Status run_printing(Run run, const Rest&... rest) {
  static std::string name = "guzheng-evidence";
  char* argv[] = {name.data(), nullptr};
  return run(1, argv, rest...);
}

}  // namespace

Result<fs::path> TaskRun::new_output() const {
  std::error_code ec;
  const auto output = fs::absolute(given_.output, ec);
  if (fs::exists(output, ec)) return fail(ErrorKind::Exists, given_.output + " is there already");
  return output;
}

Status TaskRun::print_form() {
  GZ_TRY_ASSIGN(const auto task, task_called(given_.task));
  TaskFormRequest request;
  request.form = *task_form(given_.form);
  GZ_TRY_ASSIGN(request.feedback, feedback_of(task));
  request.made_by = given_.made_by;
  if (!given_.conclusion.empty()) { GZ_TRY_ASSIGN(request.conclusion, read_text(given_.conclusion, 1u << 20)); }
  for (const auto& text : given_.visits) {
    GZ_TRY_ASSIGN(auto visits, platform_rounds(text));
    request.visits.push_back({std::move(visits.name), visits.count});
  }
  request.practice_mark = practice_mark_of(desk_.bureau);
  GZ_TRY_ASSIGN(request.output, new_output());
  GZ_TRY(run_printing(run_task_form_app, request));
  program_.print(request.output.string());
  return ok();
}

Status TaskRun::print_analysis_of(const AnalysisFilter& filter, AnalysisBy by, std::vector<AnalysisRow> rows) {
  AnalysisForm form;
  form.by = by;
  form.filter = filter;
  form.rows = std::move(rows);
  if (filter.task) {
    GZ_TRY_ASSIGN(const auto task, book_->task(*filter.task));
    form.task = task.number + (task.number.empty() ? "" : " ") + task.sheet.name;
  }
  GZ_TRY_ASSIGN(form.risks, subject_risks(*book_, form.rule));
  form.made = day_of(program_.clock.wall());
  form.made_by = desk_.bureau.name;
  form.practice_mark = practice_mark_of(desk_.bureau);
  GZ_TRY_ASSIGN(const auto output, new_output());
  GZ_TRY(run_printing(run_packed_form_app, pack_task_form(TaskForm::Analysis, analysis_form_values(form)), output));
  program_.print(output.string());
  return ok();
}

// The window's helper: neither book nor key, only what it was given. Its own file is replaced.
void TaskRun::form() {
  const auto done = [&]() -> Status {
    GZ_TRY_ASSIGN(const auto packed, read_text(given_.file, kMostPacked));
    std::error_code ec;
    return run_printing(run_packed_form_app, packed, fs::absolute(given_.output, ec));
  }();
  if (!done) program_.could_not("没有打印", "It was not printed", done.error());
}

}  // namespace guzheng::evidence
