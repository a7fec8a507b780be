#include "core/desk/group_desk.h"

#include <algorithm>

#include "core/base/file.h"
#include "core/base/kept_with.h"
#include "core/desk/workers.h"
#include "core/session/input_body.h"
#include "core/site/look.h"

namespace guzheng {

// Every call comes from a session thread and goes on as a queued call; the desk outlives it. A group that is over may still speak while the next one runs:
// nothing of it is shown as the next one's.
class GroupDesk::Relay final : public SessionListener {
 public:
  Relay(GroupDesk& desk, int run, int member) : desk_(desk), run_(run), member_(member) {}
  void on_event(const TimelineEvent&) override {
    to_desk([](GroupDesk& desk) { desk.refresh(); });
  }
  void on_phase(SessionPhase) override {
    to_desk([](GroupDesk& desk) { desk.refresh(); });
  }
  void on_trouble(const Error& error) override {
    to_desk([member = member_, error](GroupDesk& desk) {
      desk.refresh();                      // the card counts what was lost
      emit desk.trouble(member, error);
    });
  }
  void on_clipboard(const std::string& text) override {
    to_desk([member = member_, text](GroupDesk& desk) { emit desk.clipboard(member, text); });
  }

 private:
  template <typename Act>
  void to_desk(Act act) {
    post(&desk_, [desk = &desk_, run = run_, act = std::move(act)] {
      if (run == desk->run_) act(*desk);
    });
  }
  GroupDesk& desk_;
  const int run_, member_;
};

namespace {

constexpr std::size_t kMostText = 300;     // bytes of one message that types (device/control.h)

// What the members have captured until now, as it lies in their open bags.
std::vector<SeenByMember> seen_now(const GroupSession& group, const std::filesystem::path& open) {
  std::vector<SeenByMember> out;
  for (int number = 1; number <= group.size(); ++number) {
    SeenByMember member{number, {}, {}, group.stopped(number), {}};
    if (auto* session = group.session(number)) {
      const auto status = session->status();
      member.phone = status.device_serial;
      member.package = status.package_id;
      for (const auto& item : status.items) {
        SeenPage page{item.number, item.description.title, std::string(to_string(item.description.kind)), format_time(item.made_at), item.made_at.ms, {}, {}};
        if (!item.hierarchy.empty())
          if (const auto xml = read_text(open / status.package_id / item.hierarchy, 16u << 20))
            if (auto layout = read_layout(*xml)) page.layout = std::move(*layout);
        if (auto png = session->picture(item.number)) page.png = std::move(*png);
        member.pages.push_back(std::move(page));
      }
    }
    out.push_back(std::move(member));
  }
  return out;
}

struct Wanted {                            // one phone, before it is asked
  SessionSetup setup;
  std::shared_ptr<AdbServer> server;
  std::optional<NodeWay> way;
};

}  // namespace

GroupDesk::GroupDesk(StationDesk& station, PhoneList& phones, LiveDesk& live) : station_(station), phones_(phones), live_(live) {
  second_.setInterval(1000);
  connect(&second_, &QTimer::timeout, this, [this] { refresh(); });
  minute_.setInterval(60'000);
  connect(&minute_, &QTimer::timeout, this, &GroupDesk::ask_batteries);
}

GroupDesk::~GroupDesk() {
  for (auto& [phone, check] : checks_) check->stop();
  station_.quick().waitForDone();
  group_.reset();
}

void GroupDesk::set_stage(LiveDesk::Stage stage) {
  stage_ = stage;
  if (stage == LiveDesk::Stage::Running) second_.start(), minute_.start();
  else minute_.stop();
  if (stage == LiveDesk::Stage::Idle) second_.stop();
  refresh();
  emit stage_changed();
}

CheckDesk& GroupDesk::checks(const PhoneEntry& phone) {
  auto& desk = checks_[{phone.source, phone.serial}];
  if (!desk) desk = std::make_unique<CheckDesk>(station_);
  return *desk;
}

void GroupDesk::check(const CaptureOrder& order, const PhoneEntry& phone) {
  if (!station_.is_open() || phones_.sources()[phone.source].gone) return;
  SessionSetup setup = station_.session_setup();
  setup.order = order;
  setup.link = adb_link(phones_.server(phone.source), phone.serial);
  const auto* way = phones_.node(phone.source);
  checks(phone).run(std::move(setup), [server = phones_.server(phone.source), way = way ? std::optional(*way) : std::nullopt](SessionSetup& ready) -> Status {
    if (way) { GZ_TRY_ASSIGN(ready.node, node_facts(*way, *ready.clock)); }
    GZ_TRY_ASSIGN(ready.adb_version, server->version());
    return ok();
  });
}

void GroupDesk::forget_checks() {
  for (auto& [phone, check] : checks_) check->forget();
}

void GroupDesk::start(const CaptureOrder& order, const std::vector<GroupPhone>& phones, std::vector<OpeningStatement> statements) {
  if (stage_ != LiveDesk::Stage::Idle || live_.busy() || !station_.is_open()) return;
  for (const auto& one : phones)
    if (phones_.used_here(one.phone.source, one.phone.serial)) return emit failed({ErrorKind::Exists, one.phone.serial + " is used by another task of this window"});
  order_ = order;
  leader_ = 1;
  comparison_ = {};
  result_.reset();
  cards_.clear();
  waiting_.clear();
  typed_.clear();
  compare_again_ = false;
  ++run_;
  std::vector<std::shared_ptr<Relay>> relays;
  std::vector<Wanted> wanted;
  GroupOptions options;
  for (const auto& chosen : phones) {
    const auto& phone = chosen.phone;
    const int number = static_cast<int>(cards_.size()) + 1;
    relays.push_back(std::make_shared<Relay>(*this, run_, number));
    cards_.push_back({number, phone.serial, phone.model, phones_.sources()[phone.source].node ? phones_.sources()[phone.source].name : std::string(), chosen.account, chosen.place, {}, phone.battery, {}});
    options.places.push_back(chosen.place);
    options.accounts.push_back(chosen.account);
    Wanted one{station_.session_setup(), phones_.server(phone.source), {}};
    if (const auto* way = phones_.node(phone.source)) one.way = *way;
    one.setup.order = order;
    one.setup.statements = statements;
    one.setup.link = adb_link(one.server, phone.serial);
    one.setup.listener = relays.back().get();
    one.setup.overrides = chosen.overrides;
    wanted.push_back(std::move(one));
  }
  set_stage(LiveDesk::Stage::Starting);
  options.on_stopped = [this](int, const std::string&) { post(this, [this] { refresh(); }); };
  const auto who = station_.session_setup().officer1;
  const auto holder = who ? lease_holder(who->info(), station_.card().station) : station_.card().station;
  run_then(station_.quick(), this,
           [relays = std::move(relays), wanted = std::move(wanted), options, holder, offers = station_.server_offers()]() mutable -> Result<std::shared_ptr<GroupSession>> {
             std::vector<SessionSetup> setups;
             for (auto& one : wanted) {
               if (one.way) {
                 GZ_TRY_ASSIGN(auto held, hold_phone(*one.way, one.setup.link->serial(), holder, *one.setup.clock));
                 one.setup.node_coming = std::move(held.facts);
                 one.setup.lease = std::move(held.lease);
               }
               GZ_TRY_ASSIGN(one.setup.adb_version, one.server->version());
               GZ_TRY_ASSIGN(one.setup.screen, choose_server(*one.setup.link, offers));
               setups.push_back(std::move(one.setup));
             }
             GZ_TRY_ASSIGN(auto group, GroupSession::start(std::move(setups), options));
             return kept_with(std::move(group), std::move(relays));
           },
           [this](Result<std::shared_ptr<GroupSession>> group) {
             if (group) return began(std::move(*group));
             station_.record("op.session", Json{{"result", "failed"}, {"why", group.error().what}});
             set_stage(LiveDesk::Stage::Idle);
             emit start_failed(group.error());
           });
  forget_checks();
}

void GroupDesk::began(std::shared_ptr<GroupSession> group) {
  group_ = std::move(group);
  Json phones = Json::array();
  for (int number = 1; number <= group_->size(); ++number) {
    phones.push_back(cards_[static_cast<std::size_t>(number - 1)].serial);
    if (auto* session = group_->session(number)) session->frames().on_ready([this, number] { post(this, [this, number] { emit frame_ready(number); }); });
  }
  Json begun{{"group", group_->id()}, {"order", order_.order_no}, {"phones", std::move(phones)}, {"result", "started"}};
  for (int number = 1; number <= group_->size(); ++number)
    if (auto* session = group_->session(number))
      for (const auto& item : session->status().environment)
        if (!item.overridden.empty()) begun["overrides"].push_back({{"item", item.id}, {"phone", session->status().device_serial}, {"reason", item.overridden}});
  station_.record("op.session", std::move(begun));
  set_stage(LiveDesk::Stage::Running);
  lead(1);
  ask_batteries();
  for (int number = 1; number <= group_->size(); ++number) emit frame_ready(number);      // what was decoded before we listened
}

void GroupDesk::refresh() {
  if (group_)
    for (auto& card : cards_) {
      card.stopped = group_->stopped(card.number);
      if (auto* session = group_->session(card.number)) card.status = session->status();
    }
  const auto leads = [&](const GroupCard& card) { return group_ && group_->goes_on(card.number); };
  if (group_ && stage_ == LiveDesk::Stage::Running && !group_->goes_on(leader_))
    if (const auto next = std::find_if(cards_.begin(), cards_.end(), leads); next != cards_.end()) leader_ = next->number;
  if (stage_ == LiveDesk::Stage::Idle) {
    live_.show_beside(std::nullopt, {});
  } else {
    const SessionStatus status = cards_.empty() ? SessionStatus{} : cards_[static_cast<std::size_t>(leader_ - 1)].status;
    const bool still = std::any_of(cards_.begin(), cards_.end(), [&](const auto& card) { return leads(card) && (card.status.in_gap || card.status.recording_failed); });
    live_.show_beside(stage_ == LiveDesk::Stage::Running ? still ? Light::Interrupted : paused() ? Light::Paused : Light::Recording : stage_ == LiveDesk::Stage::Ending ? Light::Ending : Light::Off, status);
  }
  emit changed();
}

void GroupDesk::lead(int member) {
  if (!group_ || member < 1 || member > group_->size() || !group_->goes_on(member)) return;
  leader_ = member;
  refresh();
}

bool GroupDesk::free_for(GroupAct what) {
  if (group_ && !running_ && stage_ == LiveDesk::Stage::Running) return true;
  if (group_) emit not_taken(what);
  return false;
}

// One act at a time, on a worker: each is the same for all, or follows from the leader's.
bool GroupDesk::act(GroupAct what, Act work, std::function<void()> then) {
  if (!free_for(what)) return false;
  running_ = what;
  emit changed();
  run_then(station_.quick(), this, [group = group_, work = std::move(work)] { return work(*group); },
           [this, then = std::move(then)](Status done) {
             running_.reset();
             long_runs_ = false;
             refresh();
             if (!done) emit failed(done.error());
             else if (then) then();
             go_on();
           });
  return true;
}

void GroupDesk::go_on() {
  if (running_ || stage_ != LiveDesk::Stage::Running) return;
  if (!typed_.empty()) return void(type(std::exchange(typed_, {})));
  if (!waiting_.empty()) {
    const auto next = std::move(waiting_.front());
    waiting_.pop_front();
    return capture(next);                  // it compares too
  }
  if (std::exchange(compare_again_, false)) compare();
}

bool GroupDesk::act_on_page(GroupAct what, std::function<LostInputs(GroupSession&)> work) {
  if (!free_for(what)) return false;
  emit page_left();
  const auto lost = std::make_shared<LostInputs>();
  return act(
      what,
      [lost, work = std::move(work)](GroupSession& group) {
        *lost = work(group);
        return ok();
      },
      [this, lost] {
        if (!lost->empty()) emit inputs_lost(*lost);
      });
}

void GroupDesk::tap(int x, int y, std::int64_t hold_ms) {
  if (!free_for(GroupAct::Tap)) return;
  emit page_left();
  const auto found = std::make_shared<FollowedTap>();
  act(
      GroupAct::Tap,
      [found, x, y, hold_ms, leader = leader_](GroupSession& group) -> Status {
        GZ_TRY_ASSIGN(*found, group.tap(leader, x, y, hold_ms));
        return ok();
      },
      [this, found] {
        emit followed(QString::fromStdString(found->element), static_cast<int>(found->differed.size()));
        if (!found->lost.empty()) emit inputs_lost(found->lost);
      });
}

void GroupDesk::drag(const std::vector<PathPoint>& path, Fingers fingers) {
  if (!free_for(GroupAct::Drag)) return;
  emit page_left();
  const auto found = std::make_shared<FollowedDrag>();
  act(
      GroupAct::Drag,
      [found, path, fingers, leader = leader_](GroupSession& group) -> Status {
        GZ_TRY_ASSIGN(*found, group.drag(leader, path, fingers));
        return ok();
      },
      [this, found, fingers] {
        if (fingers == Fingers::One) emit dragged(QString::fromStdString(found->element), static_cast<int>(std::count_if(found->by_element.begin(), found->by_element.end(), [](const auto& one) { return !one.second; })));
        if (!found->lost.empty()) emit inputs_lost(found->lost);
      });
}

void GroupDesk::scroll(bool down) {
  if (running_ == GroupAct::Scroll) return;                  // a turned wheel says it many times
  act_on_page(GroupAct::Scroll, [down](GroupSession& group) { return group.swipe(down); });
}

void GroupDesk::press(std::uint32_t keycode) {
  act_on_page(GroupAct::Key, [keycode](GroupSession& group) { return group.input({KeyEvent{KeyAction::Down, keycode, 0, 0}, KeyEvent{KeyAction::Up, keycode, 0, 0}}); });
}

bool GroupDesk::paste(const std::string& utf8) {
  return act_on_page(GroupAct::Text, [utf8, sequence = ++clipboard_sequence_](GroupSession& group) { return group.input({SetClipboard{sequence, true, utf8}}); });
}

bool GroupDesk::type(const std::string& utf8) {
  if (running_ == GroupAct::Text && stage_ == LiveDesk::Stage::Running) {
    typed_ += utf8;
    return true;
  }
  const bool ascii = std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 32 && c < 127; });
  if (!ascii) return paste(utf8);          // it cannot be typed into a phone: it goes by the clipboard
  return act_on_page(GroupAct::Text, [utf8](GroupSession& group) {
    std::vector<ControlMessage> pieces;
    for (std::size_t at = 0; at < utf8.size(); at += kMostText) pieces.emplace_back(TextEvent{utf8.substr(at, kMostText)});
    return group.input(pieces);
  });
}

