// renew PACKAGE [--desk DIR | --policy FILE --officer BADGE] [--org-ca PEM] [--tsa-ca PEM] [--crl PEM]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/file.h"
#include "core/seal/renew.h"

namespace guzheng::evidence {

namespace {

struct RenewArguments {
  std::string package, org_ca, tsa_ca, crl;
  DeskChoice desk;
};

// The desk's authorities stamp; its roots judge the older stamps, with those of older authorities that are given besides.
Result<RenewOutcome> renew(const RenewArguments& arguments, Program& program) {
  GZ_TRY_ASSIGN(const auto desk, open_chosen_desk(arguments.desk, program));
  const Bureau& bureau = desk.bureau;
  VerifyOptions options;
  options.clock = &program.clock;
  options.roots = {bureau.org_root_pem, bureau.tsa_root_pem, bureau.org_crl_pem};
  if (!arguments.org_ca.empty()) { GZ_TRY_ASSIGN(options.roots.org_pem, read_text(arguments.org_ca, 1u << 20)); }
  if (!arguments.tsa_ca.empty()) {
    GZ_TRY_ASSIGN(const auto older, read_text(arguments.tsa_ca, 1u << 20));
    options.roots.tsa_pem += older;
  }
  if (!arguments.crl.empty()) { GZ_TRY_ASSIGN(options.roots.crl_pem, read_text(arguments.crl, 16u << 20)); }
  options.opener = bureau.opener.get();
  const auto bag = package_folder(arguments.package);
  GZ_TRY(note_opening(desk, bag, kToRenew, program.clock));
  GZ_TRY_ASSIGN(auto done, renew_package(bag, bureau, options));
  note_done(desk, program, "op.renew", Json{{"files", done.files}, {"package", bag.filename().string()}, {"stamps", done.stamps}});
  follow_copy(bag, program);
  return done;
}

void run(const RenewArguments& arguments, Program& program) {
  const auto done = renew(arguments, program);
  if (!done) {
    program.could_not("没有续期 " + arguments.package, "Did not renew " + arguments.package, done.error());
    if (done.error().kind == ErrorKind::Tampered) program.exit_code = kDamaged;
    return;
  }
  program.print(std::string(program.say("已续期：", "Renewed: ")) + done->folder.string());
  program.print(std::string(program.say("列入的文件：", "Files listed: ")) + std::to_string(done->files) +
                std::string(program.say("；时间戳：", "; time stamps: ")) + std::to_string(done->stamps));
  if (!done->before.missing.empty())
    program.print(program.say("注意：续期前已有不能判断之处，续期不能补救：", "Mind: some things could not be told even before; a renewal does not mend them:"));
  for (const auto& line : verification_lines(done->before, program.language)) program.print("  " + line);
  program.exit_code = exit_code(done->before.verdict);
}

}  // namespace

void add_renew(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("renew");
  const auto arguments = std::make_shared<RenewArguments>();
  command->add_option("PACKAGE", arguments->package)->required();
  add_desk_options(*command, arguments->desk);
  command->add_option("--org-ca", arguments->org_ca);
  command->add_option("--tsa-ca", arguments->tsa_ca);
  command->add_option("--crl", arguments->crl);
  set_manual(*command, "renew", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
