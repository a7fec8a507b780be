#include "core/session/session_impl.h"

#include <algorithm>

#include "core/base/thread_name.h"
#include "core/session/disk_guard.h"

namespace guzheng {

namespace {
constexpr std::chrono::milliseconds kFlushEvery{200};
constexpr std::chrono::seconds kHandPatience{2}, kLookLimit{5};
constexpr std::chrono::milliseconds kPausePatience{250};     // the window's thread pauses
constexpr int kRecordingEvery = 4;           // flush rounds: under a second with the syncs themselves
}

SessionImpl::SessionImpl(SessionSetup setup, People people, OpenBag bag, std::unique_ptr<Ledger> ledger)
    : setup_(std::move(setup)),
      people_(std::move(people)),
      bag_(std::move(bag)),
      tell_(setup_.listener, *setup_.clock, record_),
      ledger_(std::move(ledger)),
      gaps_(*ledger_),
      secrets_(bag_.folder, setup_.bureau->archive_pem),
      record_log_(*ledger_, gaps_, record_, tell_, [this] { hand_.push(ResetVideo{}, false, "recorder"); }),
      recorder_(bag_.folder / kMain, record_log_, setup_.limits, 0,
                guarded_files(setup_.recording_files, setup_.vault->limits(), [this](std::uint64_t free) {
                  tell_.trouble({ErrorKind::NoSpace, std::to_string(free >> 20) + " MiB free: the recording will stop when the disk is nearly full; end the session soon"});
                })),
      decoder_(frames_),
      sounds_({bag_.folder, *ledger_, record_, gaps_, tell_, setup_.sound_patience_ms, people_.officer1.subject_cn, guarded_files(setup_.recording_files, setup_.vault->limits(), [](std::uint64_t) {})}),
      heard_(setup_.screen.audio ? std::make_shared<LiveSound>() : nullptr),
      stream_({*setup_.link, setup_.screen, recorder_, decoder_, *setup_.clock, gaps_, tell_,
               [this](const DeviceMessage& message) { on_message(message); }, [this](const StreamAudioPacket& packet) {
                 sounds_.take(packet);       // what is recorded first; what is heard may drop
                 heard_->take(packet.config, packet.data);
               },
               [this](const Error& why) { sounds_.ended(why); }, [this](std::size_t attempt) { return announce_server(attempt); }}),
      watch_({*setup_.link, *setup_.clock, gaps_, tell_, frames_, [this] { return stream_.flowing(); }, [this](Editor editor) { on_editor(editor); }}),
      layouts_({*setup_.link, *setup_.clock, frames_, [this] { return hand_.sent(); }, [this] { return stream_.flowing(); }}),
      hand_(*ledger_, secrets_, stream_, watch_, layouts_, tell_),
      anchors_(*ledger_, gaps_, *setup_.bureau, tell_, setup_.anchor_every_ms, [this] { sample_clock(); }),
      proofs_(setup_.app_proofs ? setup_.app_proofs : std::make_shared<AppProofs>()),
      apps_({*setup_.link, *ledger_, tell_, *proofs_, setup_.app_baseline, setup_.vault->folder(),
             [this] { return static_cast<std::uint32_t>(std::max(0, std::atoi(property(probes_, "ro.build.version.sdk").c_str()))); }}),
      captures_({*setup_.link, *ledger_, record_, tell_, [this] { return position(); },
                 [this] { return hand_.sent(); }, [this] { anchors_.request(); },
                 [this] { apps_.look(kLookLimit); }, [this] { set_secret_mode(true); },
                 [this](const std::string& name) { watch_.black_shot(name); }, [this] { return recorder_.sync(); },
                 [this] { return !secrets_.empty(); },
                 [this](std::chrono::milliseconds limit, const Cancel& cancel) { return layouts_.ask(limit, cancel); }}) {
  decoder_.on_trouble([this](const Error& error) { tell_.trouble(error); });
  record_.follow([this] { return recorder_.position(); });
}

SessionImpl::~SessionImpl() { stop_all(); }

void SessionImpl::stop_all() {
  if (setup_.lease) setup_.lease->on_taken(nullptr);
  captures_.stop();
  apps_.finish(std::chrono::milliseconds(0));
  // a phone that takes no more control messages may not hold up the end: without its stream the hand comes free
  if (!hand_.finish_within(kHandPatience)) stream_.stop();
  hand_.stop();
  watch_.stop();
  layouts_.stop();
  stream_.stop();
  recorder_.stop();
  decoder_.stop();
  anchors_.stop();
  flush_stop_ = true;
  {
    const std::lock_guard lock(mutex_);
    changed_.notify_all();
  }
  if (flush_thread_.joinable()) flush_thread_.join();
}

void SessionImpl::set_phase(SessionPhase phase) {
  {
    const std::lock_guard lock(mutex_);
    if (phase_ == phase) return;
    phase_ = phase;
  }
  tell_.phase(phase);
}

Status SessionImpl::note(const std::string& text) {
  if (auto line = ledger_->line("note", note_body(0, text)); !line) return Failure(std::move(line.error()));
  TimelineEvent event;
  event.text = text;
  tell_.event(std::move(event));
  return ok();
}

void SessionImpl::take(const ControlMessage& message, bool secret) {
  bool paused = false, told = false;
  {
    const std::lock_guard lock(mutex_);
    paused = phase_ == SessionPhase::Paused;
    if (paused) told = std::exchange(refusal_told_, true);
  }
  if (!paused) return hand_.push(message, secret);
  ++refused_inputs_;
  if (!told) tell_.trouble({ErrorKind::Invalid, "the session is paused: inputs are not carried out until it is resumed"});
}

Status SessionImpl::pause(const std::string& reason) {
  if (reason.find_first_not_of(" \t\r\n") == reason.npos) return fail(ErrorKind::Invalid, "a pause needs its reason");
  std::unique_lock one(pausing_);
  {
    const std::lock_guard lock(mutex_);
    if (phase_ != SessionPhase::Recording) return fail(ErrorKind::Invalid, "only a running session can be paused");
    pause_gap_ended_ = false;
    phase_ = SessionPhase::Paused;           // before the line: nothing more is taken while what is queued is carried out
    refusal_told_ = false;
  }
  const auto held = hand_.hold(kPausePatience, [&]() -> Status {
    if (auto line = ledger_->line("pause", Json{{"reason", journal_text(reason)}}); !line) return Failure(std::move(line.error()));
    return ok();
  });
  if (!held) {                               // no line, no pause
    const std::lock_guard lock(mutex_);
    phase_ = SessionPhase::Recording;
    return held;
  }
  const auto gap = begin_pause_gap();        // the pause holds without it; resume() and the end try again
  one.unlock();                              // nobody is told anything under a lock
  if (!gap) tell_.trouble(gap.error());
  TimelineEvent event;
  event.type = TimelineEvent::Type::Pause;
  event.text = reason;
  tell_.event(std::move(event));
  tell_.phase(SessionPhase::Paused);
  return ok();
}

// The pause is a gap (FORMAT.md 5.3): its line follows the pause's, at the latest before whatever ends the pause.
Status SessionImpl::begin_pause_gap() {
  if (pause_gap_ != 0) return ok();
  GZ_TRY_ASSIGN(const Gap gap, gaps_.begin(std::string(kGapPause)));
  pause_gap_ = gap.number;
  return ok();
}

// The line first: an input that is taken after the phase has changed comes after it.
Status SessionImpl::resume() {
  std::unique_lock one(pausing_);
  {
    const std::lock_guard lock(mutex_);
    if (phase_ != SessionPhase::Paused) return fail(ErrorKind::Invalid, "the session is not paused");
  }
  if (!pause_gap_ended_) {
    GZ_TRY(begin_pause_gap());
    GZ_TRY(gaps_.end(pause_gap_, 0));
    pause_gap_ended_ = true;                 // a resume whose line could not be written is tried again
  }
  GZ_TRY(hand_.release([&]() -> Status {
    if (auto line = ledger_->line("resume", Json::object()); !line) return Failure(std::move(line.error()));
    return ok();
  }));
  pause_gap_ = 0;
  {
    const std::lock_guard lock(mutex_);
    phase_ = SessionPhase::Recording;
  }
  one.unlock();                              // nobody is told anything under a lock
  TimelineEvent event;
  event.type = TimelineEvent::Type::Resume;
  tell_.event(std::move(event));
  tell_.phase(SessionPhase::Recording);
  return ok();
}

void SessionImpl::set_secret_mode(bool on) {
  if (secret_mode_.exchange(on) == on) return;
  if (const auto noted = note(on ? "密码输入方式开启：所输文字在记录中只留长度和加盐摘要，录像仍显示屏幕" : "密码输入方式关闭"); !noted)
    tell_.trouble(noted.error());
}

// The phone says that a password field has the focus, or no longer (watch thread).
void SessionImpl::on_editor(Editor editor) {
  if (on_password_ == (editor == Editor::Password)) return;
  on_password_ = editor == Editor::Password;
  const auto noted = note(on_password_ ? "手机光标在密码框：所输文字和按键在记录中只留长度和加盐摘要" : "手机光标离开密码框");
  if (!noted) tell_.trouble(noted.error());
}

ShotPosition SessionImpl::position() const {
  if (!stream_.flowing() || !record_.failure().empty()) return {};
  const RecordPosition at = recorder_.position();
  if (at.segment.empty()) return {};
  return {std::string(kMain) + at.segment, at.pts_us};
}

// What the officer did not type is not the officer's to publish: a copied password, say. Length and salted digest.
void SessionImpl::on_message(const DeviceMessage& message) {
  const auto* changed = std::get_if<ClipboardChanged>(&message);
  if (changed == nullptr) return;
  Json body{{"act", "clipboard"}};
  const auto secret = SecretBook::make(changed->utf8);
  conceal(body, secret.bytes, secret.salted);
  const auto line = ledger_->line("input", body);
  const Status kept = line ? secrets_.keep(secret, line->seq) : Status(Failure(line.error()));
  if (!kept) tell_.trouble(kept.error());
  tell_.clipboard(changed->utf8);
}

void SessionImpl::sample_clock() {
  const ProbeAnswer date = ask(*setup_.link, *setup_.clock, "date");
  const auto offset = clock_offset(date);
  const WallTime middle{(date.asked.ms + date.came.ms) / 2};
  const auto token = anchors_.newest();
  const Json body{{"wall_ms", middle.ms}, {"monotonic_us", setup_.clock->monotonic().us}, {"phone_ms", offset ? Json(middle.ms + *offset) : Json(nullptr)},
                  {"tsa_ms", token.token.ms == 0 ? Json(nullptr) : Json(token.token.ms)},
                  {"tsa_came_ms", token.token.ms == 0 ? Json(nullptr) : Json(token.came.ms)}};
  if (auto line = ledger_->line("clock.sample", body); !line) tell_.trouble(line.error());
  if (!offset) return;
  const std::lock_guard lock(mutex_);
  clock_offset_ms_ = *offset;
}

void SessionImpl::run_flush() {
  name_this_thread("flush");
  bool told = false;
  for (int round = 1; !flush_stop_; ++round) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, kFlushEvery, [this] { return flush_stop_.load(); });
    }
    Status done = ledger_->sync_if_dirty();
    if (done && round % kRecordingEvery == 0) done = recorder_.sync();
    if (done && round % kRecordingEvery == 0) done = sounds_.sync();
    if (done) done = secrets_.save();
    if (done) done = sounds_.save_texts();
    if (heard_) sounds_.watch(stream_.flowing());
    if (!done && !told) tell_.trouble(done.error().in("what was recorded may not survive a power cut"));
    told = !done;
  }
}

