#include "core/report/report.h"

#include <fmt/format.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QGuiApplication>
#include <QLoggingCategory>
#include <QThreadPool>
#include <QWebEngineUrlScheme>
#include <algorithm>
#include <optional>

#include "core/report/pages.h"
#include "core/report/print.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

Result<PrintInput> prepare(const ReportRequest& request) {
  GZ_TRY_ASSIGN(const ReportSource source, read_report_source(request.package));
  VerifyOptions options;
  options.roots = request.roots;
  options.clock = request.clock;
  GZ_TRY_ASSIGN(const Verification verification, verify_package(source.folder, options));
  ReportContext context;
  context.edition = request.edition;
  context.issued_at = request.clock->wall();
  context.zone_minutes = request.clock->zone_minutes();
  context.issued_by = request.issued_by;
  context.uses = request.uses;
  PrintInput input;
  GZ_TRY_ASSIGN(input.values, make_report_values(source, verification, context));
  input.forms = request.forms.empty() ? default_forms_folder() : request.forms;
  input.output = request.output;
  GZ_TRY_ASSIGN(input.content, make_report_content(input.values, source.folder, input.forms));
  return input;
}

}  // namespace

void prepare_report_process() {
  if (geteuid() == 0) qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
  // a report is printed, never shown: no GPU process
  if (!qEnvironmentVariableIsSet("QTWEBENGINE_CHROMIUM_FLAGS")) {
    qputenv("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu --disable-logging");
  }
  // without a graphics card the context's notes would fill the terminal of every report
  QLoggingCategory::setFilterRules(QStringLiteral("qt.webenginecontext*=false"));
  QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
  if (!QWebEngineUrlScheme::schemeByName(report_scheme).name().isEmpty()) return;
  QWebEngineUrlScheme scheme(report_scheme);
  scheme.setSyntax(QWebEngineUrlScheme::Syntax::Host);
  scheme.setFlags(QWebEngineUrlScheme::SecureScheme | QWebEngineUrlScheme::LocalScheme |
                  QWebEngineUrlScheme::LocalAccessAllowed | QWebEngineUrlScheme::ContentSecurityPolicyIgnored);
  QWebEngineUrlScheme::registerScheme(scheme);
}

void make_report(const ReportRequest& request, std::function<void(Status)> done) {
  QThreadPool::globalInstance()->start([request, done = std::move(done)]() mutable {
    auto input = request.clock ? prepare(request) : Result<PrintInput>(fail(ErrorKind::Invalid, "report request without a clock"));
    auto shared = std::make_shared<Result<PrintInput>>(std::move(input));
    QMetaObject::invokeMethod(
        qApp,
        [shared, done = std::move(done)]() mutable {
          if (!*shared) return done(fail(shared->error()));
          print_report(std::move(**shared), [done = std::move(done)](const PrintOutcome& outcome) { done(outcome.status); });
        },
        Qt::QueuedConnection);
  });
}

Status run_report_app(int argc, char** argv, const ReportRequest& request) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  prepare_report_process();
  QGuiApplication app(argc, argv);
  std::optional<Status> outcome;
  QMetaObject::invokeMethod(
      &app,
      [&] {
        make_report(request, [&](Status status) {
          outcome = std::move(status);
          QCoreApplication::quit();
        });
      },
      Qt::QueuedConnection);
  QCoreApplication::exec();
  return outcome ? *outcome : Status(fail(ErrorKind::Cancelled, "ended before the report was printed"));
}

Result<ReportPlace> new_report_place(const fs::path& package) {
  std::error_code error;
  const fs::path bag = fs::canonical(package, error);
  if (error) return fail(ErrorKind::NotFound, "no package folder: " + package.string());
  const fs::path folder = bag.parent_path() / (bag.filename().string() + ".report");
  fs::create_directories(folder, error);
  if (error) return fail(error_from_errno(error.value(), "make " + folder.string()));
  for (int edition = 1; edition <= 999; ++edition) {
    const fs::path place = folder / fmt::format("{:03}", edition);
    // create_directory is the claim: two programs never get the same number
    if (fs::create_directory(place, error)) return ReportPlace{edition, place / "report.pdf"};
    if (error) return fail(error_from_errno(error.value(), "make " + place.string()));
  }
  return fail(ErrorKind::Exists, "all 999 editions of " + folder.string() + " are taken");
}

fs::path default_forms_folder() {
  const fs::path installed = fs::path(QCoreApplication::applicationDirPath().toStdString()) / "../share/guzheng/report";
  std::error_code error;
  return fs::exists(installed / "report.html", error) ? installed : fs::path(GUZHENG_FORMS_FOLDER);
}

}  // namespace guzheng