// Asked for now, made later: each journal says when, so that what was on the screens then is found in the films.
void GroupDesk::wait_capture(const ItemDescription& description) {
  waiting_.push_back(description);
  note("并行取证：此时要求取证当前页面，前一操作还没有完成，截图在其后进行；此刻的画面见录像");
  emit changed();
}

void GroupDesk::capture(const ItemDescription& description) {
  if (group_ && running_ && stage_ == LiveDesk::Stage::Running) return wait_capture(description);
  const auto table = std::make_shared<Comparison>();
  act(
      GroupAct::Capture,
      [description, table, open = station_.vault().folder() / "open", words = words_](GroupSession& group) {
        group.capture(description);
        *table = compare_members(seen_now(group, open), words);
        return ok();
      },
      [this, table] {
        comparison_ = std::move(*table);
        emit compared();
      });
}

void GroupDesk::capture_long(const ItemDescription& description) {
  if (paused()) return emit not_taken(GroupAct::LongCapture);
  if (!free_for(GroupAct::LongCapture)) return;
  const auto pages = std::make_shared<std::map<int, LongCapture>>();
  const auto table = std::make_shared<Comparison>();
  long_stop_->store(false);
  emit page_left();
  long_runs_ = act(
      GroupAct::LongCapture,
      [this, pages, table, description, stop = long_stop_, open = station_.vault().folder() / "open", words = words_](GroupSession& group) {
        *pages = group.capture_long(description, kLongPictures, [this, stop](int, int) {
          post(this, [this] { emit long_changed(); });
          return !stop->load();
        });
        *table = compare_members(seen_now(group, open), words);
        return ok();
      },
      [this, pages, table] {
        comparison_ = std::move(*table);
        emit long_ended(*pages);
        emit compared();
      });
  emit long_changed();
}

