#include "core/desk/patrol_desk.h"

#include "core/base/file.h"
#include "core/base/log.h"

namespace guzheng {
namespace {

constexpr int kLookAtClockMs = 5'000;
constexpr std::int64_t kDayMs = 24ll * 3600 * 1000;

Result<PatrolDue> due_now(const SubjectStore& store) {
  PatrolDue out;
  GZ_TRY_ASSIGN(out.cycle, store.cycle());
  GZ_TRY_ASSIGN(const auto ordinary, store.overdue_count(false));
  GZ_TRY_ASSIGN(const auto abnormal, store.overdue_count(true));
  std::tie(out.ordinary, out.ordinary_capped) = ordinary;
  std::tie(out.abnormal, out.abnormal_capped) = abnormal;
  for (const bool of_abnormal : {false, true}) {
    GZ_TRY_ASSIGN(const auto due, store.overdue(of_abnormal, static_cast<int>(kCountCap)));
    for (const auto& at : due) out.not_web += !is_web_link(at.entry.link);
  }
  out.not_web_capped = out.ordinary_capped || out.abnormal_capped;
  return out;
}

Result<PhoneScripts> scripts_of(const std::filesystem::path& library) {
  PhoneScripts out;
  const auto scripts = library_phone_looks(library);
  if (!scripts) out.error = scripts.error();
  else
    for (const auto& one : *scripts) out.platforms.push_back(one.platform);
  return out;
}

}  // namespace

// What a run needs of a phone, taken on its worker.
struct PatrolDesk::PhoneUse {
  std::shared_ptr<AdbServer> server;
  std::optional<NodeWay> way;
  std::string serial, holder;
  std::vector<ServerOffer> offers;
  std::shared_ptr<PhoneLease> lease;

