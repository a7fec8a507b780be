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

Result<PrintInput> prepare_task_form(const TaskFormRequest& request) {
  GZ_TRY_ASSIGN(const auto values, task_form_values(request));
  PrintInput input;
  input.forms = request.forms.empty() ? default_forms_folder() : request.forms;
  input.output = request.output;
  input.edge_seal = false;                       // 盖章 is by hand, where the form leaves room for it
  GZ_TRY_ASSIGN(input.content.body, render_task_form(input.forms / file_of(request.form), values));
  GZ_TRY_ASSIGN(const auto base, read_text(input.forms / "report.css", kFormLimit));
  GZ_TRY_ASSIGN(const auto own, read_text(input.forms / "task.css", kFormLimit));
  input.content.css = base + own;
  input.content.title = std::string(title_of(request.form)) + (request.feedback.number.empty() ? "" : " " + request.feedback.number);
  input.content.subject = "Guzheng task form " + std::string(to_string(request.form));
  input.content.practice_mark = request.practice_mark;
  input.overlay = [file = input.forms / "task-overlay.html", mark = request.practice_mark, title = input.content.title](int pages) -> Result<std::string> {
    Json json{{"title", title}, {"practice_mark", mark}, {"count", pages}, {"pages", Json::array()}};
    for (int number = 1; number <= pages; ++number) json["pages"].push_back({{"number", number}, {"first", number == 1}});
    return render_task_form(file, json);
  };
  return input;
}

}  // namespace

void print_task_form(const TaskFormRequest& request, std::function<void(Status)> done) {
  QThreadPool::globalInstance()->start([request, done = std::move(done)]() mutable {
    auto shared = std::make_shared<Result<PrintInput>>(prepare_task_form(request));
    QMetaObject::invokeMethod(
        qApp,
        [shared, done = std::move(done)]() mutable {
          if (!*shared) return done(fail(shared->error()));
          print_report(std::move(**shared), [done = std::move(done)](const PrintOutcome& outcome) { done(outcome.status); });
        },
        Qt::QueuedConnection);
  });
}

Status run_task_form_app(int argc, char** argv, const TaskFormRequest& request) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  prepare_report_process();
  QGuiApplication app(argc, argv);
  std::optional<Status> outcome;
  QMetaObject::invokeMethod(
      &app,
      [&] {
        print_task_form(request, [&](Status status) {
          outcome = std::move(status);
          QCoreApplication::quit();
        });
      },
      Qt::QueuedConnection);
  QCoreApplication::exec();
  return outcome ? *outcome : Status(fail(ErrorKind::Cancelled, "ended before the form was printed"));
}

}  // namespace guzheng