void GroupDesk::describe(const ComparedPage& page, const ItemDescription& description) {
  if (!group_) return;
  for (std::size_t i = 0; i < page.items.size(); ++i)
    if (auto* session = group_->session(static_cast<int>(i) + 1); session && page.items[i] > 0)
      if (const auto said = session->describe(page.items[i], description); !said) emit refused(said.error());
  refresh();
  compare();
}

// Pages belong together by kind and title: both may be others now.
void GroupDesk::compare() {
  if (running_) {
    compare_again_ = true;
    return;
  }
  const auto table = std::make_shared<Comparison>();
  act(
      GroupAct::Compare,
      [table, open = station_.vault().folder() / "open", words = words_](GroupSession& group) {
        *table = compare_members(seen_now(group, open), words);
        return ok();
      },
      [this, table] {
        comparison_ = std::move(*table);
        emit compared();
      });
}

void GroupDesk::note(const std::string& text) {
  if (!group_) return;
  for (int number = 1; number <= group_->size(); ++number)
    if (auto* session = group_->session(number))
      if (const auto noted = session->note(text); !noted) emit trouble(number, noted.error());
}

void GroupDesk::clipboard_taken(int member, const std::string& text) {
  auto* session = group_ ? group_->session(member) : nullptr;
  if (!session) return;
  if (const auto noted = session->note(clipboard_note(text.size())); !noted) emit trouble(member, noted.error());
}

