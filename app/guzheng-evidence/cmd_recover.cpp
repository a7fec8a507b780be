// recover VAULT [--desk DIR | --policy FILE --officer BADGE]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/session/session.h"

namespace guzheng::evidence {

namespace {

struct RecoverArguments {
  std::string vault, desk;
  PeopleOptions people;
};

void run(const RecoverArguments& arguments, Program& program) {
  std::error_code ec;
  if (!std::filesystem::is_directory(arguments.vault, ec))
    return program.could_not("无法恢复 " + arguments.vault, "Could not recover " + arguments.vault, {ErrorKind::NotFound, "no such folder"});
  const auto vault = Vault::open(arguments.vault, program.clock);
  if (!vault) return program.could_not("无法打开证据库", "Could not open the vault", vault.error());
  auto bags = (*vault)->unfinished();
  if (!bags) return program.could_not("无法列出未封存的取证", "Could not list unsealed captures", bags.error());
  if (bags->empty()) return program.print(program.say("没有需要恢复的取证。", "Nothing to recover."));
  PolicyDesk desk;
  if (!arguments.people.policy.empty()) {
    auto opened = open_policy_desk(arguments.people, program);
    if (!opened) return program.could_not("未能恢复", "Could not recover", opened.error());
    desk = std::move(*opened);
  } else {
    auto bureau = open_desk(arguments.desk.empty() ? default_desk() : std::filesystem::path(arguments.desk), program.clock);
    if (!bureau) return program.could_not("无法打开练习单位", "Could not open the practice bureau", bureau.error());
    desk.bureau = std::move(*bureau);
  }
  SessionSetup setup;
  setup.bureau = &desk.bureau;
  setup.officer1 = desk.officer1;
  setup.officer2 = desk.officer2;
  setup.officer2_certificate_pem = desk.officer2_certificate_pem;
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
      continue;
    }
    program.print(std::string(program.say("已恢复并封存（不完整）：", "Recovered and sealed as incomplete: ")) + recovered->package.folder.string());
    program.print(std::string(program.say("封签指纹：", "Fingerprint: ")) + recovered->package.seal.fingerprint);
    program.print(std::string(program.say("丢失的内容：", "Lost: ")) + recovered->lost);
  }
  program.exit_code = failed ? kCouldNotRun : kIncomplete;
}

}  // namespace

void add_recover(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("recover");
  const auto arguments = std::make_shared<RecoverArguments>();
  command->add_option("VAULT", arguments->vault)->required();
  auto* practice = command->add_option("--desk", arguments->desk);
  add_people_options(*command, arguments->people, true);
  practice->excludes(command->get_option("--policy"));
  set_manual(*command, "recover", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
