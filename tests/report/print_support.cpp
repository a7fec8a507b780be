#include "tests/report/print_support.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "core/report/report.h"

namespace guzheng::test {

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "guzheng-report-XXXXXX").string();
  path_ = mkdtemp(name.data());
}

Folder::~Folder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

Printed print_sample(const Folder& folder, const ReportSource& source, const std::filesystem::path& forms) {
  write_sample_shots(source, folder.path());
  PrintInput input;
  input.forms = forms.empty() ? std::filesystem::path(GUZHENG_FORMS_FOLDER) : forms;
  input.output = folder.path() / "report.pdf";
  auto values = make_report_values(source, sample_verification(source), sample_context());
  EXPECT_TRUE(values);
  input.values = std::move(*values);
  auto content = make_report_content(input.values, {folder.path(), folder.path()}, input.forms);
  EXPECT_TRUE(content) << content.error().what;
  input.content = std::move(*content);
  Printed printed{{}, input.output};
  print_report(std::move(input), [&](PrintOutcome outcome) {
    printed.outcome = std::move(outcome);
    QCoreApplication::quit();
  });
  QCoreApplication::exec();
  EXPECT_TRUE(printed.outcome.status) << printed.outcome.status.error().what;
  return printed;
}

std::string run(const std::string& command) {
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) {
    ADD_FAILURE() << "cannot run: " << command;
    return {};
  }
  std::string out;
  char part[4096];
  for (std::size_t got; (got = fread(part, 1, sizeof part, pipe)) > 0;) out.append(part, got);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return out;
}

std::string text_of(const std::filesystem::path& pdf, int first, int last) {
  const std::string range = first > 0 ? fmt::format("-f {} -l {} ", first, last) : std::string();
  return run("pdftotext -enc UTF-8 " + range + "'" + pdf.string() + "' -");
}

std::string without_space(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\n' && c != '\f' && c != '\t' && c != '\r') out += c;
  }
  return out;
}

}  // namespace guzheng::test
