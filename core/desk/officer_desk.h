// Room desk. Who sits at the desk (A-7.2b): logging in and out, the second officer of the next session, locking when nobody is
// there. The practice desk has its two officers always and no lock. GUI thread only; keys are unlocked on a thread of their own,
// one after the other, in the order of the calls.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <memory>
#include <string>
#include <vector>

#include "core/desk/live_desk.h"
#include "core/desk/station_desk.h"
#include "core/identity/login.h"

namespace guzheng {

enum class Door {
  Closed,                                  // the station is not open yet
  LoggedOut,
  Open,                                    // pages may be shown
  Locked,                                  // somebody was there; a running session goes on recording
};

class OfficerDesk : public QObject {
  Q_OBJECT
 public:
  // A running session of `live` decides who may unlock; it is told of locks as notes by whoever listens to note_due().
  OfficerDesk(StationDesk& station, LiveDesk& live);
  ~OfficerDesk() override;                 // wipes all keys

  [[nodiscard]] Door door() const { return door_; }
  [[nodiscard]] bool has_login() const { return station_.wants_policy(); }         // false: the practice desk
  [[nodiscard]] bool busy() const { return busy_; }                                // a key is being unlocked
  [[nodiscard]] const std::string& first() const { return first_; }                // badge; "" when nobody is there
  [[nodiscard]] const std::string& second() const { return second_; }              // badge; "" when not chosen
  [[nodiscard]] bool second_signs_now() const { return second_here_; }             // logged in too; else later (待签)
  // Locked over a running session: badges whose keys it needs before the pages are shown again. Empty: anybody may.
  [[nodiscard]] const std::vector<std::string>& awaited() const { return awaited_; }

  // From Door::LoggedOut or Locked. answered().
  void log_in(const std::string& badge, Secret passphrase);
  // Refused (false) while a session is there: it can only be locked.
  bool log_out();
  void lock();                             // nothing on the practice desk, when the door is not open, and while a session starts or is sealed
  // The second officer of the next session: known by certificate, signs later. second_changed() or answered() with what is wrong.
  void name_second(const std::string& badge);
  // … or with the key: signs when the session is sealed.
  void log_in_second(const std::string& badge, Secret passphrase);
  void drop_second();
  // All keys of the officer at the desk. passphrase_changed().
  void change_passphrase(Secret old, Secret fresh);

 signals:
  void door_changed();
  void busy_changed();
  // After each attempt, also a good one: `days_left` of the certificate when fewer than the policy's warning, else −1.
  void answered(const QString& badge, const guzheng::LoginAnswer& answer, int days_left);
  void second_changed();
  void passphrase_changed(const guzheng::LoginAnswer& answer);
  void note_due(bool locked, bool by_idleness, const QString& who);     // a running session's journal is to say it

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  struct Table;                            // what the key thread works on
  struct Outcome;
  void station_opened();
  void shut(bool by_idleness, Door to);
  void set_door(Door door);
  void set_busy(bool busy);
  void came_in(const Outcome& outcome);
  void second_came(const Outcome& outcome);
  void take_seats(const Outcome& outcome);
  [[nodiscard]] bool may_lock() const;
  [[nodiscard]] bool in_session() const { return live_.busy(); }
  [[nodiscard]] std::string name_of(const std::string& badge) const;
  void record_answer(const std::string& badge, const LoginAnswer& answer);

  StationDesk& station_;
  LiveDesk& live_;
  Door door_ = Door::Closed;
  bool busy_ = false, second_here_ = false;
  std::string first_, second_, second_pem_;
  std::vector<std::string> awaited_;
  SessionPeople people_;
  std::shared_ptr<Table> table_;           // used on keys_ only
  std::unique_ptr<IdleLock> idle_;
  QTimer tick_;
  QThreadPool keys_;                       // one thread
};

}  // namespace guzheng
