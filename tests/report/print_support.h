// Test support: prints in this process, and looks at the PDF with poppler's and zbar's tools, as a reader would.
#pragma once

#include <filesystem>
#include <string>

#include "core/report/print.h"
#include "tests/report/sample_source.h"

namespace guzheng::test {

// A private folder, removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Printed {
  PrintOutcome outcome;
  std::filesystem::path pdf;
};

// Runs the event loop until the report is printed. `forms`: another folder of forms, empty: the real one.
Printed print_sample(const Folder& folder, const ReportSource& source, const std::filesystem::path& forms = {});

// Output of a command; its failure fails the test. Arguments are quoted by the caller.
std::string run(const std::string& command);
std::string text_of(const std::filesystem::path& pdf, int first = 0, int last = 0);
// White space removed: a PDF breaks words where lines end.
std::string without_space(const std::string& text);

}  // namespace guzheng::test
