// backup VAULT -o FILE [--desk DIR | --policy FILE --officer BADGE]
#include <memory>

#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/vault/backup.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct BackupArguments {
  std::string vault, file;
  DeskChoice desk;
};

void run(const BackupArguments& arguments, Program& program) {
  std::error_code ec;
  if (!fs::is_directory(arguments.vault, ec)) return program.could_not("无法备份", "Could not back up", {ErrorKind::NotFound, arguments.vault + ": no such folder"});
  const auto desk = open_chosen_desk(arguments.desk, program);
  if (!desk) return program.could_not("无法打开工作台", "Could not open the desk", desk.error());
  // before a word of "backed up": the keys that are saved are those of the station whose evidence it is
  const auto same = check_same_station(arguments.vault, desk->bureau);
  if (!same) return program.could_not("没有备份", "Nothing was backed up", same.error());
  BackupRequest request{desk->home, arguments.vault, desk->bureau.archive_pem, desk->bureau.station_signer.get(), {}, {}};
  if (!arguments.desk.people.policy.empty()) request.further = policy_files(desk->policy);
  const auto done = write_backup(request, arguments.file);
  if (!done) return program.could_not("无法备份", "Could not back up", done.error());
  program.print(std::string(program.say("已备份：", "Backed up: ")) + arguments.file + " (" + std::to_string(done->files) + ", " + std::to_string(done->bytes) + " B)");
  program.print("SHA-256: " + done->sha256);
  program.print(program.say("只有归档证书的私钥能打开它；请与归档私钥分开保存。", "Only the archive certificate's key opens it; keep the two apart."));
  for (const auto& untold : *same)
    program.complain(std::string(program.say("已照原样备份，但不能确认由本工作站封存，请复查：", "Backed up as it is, but not known to be sealed by this station, run scrub: ")) + untold);
  const Json body{{"bytes", done->bytes}, {"files", done->files}, {"sha256", done->sha256}, {"untold", *same}};
  if (const auto kept = journal(*desk, program.clock, "op.backup", body); !kept)
    program.could_not("已备份，但没有记入操作日志", "Backed up, but the operation log could not be written", kept.error());
}

}  // namespace

void add_backup(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("backup");
  const auto arguments = std::make_shared<BackupArguments>();
  command->add_option("VAULT", arguments->vault)->required();
  command->add_option("-o,--output", arguments->file)->required();
  add_desk_options(*command, arguments->desk);
  set_manual(*command, "backup", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