void GroupDesk::set_secret_mode(bool on) {
  if (!group_) return;
  for (int number = 1; number <= group_->size(); ++number)
    if (auto* session = group_->session(number); session && group_->goes_on(number)) session->set_secret_mode(on);
  refresh();
}

bool GroupDesk::secret_mode() const { return !cards_.empty() && cards_[static_cast<std::size_t>(leader_ - 1)].status.secret_mode; }

bool GroupDesk::pause(const std::string& reason) {
  return act(GroupAct::Pause, [this, reason](GroupSession& group) {
    for (const auto& [number, error] : group.pause(reason)) post(this, [this, number = number, error = error] { emit trouble(number, error); });
    return ok();
  });
}

bool GroupDesk::resume() {
  return act(GroupAct::Resume, [this](GroupSession& group) {
    for (const auto& [number, error] : group.resume()) post(this, [this, number = number, error = error] { emit trouble(number, error); });
    return ok();
  });
}

bool GroupDesk::paused() const {
  return std::any_of(cards_.begin(), cards_.end(), [](const auto& card) { return card.stopped.empty() && card.status.phase == SessionPhase::Paused; });
}

void GroupDesk::ask_batteries() {
  if (!group_) return;
  run_then(station_.quick(), this,
           [group = group_] {
             std::vector<std::pair<int, std::optional<int>>> out;
             for (int number = 1; number <= group->size(); ++number)
               if (group->goes_on(number)) {
                 const auto said = group->session(number)->link().shell("dumpsys battery", std::chrono::seconds(5));
                 out.emplace_back(number, said ? battery_level(as_text(said->out)) : std::nullopt);
               }
             return out;
           },
           [this](const std::vector<std::pair<int, std::optional<int>>>& levels) {
             for (const auto& [number, level] : levels)
               if (static_cast<std::size_t>(number) <= cards_.size() && level) cards_[static_cast<std::size_t>(number - 1)].battery = level;
             emit changed();
           });
}

