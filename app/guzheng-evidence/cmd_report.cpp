// report PACKAGE [-o FILE] [--org-ca PEM] [--tsa-ca PEM] [--crl PEM] [--desk DIR | --key-pipe] [--reason TEXT] [--copies FILE]
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/identity/opener_pipe.h"
#include "core/report/report.h"
#include "core/compare/read_group.h"
#ifdef GUZHENG_WITH_VAULT
#include "core/seal/vault_form.h"
#endif

namespace guzheng::evidence {

namespace {

struct ReportArguments {
  std::string package, output, org_ca, tsa_ca, crl, reason, copies;
  DeskChoice desk;
  bool key_pipe = false;                     // the workstation opens what is encrypted (core/identity/opener_pipe.h)
  [[nodiscard]] bool is_signed() const { return desk.named(); }
};

namespace fs = std::filesystem;

// ID.report/NNN when the report is to be an edition beside its package, else empty. A report without its signature makes a
// package fail its verification: none is put there.
Result<fs::path> edition_folder(const ReportArguments& arguments, const fs::path& package) {
  std::error_code ec;
  fs::path edition;
  if (arguments.output.empty()) {
    GZ_TRY_ASSIGN(const ReportPlace next, next_report_place(package));
    edition = next.pdf.parent_path();
  } else {
    const fs::path output = fs::weakly_canonical(fs::absolute(arguments.output, ec), ec);
    const fs::path all = fs::weakly_canonical(package, ec).string() + ".report";
    const auto inside = output.lexically_relative(all).string();
    if (inside.empty() || inside.starts_with("..")) return fs::path{};
    edition = output.parent_path();
    if (edition.parent_path() != all || output.filename() != "report.pdf")
      return fail(ErrorKind::Invalid, "beside a package only " + all.string() + "/NNN/report.pdf can be written");
  }
  if (!arguments.is_signed())
    return fail(ErrorKind::Invalid, "beside its package a report must be signed: name the policy and officer (--policy, --officer) or the desk (--desk DIR), or another place (-o FILE)");
  return edition;
}

// The signature stands when its stamp could not be had: then the edition is put in its place, and the failure said.
Status sign_and_publish(const fs::path& pdf, const fs::path& edition, const Bureau& bureau) {
  if (bureau.officers.empty()) return fail(ErrorKind::Invalid, "the desk has no officer who could sign");
  const Status is_signed = sign_report(pdf, bureau, *bureau.officers[0]);
  std::error_code ec;
  if (!edition.empty() && fs::exists(pdf.string() + ".p7s", ec)) GZ_TRY(publish_edition(pdf.parent_path(), edition));
  return is_signed;
}

// The workstation's end of the pipe is our standard input and output. They are taken away at once: nothing that this program or
// the web engine's processes say may come between frames.
Result<std::shared_ptr<Opener>> take_key_pipe() {
  ::signal(SIGPIPE, SIG_IGN);
  UniqueFd in(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)), out(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
  const UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  if (!in || !out || !nothing || ::dup2(nothing.get(), STDIN_FILENO) < 0 || ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
    return fail_errno("take the key pipe");
  return open_pipe(std::move(in), std::move(out));
}

// op.report, and an edition beside a package that is encrypted is too: nothing lies in its vault in plain bytes (A-7.4b).
void note_report(const PolicyDesk& desk, const fs::path& package, const fs::path& pdf, const fs::path& edition, Program& program) {
  const std::string id = package.filename().string();
  const auto digests = digest_file(pdf);
  note_done(desk, program, "op.report", Json{{"edition", edition.empty() ? pdf.string() : edition.filename().string()}, {"package", id},
                                             {"sha256", digests ? digests->sha256 : std::string()}});
#ifdef GUZHENG_WITH_VAULT
  const fs::path sealed = package.parent_path();
  if (edition.empty() || !is_encrypted(package) || sealed.filename() != "sealed") return;
  const auto vault = open_vault(sealed.parent_path(), desk, program.clock);
  if (!vault) return program.could_not("报告已出具，仍是明文", "The report is made and lies in plain bytes", vault.error());
  put_away(**vault, desk, id, false, program);
#endif
}

// 佐证对照 reads the other members of a group too: each opening has its line.
Status note_members(const fs::path& package, const PolicyDesk& desk, const Program& program) {
  for (const auto& member : other_members(package, desk.bureau.opener.get())) GZ_TRY(note_opening(desk, package.parent_path() / member, kToCompare, program.clock));
  return ok();
}

// Prints, and with a desk signs: its roots serve the verification that the report prints.
Result<fs::path> make(const ReportArguments& arguments, Program& program) {
  ReportRequest request;
  std::error_code ec;
  if (!std::filesystem::exists(arguments.package, ec)) return fail(ErrorKind::NotFound, arguments.package + " is not there");
  request.package = package_folder(arguments.package);
  GZ_TRY_ASSIGN(const fs::path edition, edition_folder(arguments, request.package));
  if (edition.empty()) {
    request.output = fs::absolute(arguments.output, ec);
  } else {
    if (fs::exists(edition / "report.pdf", ec)) return fail(ErrorKind::Exists, "this edition is there already: " + edition.string());
    GZ_TRY_ASSIGN(const fs::path making, clear_making(edition));
    request.output = making / "report.pdf";
  }
  request.clock = &program.clock;
  if (!arguments.copies.empty()) {
    GZ_TRY_ASSIGN(const auto text, read_text(arguments.copies, 4u << 20));
    auto copies = parse_copies(text);
    if (!copies) return fail(copies.error().in(arguments.copies));
    request.copies = std::move(*copies);
  }
  PolicyDesk desk;
  Bureau& bureau = desk.bureau;
  if (arguments.is_signed()) {
    GZ_TRY_ASSIGN(desk, open_for_reading(arguments.desk, request.package, "report", arguments.reason, program));
    request.roots = {bureau.org_root_pem, bureau.tsa_root_pem, bureau.org_crl_pem};
  }
  if (arguments.is_signed()) GZ_TRY(note_members(request.package, desk, program));
  // the workstation signs, and journals the opening, itself: its helper only reads
  if (arguments.key_pipe) { GZ_TRY_ASSIGN(bureau.opener, take_key_pipe()); }
  request.opener = bureau.opener.get();
  if (!arguments.org_ca.empty()) { GZ_TRY_ASSIGN(request.roots.org_pem, read_text(arguments.org_ca, 1u << 20)); }
  if (!arguments.tsa_ca.empty()) { GZ_TRY_ASSIGN(request.roots.tsa_pem, read_text(arguments.tsa_ca, 1u << 20)); }
  if (!arguments.crl.empty()) { GZ_TRY_ASSIGN(request.roots.crl_pem, read_text(arguments.crl, 16u << 20)); }
  static std::string name = "guzheng-evidence";
  char* argv[] = {name.data(), nullptr};
  GZ_TRY(run_report_app(1, argv, request));
  const fs::path pdf = edition.empty() ? request.output : edition / "report.pdf";
  if (!arguments.is_signed()) return pdf;
  const Status is_signed = sign_and_publish(request.output, edition, bureau);
  if (fs::exists(pdf.string() + ".p7s", ec)) note_report(desk, request.package, pdf, edition, program);
  GZ_TRY(is_signed);
  return pdf;
}

void run(const ReportArguments& arguments, Program& program) {
  const auto made = make(arguments, program);
  if (!made && made.error().what.find("复核") != std::string::npos) {      // no trouble with files: somebody has to look first
    program.complain(std::string(program.say("没有出具报告：", "No report: ")) + made.error().what);
    program.complain(program.say("证据包没有被改动。请先看过录像、截图和日志，再用 guzheng-evidence review 记录复核。",
                                 "The package was not changed. Look at recording, screenshots and journal, then record the review with guzheng-evidence review."));
    program.exit_code = kCouldNotRun;
    return;
  }
  if (!made) return program.could_not("无法生成报告：" + arguments.package, "Could not make the report of " + arguments.package, made.error());
  std::error_code ec;
  if (fs::exists(*made, ec)) return program.print(std::string(program.say("报告：", "Report: ")) + made->string());
  program.print(std::string(program.say("报告（已加密）：", "Report (encrypted): ")) + made->string());
  program.print(program.say("报告随 export 导出的 ZIP 交付；也可用 report -o 另存一份。", "It is given out with export, in the ZIP; report -o writes one to a file."));
}

}  // namespace

void add_report(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("report");
  const auto arguments = std::make_shared<ReportArguments>();
  command->add_option("PACKAGE", arguments->package)->required();
  command->add_option("-o,--output", arguments->output);
  command->add_option("--org-ca", arguments->org_ca);
  command->add_option("--tsa-ca", arguments->tsa_ca);
  command->add_option("--crl", arguments->crl);
  add_desk_options(*command, arguments->desk);
  command->add_flag("--key-pipe", arguments->key_pipe)->excludes(command->get_option("--desk"))->excludes(command->get_option("--policy"));
  command->add_option("--reason", arguments->reason);
  command->add_option("--copies", arguments->copies);
  set_manual(*command, "report", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
