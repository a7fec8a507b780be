// sync VAULT --server URL [--desk DIR | --policy FILE] [--central PEM] [--once] [--quiet]
#include "app/guzheng-evidence/cmd_sync.h"

#include <csignal>
#include <memory>
#include <thread>

#include "app/guzheng-evidence/central_place.h"
#include "app/guzheng-evidence/desk.h"
#include "core/custody/oplog.h"
#include "core/sync/sync.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct SyncArguments {
  std::string vault, server, desk, policy, central;
  bool once = false, quiet = false;
};

volatile std::sig_atomic_t sync_stopped = 0;
void stop_sync(int) { sync_stopped = 1; }

class Run {
 public:
  Run(const SyncArguments& in, Program& program, Sync& sync, OperationLog& log) : in_(in), program_(program), sync_(sync), log_(log) {}

  // What an earlier run has told is not told again.
  void knows(const std::vector<SyncedPackage>& earlier) {
    for (const auto& one : earlier) before_[one.package] = {one.state, one.zip_sha256};
  }

  // Every package once. False: something is left to do.
  Result<bool> round(const Vault& vault) {
    GZ_TRY_ASSIGN(auto packages, vault.list());
    bool all = true;
    for (auto it = packages.rbegin(); it != packages.rend() && sync_stopped == 0; ++it) all = one(*it) && all;      // oldest first
    return all;
  }

 private:
  bool one(const PackageEntry& package) {
    if (!package.encrypted || has_plain_files(package.folder)) {
      if (told_.insert(package.id).second) program_.complain(package.id + std::string(program_.say("：尚未加密，不能上传", ": not encrypted yet, cannot be sent")));
      return false;
    }
    std::uint64_t said = 0;
    const auto progress = [&](std::uint64_t done, std::uint64_t total) {
      const std::uint64_t percent = total == 0 ? 0 : done * 100 / total;
      if (!in_.quiet && percent >= said + 10) {
        said = percent;
        program_.print(package.id + "  " + std::to_string(percent) + " %");
      }
      return sync_stopped == 0;
    };
    const auto before = before_.contains(package.id) ? std::optional(before_.at(package.id)) : std::nullopt;
    const auto now = sync_.advance(package.folder, package.fingerprint, progress);
    if (!now) return hindered(package.id, now.error());
    const std::pair after{now->state, now->zip_sha256};
    before_[package.id] = after;
    if (before == after) return settled(now->state);
    tell(*now);
    if (now->state == SyncState::Synced) follow_copy(package.folder, program_);
    return settled(now->state);
  }

  static bool settled(SyncState state) { return state == SyncState::Synced || state == SyncState::Refused; }

  bool hindered(const std::string& id, const Error& why) {
    if (why.kind == ErrorKind::Cancelled) return false;
    program_.complain(id + std::string(program_.say("：没有同步，证据仍在本机：", ": not synced, the evidence is here: ")) + why.what);
    // a receipt that does not hold is never passed over
    if (why.kind == ErrorKind::Tampered) note({{"package", id}, {"result", "receipt-refused"}, {"why", why.what}});
    return false;
  }

  void tell(const SyncedPackage& now) {
    if (now.state == SyncState::Synced) {
      program_.print(now.package + std::string(program_.say("  已同步，存证日志第 ", "  synced, number ")) + std::to_string(now.index) + std::string(program_.say(" 条", " of the evidence log")));
      note({{"index", now.index}, {"package", now.package}, {"result", "synced"}, {"sha256", now.zip_sha256}});
    } else if (now.state == SyncState::Refused) {
      program_.complain(now.package + std::string(program_.say("  被中心系统拒收：", "  refused by the central system: ")) + now.why);
      note({{"package", now.package}, {"result", "refused"}, {"sha256", now.zip_sha256}, {"why", now.why}});
    } else if (!in_.quiet) {
      program_.print(now.package + std::string(program_.say("  已上传，等待核验", "  sent, being verified")));
    }
  }

  void note(const Json& body) {
    if (const auto kept = log_.append("op.sync", body); !kept) program_.complain(std::string(program_.say("没有记入操作日志：", "The operation log could not be written: ")) + kept.error().what);
  }

  const SyncArguments& in_;
  Program& program_;
  Sync& sync_;
  OperationLog& log_;
  std::map<std::string, std::pair<SyncState, std::string>> before_;
  std::set<std::string> told_;
};

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

void wait_a_little(int seconds) {
  for (int i = 0; i < seconds * 10 && sync_stopped == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

Status run_sync(const SyncArguments& in, Program& program) {
  const CentralChoice choice{in.server, in.desk, in.policy, in.central};
  GZ_TRY_ASSIGN(auto sender, station_place(choice, program.clock));
  GZ_TRY_ASSIGN(const auto vault, Vault::open(in.vault, program.clock));
  GZ_TRY_ASSIGN(const auto link, CentralLink::open({in.server, sender.root_pem, sender.key, std::move(sender.passphrase)}));
  SyncParts parts{sender.home / "sync", link.get(), &program.clock, sender.central_pem, sender.root_pem, sender.crl_pem};
  GZ_TRY_ASSIGN(const auto sync, Sync::open(std::move(parts)));
  GZ_TRY_ASSIGN(const auto log, OperationLog::open(log_file(sender.home), program.clock));
  std::signal(SIGINT, stop_sync);
  std::signal(SIGTERM, stop_sync);
  GZ_TRY_ASSIGN(const auto heads, open_witness(choice, program));          // heads of journals that captures could not tell
  Run run(in, program, *sync, *log);
  GZ_TRY_ASSIGN(const auto earlier, sync->all());
  run.knows(earlier);
  bool all = false;
  int quick = 0;
  while (sync_stopped == 0) {
    GZ_TRY_ASSIGN(all, run.round(*vault));
    keep_statements(*heads, *vault, program);
    GZ_TRY_ASSIGN(const auto known, sync->all());
    const bool asked_after = std::any_of(known.begin(), known.end(), [](const SyncedPackage& one) { return one.state == SyncState::Sent && one.why.empty(); });
    if (in.once && !asked_after) break;
    wait_a_little(asked_after && quick++ < 60 ? 1 : 60);
  }
  GZ_TRY_ASSIGN(const auto known, sync->all());
  const bool refused = std::any_of(known.begin(), known.end(), [](const SyncedPackage& one) { return one.state == SyncState::Refused; });
  if (!all || refused) program.exit_code = kIncomplete;
  return ok();
}

}  // namespace

void add_sync(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("sync");
  set_manual(*command, "sync", program.language);
  const auto in = std::make_shared<SyncArguments>();
  command->add_option("VAULT", in->vault)->required();
  command->add_option("--server", in->server)->required();
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
