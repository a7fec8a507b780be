// How a session opens: beacon, who and what, environment, device, recording, challenge; each step a journal line.
#include <algorithm>
#include <future>

#include "core/base/thread_name.h"
#include "core/session/name_lookup.h"
#include "core/session/session_impl.h"
#include "core/session/statements.h"

namespace guzheng {

namespace {

std::string zone_text(int minutes) {
  const std::string time = format_time(WallTime{0}, minutes);
  return time.substr(time.size() - 6);
}

constexpr std::int64_t kFirstPictureMs = 15'000, kPictureAgainMs = 2'000;
constexpr int kTimesAsked = 2;               // a phone that is busy answers the second time
constexpr std::chrono::milliseconds kAppAtStart{1'000};
constexpr std::chrono::seconds kPackageFirst{30}, kPackageAgain{3};        // one that came at the first look is remembered

std::shared_ptr<Signer> order_signer(const SessionSetup& setup) { return setup.officer1 ? setup.officer1 : setup.bureau->officers[0]; }

Status check_setup(const SessionSetup& setup) {
  if (!setup.link || setup.bureau == nullptr || setup.vault == nullptr || setup.clock == nullptr)
    return fail(ErrorKind::Bug, "a session needs a phone, a bureau, a vault and a clock");
  GZ_TRY(check_overrides(setup.overrides));
  return check_statements(setup.statements);
}

// Before anything is made: a session that may not begin leaves no bag behind. Its own check, in its own order and with its own raw output,
// comes when it is begun.
Status look_first(const SessionSetup& setup, const Probes& known) {
  StationFacts station;
  station.vault = setup.vault->folder();
  station.org_root_pem = setup.bureau->org_root_pem;
  station.program = running_program();
  auto items = check_environment(setup, std::move(station), known, EnvScope::Compulsory, *setup.app_proofs, kPackageFirst).items();
  let_pass(items, setup.overrides);
  if (setup.listener != nullptr) setup.listener->on_environment(items);
  const auto holding = holding_up(items);
  return holding.empty() ? ok() : Status(held_up(holding));
}

// Everything rests on it: whether the package is a practice one, emulator and root marks, the model. A phone that does not say begins no session.
Result<ProbeAnswer> who_it_is(const SessionSetup& setup) {
  ProbeAnswer said;
  for (int i = 0; i < kTimesAsked && !said.answered; ++i) said = ask(*setup.link, *setup.clock, "getprop");
  if (said.answered && !parse_getprop(said.text).empty()) return said;
  return fail(ErrorKind::Network, "the phone did not say what it is (getprop): " + said.text.substr(0, said.text.find('\n')) + "; nothing was begun");
}

}  // namespace

Result<std::unique_ptr<CaptureSession>> CaptureSession::start(SessionSetup setup) {
  GZ_TRY(check_setup(setup));
  GZ_TRY_ASSIGN(const People people, people_of(setup));
  if (setup.listener != nullptr) setup.listener->on_phase(SessionPhase::Connecting);
  // the order is signed early on: its key is made ready while the phone is asked
  const auto ready = std::async(std::launch::async, [signer = order_signer(setup)] { name_this_thread("key"), signer->warm(); });
  // the phone is asked who it is before anything is made on disk: a phone that is not there leaves no bag behind, and a
  // training phone makes the whole package a practice one, from line 1 on
  auto facts = std::async(std::launch::async, [&setup] { return name_this_thread("facts"), station_facts(setup); });      // the program is digested meanwhile
  Probes known;
  GZ_TRY_ASSIGN(known["getprop"], who_it_is(setup));
  if (!setup.app_proofs) setup.app_proofs = std::make_shared<AppProofs>();
  GZ_TRY(look_first(setup, known));
  GZ_TRY_ASSIGN(OpenBag bag, setup.vault->begin(setup.bureau->station));
  auto ballast = std::make_shared<Ballast>(bag.folder);
  GZ_TRY(ballast->reserve());
  GZ_TRY_ASSIGN(auto ledger, Ledger::create(bag.folder, *setup.clock));
  ledger->set_ballast(std::move(ballast));
  StationFacts station = facts.get();
  auto session = std::make_unique<SessionImpl>(std::move(setup), people, std::move(bag), std::move(ledger));
  GZ_TRY(session->begin(std::move(known), std::move(station)));
  return std::unique_ptr<CaptureSession>(std::move(session));
}

Status SessionImpl::begin(Probes known, StationFacts station) {
  probes_ = std::move(known);
  station_ = std::move(station);
  opened_at_ = setup_.clock->wall();
  marks_ = device_marks(probes_);
  practice_ = setup_.bureau->practice || std::find(marks_.begin(), marks_.end(), "training") != marks_.end();
  GZ_TRY(write_beacon());
  GZ_TRY(write_opening());
  set_phase(SessionPhase::Checking);
  GZ_TRY(write_order());
  GZ_TRY(write_statements(*ledger_, setup_.statements, people_.officer1.subject_cn + " " + people_.officer1.badge));
  GZ_TRY(write_environment());
  GZ_TRY(write_device());
  GZ_TRY(start_recording());
  sample_clock();
  apps_.look(std::chrono::seconds(5));
  apps_.wait(kAppAtStart);                   // one that is open and was proven before: it is there at once
  anchors_.tell_to(setup_.witness, bag_.id);
  anchors_.start();
  set_phase(SessionPhase::Recording);
  captures_.start([this] { show_challenge(); });           // the first pages are captured when the code is off the screen
  return ok();
}

Status SessionImpl::write_beacon() {
  station_.stamp_asked = setup_.clock->wall();
  GZ_TRY_ASSIGN(const auto written, guzheng::write_beacon(anchors_, *ledger_, tell_));
  station_.stamp_came = written ? anchors_.newest().came : setup_.clock->wall();
  if (!written) return ok();
  station_.stamp_time = written->time;
  challenge_ = written->tsr_sha256.substr(0, 8);
  beacon_ = true;
  return ok();
}

Status SessionImpl::write_opening() {
  const Json body{{"format", 1},
                  {"package", bag_.id},
                  {"practice", practice_},
                  {"software", {{"name", setup_.software_name}, {"version", setup_.software_version}, {"sha256", station_.program_sha256}}},
                  {"station", setup_.bureau->station},
                  {"zone", zone_text(setup_.clock->zone_minutes())}};
  auto line = ledger_->line("session.open", body);
  if (!line) return Failure(std::move(line.error()));
  opened_at_ = line->time;
  return ok();
}

Status SessionImpl::write_order() {
  const std::string order = std::string(kAttach) + "order.json", people = std::string(kAttach) + "people.json";
  const std::string model = property(probes_, "ro.product.model");
  const OrderContext context{setup_, people_, practice_, setup_.clock->wall(), host_name(),
                             (model.empty() ? std::string() : model + " ") + setup_.link->serial() + "（" + setup_.link->way() + "）"};
  GZ_TRY_ASSIGN(const std::string text, canonical_json(order_json(context)));
  if (auto put = ledger_->put(order, as_bytes(text + "\n")); !put) return Failure(std::move(put.error()));
  GZ_TRY_ASSIGN(const Bytes signature, order_signer(setup_)->sign_detached(as_bytes(text + "\n")));
  if (auto put = ledger_->put(order + ".p7s", signature); !put) return Failure(std::move(put.error()));
  if (auto line = ledger_->line("order.recv", Json{{"files", ledger_->files({order, order + ".p7s"})}, {"order_no", setup_.order.order_no}}); !line)
    return Failure(std::move(line.error()));
  if (auto put = ledger_->put_json(people, people_json(people_, practice_)); !put) return Failure(std::move(put.error()));
  if (auto line = ledger_->line("people", Json{{"files", ledger_->files({people})}}); !line) return Failure(std::move(line.error()));
  TimelineEvent event;
  event.type = TimelineEvent::Type::Order;
  event.text = setup_.order.reason;
  tell_.event(std::move(event));
  return ok();
}

Status SessionImpl::write_environment() {
  Probes known;                              // the rest is asked anew, after the order
  known["getprop"] = answer(probes_, "getprop");
  const auto check = check_environment(setup_, station_, std::move(known), EnvScope::All, *proofs_, kPackageAgain);
  probes_ = check.probes;
  marks_ = device_marks(probes_);
  auto items = check.items();
  let_pass(items, setup_.overrides);
  GZ_TRY(write_checked(check, items));
  {
    const std::lock_guard lock(mutex_);
    environment_ = items;
  }
  const auto holding = holding_up(items);
  // it passed a moment ago: what was begun stays, for recovery
  return holding.empty() ? ok() : Status(held_up(holding, ErrorKind::Unsupported));
}

Status SessionImpl::write_checked(const EnvironmentCheck& check, const std::vector<EnvItem>& items) {
  std::vector<std::string> files{std::string(kAttach) + "env.json", std::string(kAttach) + "node.json", std::string(kAttach) + "net.json"};
  std::map<std::string, int> verdicts;
  Json overrides = Json::array();
  for (const auto& item : items) {
    ++verdicts[item.verdict];
    if (!item.overridden.empty())
      overrides.push_back({{"by", people_.officer1.subject_cn + " " + people_.officer1.badge}, {"item", item.id}, {"reason", journal_text(item.overridden)}});
  }
  for (const auto& row : check.rows) {
    if (row.raw.empty()) continue;
    if (auto put = ledger_->put(row.item.raw, as_bytes(row.raw)); !put) return Failure(std::move(put.error()));
    files.push_back(row.item.raw);
  }
  const Json values[] = {env_json(items, check.at, setup_.clock->zone_minutes()), node_json(*setup_.link, setup_.adb_version, setup_.node_facts()), net_json(probes_)};
  for (std::size_t i = 0; i < 3; ++i)
    if (auto put = ledger_->put_json(files[i], values[i]); !put) return Failure(std::move(put.error()));
  const Json body{{"files", ledger_->files(files)}, {"passed", verdicts["pass"]}, {"noted", verdicts["note"]},
                  {"failed", verdicts["fail"]}, {"unknown", verdicts["unknown"]}, {"overrides", overrides}};
  if (auto line = ledger_->line("env.check", body); !line) return Failure(std::move(line.error()));
  TimelineEvent event;
  event.type = TimelineEvent::Type::EnvCheck;
  event.count = static_cast<std::int64_t>(items.size());
  event.text = std::to_string(verdicts["fail"]) + "/" + std::to_string(verdicts["note"]) + "/" + std::to_string(verdicts["unknown"]);
  tell_.event(std::move(event));
  return ok();
}

Status SessionImpl::write_device() {
  const std::string path = std::string(kAttach) + "device.json";
  Json device = device_json(probes_, *setup_.link, marks_);
  if (practice_) device["practice"] = true;
  if (auto put = ledger_->put_json(path, device); !put) return Failure(std::move(put.error()));
  const Json body{{"files", ledger_->files({path})}, {"marks", marks_}, {"model", text_at(device, "model")},
                  {"practice", practice_}, {"serial", setup_.link->serial()}};
  if (auto line = ledger_->line("device.attest", body); !line) return Failure(std::move(line.error()));
  return ok();
}

// While the line was away another desk may have taken the phone: it is not driven until it is free, and the journal says whose it was.
Status SessionImpl::phone_is_ours() {
  if (!setup_.lease) return ok();
  auto mine = setup_.lease->regain();
  if (mine || mine.error().kind != ErrorKind::Exists || mine.error().what == taken_by_) return mine;
  taken_by_ = mine.error().what;
  if (auto line = ledger_->line("note", note_body(0, "断线期间手机已由其他席位占用：" + taken_by_)); !line) return Failure(std::move(line.error()));
  return mine;
}

// A program of ours runs on the phone: which one is said before. After a loss one line stands for all attempts.
Status SessionImpl::announce_server(std::size_t attempt) {
  GZ_TRY(phone_is_ours());
  const bool again = !announced_.empty();
  if (attempt == 0) announced_.clear();
  std::error_code ec;
  const auto file = std::filesystem::canonical(setup_.screen.server_file, ec);
  if (ec) return ok();                       // nothing there to push: start_screen says so
  GZ_TRY_ASSIGN(const FileDigests digests, digest_file(file));
  if (digests.sha256 == announced_) return ok();
  const std::string text = "scrcpy-server " + setup_.screen.version.text() + " " + digests.sha256;
  if (auto line = ledger_->line("note", note_body(0, text + (again ? "（重新连接）" : ""))); !line) return Failure(std::move(line.error()));
  announced_ = digests.sha256;
  return ok();
}

// Until the first packet stands in a segment: what the officer does from now on is in the film.
Status SessionImpl::start_recording() {
  flush_thread_ = std::thread([this] { run_flush(); });
  GZ_TRY(stream_.start());
  if (setup_.lease) setup_.lease->on_taken([this](const Error& why) { stream_.interrupt(why); });       // then as after a lost line
  watch_.start();
  layouts_.start();
  hand_.start();
  const std::int64_t began = setup_.clock->monotonic().us, until = began + kFirstPictureMs * 1000;
  bool asked = false;
  while (recorder_.position().segment.empty()) {
    if (!record_.failure().empty()) return fail(ErrorKind::Io, "the recording did not begin: " + record_.failure());
    if (setup_.clock->monotonic().us > until) return fail(ErrorKind::Timeout, "the phone sent no picture within 15 seconds");
    // a packet is in its file when another has come; a phone that shows a still page may send none unasked
    if (setup_.clock->monotonic().us > began + kPictureAgainMs * 1000 && record_.open_segment() && !std::exchange(asked, true))
      hand_.push(ResetVideo{}, false, "recorder");
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(20));
  }
  return ok();
}

// The code could not be known before the beacon was stamped; shown on the phone it stands inside the film.
void SessionImpl::show_challenge() {
  if (challenge_.empty()) return;
  const auto line = ledger_->line("challenge", Json{{"code", challenge_}, {"way", "notification"}});
  if (!line) return tell_.trouble(line.error());
  DeviceLink& phone = *setup_.link;
  // end() waits for this: a phone that hangs is asked once and then left alone
  const std::chrono::seconds limit(3);
  const auto posted = phone.shell("cmd notification post -S bigtext -t 取证校验码 guzheng " + challenge_, limit);
  const bool shown = posted && posted->exit_code == 0;
  if (!shown) {
    const std::string why = posted ? "cmd notification: exit code " + std::to_string(posted->exit_code) : posted.error().what;
    if (const auto noted = note("校验码未能显示在手机上：" + why); !noted) tell_.trouble(noted.error());
    return;
  }
  if (const auto opened = phone.shell("cmd statusbar expand-notifications", limit); !opened) {
    if (const auto noted = note("校验码已发到手机，通知栏未能展开：" + opened.error().what); !noted) tell_.trouble(noted.error());
    return tell_.trouble(opened.error());
  }
  {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(setup_.challenge_ms), [this] { return flush_stop_.load(); });
  }
  if (const auto closed = phone.shell("cmd statusbar collapse", limit); !closed) tell_.trouble(closed.error());
  TimelineEvent event;
  event.type = TimelineEvent::Type::Challenge;
  event.text = challenge_;
  tell_.event(std::move(event));
}

}  // namespace guzheng
