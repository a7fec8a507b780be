// sync VAULT [--server URL] [--desk DIR | --policy FILE] [--central PEM] [--once] [--quiet]
#include "app/guzheng-evidence/cmd_sync.h"

#include <csignal>
#include <memory>
#include <utility>

#include "app/guzheng-evidence/desk.h"
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

// Whose key sends, to whom, and where the operation log lies. What the command line names goes before the policy.
struct Sender {
  fs::path home;
  CentralWay way;
};

Result<Sender> sender_of(const SyncArguments& in, const Clock& clock) {
  Sender out;
  if (!in.policy.empty()) {
    GZ_TRY_ASSIGN(const auto policy, read_policy(in.policy));
    out.home = policy.state;
    out.way = way_of_policy(policy);
  } else {
    out.home = in.desk.empty() ? default_desk() : fs::path(in.desk);
    GZ_TRY_ASSIGN([[maybe_unused]] const auto bureau, open_desk(out.home, clock));
    GZ_TRY_ASSIGN(out.way, way_of_practice(out.home));
  }
  auto& central = out.way.central;
  if (!in.server.empty()) central.url = in.server;
  if (central.url.empty()) return fail(ErrorKind::Invalid, in.policy.empty() ? "no central system is named: --server URL, or " + (out.home / "central.toml").string() : "no central system is named: --server URL, or the section [central] of " + in.policy);
  if (!in.central.empty()) central.certificate = in.central;
  if (central.certificate.empty()) central.certificate = out.way.root.parent_path() / "central.crt";       // where `ca` publishes it
  if (const auto pem = read_text(central.certificate, 1u << 20); !pem) return fail(pem.error().in("the central system's certificate (--central FILE)"));
  central.automatic = true;                        // whoever calls this wants it sent
  return out;
}

class Run {
 public:
  Run(const SyncArguments& in, Program& program, OperationLog& log) : in_(in), program_(program), log_(log) {}

  // On the runner's threads, one at a time.
  void tell(const SyncEvent& event) {
    using Kind = SyncEvent::Kind;
    const auto& now = event.item;
    switch (event.kind) {
      case Kind::Sent:
        if (!in_.quiet) program_.print(now.package + std::string(program_.say("  已上传，等待核验", "  sent, being verified")));
        return;
      case Kind::Synced:
        program_.print(now.package + std::string(program_.say("  已同步，存证日志第 ", "  synced, number ")) + std::to_string(now.index) + std::string(program_.say(" 条", " of the evidence log")));
        note({{"index", now.index}, {"package", now.package}, {"result", "synced"}, {"sha256", now.zip_sha256}});
        return follow_copy(event.bag, program_);
      case Kind::Refused:
        program_.complain(now.package + std::string(program_.say("  被中心系统拒收：", "  refused by the central system: ")) + now.why);
        return note({{"package", now.package}, {"result", "refused"}, {"sha256", now.zip_sha256}, {"why", now.why}});
      case Kind::Hindered: return program_.complain(now.package + std::string(program_.say("：没有同步，证据仍在本机：", ": not synced, the evidence is here: ")) + now.why);
      case Kind::Distrusted:                       // never passed over
        program_.complain(now.package + std::string(program_.say("：没有同步，证据仍在本机：回执不成立：", ": not synced, the evidence is here: the receipt does not hold: ")) + now.why);
        return note({{"package", now.package}, {"result", "receipt-refused"}, {"why", now.why}});
      case Kind::Away:
        return program_.complain(std::string(program_.say("现在没有同步，证据都在本机，恢复后接着送：", "Nothing is synced now: not synced packages are here and go on when the central system is back: ")) + event.error.what);
      case Kind::Back:
        if (!in_.quiet) program_.print(program_.say("中心系统已恢复。", "The central system is back."));
        return;
    }
  }

  void progress(const SyncStatus& status) {
    for (const auto& one : status.items) {
      if (one.phase == SyncPhase::NotReady && told_.insert(one.package).second) program_.complain(one.package + std::string(program_.say("：尚未加密，不能上传", ": not encrypted yet, cannot be sent")));
      if (in_.quiet || one.phase != SyncPhase::Sending || one.total == 0) continue;
      auto& said = said_[one.package];
      const auto percent = one.done * 100 / one.total;
      if (percent < said + 10) continue;
      said = percent;
      program_.print(one.package + "  " + std::to_string(percent) + " %");
    }
  }

  // Nothing is under way, and what is left cannot be sent now.
  static bool nothing_more(const SyncStatus& status) {
    if (!status.open || status.in_hand > 0) return false;
    if (status.away || status.paused) return true;
    return std::none_of(status.items.begin(), status.items.end(), [](const SyncItem& one) { return one.phase == SyncPhase::Queued || one.phase == SyncPhase::Packing || one.phase == SyncPhase::Sending || one.phase == SyncPhase::Verifying; });
  }

 private:
  void note(const Json& body) {
    if (const auto kept = log_.append("op.sync", body); !kept) program_.complain(std::string(program_.say("没有记入操作日志：", "The operation log could not be written: ")) + kept.error().what);
  }

  const SyncArguments& in_;
  Program& program_;
  OperationLog& log_;
  std::map<std::string, std::uint64_t> said_;
  std::set<std::string> told_;
};

Result<std::vector<SyncCandidate>> candidates_of(const Vault& vault) {
  GZ_TRY_ASSIGN(const auto packages, vault.list());
  std::vector<SyncCandidate> out;
  for (auto it = packages.rbegin(); it != packages.rend(); ++it) out.push_back({it->folder, it->fingerprint, it->bytes, it->encrypted && !has_plain_files(it->folder)});
  return out;
}

Status run_sync(const SyncArguments& in, Program& program) {
  GZ_TRY_ASSIGN(const auto sender, sender_of(in, program.clock));
  GZ_TRY_ASSIGN(const auto vault, Vault::open(in.vault, program.clock));
  GZ_TRY_ASSIGN(const auto log, OperationLog::open(log_file(sender.home), program.clock));
  std::signal(SIGINT, stop_sync);
  std::signal(SIGTERM, stop_sync);
  Run run(in, program, *log);
  RunnerParts parts = runner_parts(sender.way, program.clock);
  parts.packages = [&] { return candidates_of(*vault); };
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
    if (in.once && Run::nothing_more(status)) break;
    runner.wait_changed(seen, 200);
  }
  runner.stop();
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
