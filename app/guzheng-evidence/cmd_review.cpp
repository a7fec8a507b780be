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

// On the practice desk the officer of that number; else who logged in.
Result<std::shared_ptr<Signer>> reviewer(const ReviewArguments& arguments, const PolicyDesk& desk) {
  if (!desk.bureau.practice) return desk.officer1;
  const auto number = static_cast<std::size_t>(arguments.practice_officer);
  if (number < 1 || number > desk.bureau.officers.size())
    return fail(ErrorKind::Invalid, "the practice desk has no officer " + std::to_string(arguments.practice_officer));
  return desk.bureau.officers[number - 1];
}

Result<WrittenReview> review(const ReviewArguments& arguments, Program& program) {
  GZ_TRY_ASSIGN(const auto desk, open_chosen_desk(arguments.desk, program));
  const Bureau& bureau = desk.bureau;
  GZ_TRY_ASSIGN(const auto officer, reviewer(arguments, desk));
  const auto bag = package_folder(arguments.package);
  GZ_TRY(note_opening(desk, bag, kToReview, program.clock));
  const VerifyOptions options{{bureau.org_root_pem, bureau.tsa_root_pem, bureau.org_crl_pem}, &program.clock, {}, bureau.opener.get()};
  GZ_TRY_ASSIGN(auto written, review_package({arguments.result == "confirmed", arguments.reason}, bag, *officer, bureau, options));
  note_done(desk, program, "op.review", Json{{"by", officer->info().subject_cn}, {"package", bag.filename().string()},
                                             {"reason", arguments.reason}, {"result", arguments.result}});
  follow_copy(bag, program);
  return written;
}

void run(const ReviewArguments& arguments, Program& program) {
  const auto written = review(arguments, program);
  if (!written) return program.could_not("没有写成复核记录：" + arguments.package, "The review was not recorded: " + arguments.package, written.error());
  program.print(std::string(program.say("复核记录：", "Review: ")) + written->record.string());
  if (!written->stamped)
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
