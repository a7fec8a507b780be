// report PACKAGE [-o FILE] [--org-ca PEM] [--tsa-ca PEM] [--desk DIR]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/file.h"
#include "core/report/report.h"

namespace guzheng::evidence {

namespace {

struct ReportArguments {
  std::string package, output, org_ca, tsa_ca, desk;
};

// Prints, and with a desk signs: its roots serve the verification that the report prints.
Result<std::filesystem::path> make(const ReportArguments& arguments, Program& program) {
  ReportRequest request;
  std::error_code ec;
  if (!std::filesystem::exists(arguments.package, ec)) return fail(ErrorKind::NotFound, arguments.package + " is not there");
  request.package = std::filesystem::absolute(arguments.package, ec).lexically_normal();
  if (!request.package.has_filename()) request.package = request.package.parent_path();
  if (arguments.output.empty()) {
    GZ_TRY_ASSIGN(const ReportPlace next, next_report_place(request.package));
    request.output = next.pdf;
  } else {
    request.output = std::filesystem::absolute(arguments.output, ec);
  }
  request.clock = &program.clock;
  Bureau bureau;
  if (!arguments.desk.empty()) {
    GZ_TRY_ASSIGN(bureau, open_desk(arguments.desk, program.clock));
    request.roots = {bureau.org_root_pem, bureau.tsa_root_pem};
  }
  if (!arguments.org_ca.empty()) { GZ_TRY_ASSIGN(request.roots.org_pem, read_text(arguments.org_ca, 1u << 20)); }
  if (!arguments.tsa_ca.empty()) { GZ_TRY_ASSIGN(request.roots.tsa_pem, read_text(arguments.tsa_ca, 1u << 20)); }
  static std::string name = "guzheng-evidence";
  char* argv[] = {name.data(), nullptr};
  GZ_TRY(run_report_app(1, argv, request));
  if (!arguments.desk.empty() && !bureau.officers.empty()) GZ_TRY(sign_report(request.output, bureau, *bureau.officers[0]));
  return request.output;
}

void run(const ReportArguments& arguments, Program& program) {
  const auto made = make(arguments, program);
  if (!made) return program.could_not("无法生成报告：" + arguments.package, "Could not make the report of " + arguments.package, made.error());
  program.print(std::string(program.say("报告：", "Report: ")) + made->string());
}

}  // namespace

void add_report(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("report");
  const auto arguments = std::make_shared<ReportArguments>();
  command->add_option("PACKAGE", arguments->package)->required();
  command->add_option("-o,--output", arguments->output);
  command->add_option("--org-ca", arguments->org_ca);
  command->add_option("--tsa-ca", arguments->tsa_ca);
  command->add_option("--desk", arguments->desk);
  set_manual(*command, "report", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
