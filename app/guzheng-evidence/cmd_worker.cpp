// worker --serial S [--adb HOST:PORT | --node NAME [--nodes DIR]] [--kind WORD] --vault DIR [--desk DIR | --policy FILE --officer BADGE …] [--server URL] [--central PEM] [--once] [--every SECONDS]
//   [--scrcpy FILE] [--override ITEM=REASON]… [--secret NAME=FILE]… [--baseline FILE]
// worker --list [--desk DIR | --policy FILE …] [--server URL]
#include "app/guzheng-evidence/cmd_worker.h"

#include <csignal>
#include <memory>
#include <thread>

#include "app/guzheng-evidence/sync_run.h"
#include "app/guzheng-evidence/worker.h"

namespace guzheng::evidence {

namespace {

constexpr std::chrono::milliseconds kLook{200};
constexpr int kLongestPause_s = 60;

volatile std::sig_atomic_t worker_stopped = 0;
void stop_worker(int) { worker_stopped = 1; }
bool is_stopped() { return worker_stopped != 0; }

struct WorkerCommand {
  WorkerArguments in;
  bool list = false;
};

Result<WorkerPlace> place_of(const WorkerArguments& in, Program& program) {
  WorkerPlace out;
  GZ_TRY_ASSIGN(out.station, station_place({in.server, in.capture.desk.desk, in.capture.desk.people.policy, in.central}, program.clock));
  out.folder = out.station.home / "worker";
  out.stopped = is_stopped;
  const auto parts = runner_parts(out.station.way, program.clock);
  out.link = [open = parts.link]() -> Result<std::unique_ptr<WorkLink>> {
    GZ_TRY_ASSIGN(auto link, open({}));
    return std::make_unique<WorkLink>(std::move(link));
  };
  return out;
}

// Rests, but not longer than until the program is to end.
void rest(std::chrono::milliseconds time) {
  for (; time.count() > 0 && !is_stopped(); time -= kLook) std::this_thread::sleep_for(std::min(time, kLook));
}

// What is sealed goes up beside the captures, by the queue that sync uses.
class Uploads {
 public:
  Uploads(const WorkerPlace& place, const Vault& vault, OperationLog& log, Program& program) : place_(place), vault_(vault), program_(program), run_(program, log, true) { begin(); }
  void look() { runner_->look(); }
  // Until everything is up, or cannot be now. A queue that another program has is that program's to empty.
  void finish() {
    runner_.reset();                               // begun anew, it says nothing before it has seen the last package too
    begin();
    while (!is_stopped()) {
      const auto seen = runner_->revision();
      const auto status = runner_->status();
      if ((!status.open && status.away) || SyncRun::nothing_more(status)) return;
      runner_->wait_changed(seen, kLook.count());
    }
  }
  void stop() { runner_->stop(); }

