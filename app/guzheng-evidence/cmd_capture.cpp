// capture [--adb HOST:PORT | --node NAME [--nodes DIR]] --serial S --script FILE --vault DIR [--desk DIR] [--server FILE] [--result FILE]
//   [--override ITEM=REASON]… [--baseline FILE] [--audio] [--audio-text FILE]
#include <unistd.h>

#include <array>
#include <memory>
#include <sstream>

#include "app/guzheng-evidence/cmd_node.h"
#include "app/guzheng-evidence/desk.h"
#include "app/guzheng-evidence/program.h"
#include "core/base/file.h"
#include "core/device/server_file.h"
#include "core/session/compulsory.h"
#include "core/session/node_way.h"
#include "core/session/practice_run.h"
#include "core/vault/by_policy.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

namespace {

struct CaptureArguments {
  std::string adb = "127.0.0.1:5037", serial, script, vault, server, result, node, nodes;
  std::vector<std::string> overrides;        // ITEM=REASON
  std::string baseline;
  bool audio = false;
  std::string audio_text;                    // a file, read at the end
  DeskChoice desk;
  bool leave_plain = false;
};

// Troubles while it runs: said at once, on the session's threads (one line each, one write).
class Teller final : public SessionListener {
 public:
  explicit Teller(const Program& program) : program_(program) {}
  void on_event(const TimelineEvent& event) override {
    using T = TimelineEvent::Type;
    if (event.type == T::Capture) program_.print(line("已取证第", "captured item ", std::to_string(event.item)));
    if (event.type == T::CaptureFailed) program_.complain(line("取证未成功：第", "capture failed: item ", std::to_string(event.item) + " " + event.text));
    if (event.type == T::GapBegin) program_.complain(line("录像间断开始：", "gap in the recording: ", event.text));
    if (event.type == T::AnchorLate) program_.complain(line("时间戳迟到：", "time stamp late: ", event.text));
    if (event.type != T::AppAttest) return;
    const std::string found = line("应用验真：", "app's signature: ", event.text);
    if (event.verdict == "fail") program_.complain(found);
    else program_.print(found);
  }
  void on_environment(const std::vector<EnvItem>& items) override {
    for (const auto& item : items) {
      if (item.verdict != "fail" || !item.compulsory) continue;
      const std::string what = item.id + "  " + item.title + "：" + item.found + line("，应为：", ", expected: ", item.expected);
      if (!item.overridden.empty()) program_.print(line("环境检测不符，仍要取证：", "environment check failed, let pass: ", what + line("，理由：", ", reason: ", item.overridden)));
      else program_.complain(line("环境检测不符：", "environment check failed: ", what) + line("。仍要取证须加：--override ", ". To let it pass: --override ", item.id + "=" + line("理由", "REASON", "")));
    }
  }
  void on_phase(SessionPhase) override {}
  void on_trouble(const Error& error) override {
    program_.complain(std::string(program_.say(chinese(error.kind), "Trouble: ")) + error.what);
  }

 private:
  [[nodiscard]] std::string line(std::string_view chinese, std::string_view english, const std::string& rest) const {
    return std::string(program_.say(chinese, english)) + rest;
  }
  static std::string_view chinese(ErrorKind kind) {
    switch (kind) {
      case ErrorKind::Network:
      case ErrorKind::Protocol: return "与手机的连接断开，已录内容已保存：";
      case ErrorKind::NoSpace: return "磁盘空间不足，写不进去，已录内容已保存：";
      case ErrorKind::Io:
      case ErrorKind::Denied: return "写入磁盘失败，已录内容已保存：";
      case ErrorKind::Timeout: return "手机没有按时回应：";
      default: return "取证过程中出现问题：";
    }
  }
  const Program& program_;
};

std::string_view what_happened(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Network:
    case ErrorKind::Protocol:
    case ErrorKind::Timeout: return "取证没有进行：没有连上 adb 服务器或手机，或连接断开";
    case ErrorKind::NotFound: return "取证没有进行：没有找到手机设备或文件";
    case ErrorKind::Denied: return "取证没有进行：没有得到授权（手机上需允许 USB 调试，或文件夹不可写）";
    case ErrorKind::NoSpace: return "取证没有进行：磁盘空间不足";
    case ErrorKind::Io: return "取证没有进行：写入磁盘失败";
    default: return "取证没有进行";
  }
}

fs::path program_folder() {
  std::error_code ec;
  return fs::read_symlink("/proc/self/exe", ec).parent_path();
}

bool is_training(DeviceLink& link) {
  const auto answer = link.shell("getprop ro.guzheng.training", std::chrono::milliseconds(5000));
  const auto text = answer ? as_text(answer->out) : std::string_view{};
  return !text.empty() && text.front() != '\n' && text.front() != '0';
}

// The training phone takes its own server.
fs::path practice_server() {
  std::error_code ec;
  const fs::path programs = program_folder();
  for (const fs::path& place : {programs / "scrcpy-server-practice.jar", programs / "../share/guzheng/training/scrcpy-server-practice.jar", fs::path(GUZHENG_PRACTICE_SERVER)})
    if (fs::exists(place, ec)) return place;
  return {};
}

