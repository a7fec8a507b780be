// Room report. The evidence report 互联网电子数据证据报告 (A-AnB). Values are read from a sealed package (pure);
// layout is data (resources/report); printing needs a QGuiApplication and runs on the GUI thread's event loop.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/identity/practice.h"
#include "core/report/copy.h"
#include "core/report/values.h"
#include "core/seal/verify.h"

namespace guzheng {

struct ReportRequest {
  std::filesystem::path package;           // VAULT/sealed/ID (a folder, not an export ZIP)
  std::filesystem::path output;            // report.pdf; its folder is made; written whole or not at all; an edition beside the package is never replaced (Exists)
  int edition = 1;                         // only when output is not ID.report/NNN/… or ID.report-making/NNN/…, which name their own
  TrustRoots roots;                        // the report prints its own verification
  const Opener* opener = nullptr;          // of an encrypted package; must live until `done`
  const Clock* clock = nullptr;            // required; must live until `done`; read from another thread
  std::string issued_by;                   // name（badge）; empty: the station
  std::vector<EvidenceUse> uses;           // 证据使用信息, from the operation log
  std::vector<CopyOrder> copies;           // drawn into the folder of `output`, beside the report (FORMAT.md 9.6)
  std::filesystem::path forms;             // folder of report.html, overlay.html, report.css; empty: default_forms_folder()
};

// What WebEngine needs before the application object is made: shared GL contexts, the report's own URL scheme, and, when the
// effective user is root, no sandbox (Chromium refuses to run otherwise). Call it first in main().
void prepare_report_process();

// Asynchronous: returns at once, calls `done` once, on the GUI thread. Starts WebEngine at the first call only. The package is
// read and verified on another thread. Nothing is fetched: every request but for the report's own parts is refused.
// Errors: Invalid (request, package, copies or form), NotFound, Io, Denied (an automatic capture before its review: 行政处罚法 41), Tampered never (a damaged package's report says so on page one).
void make_report(const ReportRequest& request, std::function<void(Status)> done);

// For programs without a window: prepares the process, makes the application object, prints, and returns when it is done.
// Runs without a display. Not inside a program that has an application object already.
Status run_report_app(int argc, char** argv, const ReportRequest& request);

// Signature and stamp beside the report: report.pdf.p7s, report.pdf.p7s.tsr (over the SHA-256 of the .p7s), and the same for copies.json. Blocks.
// The signature stands when the stamp fails (Network, Timeout): call it again later. Asks the bureau's authorities in turn.
Status sign_report(const std::filesystem::path& pdf, const Bureau& bureau, const Signer& signer);

// The next edition of a package's report, ID.report/NNN beside it. Corrections are new editions. The folder is made only when
// the report is written: an empty one left by a stopped program would make the package fail its verification.
struct ReportPlace {
  int edition = 1;
  std::filesystem::path pdf;               // ID.report/NNN/report.pdf
};
Result<ReportPlace> next_report_place(const std::filesystem::path& package);

// An edition stands beside its package whole or not at all: it is printed and signed in ID.report-making/NNN, which no verifier
// reads, then moved to `edition` (ID.report/NNN). clear_making makes that folder's place free and returns it.
Result<std::filesystem::path> clear_making(const std::filesystem::path& edition);
// Invalid when the report or its signature is not in `making`; Exists when the edition is there already.
Status publish_edition(const std::filesystem::path& making, const std::filesystem::path& edition);

// resources/report beside the program (../share/guzheng/report), or in the source tree while developing.
std::filesystem::path default_forms_folder();

}  // namespace guzheng
