// Room report. What the printer loads: HTML made from values and forms, and where its pictures are. Pure but for reading
// the form files; blocks, so call it from a worker thread.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/report/values.h"

namespace guzheng {

struct ReportContent {
  std::string body;                        // HTML; refers to report.css, qr.svg, shot/N only
  std::string css, qr_svg;
  std::vector<std::filesystem::path> pictures;     // shot/N; empty: the package does not list that file
  std::function<Result<Bytes>(const std::filesystem::path&)> read;     // a picture's bytes, any thread; empty: from its file
  std::string title, practice_mark;
  std::string subject;                     // "Guzheng package ID seal FINGERPRINT": FORMAT.md 9.1
};

struct PictureFolders {
  std::filesystem::path package, copies;   // the sealed package; where copy-NNNN.png lie
};
Result<ReportContent> make_report_content(const ReportValues& values, const PictureFolders& folders,
                                          const std::filesystem::path& forms);

// Header and 第x页 共y页 for a body of `pages` pages.
Result<std::string> make_report_overlay(const ReportValues& values, const std::filesystem::path& forms, int pages);

}  // namespace guzheng
