// sync VAULT [--server URL] [--desk DIR | --policy FILE] [--central PEM] [--once] [--quiet]
#include "app/guzheng-evidence/cmd_sync.h"

#include <csignal>
#include <memory>
#include <utility>

#include "app/guzheng-evidence/central_place.h"
#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/sync_run.h"
#include "core/custody/oplog.h"
#include "core/sync/way.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct SyncArguments {
  std::string vault, server, desk, policy, central;
  bool once = false, quiet = false;
};

volatile std::sig_atomic_t sync_stopped = 0;
void stop_sync(int) { sync_stopped = 1; }

// What the central system witnessed comes to lie beside the packages; a moment for what is still being told.
void keep_statements(HeadSender& heads, const Vault& vault, Program& program) {
  const auto packages = vault.list();
  if (!packages || packages->empty()) return;
  constexpr std::chrono::seconds kPatience{10};
  Status kept = ok();
  if (const auto settled = heads.settle(packages->front().folder, kPatience); !settled) kept = fail(settled.error());
  for (const auto& one : *packages)
    if (auto put = heads.put_beside(one.folder); !put) kept = std::move(put);
  if (!kept) program.complain(std::string(program.say("见证记录没有放到证据旁：", "Statements of the witness could not be put beside a package: ")) + kept.error().what);
}

Status run_sync(const SyncArguments& in, Program& program) {
  GZ_TRY_ASSIGN(const auto sender, station_place({in.server, in.desk, in.policy, in.central}, program.clock));
  GZ_TRY_ASSIGN(const auto vault, Vault::open(in.vault, program.clock));
  GZ_TRY_ASSIGN(const auto log, OperationLog::open(log_file(sender.home), program.clock));
  std::signal(SIGINT, stop_sync);
  std::signal(SIGTERM, stop_sync);
  GZ_TRY_ASSIGN(const auto heads, open_witness(sender, program.clock));     // heads of journals that captures could not tell
  SyncRun run(program, *log, in.quiet);
  RunnerParts parts = runner_parts(sender.way, program.clock);
  parts.packages = [&] { return sync_candidates(*vault); };
  parts.tell = [&](const SyncEvent& event) { run.tell(event); };
  SyncRunner runner(std::move(parts));
  SyncStatus status;
  bool paused = false;
  while (sync_stopped == 0) {
    const auto seen = runner.revision();
    status = runner.status();
    if (!status.open && status.away) return fail(status.away->error);
    if (status.paused && !std::exchange(paused, true)) program.complain(program.say("同步已在工作站窗口中暂停，没有上传。", "Syncing was paused in the workstation's window: nothing is sent."));
    run.progress(status);
    if (in.once && SyncRun::nothing_more(status)) break;
    runner.wait_changed(seen, 200);
  }
  runner.stop();
  keep_statements(*heads, *vault, program);
  status = runner.status();
  if (!status.open || std::any_of(status.items.begin(), status.items.end(), [](const SyncItem& one) { return one.phase != SyncPhase::Synced; })) program.exit_code = kIncomplete;
  return ok();
}

}  // namespace

void add_sync(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("sync");
  set_manual(*command, "sync", program.language);
  const auto in = std::make_shared<SyncArguments>();
  command->add_option("VAULT", in->vault)->required();
  command->add_option("--server", in->server);
  auto* desk = command->add_option("--desk", in->desk);
  command->add_option("--policy", in->policy)->excludes(desk);
  command->add_option("--central", in->central);
  command->add_flag("--once", in->once);
  command->add_flag("--quiet", in->quiet);
  command->callback([in, &program] {
    if (const auto done = run_sync(*in, program); !done) program.could_not("没有同步", "Nothing was synced", done.error());
  });
}

}  // namespace guzheng::evidence