 private:
  void begin() {
    RunnerParts parts = runner_parts(place_.station.way, program_.clock);
    parts.packages = [this] { return sync_candidates(vault_); };
    parts.tell = [this](const SyncEvent& event) { run_.tell(event); };
    runner_ = std::make_unique<SyncRunner>(std::move(parts));
  }
  const WorkerPlace& place_;
  const Vault& vault_;
  const Program& program_;
  SyncRun run_;
  std::unique_ptr<SyncRunner> runner_;             // after what it uses
};

Status work(const WorkerArguments& in, Program& program) {
  GZ_TRY_ASSIGN(const auto place, place_of(in, program));
  GZ_TRY_ASSIGN(const auto vault, Vault::open(in.capture.vault, program.clock));
  GZ_TRY_ASSIGN(const auto log, OperationLog::open(log_file(place.station.home), program.clock));
  GZ_TRY(make_private_folder(place.folder));
  GZ_TRY_ASSIGN(const auto link, place.link());
  std::signal(SIGINT, stop_worker);
  std::signal(SIGTERM, stop_worker);
  Worker worker(in, place, program);
  Uploads uploads(place, *vault, *log, program);
  std::string said;                                // of a trouble, once
  int pause_s = in.every_s;
  while (!is_stopped()) {
    auto settled = worker.settle_leftovers(*link);
    auto done = settled ? worker.one(*link) : Result<bool>(fail(settled.error()));
    if (done) said.clear(), pause_s = in.every_s;
    if (done && *done) {
      uploads.look();
      continue;
    }
    if (!done && in.once) return fail(done.error());
    if (done && in.once) break;
    if (!done) {
      if (said != done.error().what) program.complain(std::string(program.say("现在没有取到指令，稍后再试：", "No order could be had now, it is tried again: ")) + done.error().what);
      said = done.error().what;
      pause_s = std::min(2 * pause_s, kLongestPause_s);
    }
    rest(std::chrono::seconds(pause_s));
  }
  if (in.once) uploads.finish();
  uploads.stop();
  if (is_stopped()) program.print(program.say("已停止；没有手上的指令，已封存的都在本机，下次继续上传。", "Stopped: no order in hand, what was sealed is here and goes on being sent the next time."));
  return ok();
}

std::string_view state_word(const std::string& state, const Program& program) {
  if (state == "queued") return program.say("排队", "queued");
  if (state == "taken") return program.say("取证中", "being captured");
  if (state == "captured") return program.say("已封存，上传中", "sealed, on its way");
  if (state == "review") return program.say("待复核", "waits for its review");
  if (state == "confirmed") return program.say("已确认", "confirmed");
  if (state == "refused") return program.say("不予确认", "refused by its review");
  if (state == "expired") return program.say("逾期未复核，已过期", "expired unreviewed");
  if (state == "failed") return program.say("未能取证", "failed");
  if (state == "lapsed") return program.say("逾期未执行", "lapsed");
  return program.say("已撤回", "withdrawn");
}

Status list(const WorkerArguments& in, Program& program) {
  GZ_TRY_ASSIGN(const auto place, place_of(in, program));
  GZ_TRY_ASSIGN(const auto link, place.link());
  GZ_TRY_ASSIGN(const auto found, link->list(0));
  const auto& orders = found.at("orders");
  if (orders.empty()) program.print(program.say("没有触发取证的指令。", "There are no orders of triggered captures."));
  for (const auto& one : orders) {
    const auto text = [&](const char* key) { return text_at(one, key); };
    std::string line = std::to_string(integer_at(one, "number")) + "  " + std::string(state_word(text("state"), program)) + "  " + text("order_no") + "  " + text("subject") + "  " + text("asked_at").substr(0, 16);
    if (!text("package").empty()) line += "  " + text("package");
    if (!text("why").empty()) line += "  " + text("why");
    program.print(line);
  }
  return ok();
}

}  // namespace

void add_worker(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("worker");
  const auto to = std::make_shared<WorkerCommand>();
  auto& in = to->in;
  auto* adb = command->add_option("--adb", in.capture.adb);
  command->add_option("--node", in.capture.node)->excludes(adb);
  command->add_option("--nodes", in.capture.nodes);
  command->add_option("--ssh-passphrase-file", in.capture.ssh_passphrase);
  auto* serial = command->add_option("--serial", in.capture.serial);
  command->add_option("--kind", in.kind);
  auto* vault = command->add_option("--vault", in.capture.vault);
  add_desk_options(*command, in.capture.desk, true);
  command->add_option("--server", in.server);
  command->add_option("--central", in.central);
  command->add_option("--scrcpy", in.capture.server);
  command->add_option("--override", in.capture.overrides)->take_all()->allow_extra_args(false);
  command->add_option("--secret", in.capture.secrets)->take_all()->allow_extra_args(false);
  command->add_option("--baseline", in.capture.baseline);
  command->add_flag("--once", in.once);
  command->add_option("--every", in.every_s)->check(CLI::Range(1, 3600));
  auto* lists = command->add_flag("--list", to->list);
  lists->excludes(serial)->excludes(vault);
  set_manual(*command, "worker", program.language);
  command->callback([to, &program, serial, vault] {
    if (to->list) {
      if (const auto done = list(to->in, program); !done) program.could_not("没有列出指令", "The orders could not be listed", done.error());
      return;
    }
    if (to->in.capture.serial.empty()) throw CLI::RequiredError(serial->get_name());
    if (to->in.capture.vault.empty()) throw CLI::RequiredError(vault->get_name());
    if (const auto done = work(to->in, program); !done)
      program.could_not("触发取证没有继续，已封存的都在本机", "Triggered captures do not go on, what was sealed is here", done.error());
  });
}

}  // namespace guzheng::evidence
