#include "core/report/report.h"

#include <unistd.h>

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QWebEngineUrlScheme>
#include <algorithm>

#include "core/report/pages.h"
#include "core/report/print.h"
#include "core/compare/read_group.h"
#include "core/seal/review.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

fs::path editions_of(const fs::path& bag) { return bag.parent_path() / (bag.filename().string() + ".report"); }

// Editions are evidence of what was said: none is replaced. An edition folder that is made but still empty is taken away
// until the report is written, since the verifier rightly calls an empty folder beside a package a fault.
Status check_place(const fs::path& bag, const fs::path& output) {
  std::error_code error;
  const fs::path edition = fs::weakly_canonical(output, error).parent_path();
  if (edition.parent_path() != editions_of(bag)) return ok();
  if (fs::exists(output, error)) return fail(ErrorKind::Exists, "this edition is there already: " + output.string());
  if (fs::is_directory(edition, error) && fs::is_empty(edition, error)) {
    fs::remove(edition, error);
    if (fs::is_empty(edition.parent_path(), error)) fs::remove(edition.parent_path(), error);
  }
  return ok();
}

// An edition's number is its folder's name; elsewhere it is what the caller says.
int edition_of(const fs::path& bag, const ReportRequest& request) {
  std::error_code error;
  const fs::path edition = fs::weakly_canonical(request.output, error).parent_path();
  const std::string name = edition.filename().string();
  const bool numbered = name.size() == 3 && std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  const fs::path all = editions_of(bag);
  const bool ours = edition.parent_path() == all || edition.parent_path() == fs::path(all.string() + "-making");
  return ours && numbered ? std::stoi(name) : request.edition;
}

// 行政处罚法 41: what equipment recorded by itself is no evidence before its review, so nothing is printed that could be taken for one.
Status check_review(const Review& review) {
  if (!review.needed || review.confirmed) return ok();
  if (review.number == 0)
    return fail(ErrorKind::Denied, "an automatic capture waits for its review (待复核): no report before guzheng-evidence review");
  return fail(ErrorKind::Denied, "the review of this automatic capture refused it (复核不予确认): " + review.reason);
}

// What the other members saw, as far as they lie beside this one.
void compare_group(const fs::path& package, const Verification& verification, const Opener* opener, ReportContext& context) {
  if (verification.group.group.empty()) return;
  auto members = read_members(package, opener);
  if (members) context.comparison = compare_members(*members);
  else context.comparison_problem = members.error().what;
}

Result<PrintInput> prepare(const ReportRequest& request) {
  GZ_TRY_ASSIGN(const ReportSource source, read_report_source(request.package, request.opener));
  GZ_TRY(check_place(source.folder, request.output));
  VerifyOptions options;
  options.roots = request.roots;
  options.clock = request.clock;
  options.opener = request.opener;
  GZ_TRY_ASSIGN(const Verification verification, verify_package(source.folder, options));
  GZ_TRY(check_review(verification.review));
  ReportContext context;
  context.edition = edition_of(source.folder, request);
  context.issued_at = request.clock->wall();
  context.zone_minutes = request.clock->zone_minutes();
  context.issued_by = request.issued_by;
  context.uses = request.uses;
  compare_group(source.folder, verification, request.opener, context);
  PrintInput input;
  std::error_code error;
  const fs::path beside = fs::absolute(request.output, error).parent_path();
  const bool practice = verification.practice || source.bag.contains("Practice");
  GZ_TRY_ASSIGN(context.copies, write_copies(source, request.copies, beside, practice ? "练习 — 不得作为证据" : ""));
  GZ_TRY_ASSIGN(input.values, make_report_values(source, verification, context));
  input.forms = request.forms.empty() ? default_forms_folder() : request.forms;
  input.output = request.output;
  GZ_TRY_ASSIGN(input.content, make_report_content(input.values, {source.folder, beside}, input.forms));
  // originals may lie in the vault form; a copy for showing is a file beside this edition
  input.content.read = [files = source.files, folder = source.folder, beside](const fs::path& picture) {
    return picture.parent_path() == beside ? read_file(picture) : files->whole(picture.lexically_relative(folder).string());
  };
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
  prepare_and_print([request] { return request.clock ? prepare(request) : Result<PrintInput>(fail(ErrorKind::Invalid, "report request without a clock")); }, std::move(done));
}

Status run_report_app(int argc, char** argv, const ReportRequest& request) {
  return run_print_app(argc, argv, [&](std::function<void(Status)> done) { make_report(request, std::move(done)); });
}

Result<ReportPlace> next_report_place(const fs::path& package) {
  std::error_code error;
  const fs::path bag = fs::canonical(package, error);
  if (error) return fail(ErrorKind::NotFound, "no package folder: " + package.string());
  GZ_TRY_ASSIGN(const fs::path place, next_edition(bag, "report"));
  return ReportPlace{std::stoi(place.filename().string()), place / "report.pdf"};
}

fs::path default_forms_folder() {
  const fs::path installed = fs::path(QCoreApplication::applicationDirPath().toStdString()) / "../share/guzheng/report";
  std::error_code error;
  return fs::exists(installed / "report.html", error) ? installed : fs::path(GUZHENG_FORMS_FOLDER);
}

}  // namespace guzheng