Result<PhoneChoice> read_choice(const CaptureArguments& arguments) {
  const auto colon = arguments.adb.rfind(':');
  const long port = colon == std::string::npos ? 0 : std::strtol(arguments.adb.c_str() + colon + 1, nullptr, 10);
  if (colon == 0 || port <= 0 || port > 65535) return fail(ErrorKind::Invalid, "--adb " + arguments.adb + " is not HOST:PORT");
  return PhoneChoice{arguments.adb.substr(0, colon), static_cast<std::uint16_t>(port), arguments.serial, {}};
}

Result<std::vector<EnvOverride>> read_overrides(const CaptureArguments& arguments) {
  std::vector<EnvOverride> out;
  for (const auto& text : arguments.overrides) {
    const auto equals = text.find('=');
    if (equals == std::string::npos) return fail(ErrorKind::Invalid, "--override " + text + " is not ITEM=REASON");
    out.push_back({text.substr(0, equals), text.substr(equals + 1)});
  }
  GZ_TRY(check_overrides(out));
  return out;
}

// --baseline, or the policy's. What the policy names is not exchanged for another from the command line.
Status choose_baseline(const CaptureArguments& arguments, const PolicyDesk& desk, PracticeRun& run) {
  const bool by_policy = !desk.policy.app_baseline.empty();
  if (by_policy && !arguments.baseline.empty()) return fail(ErrorKind::Denied, "--baseline: the policy names the baseline of apps, " + desk.policy.app_baseline.string());
  if (!by_policy && arguments.baseline.empty()) return ok();
  GZ_TRY_ASSIGN(run.app_baseline, read_baseline(by_policy ? desk.policy.app_baseline : fs::path(arguments.baseline)));
  return ok();
}

// A real phone takes upstream's, found by its digest: --server (a file, or a folder of downloads), the policy's folder, or where it is installed.
Status choose_server(const CaptureArguments& arguments, const PolicyDesk& desk, PracticeRun& run) {
  GZ_TRY_ASSIGN(const Phone phone, find_phone(run.phone));
  if (is_training(*phone.link)) {
    run.server_file = arguments.server.empty() ? practice_server().string() : arguments.server;
    return run.server_file.empty() ? Status(fail(ErrorKind::NotFound, "the practice server file is not on this computer: name it with --server")) : ok();
  }
  const fs::path programs = program_folder();
  std::vector<fs::path> places{arguments.server};
  if (arguments.server.empty()) places = {desk.policy.scrcpy_server_folder, programs / "scrcpy-server", programs / "../share/guzheng/scrcpy-server", "/usr/share/scrcpy/scrcpy-server"};
  GZ_TRY_ASSIGN(const ServerFile server, find_server_file(places, desk.policy.scrcpy_server_sha256));
  run.server_file = server.path.string();
  run.version = server.version;
  return ok();
}

// The text record of the sound, written while the capture runs and read at its end: one text for each stretch, parted by lines "---".
Result<std::vector<std::string>> read_texts(const std::string& file) {
  GZ_TRY_ASSIGN(const std::string all, read_text(file, 4u << 20));
  std::vector<std::string> out(1);
  std::istringstream lines(all);
  for (std::string line; std::getline(lines, line);)
    if (line == "---") out.emplace_back();
    else out.back() += line + "\n";
  return out;
}

Result<PracticeOutcome> capture(const CaptureArguments& arguments, Program& program, SessionListener& listener) {
  PracticeRun run;
  GZ_TRY_ASSIGN(const auto text, read_text(arguments.script, 1u << 20));
  auto script = parse_script(text);
  if (!script) return fail(script.error().in(arguments.script));
  run.script = std::move(*script);
  GZ_TRY_ASSIGN(run.phone, read_choice(arguments));
  // its keys stay unlocked until the package is sealed and encrypted
  GZ_TRY_ASSIGN(const auto desk, open_chosen_desk(arguments.desk, program));
  if (!arguments.node.empty()) {
    const auto folder = nodes_folder(arguments.nodes, desk, arguments.desk);
    GZ_TRY_ASSIGN(const Node node, find_node(folder, arguments.node));
    const auto way = node_way(node, folder);
    GZ_TRY_ASSIGN(auto held, hold_phone(way, arguments.serial, lease_holder(desk.officer1->info(), desk.bureau.station), program.clock));
    run.lease = std::move(held.lease);
    run.phone.node = way.transport;
    run.node = std::move(held.facts);
  }
  GZ_TRY(choose_server(arguments, desk, run));
  GZ_TRY(choose_baseline(arguments, desk, run));
  GZ_TRY_ASSIGN(run.overrides, read_overrides(arguments));
  run.audio = arguments.audio || !arguments.audio_text.empty();
  if (!arguments.audio_text.empty()) run.texts = [file = arguments.audio_text] { return read_texts(file); };
  run.bureau = desk.bureau;
  run.officer1 = desk.officer1;
  run.officer2 = desk.officer2;
  run.officer2_certificate_pem = desk.officer2_certificate_pem;
  if (!desk.bureau.practice) {
    run.server_digests = desk.policy.scrcpy_server_sha256;
    run.limits = limits_by(desk.policy);
  }
  run.vault = arguments.vault;
  run.software_version = GUZHENG_VERSION;
  run.clock = &program.clock;
  run.listener = &listener;
  run.progress = [&](std::size_t step, const ScriptStep& what) {
    program.print(std::string(program.say("步骤 ", "step ")) + std::to_string(step + 1) + " " + what.action);
  };
  auto done = run_practice(run);
  if (!done) {
    note_done(desk, program, "op.session", Json{{"phone", arguments.serial}, {"result", "failed"}, {"why", done.error().what}});
    return done;
  }
  const auto& package = done->package;
  note_done(desk, program, "op.seal", Json{{"fingerprint", package.seal.fingerprint}, {"package", package.id}, {"phone", arguments.serial},
                                           {"result", package.incomplete.empty() ? "complete" : "incomplete"}});
  const auto vault = open_vault(arguments.vault, desk, program.clock);
  if (vault) put_away(**vault, desk, package.id, arguments.leave_plain, program);
  else program.complain(std::string(program.say("已封存，但未能加密：", "Sealed, but not encrypted: ")) + vault.error().what);
  return done;
}

