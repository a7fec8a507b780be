// Room report. The evidence report 互联网电子数据证据报告 (A-AnB). Values are read from a sealed package (pure);
// layout is data (resources/report); printing needs a QApplication and runs on the GUI thread's event loop.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/identity/practice.h"
#include "core/seal/verify.h"

namespace guzheng {

struct ReportRequest {
  std::filesystem::path package;           // VAULT/sealed/ID
  std::filesystem::path output;            // report.pdf
  int edition = 1;
  TrustRoots roots;                        // the report prints its own verification
  const Clock* clock = nullptr;
};

// Asynchronous: returns at once, calls `done` on the GUI thread. Loads WebEngine at the first call only.
void make_report(const ReportRequest& request, std::function<void(Status)> done);

// Signature and stamp beside the report: report.pdf.p7s, report.pdf.p7s.tsr.
Status sign_report(const std::filesystem::path& pdf, const Bureau& bureau, const Signer& signer);

}  // namespace guzheng
