// Room report. From values to the finished PDF. GUI thread of a process that called prepare_report_process().
#pragma once

#include <filesystem>
#include <functional>

#include "core/report/content.h"

namespace guzheng {

struct PrintInput {
  ReportValues values;
  ReportContent content;
  std::filesystem::path forms;             // folder of overlay.html
  std::filesystem::path output;            // replaced whole or not at all
  std::function<Result<std::string>(int pages)> overlay;       // header and page numbers; empty: the evidence report's
  bool edge_seal = true;                   // 骑缝章
};

struct PrintOutcome {
  Status status;
  int pages = 0;
  int refused_requests = 0;                // requests for anything but the report's own parts: forms or values tried to fetch
};

// Asynchronous: returns at once, calls `done` once, on the GUI thread.
void print_report(PrintInput input, std::function<void(PrintOutcome)> done);

// Prepares on a worker, then prints; `done` once, on the GUI thread.
void prepare_and_print(std::function<Result<PrintInput>()> prepare, std::function<void(Status)> done);
// For programs without a window: makes the application, calls `print`, ends when that is done.
Status run_print_app(int argc, char** argv, const std::function<void(std::function<void(Status)>)>& print);

}  // namespace guzheng
