// Prints a sample report without a package, for looking at the form: report_sample FOLDER SHOTS
#include <cstdio>
#include <cstdlib>

#include <QGuiApplication>

#include "core/report/print.h"
#include "core/report/report.h"
#include "tests/report/sample_source.h"

int main(int argc, char** argv) {
  using namespace guzheng;
  if (argc < 3) return 1;
  qputenv("QT_QPA_PLATFORM", "offscreen");
  prepare_report_process();
  QGuiApplication app(argc, argv);
  const std::filesystem::path folder = argv[1];
  test::SourceOptions options;
  options.shots = std::atoi(argv[2]);
  options.gap = options.shots > 4;
  const ReportSource source = test::sample_source(options);
  test::write_sample_shots(source, folder);
  PrintInput input;
  input.forms = default_forms_folder();
  input.output = folder / "report.pdf";
  auto values = make_report_values(source, test::sample_verification(source), test::sample_context());
  if (!values) return std::fprintf(stderr, "%s\n", values.error().what.c_str()), 2;
  input.values = std::move(*values);
  auto content = make_report_content(input.values, {folder, folder}, input.forms);
  if (!content) return std::fprintf(stderr, "%s\n", content.error().what.c_str()), 2;
  input.content = std::move(*content);
  int code = 2;
  QMetaObject::invokeMethod(&app, [&] {
    print_report(std::move(input), [&](const PrintOutcome& outcome) {
      std::printf("%s pages %d refused %d\n", outcome.status ? "ok" : outcome.status.error().what.c_str(), outcome.pages,
                  outcome.refused_requests);
      code = outcome.status ? 0 : 2;
      QCoreApplication::quit();
    });
  }, Qt::QueuedConnection);
  QCoreApplication::exec();
  return code;
}
