// doctor VAULT [--desk DIR | --policy FILE --officer BADGE] [--offline]
#include <map>
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/vault/doctor.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct DoctorArguments {
  std::string vault;
  DeskChoice desk;
  bool offline = false;
};

struct Words {
  std::string_view what_zh, what_en, do_zh, do_en;      // what is looked at; what to do when it is not well
};

const Words& words(const std::string& id) {
  static const std::map<std::string, Words> table{
      {"vault.permissions", {"文件夹权限", "permissions", "权限过宽的已收紧；属于别人的或链接，请查明是谁放的", "What was too wide was narrowed; find out who put what is a link or somebody else's"}},
      {"vault.gone", {"证据包", "package", "从副本或备份找回；确认不再需要前不要从目录删除", "Get it back from the second copy or a backup"}},
      {"vault.catalogue", {"目录", "catalogue", "guzheng-evidence vault VAULT --rebuild", "guzheng-evidence vault VAULT --rebuild"}},
      {"vault.unfinished", {"未封存的取证", "unsealed captures", "guzheng-evidence recover VAULT", "guzheng-evidence recover VAULT"}},
      {"vault.plain", {"明文", "plain bytes", "guzheng-evidence vault VAULT --encrypt", "guzheng-evidence vault VAULT --encrypt"}},
      {"disk.space", {"磁盘空间", "disk space", "把已归档的证据移交后腾出空间，或换更大的磁盘", "Make room or move the vault to a larger disk"}},
      {"copy.none", {"副本", "second copy", "guzheng-evidence vault VAULT --second-copy 另一磁盘上的文件夹 --catch-up", "guzheng-evidence vault VAULT --second-copy FOLDER-ON-ANOTHER-DISK --catch-up"}},
      {"copy.away", {"副本介质", "second copy's medium", "接上介质后 guzheng-evidence vault VAULT --catch-up", "Connect it, then guzheng-evidence vault VAULT --catch-up"}},
      {"copy.step", {"副本是否一致", "second copy in step", "guzheng-evidence vault VAULT --catch-up", "guzheng-evidence vault VAULT --catch-up"}},
      {"certificate", {"证书", "certificate", "到期前请发证单位续发", "Have the bureau renew it before it ends"}},
      {"authority", {"时间戳机构", "time-stamp authority", "检查网络和地址；未恢复前新包为待时间戳", "Check network and address; until then packages wait for their stamps"}},
      {"log.chain", {"操作日志", "operation log", "保存现有日志和备份中的日志，查明断点前后发生了什么", "Keep this log and the one in the last backup, and find out what happened at the break"}},
      {"log.stamp", {"操作日志的时间戳", "operation log's time stamp", "待时间戳的运行 guzheng-evidence stamp；被截断或改写的，保存现有日志、operations.stamps 和备份，查明是谁改的", "What waits: guzheng-evidence stamp. What was cut off or written anew: keep this log, operations.stamps and the last backup, and find out who did it"}},
      {"retention", {"保存期限", "retention", "", ""}},
      {"scrub.age", {"复查", "scrub", "guzheng-evidence scrub VAULT", "guzheng-evidence scrub VAULT"}}};
  static const Words unknown{"", "", "", ""};
  const auto it = table.find(id);
  return it == table.end() ? unknown : it->second;
}

void run(const DoctorArguments& arguments, Program& program) {
  std::error_code ec;
  if (!fs::is_directory(arguments.vault, ec)) return program.could_not("无法打开证据库", "Could not open the vault", {ErrorKind::NotFound, arguments.vault + ": no such folder"});
  const auto desk = open_chosen_desk(arguments.desk, program);
  if (!desk) return program.could_not("无法打开工作台", "Could not open the desk", desk.error());
  const auto vault = open_vault(arguments.vault, *desk, program.clock);
  if (!vault) return program.could_not("无法打开证据库", "Could not open the vault", vault.error());
  DoctorRequest request;
  request.log = log_file(desk->home);
  request.ask_authorities = !arguments.offline;
  if (arguments.offline) program.at_end = nullptr;
  const auto all = examine(**vault, desk->bureau, program.clock, request);
  for (const auto& one : all) {
    const auto& w = words(one.id);
    const auto mark = one.health == Health::Good ? program.say("正常", "good") : one.health == Health::Attention ? program.say("注意", "attention") : program.say("有问题", "bad");
    program.print("[" + std::string(mark) + "] " + std::string(program.say(w.what_zh, w.what_en)) + (one.subject.empty() ? "" : "  " + one.subject) +
                  (one.detail.empty() ? "" : "  " + one.detail));
    if (one.health != Health::Good) program.print("    → " + std::string(program.say(w.do_zh, w.do_en)));
  }
  const Health health = worst(all);
  program.print(health == Health::Good ? program.say("结论：一切正常。", "All is well.")
                : health == Health::Attention ? program.say("结论：有需要注意的地方，见上。", "Something needs attention, see above.")
                                              : program.say("结论：有问题，见上。", "Something is wrong, see above."));
  program.exit_code = health == Health::Good ? kWhole : health == Health::Attention ? kIncomplete : kDamaged;
}

}  // namespace

void add_doctor(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("doctor");
  const auto arguments = std::make_shared<DoctorArguments>();
  command->add_option("VAULT", arguments->vault)->required();
  add_desk_options(*command, arguments->desk);
  command->add_flag("--offline", arguments->offline);
  set_manual(*command, "doctor", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
