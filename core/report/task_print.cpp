#include "core/base/file.h"
#include "core/report/print.h"
#include "core/report/report.h"
#include "core/report/task_forms.h"
#include "core/report/template.h"

namespace guzheng {

namespace {

constexpr std::uint64_t kFormLimit = 4u << 20;

const char* file_of(TaskForm form) {
  switch (form) {
    case TaskForm::Sheet: return "task-sheet.html";
    case TaskForm::ClueTable: return "task-clues.html";
    case TaskForm::SubjectList: return "task-subjects.html";
    case TaskForm::MonitorReport: return "task-report.html";
    case TaskForm::PlatformCount: return "task-platforms.html";
    case TaskForm::Analysis: return "task-analysis.html";
  }
  return "task-sheet.html";
}

// A form with its values, wherever they were put together.
struct FilledForm {
  TaskForm form = TaskForm::Sheet;
  Json values;
  std::filesystem::path output, forms;
};

Result<std::string> render_task_form(const std::filesystem::path& file, const Json& values) {
  GZ_TRY_ASSIGN(const auto form, read_text(file, kFormLimit));
  auto whole = with_parts(form, [folder = file.parent_path()](const std::string& name) { return read_text(folder / (name + ".html"), kFormLimit); });
  auto html = whole ? render_template(*whole, values) : std::move(whole);
  if (!html) return fail(html.error().in(file.filename().string()));
  return html;
}

Result<FilledForm> fill_form(const TaskFormRequest& request) {
  GZ_TRY_ASSIGN(auto values, task_form_values(request));
  return FilledForm{request.form, std::move(values), request.output, request.forms};
}

Result<FilledForm> unpack_form(const std::string& packed, const std::filesystem::path& output) {
  GZ_TRY_ASSIGN(auto json, parse_json(packed));
  const auto form = task_form(text_at(json, "form"));
  if (!form || !json.contains("values") || !json["values"].is_object()) return fail(ErrorKind::Invalid, "no packed task form");
  for (const char* text : {"title", "number", "practice_mark"})
    if (!json["values"].contains(text) || !json["values"][text].is_string()) return fail(ErrorKind::Invalid, std::string("a packed task form without ") + text);
  return FilledForm{*form, std::move(json["values"]), output, {}};
}

Result<PrintInput> prepare_form(const FilledForm& filled) {
  const auto number = text_at(filled.values, "number"), practice_mark = text_at(filled.values, "practice_mark");
  PrintInput input;
  input.forms = filled.forms.empty() ? default_forms_folder() : filled.forms;
  input.output = filled.output;
  input.edge_seal = false;                       // 盖章 is by hand, where the form leaves room for it
  GZ_TRY_ASSIGN(input.content.body, render_task_form(input.forms / file_of(filled.form), filled.values));
  GZ_TRY_ASSIGN(const auto base, read_text(input.forms / "report.css", kFormLimit));
  GZ_TRY_ASSIGN(const auto own, read_text(input.forms / "task.css", kFormLimit));
  input.content.css = base + own;
  input.content.title = text_at(filled.values, "title") + (number.empty() ? "" : " " + number);
  input.content.subject = "Guzheng task form " + std::string(to_string(filled.form));
  input.content.practice_mark = practice_mark;
  input.overlay = [file = input.forms / "task-overlay.html", practice_mark, title = input.content.title](int pages) -> Result<std::string> {
    Json json{{"title", title}, {"practice_mark", practice_mark}, {"count", pages}, {"pages", Json::array()}};
    for (int page = 1; page <= pages; ++page) json["pages"].push_back({{"number", page}, {"first", page == 1}});
    return render_task_form(file, json);
  };
  return input;
}

// `make`: blocks for the disk, on another thread.
void print_filled(std::function<Result<FilledForm>()> make, std::function<void(Status)> done) {
  prepare_and_print([make = std::move(make)]() -> Result<PrintInput> {
    GZ_TRY_ASSIGN(const auto filled, make());
    return prepare_form(filled);
  }, std::move(done));
}

}  // namespace

void print_task_form(const TaskFormRequest& request, std::function<void(Status)> done) {
  print_filled([request] { return fill_form(request); }, std::move(done));
}

Status run_task_form_app(int argc, char** argv, const TaskFormRequest& request) {
  return run_print_app(argc, argv, [&](std::function<void(Status)> done) { print_task_form(request, std::move(done)); });
}

Status run_packed_form_app(int argc, char** argv, const std::string& packed, const std::filesystem::path& output) {
  return run_print_app(argc, argv, [&](std::function<void(Status)> done) { print_filled([&] { return unpack_form(packed, output); }, std::move(done)); });
}

}  // namespace guzheng