Completeness SessionImpl::completeness() const {
  Completeness facts;
  facts.beacon = beacon_;
  facts.recorded = !record_.segments().empty();
  facts.stamps_pending = anchors_.pending();
  facts.recording_error = record_.failure();
  sounds_.add_to(facts);
  facts.journal_error = ledger_->failed_sync();
  facts.files_aside = !ledger_->aside().empty();
  facts.order = setup_.order;
  facts.items = captures_.items();
  facts.owed = captures_.owed();
  facts.app_attested = apps_.attested();
  facts.apps_refused = apps_.refused();
  facts.apps_unproven = apps_.unproven();
  // an officer let the one pass that was in front when the session began, not those that were opened later
  const std::lock_guard lock(mutex_);
  const auto row = [this](std::string_view id) { return std::find_if(environment_.begin(), environment_.end(), [&](const EnvItem& item) { return item.id == id; }); };
  const auto package = row("app.package"), signature = row("app.signature");
  if (package != environment_.end() && signature != environment_.end() && !signature->overridden.empty()) std::erase(facts.apps_refused, package->found);
  return facts;
}

SessionStatus SessionImpl::status() const {
  SessionStatus out;
  out.package_id = bag_.id;
  out.recorded_ms = record_.recorded_ms();
  const auto counts = stream_.counts();
  out.packets = counts.packets;
  out.recorded_bytes = counts.bytes;
  out.format = counts.format;
  out.journal_lines = ledger_->lines();
  out.last_anchor = anchors_.last();
  out.anchors_late = anchors_.pending() || !beacon_;
  out.device_serial = setup_.link->serial();
  out.items = captures_.items();
  out.sounds = sounds_.stretches();
  out.sounds_unwritten = sounds_.unwritten();
  out.sound_on = sounds_.flowing();
  out.sound_silent = sounds_.silent();
  out.incomplete = missing_for_complete(completeness());
  const Editor editor = watch_.editor();
  out.typing = editor == Editor::Password ? Typing::Password : editor == Editor::Plain ? Typing::Plain : Typing::Unknown;
  out.secret_mode = secret_mode_ || editor == Editor::Password;
  out.recording_failed = !record_.failure().empty();
  out.in_gap = gaps_.film_interrupted();
  out.inputs_dropped = hand_.dropped() + refused_inputs_;
  const auto app = apps_.items();
  const std::lock_guard lock(mutex_);
  out.phase = phase_;
  out.clock_offset_ms = clock_offset_ms_;
  out.environment = environment_;
  if (!app.empty()) {                        // what was proven of the app that was opened stands for what was seen of one before
    std::erase_if(out.environment, [](const EnvItem& item) { return item.where == "app"; });
    out.environment.insert(out.environment.end(), app.begin(), app.end());
  }
  if (phase_ == SessionPhase::Connecting || phase_ == SessionPhase::Checking) return out;
  out.device_model = property(probes_, "ro.product.model");
  out.device_marks = marks_;
  out.challenge = challenge_;
  return out;
}

}  // namespace guzheng
