// sign PACKAGE --officer BADGE [--policy FILE] [--passphrase-file F]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "core/seal/package_reader.h"
#include "core/seal/seal.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct SignArguments {
  std::string package;
  PeopleOptions people;
};

Result<LaterSignature> sign(const SignArguments& arguments, Program& program) {
  std::error_code ec;
  const auto bag = package_folder(arguments.package);
  if (!fs::is_directory(bag, ec)) return fail(ErrorKind::NotFound, bag.string() + " is no package's folder");
  GZ_TRY_ASSIGN(const auto desk, open_policy_desk(arguments.people, program));
  GZ_TRY(note_opening(desk, bag, kToSign, program.clock));
  GZ_TRY_ASSIGN(const auto files, open_package(bag, desk.bureau.opener.get()));
  GZ_TRY_ASSIGN(const auto people, files->text("data/attach/people.json", 1u << 20));
  GZ_TRY_ASSIGN(const auto done, sign_later(bag, people, *desk.officer1, desk.bureau, program.clock));
  note_done(desk, program, "op.sign", Json{{"fresh", done.fresh}, {"package", bag.filename().string()}, {"stamped", done.stamped}});
  follow_copy(bag, program);
  return done;
}

void run(const SignArguments& arguments, Program& program) {
  const auto done = sign(arguments, program);
  if (!done) return program.could_not("没有补签", "The package was not signed", done.error());
  program.print(done->fresh ? program.say("已补签。", "Signed.") : program.say("签名已在。", "The signature was there already."));
  if (done->stamped) return;
  program.complain(program.say("待时间戳：时间戳机构没有应答，请稍后再运行一次。", "Its time stamp is still to come: run this again later."));
  program.exit_code = kIncomplete;
}

}  // namespace

void add_sign(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("sign");
  const auto arguments = std::make_shared<SignArguments>();
  command->add_option("PACKAGE", arguments->package)->required();
  command->add_option("--officer", arguments->people.officer)->required();
  command->add_option("--policy", arguments->people.policy);
  command->add_option("--passphrase-file", arguments->people.passphrase_file);
  set_manual(*command, "sign", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
