// Room identity. Logging in is unlocking one's key (A-7.2b). An unlocked key lives in memory while its officer is logged in
// and nowhere else; logging out wipes it. Wrong passphrases slow the next attempt down, for good after a restart too, and never
// shut anybody out for good. A passphrase that is lost takes the officer's way to old evidence, not the archive's.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/secret.h"
#include "core/identity/people.h"

namespace guzheng {

enum class LoginProblem {
  None,
  UnknownOfficer,                            // no certificate of that badge
  NoKey,                                     // certificate without a key on this machine
  NotYetValid, Expired, Revoked, Untrusted, NoList,        // as Standing
  Wait,                                      // too soon after a wrong passphrase: wait_seconds
  WrongPassphrase,
  Broken,                                    // a file cannot be read or written: what
};

struct LoginAnswer {
  LoginProblem problem = LoginProblem::None;
  std::int64_t wait_seconds = 0;             // Wait and WrongPassphrase: until the next attempt
  std::string name;                          // of the officer, when known
  WallTime valid_until;                      // None: when the certificate expires (policy: expiry_warning_days)
  bool opens = true;                         // None: an encryption key could be unlocked too
  std::string what;                          // for the log: English, with file names
  explicit operator bool() const { return problem == LoginProblem::None; }
};

// Seconds to wait after so many wrong passphrases in a row: 0, 1, 2, 4, … at most 900.
std::int64_t delay_after(int failures);

// One for the program. Thread-safe by itself; the Bureau it changes must not be in use by others meanwhile, so log in and out
// between sessions. Signers and openers it gave out stay good objects after logout: they answer Denied until their officer
// logs in again, so that a session that was locked can be sealed by the officer who comes back.
class Login {
 public:
  Login(Policy policy, const Clock& clock);                // `clock` must outlive it and the signers
  ~Login();                                                // logs everybody out
  Login(const Login&) = delete;
  Login& operator=(const Login&) = delete;

  // Some tenths of a second a key (600,000 iterations). Adds the officer's Signer, encryption certificate and, when nobody
  // has opened yet, Opener to `bureau`. Twice is as once.
  LoginAnswer login(Bureau& bureau, const std::string& badge, const Secret& passphrase);
  void logout(Bureau& bureau, const std::string& badge);   // wipes the keys; nothing when not logged in
  [[nodiscard]] bool is_in(const std::string& badge) const;
  // All keys of the officer that `old` opens. Counts as an attempt. Killed half way, the same call finishes it.
  LoginAnswer change_passphrase(const std::string& badge, const Secret& old, const Secret& fresh);

 private:
  struct Seat;
  LoginAnswer choose(const std::string& badge, Person& person, PersonKey& signing) const;
  LoginAnswer attempt(const std::string& badge, const Secret& passphrase, PersonKey& signing, Person& person, ssl::Key& key);
  void leave(Bureau& bureau, Seat& seat) const;            // under mutex_
  const Policy policy_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Seat>> seats_;     // by badge
};

// Says when the desk is to lock. Told of every key press and click; asked by a timer. Thread-safe. Time in which the machine
// slept counts, and a wall clock that is set back does not help.
class IdleLock {
 public:
  IdleLock(int minutes, const Clock& clock);               // `clock` must outlive it
  void activity();
  [[nodiscard]] bool due() const;
  [[nodiscard]] std::int64_t seconds_left() const;         // 0: due

 private:
  const std::int64_t limit_ms_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  WallTime wall_;
  MonotonicTime monotonic_;
};

}  // namespace guzheng
