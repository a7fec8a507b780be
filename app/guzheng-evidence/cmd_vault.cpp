// vault VAULT [--desk DIR | --policy FILE --officer BADGE] [--encrypt] [--rebuild] [--second-copy DIR] [--catch-up]
#include <fmt/format.h>

#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/vault/retention.h"
#include "core/vault/second_copy.h"
#include "core/vault/vault.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct VaultArguments {
  std::string vault, second_copy;
  DeskChoice desk;
  bool encrypt = false, rebuild = false, catch_up = false;
};

struct Station {
  PolicyDesk desk;
  std::unique_ptr<Vault> vault;
};

void encrypt_all(Station& station, Program& program) {
  const auto ids = station.vault->unencrypted();
  if (!ids) return program.could_not("无法列出证据库", "Could not list the vault", ids.error());
  if (ids->empty()) program.print(program.say("证据库中没有明文。", "Nothing lies in plain bytes."));
  for (const auto& id : *ids)
    if (!encrypt_package(*station.vault, station.desk, id, program)) program.exit_code = kCouldNotRun;
}

void catch_up(Station& station, Program& program) {
  const fs::path vault = station.vault->folder();
  const auto copy = second_copy_of(vault);
  if (!copy || copy->empty()) return program.could_not("没有设副本", "There is no second copy", copy ? Error{ErrorKind::NotFound, "name its place with --second-copy"} : copy.error());
  const auto behind = not_in_step(vault, *copy);
  if (!behind) return program.could_not("副本不可用", "The second copy cannot be used", behind.error());
  for (const auto& id : *behind) {
    if (const auto done = copy_package(vault, *copy, id); !done) program.could_not("未能复制 " + id, "Could not copy " + id, done.error());
    else {
      note_done(station.desk, program, "op.copy", Json{{"package", id}});
      program.print(std::string(program.say("已复制到副本：", "Copied: ")) + id);
    }
  }
  if (behind->empty()) program.print(program.say("副本与证据库一致。", "The second copy is in step."));
}

std::string sentence(const Retention& kept, const Program& program) {
  const auto as = kept.as == KeptAs::Automatic ? program.say("自动取证", "automatic capture") : kept.as == KeptAs::CaseEvidence ? program.say("案件证据", "case evidence") : program.say("内容已加密，按案件证据", "encrypted, as case evidence");
  std::string out = fmt::format("{}{}{}{}", program.say("至少保存至 ", "to be kept until "), kept.until, program.say("，", ", "), as);
  if (kept.passed()) out += fmt::format("{}{}{}", program.say("；已过期 ", "; passed "), -kept.days_left, program.say(" 天，本程序不会自行删除", " days ago, nothing is deleted by itself"));
  return out;
}

void run(const VaultArguments& arguments, Program& program) {
  std::error_code ec;
  if (!fs::is_directory(arguments.vault, ec)) return program.could_not("无法打开证据库", "Could not open the vault", {ErrorKind::NotFound, arguments.vault + ": no such folder"});
  Station station;
  auto desk = open_chosen_desk(arguments.desk, program);
  if (!desk) return program.could_not("无法打开工作台", "Could not open the desk", desk.error());
  station.desk = std::move(*desk);
  auto vault = open_vault(arguments.vault, station.desk, program.clock);
  if (!vault) return program.could_not("无法打开证据库", "Could not open the vault", vault.error());
  station.vault = std::move(*vault);
  if (arguments.rebuild) {
    if (const auto done = station.vault->rebuild_catalogue(); !done) program.could_not("无法重建目录", "Could not rebuild the catalogue", done.error());
    else {
      note_done(station.desk, program, "op.catalogue", Json{{"result", "made anew"}});
      program.print(program.say("目录已从文件夹重建。", "The catalogue was made anew from the folders."));
    }
  }
  if (!arguments.second_copy.empty()) {
    if (const auto set = set_second_copy(station.vault->folder(), arguments.second_copy); !set) return program.could_not("无法设副本", "Could not set the second copy", set.error());
    note_done(station.desk, program, "op.copy", Json{{"place", arguments.second_copy}});
    program.print(std::string(program.say("副本：", "Second copy: ")) + arguments.second_copy);
  }
  if (arguments.encrypt) encrypt_all(station, program);
  if (arguments.catch_up) catch_up(station, program);
  if (arguments.rebuild || arguments.encrypt || arguments.catch_up || !arguments.second_copy.empty()) return;
  station.vault->serve(nullptr);             // a list names nobody: no key is needed for it, and nothing is opened unnoted (B-5.4.4)
  const auto list = station.vault->list();
  if (!list) return program.could_not("无法列出证据库", "Could not list the vault", list.error());
  for (const auto& entry : *list) {
    const Retention kept = retention_of(entry, station.vault->retention(), program.clock);
    program.print(entry.id + "  " + std::string(entry.encrypted ? program.say("已加密", "encrypted") : program.say("明文", "plain")) + "  " + entry.state +
                  (entry.problem.empty() ? "" : "  " + entry.problem) + "  " + sentence(kept, program));
  }
}

}  // namespace

void add_vault(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("vault");
  const auto arguments = std::make_shared<VaultArguments>();
  command->add_option("VAULT", arguments->vault)->required();
  add_desk_options(*command, arguments->desk);
  command->add_flag("--encrypt", arguments->encrypt);
  command->add_flag("--rebuild", arguments->rebuild);
  command->add_option("--second-copy", arguments->second_copy);
  command->add_flag("--catch-up", arguments->catch_up);
  set_manual(*command, "vault", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
