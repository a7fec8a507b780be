#include "core/session/practice_run.h"

#include <algorithm>

namespace guzheng {

namespace {

// One line for each state an adb server may name.
Failure not_ready(const AdbDevice& device) {
  if (device.state == "unauthorized")
    return fail(ErrorKind::Denied, "phone " + device.serial + " has not authorised this computer: allow USB debugging on its screen");
  if (device.state == "offline") return fail(ErrorKind::Network, "phone " + device.serial + " is offline: unplug it and plug it in again");
  if (device.state.starts_with("no permissions"))
    return fail(ErrorKind::Denied, "the adb server may not open phone " + device.serial + ": its udev rules are missing");
  return fail(ErrorKind::Network, "phone " + device.serial + " is in state '" + device.state + "', not ready for a capture");
}

}  // namespace

Result<Phone> find_phone(const PhoneChoice& choice) {
  const std::shared_ptr<Transport> transport = choice.node ? std::shared_ptr<Transport>(choice.node) : tcp_transport(choice.host, choice.port);
  const auto server = std::make_shared<AdbServer>(transport);
  const std::string where = transport->description();
  const auto version = server->version();
  if (!version && choice.node) return fail(version.error());                // who is to do what stands in it
  if (!version) return fail(ErrorKind::Network, "no adb server answers at " + where + ": start it with 'adb start-server' (" + version.error().what + ")");
  GZ_TRY_ASSIGN(const auto devices, server->devices());
  if (devices.empty()) return fail(ErrorKind::NotFound, "the adb server at " + where + " has no phone: connect one");
  auto it = devices.begin();
  if (!choice.serial.empty()) {
    it = std::find_if(devices.begin(), devices.end(), [&](const auto& d) { return d.serial == choice.serial; });
    if (it == devices.end()) return fail(ErrorKind::NotFound, "the adb server at " + where + " has no phone " + choice.serial);
  } else if (devices.size() > 1) {
    return fail(ErrorKind::Invalid, "the adb server at " + where + " has " + std::to_string(devices.size()) + " phones: name one by its serial");
  }
  if (it->state != "device") return not_ready(*it);
  return Phone{adb_link(server, it->serial), it->serial, it->model, *version, server};
}

ServerOffer practice_offer(const std::filesystem::path& file) { return {"ro.guzheng.training=1", file, {}, {std::string(kPracticeServerSha256)}}; }

AppBaseline practice_baseline() {
  return {"练习基线", {{"cn.guzheng.mall", {"90b6e4401faab4702e0e1749b95e4bae175377ed497b8c040ccee7fc2fe80551"}}}};
}

namespace {

Status write_down(CaptureSession& session, const std::function<Result<std::vector<std::string>>()>& texts) {
  GZ_TRY_ASSIGN(const auto all, texts());
  const int stretches = session.status().sounds;
  for (int i = 0; i < stretches && i < static_cast<int>(all.size()); ++i)
    if (!all[static_cast<std::size_t>(i)].empty()) GZ_TRY(session.transcribe(i, all[static_cast<std::size_t>(i)]));
  return ok();
}

// Sound that nobody has written down yet is no fault of the script.
std::string incomplete_word(const SessionStatus& status) {
  const auto& missing = status.incomplete;
  const bool only_sound = !missing.empty() && std::all_of(missing.begin(), missing.end(), [](const std::string& reason) { return reason.starts_with("录音") || reason.starts_with("没有取得声音"); });
  return only_sound ? "录音的文字记录在取证结束时没有提供" : "取证脚本没有包含全部应取内容";
}

}  // namespace

SessionSetup setup_of(const PracticeRun& run, const Phone& phone, const Bureau& bureau, Vault& vault) {
  SessionSetup setup;
  setup.order = run.script.order;
  setup.statements = run.script.statements;
  setup.link = phone.link;
  setup.screen.version = run.version;
  setup.screen.server_file = run.server_file;
  setup.screen.audio = run.audio;
  setup.screen.accepted_server_digests = run.server_digests;
  if (bureau.practice) setup.screen.accepted_server_digests.emplace_back(kPracticeServerSha256);
  setup.officer1 = run.officer1;
  setup.officer2 = run.officer2;
  setup.officer2_certificate_pem = run.officer2_certificate_pem;
  setup.bureau = &bureau;
  setup.vault = &vault;
  setup.clock = run.clock;
  setup.software_name = run.software_name;
  setup.software_version = run.software_version;
  setup.listener = run.listener;
  setup.adb_version = phone.adb_version;
  setup.node = run.node;
  setup.lease = run.lease;
  setup.overrides = run.overrides;
  setup.witness = run.witness;
  setup.app_baseline = run.app_baseline ? *run.app_baseline : bureau.practice ? practice_baseline() : AppBaseline{};
  return setup;
}

Result<PracticeOutcome> run_practice(const PracticeRun& run) {
  GZ_TRY(check_secrets(run.script, run.secrets.get()));
  GZ_TRY_ASSIGN(Phone phone, find_phone(run.phone));
  PracticeOutcome out;
  if (run.bureau) out.bureau = *run.bureau;
  else { GZ_TRY_ASSIGN(out.bureau, open_practice_bureau(run.desk, *run.clock)); }
  GZ_TRY_ASSIGN(const auto vault, Vault::open(run.vault, *run.clock));
  if (run.limits) vault->set_limits(*run.limits);
  GZ_TRY_ASSIGN(const auto session, CaptureSession::start(setup_of(run, phone, out.bureau, *vault)));
  ScriptRunner runner(run.script, *session, *run.clock, run.secrets.get(), run.cancelled);
  auto done = runner.begin();
  while (done && !runner.ended()) {
    if (run.progress) run.progress(runner.next(), run.script.steps[runner.next()]);
    done = runner.step();
  }
  out.stop = runner.stopped();
  if (out.stop) out.script_error = in_words(*out.stop, Language::English);
  else if (!done) out.script_error = done.error().what;
  if (run.texts) {
    auto written = write_down(*session, run.texts);
    if (!written && run.listener != nullptr) run.listener->on_trouble(written.error().in("the text record of the sound"));
  }
  auto sealed = session->end(out.script_error.empty() ? std::string() : "取证脚本未能执行完：" + (out.stop ? in_words(*out.stop, Language::Chinese) : out.script_error));
  if (!sealed && sealed.error().kind == ErrorKind::Invalid && out.script_error.empty())
    sealed = session->end(incomplete_word(session->status()));        // the script itself leaves compulsory parts out
  if (!sealed) return Failure(std::move(sealed.error()));
  out.package = std::move(*sealed);
  return out;
}

}  // namespace guzheng
