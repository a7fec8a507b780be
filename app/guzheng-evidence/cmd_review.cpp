// review PACKAGE --result confirmed|refused --reason TEXT [--desk DIR [--practice-officer N]] | --policy FILE --officer BADGE
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/seal/review.h"
#include "core/seal/verify.h"

namespace guzheng::evidence {

namespace {

struct ReviewArguments {
  std::string package, result, reason;
  DeskChoice desk;
  int practice_officer = 2;          // of the practice desk: another than the one who gives its orders
};

// Only what checks out can be reviewed: a damaged package has nothing that could be confirmed.
Status check_package(const ReviewArguments& arguments, const Bureau& bureau, const Clock& clock) {
  VerifyOptions options;
  options.roots = {bureau.org_root_pem, bureau.tsa_root_pem};
  options.clock = &clock;
  GZ_TRY_ASSIGN(const Verification verification, verify_package(arguments.package, options));
  if (verification.verdict == Verdict::Damaged) return fail(ErrorKind::Tampered, "the package is not what was sealed: see guzheng-evidence verify");
  if (verification.verdict == Verdict::CannotTell) return fail(ErrorKind::Invalid, "the package was not sealed by the bureau of this desk");
  return ok();
}

Result<std::filesystem::path> review(const ReviewArguments& arguments, Program& program) {
  GZ_TRY_ASSIGN(const auto desk, open_chosen_desk(arguments.desk, program));
  const Bureau& bureau = desk.bureau;
  auto officer = desk.officer1;
  if (bureau.practice) {
    if (arguments.practice_officer < 1 || static_cast<std::size_t>(arguments.practice_officer) > bureau.officers.size())
      return fail(ErrorKind::Invalid, "the practice desk has no officer " + std::to_string(arguments.practice_officer));
    officer = bureau.officers[static_cast<std::size_t>(arguments.practice_officer) - 1];
  }
  GZ_TRY(check_package(arguments, bureau, program.clock));
  const ReviewRecord record{arguments.result == "confirmed", arguments.reason};
  return write_review(record, arguments.package, *officer, bureau, program.clock);
}

void run(const ReviewArguments& arguments, Program& program) {
  const auto written = review(arguments, program);
  if (!written) return program.could_not("没有写成复核记录：" + arguments.package, "The review was not recorded: " + arguments.package, written.error());
  program.print(std::string(program.say("复核记录：", "Review: ")) + written->string());
  std::error_code ec;
  if (!std::filesystem::exists(written->string() + ".p7s.tsr", ec))
    program.complain(program.say("复核记录没有取得时间戳：时间戳机构没有应答。请稍后再复核一次。",
                                 "The review has no time stamp: no authority answered. Review once more later."));
}

}  // namespace

void add_review(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("review");
  const auto arguments = std::make_shared<ReviewArguments>();
  command->add_option("PACKAGE", arguments->package)->required();
  command->add_option("--result", arguments->result)->required()->check(CLI::IsMember({"confirmed", "refused"}));
  command->add_option("--reason", arguments->reason)->required();
  command->add_option("--practice-officer", arguments->practice_officer)->check(CLI::Range(1, 2));
  add_desk_options(*command, arguments->desk);
  set_manual(*command, "review", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
