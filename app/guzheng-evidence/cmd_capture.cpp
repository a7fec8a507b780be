// capture [--adb HOST:PORT | --node NAME [--nodes DIR]] --serial S | --phone [NODE/]S --phone [NODE/]S … [--lag SECONDS] --script FILE --vault DIR [--desk DIR] [--server FILE] [--result FILE]
//   [--override ITEM=REASON]… [--secret NAME=FILE]… [--baseline FILE] [--audio] [--audio-text FILE] [--witness URL [--central PEM]]
#include <unistd.h>

#include <array>
#include <memory>
#include <sstream>

#include "app/guzheng-evidence/cmd_capture.h"
#include "app/guzheng-evidence/cmd_node.h"
#include "app/guzheng-evidence/phone_server.h"
#include "core/base/file.h"
#include "core/session/compulsory.h"
#include "core/session/node_way.h"
#include "core/session/script_actions.h"
#include "core/vault/by_policy.h"

namespace guzheng::evidence {

namespace fs = std::filesystem;

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

namespace {

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

// What the script types and does not say, each from a file that nobody else may read.
Result<ScriptSecrets> read_secrets(const CaptureArguments& arguments) {
  ScriptSecrets out;
  for (const auto& text : arguments.secrets) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) return fail(ErrorKind::Invalid, "--secret " + text + " is not NAME=FILE");
    auto secret = read_secret(text.substr(equals + 1));
    if (!secret) return fail(secret.error().in("--secret " + text.substr(0, equals)));
    out.insert_or_assign(text.substr(0, equals), std::move(*secret));
  }
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

Status choose_server(const CaptureArguments& arguments, const PolicyDesk& desk, PracticeRun& run) {
  GZ_TRY_ASSIGN(const Phone phone, find_phone(run.phone));
  ScreenOptions chosen{.version = run.version};
  GZ_TRY(choose_phone_server(*phone.link, arguments.server, desk, chosen));
  run.server_file = chosen.server_file;
  run.version = chosen.version;
  return ok();
}

Status prepare_node(const CaptureArguments& arguments, const PolicyDesk& desk, const Program& program, PracticeRun& run) {
  const auto folder = nodes_folder(arguments.nodes, desk, arguments.desk);
  GZ_TRY_ASSIGN(const Node node, find_node(folder, arguments.node));
  GZ_TRY(open_node_key(program, node, folder, arguments.ssh_passphrase, arguments.keys));
  const auto way = node_way(node, folder, arguments.keys);
  GZ_TRY_ASSIGN(auto held, hold_phone(way, arguments.serial, lease_holder(desk.officer1->info(), desk.bureau.station), program.clock));
  run.lease = std::move(held.lease);
  run.phone.node = way.transport;
  run.node = held.facts.get();
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

}  // namespace

Result<std::shared_ptr<HeadSender>> chosen_witness(const CaptureArguments& arguments, const Program& program) {
  const auto place = station_way({arguments.witness, arguments.desk.desk, arguments.desk.people.policy, arguments.central}, program.clock);
  if (place && place->way.central.url.empty()) return std::shared_ptr<HeadSender>();         // no system is named: nobody is told
  auto opened = place ? open_witness(*place, program.clock) : Result<std::shared_ptr<HeadSender>>(fail(place.error()));
  if (opened) return opened;
  if (!arguments.witness.empty()) return fail(opened.error().in("--witness"));
  // nobody asked for it here: it holds up no capture
  program.complain(std::string(program.say("中心系统不能见证本次取证：", "The central system cannot witness this capture: ")) + opened.error().what);
  return std::shared_ptr<HeadSender>();
}

Result<PracticeRun> prepare_run(const CaptureArguments& arguments, const PolicyDesk& desk, const Program& program) {
  PracticeRun run;
  std::vector<ScriptProblem> problems;
  auto script = read_script(arguments.script, &problems);
  for (const auto& problem : problems) program.complain(in_words(problem, program.language));
  if (!script) return fail(std::move(script.error()));
  run.script = std::move(*script);
  GZ_TRY_ASSIGN(ScriptSecrets secrets, read_secrets(arguments));
  run.secrets = std::make_shared<const ScriptSecrets>(std::move(secrets));
  GZ_TRY(check_secrets(run.script, run.secrets.get()));
  GZ_TRY_ASSIGN(run.phone, read_choice(arguments));
  if (!arguments.node.empty()) GZ_TRY(prepare_node(arguments, desk, program, run));
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
  return run;
}

namespace {

Result<PracticeOutcome> capture(const CaptureArguments& arguments, Program& program, SessionListener& listener) {
  // what cannot be read is said before anybody logs in; its keys stay unlocked until the package is sealed and encrypted
  std::vector<ScriptProblem> problems;
  const auto script = read_script(arguments.script, &problems);
  for (const auto& problem : problems) program.complain(in_words(problem, program.language));
  if (!script) return fail(script.error());
  GZ_TRY_ASSIGN(const ScriptSecrets secrets, read_secrets(arguments));
  GZ_TRY(check_secrets(*script, &secrets));
  GZ_TRY_ASSIGN(const auto desk, open_chosen_desk(arguments.desk, program));
  GZ_TRY_ASSIGN(PracticeRun run, prepare_run(arguments, desk, program));
  GZ_TRY_ASSIGN(const auto witness, chosen_witness(arguments, program));
  run.witness = witness;
  run.listener = &listener;
  run.progress = [&](std::size_t step, const ScriptStep& what) {
    program.print(std::string(program.say("步骤 ", "step ")) + std::to_string(step + 1) + " " + std::string(program.say(action_in_chinese(what.action), what.action)));
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
  if (witness) settle_witness(*witness, package.folder, program);
  return done;
}

Status write_result(const std::string& path, const PracticeOutcome& outcome) {
  Json result{{"fingerprint", outcome.package.seal.fingerprint}, {"id", outcome.package.id},
                    {"incomplete", outcome.package.incomplete},        {"package", outcome.package.folder.string()},
                    {"practice", outcome.bureau.practice},             {"script_error", outcome.script_error}};
  if (outcome.stop) result["stopped"] = Json{{"action", outcome.stop->action}, {"step", outcome.stop->step}, {"why", in_words(*outcome.stop, Language::Chinese)}};
  return write_atomically(path, as_bytes(result.dump(2) + "\n"));
}

void tell(const PracticeOutcome& outcome, Program& program) {
  program.print(std::string(program.say("证据包：", "Package: ")) + outcome.package.folder.string());
  program.print(std::string(program.say("封签指纹：", "Fingerprint: ")) + outcome.package.seal.fingerprint);
  if (!outcome.script_error.empty())
    program.complain(std::string(program.say("脚本没有执行完，已录内容已封存：", "The script stopped; what was recorded is sealed: ")) +
                     (outcome.stop ? in_words(*outcome.stop, program.language) : outcome.script_error));
  program.print(program.say("自动取证，待复核：复核确认后才能作为证据，复核前至少保存 30 天（guzheng-evidence review）。",
                            "Captured automatically, waits for its review (待复核): no evidence before it is confirmed, kept for 30 days at least (guzheng-evidence review)."));
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
  if (!arguments.phones.empty()) return run_parallel(arguments, program);
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
  command->add_option("--ssh-passphrase-file", arguments->ssh_passphrase);
  auto* serial = command->add_option("--serial", arguments->serial);
  auto* phones = command->add_option("--phone", arguments->phones)->take_all()->allow_extra_args(false)->excludes(serial)->expected(1);
  command->add_option("--lag", arguments->lag_s)->check(CLI::Range(5, 3600))->needs(phones);
  command->add_option("--script", arguments->script)->required();
  command->add_option("--vault", arguments->vault)->required();
  add_desk_options(*command, arguments->desk, true);
  add_leave_plain(*command, arguments->leave_plain);
  command->add_option("--server", arguments->server);
  command->add_option("--override", arguments->overrides)->take_all()->allow_extra_args(false);
  command->add_option("--secret", arguments->secrets)->take_all()->allow_extra_args(false);
  command->add_flag("--audio", arguments->audio);
  command->add_option("--audio-text", arguments->audio_text);
  command->add_option("--baseline", arguments->baseline);
  command->add_option("--result", arguments->result);
  auto* witness = command->add_option("--witness", arguments->witness);
  command->add_option("--central", arguments->central)->needs(witness);
  set_manual(*command, "capture", program.language);
  command->callback([arguments, &program, serial] {
    if (arguments->serial.empty() && arguments->phones.empty()) throw CLI::RequiredError(serial->get_name());
    run(*arguments, program);
  });
}

}  // namespace guzheng::evidence
