#include "core/desk/group_desk.h"

#include "core/base/file.h"
#include "core/desk/workers.h"
#include "core/session/gesture.h"

namespace guzheng {

// Every call comes from a session thread and goes on as a queued call; the desk outlives it.
class GroupDesk::Relay final : public SessionListener {
 public:
  Relay(GroupDesk& desk, int member) : desk_(desk), member_(member) {}
  void on_event(const TimelineEvent&) override {
    post(&desk_, [desk = &desk_] { desk->refresh(); });
  }
  void on_phase(SessionPhase) override {
    post(&desk_, [desk = &desk_] { desk->refresh(); });
  }
  void on_trouble(const Error& error) override {
    post(&desk_, [desk = &desk_, member = member_, error] { emit desk->trouble(member, error); });
  }

 private:
  GroupDesk& desk_;
  const int member_;
};

namespace {

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
}

GroupDesk::~GroupDesk() {
  station_.quick().waitForDone();
  group_.reset();
}

void GroupDesk::set_stage(LiveDesk::Stage stage) {
  stage_ = stage;
  if (stage == LiveDesk::Stage::Running) second_.start();
  else if (stage == LiveDesk::Stage::Idle) second_.stop();
  refresh();
  emit stage_changed();
}

void GroupDesk::start(const CaptureOrder& order, const std::vector<PhoneEntry>& phones, std::vector<OpeningStatement> statements) {
  if (stage_ != LiveDesk::Stage::Idle || live_.busy() || !station_.is_open()) return;
  order_ = order;
  leader_ = 1;
  comparison_ = {};
  result_.reset();
  cards_.clear();
  relays_.clear();
  std::vector<Wanted> wanted;
  for (const auto& phone : phones) {
    const int number = static_cast<int>(cards_.size()) + 1;
    relays_.push_back(std::make_unique<Relay>(*this, number));
    cards_.push_back({number, phone.serial, phone.model, phones_.sources()[phone.source].node ? phones_.sources()[phone.source].name : std::string(), {}, {}});
    Wanted one{station_.session_setup(), phones_.server(phone.source), {}};
    if (const auto* way = phones_.node(phone.source)) one.way = *way;
    one.setup.order = order;
    one.setup.statements = statements;
    one.setup.link = adb_link(one.server, phone.serial);
    one.setup.listener = relays_.back().get();
    wanted.push_back(std::move(one));
  }
  set_stage(LiveDesk::Stage::Starting);
  GroupOptions options;
  options.on_stopped = [this](int, const std::string&) { post(this, [this] { refresh(); }); };
  const auto* policy = station_.policy();
  const auto who = station_.session_setup().officer1;
  const auto holder = who ? lease_holder(who->info(), station_.card().station) : station_.card().station;
  run_then(station_.quick(), this,
           [wanted = std::move(wanted), options, holder, desk = station_.options(), accepted = policy ? policy->scrcpy_server_sha256 : std::vector<std::string>(),
            folder = policy ? policy->scrcpy_server_folder : std::filesystem::path()]() mutable -> Result<std::shared_ptr<GroupSession>> {
             std::vector<SessionSetup> setups;
             for (auto& one : wanted) {
               if (one.way) {
                 GZ_TRY_ASSIGN(auto held, hold_phone(*one.way, one.setup.link->serial(), holder, *one.setup.clock));
                 one.setup.node_coming = std::move(held.facts);
                 one.setup.lease = std::move(held.lease);
               }
               GZ_TRY_ASSIGN(one.setup.adb_version, one.server->version());
               GZ_TRY_ASSIGN(const bool training, is_training_phone(*one.setup.link));
               GZ_TRY_ASSIGN(one.setup.screen, screen_options(training, desk, accepted, folder));
               setups.push_back(std::move(one.setup));
             }
             GZ_TRY_ASSIGN(auto group, GroupSession::start(std::move(setups), options));
             return std::shared_ptr<GroupSession>(std::move(group));
           },
           [this](Result<std::shared_ptr<GroupSession>> group) {
             if (group) return began(std::move(*group));
             station_.record("op.session", Json{{"result", "failed"}, {"why", group.error().what}});
             set_stage(LiveDesk::Stage::Idle);
             emit start_failed(group.error());
           });
}

void GroupDesk::began(std::shared_ptr<GroupSession> group) {
  group_ = std::move(group);
  Json phones = Json::array();
  for (int number = 1; number <= group_->size(); ++number) {
    phones.push_back(cards_[static_cast<std::size_t>(number - 1)].serial);
    if (auto* session = group_->session(number)) session->frames().on_ready([this, number] { post(this, [this, number] { emit frame_ready(number); }); });
  }
  station_.record("op.session", Json{{"group", group_->id()}, {"order", order_.order_no}, {"phones", std::move(phones)}, {"result", "started"}});
  set_stage(LiveDesk::Stage::Running);
  lead(1);
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
    live_.show_beside(stage_ == LiveDesk::Stage::Running ? still ? Light::Interrupted : Light::Recording : stage_ == LiveDesk::Stage::Ending ? Light::Ending : Light::Off, status);
  }
  emit changed();
}

void GroupDesk::lead(int member) {
  if (!group_ || member < 1 || member > group_->size() || !group_->goes_on(member)) return;
  leader_ = member;
  refresh();
}

// One act at a time, on a worker: each is the same for all, or follows from the leader's.
void GroupDesk::act(Act what, std::function<void()> then) {
  if (!group_ || busy_ || stage_ != LiveDesk::Stage::Running) return;
  busy_ = true;
  emit changed();
  run_then(station_.quick(), this, [group = group_, what = std::move(what)] { return what(*group); },
           [this, then = std::move(then)](Status done) {
             busy_ = false;
             refresh();
             if (!done) emit failed(done.error());
             else if (then) then();
           });
}

void GroupDesk::tap(int x, int y) {
  const auto found = std::make_shared<FollowedTap>();
  act(
      [found, x, y, leader = leader_](GroupSession& group) -> Status {
        GZ_TRY_ASSIGN(*found, group.tap(leader, x, y));
        return ok();
      },
      [this, found] { emit followed(QString::fromStdString(found->element), static_cast<int>(found->differed.size())); });
}

void GroupDesk::scroll(bool down) {
  act([down](GroupSession& group) {
    group.swipe(down);
    return ok();
  });
}

void GroupDesk::press(std::uint32_t keycode) {
  act([keycode](GroupSession& group) {
    group.input(KeyEvent{KeyAction::Down, keycode, 0, 0});
    group.input(KeyEvent{KeyAction::Up, keycode, 0, 0});
    return ok();
  });
}

void GroupDesk::paste(const std::string& utf8) {
  act([utf8, sequence = ++clipboard_sequence_](GroupSession& group) {
    group.input(SetClipboard{sequence, true, utf8});
    return ok();
  });
}

void GroupDesk::capture(const ItemDescription& description) {
  const auto table = std::make_shared<Comparison>();
  act(
      [description, table, open = station_.vault().folder() / "open"](GroupSession& group) {
        group.capture(description);
        *table = compare_members(seen_now(group, open));
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

void GroupDesk::end(const std::string& incomplete_reason) {
  if (!group_ || busy_ || stage_ != LiveDesk::Stage::Running) return;
  set_stage(LiveDesk::Stage::Ending);
  run_then(station_.quick(), this, [group = group_, incomplete_reason] { return group->end(incomplete_reason); }, [this](GroupResult result) { ended(std::move(result)); });
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
