#include <QCoreApplication>
#include <QGuiApplication>
#include <QThreadPool>
#include <memory>
#include <optional>

#include "core/report/print.h"
#include "core/report/report.h"

namespace guzheng {

void prepare_and_print(std::function<Result<PrintInput>()> prepare, std::function<void(Status)> done) {
  QThreadPool::globalInstance()->start([prepare = std::move(prepare), done = std::move(done)]() mutable {
    auto shared = std::make_shared<Result<PrintInput>>(prepare());
    QMetaObject::invokeMethod(
        qApp,
        [shared, done = std::move(done)]() mutable {
          if (!*shared) return done(fail(shared->error()));
          print_report(std::move(**shared), [done = std::move(done)](const PrintOutcome& outcome) { done(outcome.status); });
        },
        Qt::QueuedConnection);
  });
}

Status run_print_app(int argc, char** argv, const std::function<void(std::function<void(Status)>)>& print) {
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  prepare_report_process();
  QGuiApplication app(argc, argv);
  std::optional<Status> outcome;
  QMetaObject::invokeMethod(
      &app,
      [&] {
        print([&](Status status) {
          outcome = std::move(status);
          QCoreApplication::quit();
        });
      },
      Qt::QueuedConnection);
  QCoreApplication::exec();
  return outcome ? *outcome : Status(fail(ErrorKind::Cancelled, "ended before it was printed"));
}

}  // namespace guzheng
