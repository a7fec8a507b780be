// sync [VAULT] [--records] [--server URL] [--desk DIR | --policy FILE] [--central PEM] [--once] [--quiet]
// sync --conflicts | --decide CONFLICT SIDE [--from-theirs FIELD]… [--officer BADGE --passphrase-file FILE] [--desk DIR | --policy FILE]
#include "app/guzheng-evidence/cmd_sync.h"

#include <csignal>
#include <memory>
#include <utility>

#include "app/guzheng-evidence/central_place.h"
#ifdef GUZHENG_WITH_SUBJECTS
#include "app/guzheng-evidence/cmd_records.h"
#endif
#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/sync_run.h"
#include "core/custody/oplog.h"
#include "core/sync/way.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct SyncArguments {
  std::string vault, server, desk, policy, central;
  bool once = false, quiet = false, records = false, conflicts = false;
  std::vector<std::string> decide, from_theirs;
  std::string officer, passphrase_file;
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

#ifdef GUZHENG_WITH_SUBJECTS
bool asked_to_stop() { return sync_stopped != 0; }

// Every minute; the first time at once.
class RecordsInTurn {
 public:
  explicit RecordsInTurn(DeskRecords* records) : records_(records) {}
  Status turn(const Clock& clock) {
    if (records_ == nullptr || (began_ && clock.monotonic().us - began_us_ < kEveryUs)) return ok();
    began_ = true;
    began_us_ = clock.monotonic().us;
    return records_->run(asked_to_stop);
  }

 private:
  static constexpr std::int64_t kEveryUs = 60'000'000;
  DeskRecords* const records_;
  bool began_ = false;
  std::int64_t began_us_ = 0;
};

// By the policy the person who decides logs in; at the practice desk it is the first officer.
Result<std::string> who_decides(const SyncArguments& in, const StationPlace& place, Program& program) {
  PolicyDesk desk;
  if (!in.policy.empty()) {
    if (in.officer.empty()) return fail(ErrorKind::Invalid, "a person decides: --officer BADGE --passphrase-file FILE");
    PeopleOptions people;
    people.policy = in.policy;
    people.officer = in.officer;
    people.passphrase_file = in.passphrase_file;
    GZ_TRY_ASSIGN(desk, open_policy_desk(people, program));
  } else {
    GZ_TRY_ASSIGN(desk.bureau, open_desk(place.home, program.clock));
  }
  return act_at(desk, "").who;
}

Status run_records(const SyncArguments& in, Program& program) {
  GZ_TRY_ASSIGN(const auto place, station_way({in.server, in.desk, in.policy, in.central}, program.clock));
  if (!in.decide.empty()) {
    GZ_TRY_ASSIGN(const auto who, who_decides(in, place, program));
    GZ_TRY_ASSIGN(const auto records, DeskRecords::open(place, program));
    return records->decide({in.decide.at(0), in.decide.at(1), in.from_theirs}, who);
  }
  GZ_TRY_ASSIGN(const auto records, DeskRecords::open(place, program));
  if (in.conflicts) return records->list();
  if (place.way.central.url.empty()) return fail(ErrorKind::Invalid, "no central system is named: --server URL, or central.toml of the desk, or the section [central] of the policy");
  RecordsInTurn turns(records.get());
  while (sync_stopped == 0) {
    GZ_TRY(turns.turn(program.clock));
    if (in.once) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  GZ_TRY_ASSIGN(const bool settled, records->settled());
  if (!settled) program.exit_code = kIncomplete;
  return ok();
}
#endif

Status run_sync(const SyncArguments& in, Program& program) {
  GZ_TRY_ASSIGN(const auto sender, station_place({in.server, in.desk, in.policy, in.central}, program.clock));
  GZ_TRY_ASSIGN(const auto vault, Vault::open(in.vault, program.clock));
  GZ_TRY_ASSIGN(const auto log, OperationLog::open(log_file(sender.home), program.clock));
#ifdef GUZHENG_WITH_SUBJECTS
  std::unique_ptr<DeskRecords> records;
  if (in.records) { GZ_TRY_ASSIGN(records, DeskRecords::open(sender, program)); }
  RecordsInTurn turns(records.get());
#endif
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
#ifdef GUZHENG_WITH_SUBJECTS
    GZ_TRY(turns.turn(program.clock));
#endif
    if (in.once && SyncRun::nothing_more(status)) break;
    runner.wait_changed(seen, 200);
  }
  runner.stop();
  keep_statements(*heads, *vault, program);
  status = runner.status();
  if (!status.open || std::any_of(status.items.begin(), status.items.end(), [](const SyncItem& one) { return one.phase != SyncPhase::Synced; })) program.exit_code = kIncomplete;
#ifdef GUZHENG_WITH_SUBJECTS
  if (records) {
    GZ_TRY_ASSIGN(const bool settled, records->settled());
    if (!settled) program.exit_code = kIncomplete;
  }
#endif
  return ok();
}

}  // namespace

void add_sync(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("sync");
  set_manual(*command, "sync", program.language);
  const auto in = std::make_shared<SyncArguments>();
  command->add_option("VAULT", in->vault);
  command->add_option("--server", in->server);
  auto* desk = command->add_option("--desk", in->desk);
  auto* policy = command->add_option("--policy", in->policy)->excludes(desk);
  command->add_option("--central", in->central);
  command->add_flag("--once", in->once);
  command->add_flag("--quiet", in->quiet);
#ifdef GUZHENG_WITH_SUBJECTS
  command->add_flag("--records", in->records);
  auto* conflicts = command->add_flag("--conflicts", in->conflicts);
  auto* decide = command->add_option("--decide", in->decide)->expected(2)->excludes(conflicts)->check([](const std::string& text) {
    return text == "mine" || text == "theirs" || text == "fields" || text.find('-') != text.npos ? std::string() : "CONFLICT, then mine, theirs or fields";
  });
  command->add_option("--from-theirs", in->from_theirs)->needs(decide);
  auto* officer = command->add_option("--officer", in->officer)->needs(policy)->needs(decide);
  command->add_option("--passphrase-file", in->passphrase_file)->needs(officer);
#else
  static_cast<void>(policy);
#endif
  command->callback([in, &program] {
    std::signal(SIGINT, stop_sync);
    std::signal(SIGTERM, stop_sync);
    const bool records_alone = in->conflicts || !in->decide.empty() || (in->records && in->vault.empty());
    if (!records_alone && in->vault.empty()) {
      program.complain(program.say("还缺少证据库：见 --help。", "The vault is missing: see --help."));
      program.exit_code = kUsage;
      return;
    }
#ifdef GUZHENG_WITH_SUBJECTS
    const auto done = records_alone ? run_records(*in, program) : run_sync(*in, program);
#else
    const auto done = run_sync(*in, program);
#endif
    if (!done) program.could_not("没有同步", "Nothing was synced", done.error());
  });
}

}  // namespace guzheng::evidence
