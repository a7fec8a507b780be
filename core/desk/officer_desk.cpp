#include "core/desk/officer_desk.h"

#include <QCoreApplication>
#include <QEvent>
#include <algorithm>

#include "core/desk/workers.h"

namespace guzheng {

// The bureau as it is now, with whoever is logged in. The GUI gets copies (StationDesk::seat), so nobody reads what is changed.
struct OfficerDesk::Table {
  Table(const Policy& given, const Bureau& empty, const Clock& clock) : policy(given), login(given, clock), bureau(empty), clock_of(clock) {}
  const Policy policy;
  Login login;
  Bureau bureau;
  const Clock& clock_of;
  std::string named_pem;                   // encryption certificate of a second officer who signs later
  void forget_named() {
    std::erase(bureau.officer_encryption_pems, named_pem);
    named_pem.clear();
  }
};

struct OfficerDesk::Outcome {
  std::string badge;
  LoginAnswer answer;
  Bureau bureau;
  std::string second_pem;                  // signing certificate of a second officer who signs later
};

namespace {

std::shared_ptr<Signer> signer_of(const Bureau& bureau, const std::string& badge) {
  for (const auto& signer : bureau.officers)
    if (signer->info().badge == badge) return signer;
  return nullptr;
}

// The newest certificate that is good today; null: none.
const PersonKey* good_key(const Policy& policy, const std::vector<PersonKey>& keys, WallTime now) {
  for (const auto& key : keys) {
    const auto standing = standing_under(policy, key.pem, now);
    if (standing && *standing == Standing::Good) return &key;
  }
  return nullptr;
}

LoginAnswer no_good_certificate(const Policy& policy, const Person& person, WallTime now) {
  LoginAnswer answer;
  answer.name = person.name;
  answer.problem = LoginProblem::Broken;
  answer.what = "no signing certificate of " + person.badge + " is good now";
  if (person.signing.empty()) return answer;
  answer.valid_until = person.signing.front().info.not_after;
  const auto standing = standing_under(policy, person.signing.front().pem, now);
  if (!standing) return answer;
  switch (*standing) {
    case Standing::Good: break;
    case Standing::NotYetValid: answer.problem = LoginProblem::NotYetValid; break;
    case Standing::Expired: answer.problem = LoginProblem::Expired; break;
    case Standing::Revoked: answer.problem = LoginProblem::Revoked; break;
    case Standing::Untrusted: answer.problem = LoginProblem::Untrusted; break;
    case Standing::NoList: answer.problem = LoginProblem::NoList; break;
  }
  return answer;
}

bool is_activity(QEvent::Type type) {
  return type == QEvent::KeyPress || type == QEvent::MouseButtonPress || type == QEvent::MouseMove || type == QEvent::Wheel || type == QEvent::TouchBegin;
}

}  // namespace

OfficerDesk::OfficerDesk(StationDesk& station, LiveDesk& live) : station_(station), live_(live) {
  keys_.setMaxThreadCount(1);
  tick_.setInterval(1000);
  connect(&tick_, &QTimer::timeout, this, [this] {
    if (may_lock() && idle_->due()) shut(true, Door::Locked);
  });
  connect(&station_, &StationDesk::opened, this, &OfficerDesk::station_opened);
  if (station_.is_open()) station_opened();
}

OfficerDesk::~OfficerDesk() { keys_.waitForDone(); }

void OfficerDesk::station_opened() {
  const Policy* policy = station_.policy();
  if (policy == nullptr) {
    const auto& people = station_.people();
    first_ = people.at(0).badge;
    second_ = people.at(1).badge;
    second_here_ = true;
    return set_door(Door::Open);
  }
  table_ = std::make_shared<Table>(*policy, station_.bureau(), station_.clock());
  idle_ = std::make_unique<IdleLock>(policy->idle_lock_minutes, station_.clock());
  QCoreApplication::instance()->installEventFilter(this);
  tick_.start();
  set_door(Door::LoggedOut);
}

bool OfficerDesk::eventFilter(QObject* object, QEvent* event) {
  if (idle_ && is_activity(event->type())) idle_->activity();
  return QObject::eventFilter(object, event);
}

void OfficerDesk::set_door(Door door) {
  if (door_ == door) return;
  door_ = door;
  emit door_changed();
}

void OfficerDesk::set_busy(bool busy) {
  busy_ = busy;
  emit busy_changed();
}

std::string OfficerDesk::name_of(const std::string& badge) const {
  for (const auto& person : station_.people())
    if (person.badge == badge) return person.name;
  return badge;
}

void OfficerDesk::record_answer(const std::string& badge, const LoginAnswer& answer) {
  if (answer) {
    station_.record("op.login", Json{{"badge", badge}, {"who", answer.name}});
    return;
  }
  if (answer.problem == LoginProblem::Wait) return;      // nothing was tried
  station_.record("op.login-failed", Json{{"badge", badge}, {"who", answer.name.empty() ? badge : answer.name},
                                          {"why", answer.problem == LoginProblem::WrongPassphrase ? "wrong passphrase" : answer.what}});
}

// Who locked the desk is still named by its bar: their signers answer Denied.
void OfficerDesk::take_seats(const Outcome& outcome) {
  if (door_ != Door::Locked) {
    people_ = {};
    people_.officer1 = signer_of(outcome.bureau, first_);
    if (second_here_) people_.officer2 = signer_of(outcome.bureau, second_);
    else people_.officer2_certificate_pem = second_pem_;
  }
  station_.seat(outcome.bureau, people_, door_ == Door::Open);
}

void OfficerDesk::log_in(const std::string& badge, Secret passphrase) {
  if (busy_ || !table_ || (door_ != Door::LoggedOut && door_ != Door::Locked)) return;
  if (!awaited_.empty() && std::find(awaited_.begin(), awaited_.end(), badge) == awaited_.end()) return;
  set_busy(true);
  run_then(keys_, this, [table = table_, badge, passphrase = std::move(passphrase)] {
    Outcome out{badge, table->login.login(table->bureau, badge, passphrase), {}, {}};
    out.bureau = table->bureau;
    return out;
  }, [this](const Outcome& outcome) { came_in(outcome); });
}

static int days_left(const Policy& policy, const LoginAnswer& answer, WallTime now) {
  if (!answer) return -1;
  const std::int64_t days = (answer.valid_until.ms - now.ms) / 86'400'000;
  return days < policy.expiry_warning_days ? static_cast<int>(std::max<std::int64_t>(0, days)) : -1;
}

void OfficerDesk::came_in(const Outcome& outcome) {
  set_busy(false);
  record_answer(outcome.badge, outcome.answer);
  if (outcome.answer) {
    std::erase(awaited_, outcome.badge);
    if (!in_session() && first_ != outcome.badge) {      // another officer than before: the second is chosen anew
      first_ = outcome.badge;
      if (second_ == first_ || second_here_) second_.clear(), second_pem_.clear(), second_here_ = false;
    }
    idle_->activity();
    const bool was_locked = door_ == Door::Locked;
    if (awaited_.empty()) door_ = Door::Open;            // told below, when everything is in its place
    take_seats(outcome);
    if (door_ == Door::Open) {
      if (was_locked && in_session()) emit note_due(false, false, QString::fromStdString(outcome.answer.name + " " + outcome.badge));
      station_.encrypt_pending();
      emit second_changed();
    }
  }
  emit answered(QString::fromStdString(outcome.badge), outcome.answer, days_left(*station_.policy(), outcome.answer, station_.clock().wall()));
  if (outcome.answer) emit door_changed();
}

bool OfficerDesk::log_out() {
  if (!table_ || in_session()) return false;
  if (door_ == Door::Open) shut(false, Door::LoggedOut);
  return true;
}

void OfficerDesk::lock() {
  if (may_lock()) shut(false, Door::Locked);
}

// A session that is starting or being sealed needs its keys for some seconds more; then it is locked.
bool OfficerDesk::may_lock() const {
  return table_ && door_ == Door::Open && live_.stage() != LiveDesk::Stage::Starting && live_.stage() != LiveDesk::Stage::Ending;
}

// The pages are covered at once; the keys go as soon as the key thread is free. Nothing can be asked of them meanwhile but what
// was asked before.
void OfficerDesk::shut(bool by_idleness, Door to) {
  const auto who = QString::fromStdString(name_of(first_) + " " + first_);
  awaited_.clear();
  if (in_session()) {
    awaited_.push_back(first_);
    if (second_here_) awaited_.push_back(second_);
    emit note_due(true, by_idleness, who);
  }
  station_.record("op.logout", Json{{"badge", first_}, {"result", to == Door::Locked ? (by_idleness ? "locked-idle" : "locked") : "logged-out"},
                                    {"who", name_of(first_)}});
  std::vector<std::string> leaving{first_};
  if (second_here_) leaving.push_back(second_);
  if (to == Door::LoggedOut || (!in_session() && second_here_)) second_.clear(), second_pem_.clear(), second_here_ = false;
  set_door(to);
  station_.vault().serve(nullptr);
  run_then(keys_, this, [table = table_, leaving, forget = second_.empty()] {
    for (const auto& badge : leaving) table->login.logout(table->bureau, badge);
    if (forget) table->forget_named();
    return Outcome{{}, {}, table->bureau, {}};
  }, [this, to](const Outcome& outcome) {
    if (to == Door::LoggedOut) first_.clear();
    take_seats(outcome);
    emit second_changed();
  });
}

void OfficerDesk::name_second(const std::string& badge) {
  if (!table_ || busy_ || door_ != Door::Open || in_session() || badge == first_) return;
  set_busy(true);
  run_then(keys_, this, [table = table_, badge, old = second_here_ ? second_ : std::string()] {
    Outcome out{badge, {}, {}, {}};
    const auto now = table->clock_of.wall();
    const auto person = find_person(table->policy.people, badge);
    if (!person) {
      out.answer.problem = LoginProblem::UnknownOfficer;
      out.answer.what = person.error().what;
    } else if (const auto* signing = good_key(table->policy, person->signing, now)) {
      out.answer.name = person->name;
      out.answer.valid_until = signing->info.not_after;
      out.second_pem = signing->pem;
      if (!old.empty()) table->login.logout(table->bureau, old);
      table->forget_named();
      if (const auto* encryption = good_key(table->policy, person->encryption, now)) {
        table->named_pem = encryption->pem;
        table->bureau.officer_encryption_pems.push_back(encryption->pem);
      }
    } else {
      out.answer = no_good_certificate(table->policy, *person, now);
    }
    out.bureau = table->bureau;
    return out;
  }, [this](const Outcome& outcome) {
    set_busy(false);
    if (door_ != Door::Open) return;       // locked meanwhile: chosen anew
    if (!outcome.answer) {
      emit answered(QString::fromStdString(outcome.badge), outcome.answer, -1);
      return;
    }
    second_ = outcome.badge;
    second_pem_ = outcome.second_pem;
    second_here_ = false;
    take_seats(outcome);
    emit second_changed();
  });
}

void OfficerDesk::log_in_second(const std::string& badge, Secret passphrase) {
  if (!table_ || busy_ || door_ != Door::Open || in_session() || badge == first_) return;
  set_busy(true);
  run_then(keys_, this, [table = table_, badge, passphrase = std::move(passphrase), old = second_here_ && second_ != badge ? second_ : std::string()] {
    Outcome out{badge, {}, {}, {}};
    const std::string named = table->named_pem;
    table->forget_named();                 // login adds the officer's own
    out.answer = table->login.login(table->bureau, badge, passphrase);
    if (out.answer && !old.empty()) table->login.logout(table->bureau, old);
    if (!out.answer && !named.empty()) table->bureau.officer_encryption_pems.push_back(table->named_pem = named);
    out.bureau = table->bureau;
    return out;
  }, [this](const Outcome& outcome) { second_came(outcome); });
}

void OfficerDesk::second_came(const Outcome& outcome) {
  set_busy(false);
  record_answer(outcome.badge, outcome.answer);
  if (outcome.answer && door_ != Door::Open) {           // locked meanwhile: the key goes again
    run_then(keys_, this, [table = table_, badge = outcome.badge] {
      table->login.logout(table->bureau, badge);
      return Outcome{{}, {}, table->bureau, {}};
    }, [this](const Outcome& after) { take_seats(after); });
    return;
  }
  if (outcome.answer) {
    second_ = outcome.badge;
    second_pem_.clear();
    second_here_ = true;
    take_seats(outcome);
    emit second_changed();
  }
  emit answered(QString::fromStdString(outcome.badge), outcome.answer, days_left(*station_.policy(), outcome.answer, station_.clock().wall()));
}

void OfficerDesk::drop_second() {
  if (!table_ || busy_ || door_ != Door::Open || in_session() || second_.empty()) return;
  const std::string old = second_here_ ? second_ : std::string();
  second_.clear();
  second_pem_.clear();
  second_here_ = false;
  run_then(keys_, this, [table = table_, old] {
    if (!old.empty()) table->login.logout(table->bureau, old);
    table->forget_named();
    return Outcome{{}, {}, table->bureau, {}};
  }, [this](const Outcome& outcome) {
    take_seats(outcome);
    emit second_changed();
  });
}

void OfficerDesk::change_passphrase(Secret old, Secret fresh) {
  if (!table_ || busy_ || door_ != Door::Open) return;
  set_busy(true);
  run_then(keys_, this, [table = table_, badge = first_, old = std::move(old), fresh = std::move(fresh)] { return table->login.change_passphrase(badge, old, fresh); },
           [this](const LoginAnswer& answer) {
             set_busy(false);
             station_.record(answer ? "op.passphrase" : "op.login-failed", Json{{"badge", first_}, {"who", name_of(first_)}});
             emit passphrase_changed(answer);
           });
}

}  // namespace guzheng
