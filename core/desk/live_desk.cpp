#include "core/desk/live_desk.h"

#include <future>

#include "core/base/thread_name.h"
#include "core/desk/practice_order.h"
#include "core/desk/workers.h"
#include "core/session/input_body.h"

namespace guzheng {

// Every call comes from a session thread and goes on as a queued call; the desk outlives it.
class LiveDesk::Relay final : public SessionListener {
 public:
  explicit Relay(LiveDesk& desk) : desk_(desk) {}
  void on_event(const TimelineEvent& event) override {
    post(&desk_, [desk = &desk_, event] {
      desk->events_.push_back(event);
      desk->refresh();
      emit desk->event_added(event);
    });
  }
  void on_phase(SessionPhase) override {
    post(&desk_, [desk = &desk_] { desk->refresh(); });
  }
  void on_trouble(const Error& error) override {
    post(&desk_, [desk = &desk_, error] {
      desk->refresh();
      emit desk->trouble(error);
    });
  }
  void on_clipboard(const std::string& text) override {
    post(&desk_, [desk = &desk_, text] { emit desk->clipboard(text); });
  }

 private:
  LiveDesk& desk_;
};

LiveDesk::LiveDesk(StationDesk& station, PhoneList& phones, Starter starter, std::unique_ptr<AudioOut> out)
    : station_(station), phones_(phones), checks_(station), starter_(std::move(starter)), speaker_(std::move(out)), relay_(std::make_unique<Relay>(*this)) {
  second_.setInterval(1000);
  connect(&second_, &QTimer::timeout, this, [this] { refresh(); });
}

LiveDesk::~LiveDesk() {
  checks_.stop();
  speaker_.close();
  station_.quick().waitForDone();          // a start or an end on its way still speaks to the relay
  session_.reset();
}

CaptureOrder LiveDesk::suggested_order() const {
  if (!station_.card().practice) return {};
  CaptureOrder order = practice_order();
  order.order_no = "练习-取证指令-0001";
  order.task = "练习任务 保健食品虚假宣传";
  order.what = "平台首页、店铺首页、证照公示信息、涉嫌违法页面";
  return order;
}

SessionSetup LiveDesk::setup_for(const CaptureOrder& order, const PhoneEntry& phone) {
  SessionSetup setup = station_.session_setup();
  setup.order = order;
  setup.link = adb_link(phones_.server(phone.source), phone.serial);
  setup.listener = relay_.get();
  return setup;
}

// What only the phone and its adb server can say; blocks.
static Status ask_phone(SessionSetup& setup, AdbServer& server, const std::vector<ServerOffer>& offers) {
  GZ_TRY_ASSIGN(setup.adb_version, server.version());
  GZ_TRY_ASSIGN(setup.screen, choose_server(*setup.link, offers));
  return ok();
}

void LiveDesk::set_stage(Stage stage) {
  stage_ = stage;
  if (stage == Stage::Running || stage == Stage::Ending) {
    second_.start();
  } else {
    second_.stop();
  }
  emit stage_changed();
}

void LiveDesk::check(const CaptureOrder& order, const PhoneEntry& phone) {
  if (busy() || !station_.is_open()) return;
  const auto* way = phones_.node(phone.source);
  checks_.run(setup_for(order, phone), [server = phones_.server(phone.source), way = way ? std::optional(*way) : std::nullopt](SessionSetup& setup) -> Status {
    if (way) { GZ_TRY_ASSIGN(setup.node, node_facts(*way, *setup.clock)); }
    GZ_TRY_ASSIGN(setup.adb_version, server->version());
    return ok();
  });
}

void LiveDesk::start(const CaptureOrder& order, const PhoneEntry& phone, std::vector<OpeningStatement> statements) {
  // never in silence: who asked for it (a script's run too) must hear that nothing begins
  if (busy() || !station_.is_open()) return emit start_failed({ErrorKind::Exists, "another capture runs at this desk, or it is not open"});
  if (phones_.sources()[phone.source].gone) return emit start_failed({ErrorKind::NotFound, phone.serial + ": its node was removed from the book"});
  if (phones_.used_here(phone.source, phone.serial)) return emit start_failed({ErrorKind::Exists, phone.serial + " is used by another task of this window"});
  order_ = order;
  events_.clear();
  status_ = {};
  last_sealed_.reset();
  set_stage(Stage::Starting);
  SessionSetup setup = setup_for(order, phone);
  setup.statements = std::move(statements);
  setup.overrides = checks_.overrides();
  const auto* way = phones_.node(phone.source);
  node_ = way ? way->name : std::string();
  const auto holder = setup.officer1 ? lease_holder(setup.officer1->info(), station_.card().station) : station_.card().station;
  const auto by = std::make_shared<NodeLease>();
  const auto at_node = std::make_shared<bool>(way != nullptr);         // what failed is the node, not the phone
  run_then(station_.quick(), this,
           [starter = starter_, setup = std::move(setup), server = phones_.server(phone.source), offers = station_.server_offers(), way = way ? std::optional(*way) : std::nullopt, holder, by, at_node, audio = audio_]() mutable -> Result<std::unique_ptr<CaptureSession>> {
             std::future<Result<HeldPhone>> holding;      // taken while it is asked what it is
             if (way) holding = std::async(std::launch::async, [&] { return name_this_thread("lease"), hold_phone(*way, setup.link->serial(), holder, *setup.clock, by.get()); });
             const Status asked = ask_phone(setup, *server, offers);
             if (way) {
               GZ_TRY_ASSIGN(auto held, holding.get());
               setup.node_coming = std::move(held.facts);
               setup.lease = std::move(held.lease);
             }
             *at_node = false;
             GZ_TRY(asked);
             setup.screen.audio = audio;
             return starter(std::move(setup));
           },
           [this, by, at_node](Result<std::unique_ptr<CaptureSession>> session) {
             if (session) {
               session_started(std::move(*session));
               return;
             }
             station_.record("op.session", Json{{"result", "failed"}, {"why", session.error().what}});
             set_stage(Stage::Idle);
             if (session.error().kind == ErrorKind::Exists && !by->serial.empty()) emit phone_taken(*by);
             else if (*at_node) emit node_failed(session.error());
             else emit start_failed(session.error());
             emit phone_left();
           });
}

void LiveDesk::session_started(std::unique_ptr<CaptureSession> session) {
  session_ = std::move(session);
  session_->frames().on_ready([this] { post(this, [this] { emit frame_ready(); }); });
  if (const auto sound = session_->sound())
    speaker_.open([sound](std::span<std::int16_t> out, std::int64_t) { sound->read(out); }, [sound](bool on) { sound->set_listening(on); });
  refresh();
  Json begun{{"package", status_.package_id}, {"phone", status_.device_serial}, {"order", order_.order_no}, {"result", "started"}};
  for (const auto& item : status_.environment)
    if (!item.overridden.empty()) begun["overrides"].push_back({{"item", item.id}, {"reason", item.overridden}});
  if (!node_.empty()) begun["node"] = node_;
  station_.record("op.session", std::move(begun));
  set_stage(Stage::Running);
  emit started();
  emit frame_ready();                      // what was decoded before we listened
}

// The session joins its threads when it goes, and a node's phone is given back with it: not on this thread.
void LiveDesk::leave() {
  speaker_.close();
  run_then(station_.quick(), this,
           [old = std::exchange(session_, nullptr)]() mutable {
             old.reset();
             return 0;
           },
           [this](int) { emit phone_left(); });
}

void LiveDesk::refresh() {
  if (!session_) return;
  status_ = session_->status();
  emit status_changed();
}

void LiveDesk::input(const ControlMessage& message) {
  if (session_ && stage_ == Stage::Running && !long_pictures_ && !held_) session_->input(message);
}

void LiveDesk::press(std::uint32_t keycode, std::uint32_t meta) {
  input(KeyEvent{KeyAction::Down, keycode, 0, meta});
  input(KeyEvent{KeyAction::Up, keycode, 0, meta});
}

void LiveDesk::paste(const std::string& utf8) { input(SetClipboard{++clipboard_sequence_, true, utf8}); }

void LiveDesk::capture(const ItemDescription& description) {
  if (session_ && stage_ == Stage::Running && !held_) session_->capture(description);
}

void LiveDesk::capture_long(const ItemDescription& description) {
  if (!session_ || stage_ != Stage::Running || long_pictures_ || held_) return;
  long_stop_->store(false);
  long_pictures_ = 0;
  emit long_changed();
  const auto told = [this, stop = long_stop_](int pictures) {
    post(this, [this, pictures] {
      if (long_pictures_) long_pictures_ = pictures;
      emit long_changed();
    });
    return !stop->load();
  };
  run_then(station_.quick(), this, [session = session_, description, told] { return guzheng::capture_long(*session, description, kLongPictures, told); },
           [this](Result<LongCapture> done) {
             long_pictures_.reset();
             emit long_changed();
             refresh();
             if (done) emit long_ended(*done);
             else emit trouble(done.error());
           });
}

void LiveDesk::describe(int item, const ItemDescription& description) {
  if (!session_ || held_) return;
  if (auto status = session_->describe(item, description); !status) emit refused(status.error());
  refresh();
}

void LiveDesk::note(const std::string& text) {
  if (!session_) return;
  if (auto status = session_->note(text); !status) emit refused(status.error());
}

void LiveDesk::clipboard_taken(const std::string& text) { note(clipboard_note(text.size())); }

void LiveDesk::transcribe(int stretch, const std::string& text) {
  if (!session_) return;
  if (auto status = session_->transcribe(stretch, text); !status) emit refused(status.error());
  refresh();
}

void LiveDesk::set_secret_mode(bool on) {
  if (!session_) return;                     // also while a script drives: it conceals more, never less than the script asks for
  session_->set_secret_mode(on);
  refresh();
}

void LiveDesk::pause(const std::string& reason) {
  if (!session_ || stage_ != Stage::Running || held_) return;
  if (auto status = session_->pause(reason); !status) emit trouble(status.error());
  refresh();
}

void LiveDesk::resume() {
  if (!session_ || stage_ != Stage::Running) return;
  if (auto status = session_->resume(); !status) emit trouble(status.error());
  refresh();
}

void LiveDesk::show_beside(std::optional<Light> light, const SessionStatus& status) {
  if (stage_ != Stage::Idle || (!light && !beside_)) return;
  const bool other = light.has_value() != beside_.has_value();
  beside_ = light;
  status_ = status;
  if (other) emit stage_changed();
  emit status_changed();
}

Light LiveDesk::light() const {
  if (beside_) return *beside_;
  if (stage_ == Stage::Ending) return Light::Ending;
  if (stage_ != Stage::Running) return Light::Off;
  if (status_.recording_failed || status_.in_gap || status_.phase == SessionPhase::Failed) return Light::Interrupted;
  return status_.phase == SessionPhase::Paused ? Light::Paused : Light::Recording;
}

void LiveDesk::end(const std::string& incomplete_reason) {
  if (!session_ || stage_ != Stage::Running) return;
  if (held_) return emit end_asked();        // a script is stopped where it is, says so, and then the session is ended
  stop_long();
  set_stage(Stage::Ending);
  run_then(station_.quick(), this,
           [session = session_, incomplete_reason] {
             session->wait_captures();
             return session->end(incomplete_reason);
           },
           [this](Result<SealedPackage> result) { session_ended(std::move(result)); });
}

void LiveDesk::session_ended(Result<SealedPackage> result) {
  refresh();
  if (!result) {
    station_.record("op.seal", Json{{"package", status_.package_id}, {"result", "failed"}, {"why", result.error().what}});
    // a session that can go on does; one that failed for good is left for recovery
    if (status_.phase == SessionPhase::Failed) {
      leave();
      set_stage(Stage::Idle);
    } else {
      set_stage(Stage::Running);
    }
    emit end_failed(result.error());
    return;
  }
  last_sealed_ = *result;
  station_.record("op.seal", Json{{"package", result->id}, {"fingerprint", result->seal.fingerprint},
                                  {"result", result->incomplete.empty() ? "complete" : "incomplete"}});
  leave();
  set_stage(Stage::Idle);
  emit sealed(*last_sealed_);
  station_.encrypt_pending();
}

std::shared_ptr<const Frame> LiveDesk::take_frame() { return session_ ? session_->frames().take() : nullptr; }
std::shared_ptr<const Frame> LiveDesk::newest_frame() const { return session_ ? session_->frames().peek() : nullptr; }

}  // namespace guzheng
