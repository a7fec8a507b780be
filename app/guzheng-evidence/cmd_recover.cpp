// recover VAULT [--desk DIR | --policy FILE --officer BADGE]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/session/session.h"

namespace guzheng::evidence {

namespace {

struct RecoverArguments {
  std::string vault;
  DeskChoice desk;
  bool leave_plain = false;
};

void run(const RecoverArguments& arguments, Program& program) {
  std::error_code ec;
  if (!std::filesystem::is_directory(arguments.vault, ec))
    return program.could_not("无法恢复 " + arguments.vault, "Could not recover " + arguments.vault, {ErrorKind::NotFound, "no such folder"});
  const auto desk = open_chosen_desk(arguments.desk, program);
  if (!desk) return program.could_not("未能恢复", "Could not recover", desk.error());
  const auto vault = open_vault(arguments.vault, *desk, program.clock);
  if (!vault) return program.could_not("无法打开证据库", "Could not open the vault", vault.error());
  auto bags = (*vault)->unfinished();
  if (!bags) return program.could_not("无法列出未封存的取证", "Could not list unsealed captures", bags.error());
  if (bags->empty()) return program.print(program.say("没有需要恢复的取证。", "Nothing to recover."));
  SessionSetup setup;
  setup.bureau = &desk->bureau;
  setup.officer1 = desk->officer1;
  setup.officer2 = desk->officer2;
  setup.officer2_certificate_pem = desk->officer2_certificate_pem;
  setup.vault = vault->get();
  setup.clock = &program.clock;
  setup.software_version = GUZHENG_VERSION;
  bool failed = false;
  for (auto& bag : *bags) {
    const std::string id = bag.id;
    const auto recovered = recover(std::move(bag), setup);
    if (!recovered) {
      program.could_not("未能恢复 " + id, "Could not recover " + id, recovered.error());
      failed = true;
      note_done(*desk, program, "op.recover", Json{{"package", id}, {"result", "failed"}, {"why", recovered.error().what}});
      continue;
    }
    note_done(*desk, program, "op.recover", Json{{"fingerprint", recovered->package.seal.fingerprint}, {"lost", recovered->lost}, {"package", id}, {"result", "sealed"}});
    program.print(std::string(program.say("已恢复并封存（不完整）：", "Recovered and sealed as incomplete: ")) + recovered->package.folder.string());
    program.print(std::string(program.say("封签指纹：", "Fingerprint: ")) + recovered->package.seal.fingerprint);
    program.print(std::string(program.say("丢失的内容：", "Lost: ")) + recovered->lost);
    put_away(**vault, *desk, recovered->package.id, arguments.leave_plain, program);
  }
  program.exit_code = failed ? kCouldNotRun : kIncomplete;
}

}  // namespace

void add_recover(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("recover");
  const auto arguments = std::make_shared<RecoverArguments>();
  command->add_option("VAULT", arguments->vault)->required();
  add_desk_options(*command, arguments->desk, true);
  add_leave_plain(*command, arguments->leave_plain);
  set_manual(*command, "recover", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
