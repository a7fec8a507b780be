#include <QCoreApplication>
#include <QGuiApplication>
#include <QThreadPool>
#include <memory>
#include <optional>

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
  }
  return "task-sheet.html";
}

const char* title_of(TaskForm form) {
  switch (form) {
    case TaskForm::Sheet: return "网络交易监测任务单";
    case TaskForm::ClueTable: return "违法线索表";
    case TaskForm::SubjectList: return "网络经营主体清单";
    case TaskForm::MonitorReport: return "网络交易监测报告";
    case TaskForm::PlatformCount: return "监测电商平台（网站）个次表";
  }
  return "";
}

Result<std::string> render_task_form(const std::filesystem::path& file, const Json& values) {
  GZ_TRY_ASSIGN(const auto form, read_text(file, kFormLimit));
  auto html = render_template(form, values);
  if (!html) return fail(html.error().in(file.filename().string()));
  return html;
}

// A form with its values, wherever they were put together.
struct FilledForm {
  TaskForm form = TaskForm::Sheet;
  Json values;
  std::filesystem::path output, forms;
};

Result<FilledForm> fill_form(const TaskFormRequest& request) {
  GZ_TRY_ASSIGN(auto values, task_form_values(request));
  return FilledForm{request.form, std::move(values), request.output, request.forms};
}

Result<FilledForm> unpack_form(const std::string& packed, const std::filesystem::path& output) {
  const auto json = Json::parse(packed, nullptr, false);
  if (!json.is_object() || !json.contains("form") || !json["form"].is_string() || !json.contains("values") || !json["values"].is_object()) return fail(ErrorKind::Invalid, "no packed task form");
  const auto form = task_form(json["form"].get<std::string>());
  if (!form) return fail(ErrorKind::Invalid, "no such task form");
  for (const char* text : {"number", "practice_mark"})
    if (!json["values"].contains(text) || !json["values"][text].is_string()) return fail(ErrorKind::Invalid, std::string("a packed task form without ") + text);
  return FilledForm{*form, json["values"], output, {}};
}

Result<PrintInput> prepare_task_form(const Result<FilledForm>& filled) {
  if (!filled) return fail(filled.error());
  const auto task_number = filled->values["number"].get<std::string>(), practice_mark = filled->values["practice_mark"].get<std::string>();
  PrintInput input;
  input.forms = filled->forms.empty() ? default_forms_folder() : filled->forms;
  input.output = filled->output;
  input.edge_seal = false;                       // 盖章 is by hand, where the form leaves room for it
  GZ_TRY_ASSIGN(input.content.body, render_task_form(input.forms / file_of(filled->form), filled->values));
  GZ_TRY_ASSIGN(const auto base, read_text(input.forms / "report.css", kFormLimit));
  GZ_TRY_ASSIGN(const auto own, read_text(input.forms / "task.css", kFormLimit));
  input.content.css = base + own;
  input.content.title = std::string(title_of(filled->form)) + (task_number.empty() ? "" : " " + task_number);
  input.content.subject = "Guzheng task form " + std::string(to_string(filled->form));
  input.content.practice_mark = practice_mark;
  input.overlay = [file = input.forms / "task-overlay.html", mark = practice_mark, title = input.content.title](int pages) -> Result<std::string> {
    Json json{{"title", title}, {"practice_mark", mark}, {"count", pages}, {"pages", Json::array()}};
    for (int number = 1; number <= pages; ++number) json["pages"].push_back({{"number", number}, {"first", number == 1}});
    return render_task_form(file, json);
  };
  return input;
}

// `make`: blocks for the disk, on another thread.
void print_filled(std::function<Result<FilledForm>()> make, std::function<void(Status)> done) {
  QThreadPool::globalInstance()->start([make = std::move(make), done = std::move(done)]() mutable {
    auto shared = std::make_shared<Result<PrintInput>>(prepare_task_form(make()));
    QMetaObject::invokeMethod(
        qApp,
        [shared, done = std::move(done)]() mutable {
          if (!*shared) return done(fail(shared->error()));
          print_report(std::move(**shared), [done = std::move(done)](const PrintOutcome& outcome) { done(outcome.status); });
        },
        Qt::QueuedConnection);
  });
}

Status run_form_app(int argc, char** argv, const std::function<Result<FilledForm>()>& make) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  prepare_report_process();
  QGuiApplication app(argc, argv);
  std::optional<Status> outcome;
  QMetaObject::invokeMethod(
      &app,
      [&] {
        print_filled(make, [&](Status status) {
          outcome = std::move(status);
          QCoreApplication::quit();
        });
      },
      Qt::QueuedConnection);
  QCoreApplication::exec();
  return outcome ? *outcome : Status(fail(ErrorKind::Cancelled, "ended before the form was printed"));
}

}  // namespace

void print_task_form(const TaskFormRequest& request, std::function<void(Status)> done) {
  print_filled([request] { return fill_form(request); }, std::move(done));
}

Status run_task_form_app(int argc, char** argv, const TaskFormRequest& request) {
  return run_form_app(argc, argv, [&request] { return fill_form(request); });
}

std::string pack_task_form(TaskForm form, const Json& values) { return Json{{"form", to_string(form)}, {"values", values}}.dump(); }

Status run_packed_form_app(int argc, char** argv, const std::string& packed, const std::filesystem::path& output) {
  return run_form_app(argc, argv, [&] { return unpack_form(packed, output); });
}

}  // namespace guzheng
