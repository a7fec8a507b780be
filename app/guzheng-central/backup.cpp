#include "app/guzheng-central/backup.h"

#include <csignal>

#include "core/base/file.h"
#include "core/central/backup.h"
#include "core/central/setup.h"

namespace guzheng::central {

namespace {

volatile std::sig_atomic_t copy_called_off = 0;
void call_off_copy(int) { copy_called_off = 1; }

BackupProgress told_by_tenths() {
  std::signal(SIGINT, call_off_copy);
  std::signal(SIGTERM, call_off_copy);
  return [said = std::uint64_t{0}](std::uint64_t done, std::uint64_t total) mutable {
    const std::uint64_t percent = total == 0 ? 100 : done * 100 / total;
    if (percent >= said + 10) {
      said = percent;
      Program::print(std::to_string(percent) + " %");
    }
    return copy_called_off == 0;
  };
}

void list_missing(const std::vector<std::string>& missing) {
  constexpr std::size_t kMostListed = 1000;
  for (std::size_t i = 0; i < std::min(missing.size(), kMostListed); ++i) Program::complain("  " + missing[i]);
  if (missing.size() > kMostListed) Program::complain("  … " + std::to_string(missing.size() - kMostListed));
}

}  // namespace

Status backup(const BackupCommand& command, Program& program) {
  GZ_TRY_ASSIGN(const auto config, read_central_config(command.config));
  const auto done = back_up_central(config, command.folder, program.clock, told_by_tenths());
  if (!done && done.error().kind == ErrorKind::Cancelled) {
    Program::complain(program.say("备份已停止，没有形成新的备份；已复制的下次不再复制。", "Stopped, no new backup was made; what is copied is not copied again."));
    program.exit_code = kCouldNotRun;
    return ok();
  }
  if (!done) return fail(done.error());
  Program::print(program.say("已备份：", "Backed up: ") + done->state + program.say("，存证日志 ", ", entries of the evidence log ") + std::to_string(done->entries) + program.say(" 条，证据 ", ", objects ") + std::to_string(done->objects) +
                 program.say("，新复制 ", ", copied ") + std::to_string(done->copied) + program.say("，备份中已坏而重新复制 ", ", damaged in the backup and copied again ") + std::to_string(done->healed));
  if (done->in_buckets) Program::print(program.say("证据仍在两个桶中，由对象锁保护；备份中是其清单和摘要。", "The evidence stays in the two buckets under Object Lock; the backup holds its list with digests."));
  Program::print(program.say("口令文件不在备份中，请另行保管；恢复后要放回。", "Passphrase files are not in the backup: keep them elsewhere, a restored server needs them."));
  if (done->missing.empty()) return ok();
  Program::complain(program.say("以下证据两个存储中都没有完好的一份，没能备份；请运行 guzheng-central scrub：", "NOT BACKED UP, neither store has a right copy; run guzheng-central scrub:"));
  list_missing(done->missing);
  program.exit_code = kIncomplete;
  return ok();
}

Status restore(const RestoreCommand& command, Program& program) {
  CentralRestore request;
  request.backup = command.backup;
  request.into = command.into;
  request.state = command.state;
  request.second_store = command.second_store;
  request.s3_secrets = command.s3_secret_files;
  if (!command.database.empty()) { GZ_TRY_ASSIGN(request.database, database_place(command.database, command.database_password_file, command.database_roots)); }
  if (!command.checkpoint.empty()) { GZ_TRY_ASSIGN(request.checkpoint, read_text(command.checkpoint, 8u << 20)); }
  if (!command.root.empty()) { GZ_TRY_ASSIGN(request.root_pem, read_text(command.root, 1u << 20)); }
  const auto done = restore_central(request, program.clock, told_by_tenths());
  if (!done && done.error().kind == ErrorKind::Tampered) {
    Program::complain(program.say("备份不能用，没有恢复出可以运行的服务器：", "THE BACKUP DOES NOT HOLD, nothing that could be served was made: ") + done.error().what);
    Program::complain(program.say("请换用更早的备份（--state）或另一份介质，并保留这一份以备检查。", "Use an older state (--state) or another medium, and keep this one for examination."));
    program.exit_code = kDamaged;
    return ok();
  }
  if (!done) return fail(done.error());
  Program::print(program.say("已恢复 ", "Restored ") + done->state + program.say("（备份于 ", " (backed up at ") + format_time(done->made_at) + program.say("）：存证日志 ", "): entries of the evidence log ") + std::to_string(done->entries) +
                 program.say(" 条，已逐条核验，完好；证据 ", ", audited one by one, they hold; objects in both stores ") + std::to_string(done->objects) + program.say(" 份，两处都已回读无误", ", each read back") +
                 (done->in_buckets ? program.say("（在原来的两个桶中）", " (in the two buckets, where they were)") : ""));
  if (!done->single.empty()) {
    Program::complain(program.say("以下证据只有一个桶中完好；请运行 guzheng-central scrub：", "ONLY ONE OF BOTH BUCKETS HAS A RIGHT COPY; run guzheng-central scrub:"));
    list_missing(done->single);
    program.exit_code = kIncomplete;
  }
  if (!done->outside) {
    Program::complain(program.say("没有用外部的检查点核对（--checkpoint）：日志本身完好，但不能说明它是不是最新的。请向任一工作站要一份最近的回执。",
                                  "Not held to a checkpoint from outside (--checkpoint): the log holds, but nothing here says whether it is the newest. Ask a station for a recent receipt."));
  } else if (done->entries_missing() > 0) {
    const auto first = std::to_string(done->entries), last = std::to_string(done->outside->size - 1);
    Program::complain(program.say("备份比检查点旧：存证日志第 ", "THE BACKUP IS OLDER THAN THE CHECKPOINT: entries ") + first + program.say(" 至 ", " to ") + last +
                      program.say(" 条是备份之后收到的，这里没有。先找更新的备份；没有时，请各工作站把 ", " of the evidence log were received after it and are not here. Look for a newer backup first; when there is none, let every station send again what was received since ") + format_time(done->made_at) +
                      program.say(" 之后收到回执的证据重新上传，并把这一检查点存档。", ", and keep this checkpoint on file."));
    program.exit_code = kIncomplete;
  } else {
    Program::print(program.say("日志与外部检查点（", "The log continues that of the checkpoint from outside (") + std::to_string(done->outside->size) + program.say(" 条）一致，是它的延续。", " entries)."));
  }
  if (!done->missing.empty()) {
    Program::complain(done->in_buckets ? program.say("以下证据两个桶中都没有完好的一份：", "LOST, neither bucket has a right copy:") : program.say("以下证据备份中没有完好的一份，没能恢复：", "NOT RESTORED, the backup has no right copy:"));
    list_missing(done->missing);
    program.exit_code = kDamaged;
  }
  Program::print(program.say("运行前请放回口令文件（0600）：", "Before it can be served, put back the passphrase files (mode 0600):"));
  for (const auto& file : done->passphrases) Program::print("  " + file.string());
  Program::print(program.say("启动：", "Then: ") + "guzheng-central serve --config " + (command.into / "central.toml").string());
  return ok();
}

}  // namespace guzheng::central