bool GroupDesk::end(const std::string& incomplete_reason) {
  if (!free_for(GroupAct::End)) return false;
  set_stage(LiveDesk::Stage::Ending);
  run_then(station_.quick(), this, [group = group_, incomplete_reason] { return group->end(incomplete_reason); }, [this](GroupResult result) { ended(std::move(result)); });
  return true;
}

void GroupDesk::ended(GroupResult result) {
  refresh();
  for (const auto& member : result.members) {
    Json body{{"group", result.group}, {"phone", member.phone}};
    if (member.package) {
      body["fingerprint"] = member.package->seal.fingerprint;
      body["package"] = member.package->id;
      body["result"] = member.package->incomplete.empty() ? "complete" : "incomplete";
    } else {
      body["result"] = "failed";
      body["why"] = member.unsealed;
    }
    station_.record("op.seal", std::move(body));
  }
  result_ = std::move(result);
  // the sessions join their threads when they go, and phones of nodes are given back with them: not on this thread
  run_then(station_.quick(), this,
           [old = std::exchange(group_, nullptr)]() mutable {
             old.reset();
             return 0;
           },
           [this](int) { emit live_.phone_left(); });
  set_stage(LiveDesk::Stage::Idle);
  emit sealed();
  station_.encrypt_pending();
}

std::shared_ptr<const Frame> GroupDesk::take_frame(int member) const {
  auto* session = group_ ? group_->session(member) : nullptr;
  return session ? session->frames().take() : nullptr;
}

}  // namespace guzheng