  Result<OtherLook> take(const std::filesystem::path& library, const PatrolRules& rules, const Clock& clock, PhoneLookOptions options) {
    GZ_TRY_ASSIGN(auto scripts, library_phone_looks(library));
    if (scripts.empty()) return fail(ErrorKind::NotFound, "there are no scripts for looks on a phone");
    if (way) {
      GZ_TRY_ASSIGN(const auto held, hold_phone(*way, serial, holder, clock));
      lease = held.lease;
    }
    const std::shared_ptr<DeviceLink> link = adb_link(server, serial);
    if (types_text(scripts)) { GZ_TRY_ASSIGN(options.screen, choose_server(*link, offers)); }
    return look_by_phone(link, std::move(scripts), rules, std::move(options));
  }
};

PatrolDesk::PatrolDesk(SubjectDesk& desk, LiveDesk& live) : desk_(desk), live_(live) {
  working_.setMaxThreadCount(1);
  daily_.setInterval(kLookAtClockMs);
  connect(&daily_, &QTimer::timeout, this, &PatrolDesk::look_at_clock);
  connect(&desk_, &SubjectDesk::opened, this, &PatrolDesk::watch_spool);
  connect(&spool_, &QFileSystemWatcher::directoryChanged, this, &PatrolDesk::take_in);
  connect(&live_.phones(), &PhoneList::changed, this, &PatrolDesk::phones_changed);
  connect(&live_, &LiveDesk::stage_changed, this, &PatrolDesk::phones_changed);
}

void PatrolDesk::keep_daily(bool on, WallTime last) {
  last_daily_ = last;
  if (on) daily_.start();
  else daily_.stop();
}

void PatrolDesk::look_at_clock() {
  const auto now = desk_.station().clock().wall();
  if (running_ || desk_.stopped() || !desk_.is_open() || !desk_.may_change() || now.ms - last_daily_.ms < kDayMs) return;
  last_daily_ = now;
  emit ran_daily(now);
  start({});
}

void PatrolDesk::stop() {
  stop_->store(true);
  working_.waitForDone();
}

void PatrolDesk::watch_spool() {
  desk_.hop(SubjectDesk::Pool::Read, [folder = spool_folder(desk_.folder())](SubjectStore&) { return make_private_folder(folder); }, this,
            std::function<void(const Status&)>([this](const Status& made) {
              if (!made) return log_warn("desk", "the folder for findings of other programs: " + made.error().what);
              spool_.addPath(QString::fromStdString(spool_folder(desk_.folder()).string()));
              take_in();                   // what came while nobody looked
            }));
}

// Also while nobody is logged in: whoever ran the check is named in each line.
void PatrolDesk::take_in() {
  take_again_ = taking_in_;
  if (taking_in_) return;
  taking_in_ = true;
  desk_.hop(SubjectDesk::Pool::Write, [folder = desk_.folder()](SubjectStore& store) { return take_in_spool(store, folder); }, this,
            std::function<void(const Result<SpoolTaken>&)>([this](const Result<SpoolTaken>& taken) {
              taking_in_ = false;
              if (!taken) emit failed(taken.error());
              else if (taken->files > 0 || !taken->refused.empty()) {
                desk_.tell_changed(0);
                ask_due();
                emit taken_in(*taken);
              }
              if (take_again_) take_in();
            }));
}

void PatrolDesk::ask_due() {
  desk_.hop(SubjectDesk::Pool::Read, [](SubjectStore& store) { return due_now(store); }, this, std::function<void(const Result<PatrolDue>&)>([this](const Result<PatrolDue>& due) {
    if (due) emit due_read(*due);
    else emit failed(due.error());
  }));
}

void PatrolDesk::ask_scripts() {
  desk_.hop(SubjectDesk::Pool::Read, [folder = desk_.folder()](SubjectStore&) { return scripts_of(folder); }, this,
            std::function<void(const Result<PhoneScripts>&)>([this](const Result<PhoneScripts>& scripts) { emit scripts_read(*scripts); }));
}

void PatrolDesk::import_scripts(const std::string& file) {
  if (!desk_.may_change()) return emit scripts_failed({ErrorKind::Denied, "nobody is logged in, or the library is not open"});
  using Scripts = Result<std::vector<PhoneLookScript>>;
  desk_.hop(SubjectDesk::Pool::Write, [folder = desk_.folder(), file](SubjectStore&) { return import_phone_looks(folder, file); }, this, std::function<void(const Scripts&)>([this, file](const Scripts& scripts) {
    if (!scripts) return emit scripts_failed(scripts.error());
    desk_.station().record("op.subjects", Json{{"act", "phone-scripts"}, {"file", std::filesystem::path(file).filename().string()}, {"scripts", scripts->size()}});
    ask_scripts();
  }));
}

void PatrolDesk::start(const PatrolOptions& options, const std::optional<PhoneEntry>& phone) {
  if (running_ || desk_.stopped()) return;
  if (!desk_.may_change()) return emit failed({ErrorKind::Denied, "nobody is logged in, or the library is not open"});
  if (phone && live_.busy()) return emit phone_failed({ErrorKind::Exists, "a capture runs at this desk"});
  if (phone && phones().used_here(phone->source, phone->serial)) return emit phone_failed({ErrorKind::Exists, phone->serial + " is used by another task of this window"});
  phone_ = phone;
  running_ = true;                         // before the phone is taken, so that who lists phones leaves the choice to be seen
  if (phone_) phones().use_here(phone_->source, phone_->serial, kHeldByPatrol, desk_.now());
  begin(options);
}

void PatrolDesk::begin(const PatrolOptions& options) {
  stop_->store(false);
  counts_ = {};
  findings_.clear();
  untold_.clear();
  looking_at_.clear();
  emit running_changed();
  auto wanted = options;
  wanted.stopped = [stop = stop_] { return stop->load(); };
  std::shared_ptr<PhoneUse> use;
  if (phone_) {
    const auto* way = phones().node(phone_->source);
    const auto officer = desk_.station().session_setup().officer1;
    const auto station = desk_.station().card().station;
    use = std::make_shared<PhoneUse>(PhoneUse{phones().server(phone_->source), way ? std::optional(*way) : std::nullopt, phone_->serial, officer ? lease_holder(officer->info(), station) : station,
                                              desk_.station().server_offers(), {}});
  }
  PhoneLookOptions looks;
  looks.stopped = wanted.stopped;
  looks.begins = [this](const Entry& entry) {
    post(this, [this, name = entry.name] {
      looking_at_ = name;
      emit progressed();
    });
  };
  looks.cannot_tell = [this](const Entry& entry, const CannotTell& why) {
    post(this, [this, untold = PatrolUntold{entry, why}] {
      if (untold_.size() < kMostUntold) untold_.push_back(untold);
      emit progressed();
    });
  };
  const auto in_phone = std::make_shared<bool>(false);
  run_then(working_, this, [this, options = std::move(wanted), looks = std::move(looks), use, in_phone, stop = stop_, store = desk_.store(), folder = desk_.folder(), act = desk_.act("巡检"), clock = &desk_.station().clock()]() mutable -> Result<PatrolCounts> {
    GZ_TRY_ASSIGN(const auto rules, library_patrol_rules(folder));
    OtherLook other;
    if (use) {
      *in_phone = true;
      GZ_TRY_ASSIGN(other, use->take(folder, rules, *clock, std::move(looks)));
      *in_phone = false;
    }
    Patrol patrol(*store, rules, options, std::move(other));
    const auto found = [&](const PatrolFinding& one) {
      const auto subject = store->get(one.subject);
      post(this, [this, news = PatrolNews{one, subject ? subject->name : std::string()}] {
        findings_.push_back(news);
        emit progressed();
      });
    };
    const auto progress = [&](const PatrolCounts& counts) {
      post(this, [this, counts] {
        counts_ = counts;
        emit progressed();
      });
      return !stop->load();
    };
    return patrol.run(act, found, progress);
  }, [this, in_phone](const Result<PatrolCounts>& counts) { ended(counts, *in_phone); });
}

void PatrolDesk::ended(const Result<PatrolCounts>& counts, bool in_phone) {
  running_ = false;
  looking_at_.clear();
  if (phone_) phones().give_back(phone_->source, phone_->serial);
  phone_.reset();
  if (counts) counts_ = *counts;
  emit running_changed();
  desk_.tell_changed(0);
  ask_due();
  if (!counts) return in_phone ? emit phone_failed(counts.error()) : emit failed(counts.error());
  desk_.station().record("op.patrol", patrol_line(*counts));
  emit finished(stop_->load());
}

}  // namespace guzheng