Status write_result(const std::string& path, const PracticeOutcome& outcome) {
  const Json result{{"fingerprint", outcome.package.seal.fingerprint}, {"id", outcome.package.id},
                    {"incomplete", outcome.package.incomplete},        {"package", outcome.package.folder.string()},
                    {"practice", outcome.bureau.practice},             {"script_error", outcome.script_error}};
  return write_atomically(path, as_bytes(result.dump(2) + "\n"));
}

void tell(const PracticeOutcome& outcome, Program& program) {
  program.print(std::string(program.say("证据包：", "Package: ")) + outcome.package.folder.string());
  program.print(std::string(program.say("封签指纹：", "Fingerprint: ")) + outcome.package.seal.fingerprint);
  if (!outcome.script_error.empty())
    program.complain(std::string(program.say("脚本没有执行完，已录内容已封存：", "The script stopped; what was recorded is sealed: ")) + outcome.script_error);
  for (const auto& reason : outcome.package.incomplete)
    program.complain(std::string(program.say("不完整：", "incomplete: ")) + reason);
  if (!outcome.package.seal.stamped) program.complain(program.say("待时间戳：时间戳机构没有应答，稍后补。", "The seal's time stamp is still to come."));
  if (outcome.bureau.practice) program.print(program.say("练习 — 不得作为证据", "Practice: no evidence"));
}

void run(const CaptureArguments& arguments, Program& program) {
  if (const auto overrides = read_overrides(arguments); !overrides) {
    program.complain(std::string(program.say("“仍要取证”写得不对：", "Wrong usage: ")) + overrides.error().what);
    program.exit_code = kUsage;
    return;
  }
  Teller teller(program);
  const auto outcome = capture(arguments, program, teller);
  if (!outcome) {
    program.could_not(what_happened(outcome.error().kind), "Nothing was captured", outcome.error());
    program.complain(program.say("若取证已经开始，已录内容留在证据库中，用 guzheng-evidence recover 封存。",
                                 "If the capture had begun, what was recorded is in the vault: seal it with guzheng-evidence recover."));
    return;
  }
  tell(*outcome, program);
  if (!arguments.result.empty()) {
    if (const auto written = write_result(arguments.result, *outcome); !written)
      return program.could_not("证据包已封存，但写不出 " + arguments.result, "The package is sealed, but the result file could not be written", written.error());
  }
  // as verify orders its verdicts, but a script that stopped is never 练习 alone
  program.exit_code = !outcome->script_error.empty()        ? kIncomplete
                      : outcome->bureau.practice            ? kPractice
                      : outcome->package.incomplete.empty() ? kWhole
                                                            : kIncomplete;
}

}  // namespace

void add_capture(CLI::App& app, Program& program) {
  auto* command = app.add_subcommand("capture");
  const auto arguments = std::make_shared<CaptureArguments>();
  auto* adb = command->add_option("--adb", arguments->adb);
  command->add_option("--node", arguments->node)->excludes(adb);
  command->add_option("--nodes", arguments->nodes);
  command->add_option("--serial", arguments->serial)->required();
  command->add_option("--script", arguments->script)->required();
  command->add_option("--vault", arguments->vault)->required();
  add_desk_options(*command, arguments->desk, true);
  add_leave_plain(*command, arguments->leave_plain);
  command->add_option("--server", arguments->server);
  command->add_option("--override", arguments->overrides)->take_all()->allow_extra_args(false);
  command->add_flag("--audio", arguments->audio);
  command->add_option("--audio-text", arguments->audio_text);
  command->add_option("--baseline", arguments->baseline);
  command->add_option("--result", arguments->result);
  set_manual(*command, "capture", program.language);
  command->callback([arguments, &program] { run(*arguments, program); });
}

}  // namespace guzheng::evidence
