#include "core/identity/login.h"

#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/identity/ca.h"
#include "core/identity/keyfile.h"
#include "core/identity/envelope.h"
#include "core/identity/signer.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

// A key that comes and goes. Whoever is using it when it goes finishes; OpenSSL clears it when the last one lets go.
class Slot {
 public:
  void put(ssl::Key key) {
    const std::lock_guard lock(mutex_);
    key_ = std::move(key);
  }
  void wipe() { put(nullptr); }
  Result<ssl::Key> get() const {
    const std::lock_guard lock(mutex_);
    if (!key_) return fail(ErrorKind::Denied, "the officer is not logged in");
    EVP_PKEY_up_ref(key_.get());
    return ssl::Key(key_.get());
  }

 private:
  mutable std::mutex mutex_;
  ssl::Key key_;
};

struct Held {                                // a certificate and the place of its key
  ssl::Cert cert;
  std::shared_ptr<Slot> slot = std::make_shared<Slot>();
};

class SeatSigner final : public Signer {
 public:
  SeatSigner(Held held, CertificateInfo info, const Clock& clock) : held_(std::move(held)), pem_(ssl::cert_pem(held_.cert.get())), info_(std::move(info)), clock_(clock) {}
  [[nodiscard]] std::string certificate_pem() const override { return pem_; }
  [[nodiscard]] CertificateInfo info() const override { return info_; }
  Result<Bytes> sign_detached(ByteView content) const override {
    GZ_TRY_ASSIGN(const auto key, held_.slot->get());
    return guzheng::sign_detached(key.get(), held_.cert.get(), content, clock_.wall());
  }

 private:
  const Held held_;
  const std::string pem_;
  const CertificateInfo info_;
  const Clock& clock_;
};

// Of all keys the officer has had: the newest first.
class SeatOpener final : public Opener {
 public:
  explicit SeatOpener(std::vector<Held> held) : held_(std::move(held)), pem_(ssl::cert_pem(held_.front().cert.get())) {}
  [[nodiscard]] std::string certificate_pem() const override { return pem_; }
  [[nodiscard]] Result<Bytes> open(ByteView envelope) const override {
    Error last{ErrorKind::Denied, "the officer is not logged in"};
    for (const auto& one : held_) {
      const auto key = one.slot->get();
      if (!key) continue;
      auto content = open_envelope(envelope, key->get(), one.cert.get());
      if (content || content.error().kind != ErrorKind::Denied) return content;
      last = content.error();
    }
    return fail(std::move(last));
  }

 private:
  const std::vector<Held> held_;
  const std::string pem_;
};

// Wrong passphrases by badge: state/login.json, changed under a lock that all programs of the machine respect.
class Attempts {
 public:
  static Result<Attempts> open(const fs::path& state) {
    Attempts out;
    GZ_TRY(make_private_folder(state));
    out.file_ = state / "login.json";
    out.lock_ = UniqueFd(::open((state / "login.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!out.lock_) return fail_errno("open " + (state / "login.lock").string());
    while (::flock(out.lock_.get(), LOCK_EX) != 0)
      if (errno != EINTR) return fail_errno("lock " + state.string());
    const auto text = read_text(out.file_, 1u << 20);
    auto json = text ? parse_json(*text) : Result<Json>(Json::object());
    if (!json || !json->is_object()) {       // nobody is shut out by a broken file
      log_warn("identity", out.file_.string() + " is broken and begun anew");
      json = Json::object();
    }
    out.json_ = std::move(*json);
    return out;
  }
  // Seconds still to wait. A clock that was set back cannot make it longer than the delay itself.
  [[nodiscard]] std::int64_t wait(const std::string& badge, WallTime now) const {
    const std::int64_t delay = delay_after(failures(badge)) * 1000;
    const std::int64_t past = now.ms - integer_at(entry(badge), "last_ms");
    const std::int64_t left = past < 0 ? delay : delay - past;
    return left <= 0 ? 0 : (left + 999) / 1000;
  }
  [[nodiscard]] int failures(const std::string& badge) const { return static_cast<int>(std::clamp<std::int64_t>(integer_at(entry(badge), "failures"), 0, 1'000'000)); }
  // Before it is known: an attempt that is killed counts as a wrong one.
  Status begin(const std::string& badge, WallTime now) {
    json_[badge] = Json{{"failures", failures(badge) + 1}, {"last_ms", now.ms}};
    return write();
  }
  Status succeed(const std::string& badge) {
    json_.erase(badge);
    return write();
  }
  // A clock that was set back: waits are counted from now.
  Status settle(const std::string& badge, WallTime now) {
    if (!json_.contains(badge) || integer_at(entry(badge), "last_ms") <= now.ms) return ok();
    json_[badge]["last_ms"] = now.ms;
    return write();
  }

 private:
  [[nodiscard]] Json entry(const std::string& badge) const {
    const auto it = json_.find(badge);
    return it == json_.end() || !it->is_object() ? Json::object() : *it;
  }
  Status write() const {
    GZ_TRY_ASSIGN(const auto text, canonical_json(json_));
    return write_atomically(file_, as_bytes(text + "\n"));
  }
  fs::path file_;
  UniqueFd lock_;
  Json json_;
};

LoginAnswer broken(const Error& error, std::string name = {}) {
  LoginAnswer answer;
  answer.problem = LoginProblem::Broken;
  answer.name = std::move(name);
  answer.what = error.what;
  return answer;
}

LoginProblem problem_of(Standing standing) {
  switch (standing) {
    case Standing::Good: return LoginProblem::None;
    case Standing::NotYetValid: return LoginProblem::NotYetValid;
    case Standing::Expired: return LoginProblem::Expired;
    case Standing::Revoked: return LoginProblem::Revoked;
    case Standing::NoList: return LoginProblem::NoList;
    case Standing::Untrusted: break;
  }
  return LoginProblem::Untrusted;
}

Result<ssl::Key> unlock(const PersonKey& key, const Secret& passphrase) {
  GZ_TRY_ASSIGN(const auto cert, ssl::read_cert(as_bytes(key.pem)));
  return unlock_key(key.p12, passphrase, cert.get());
}

}  // namespace

struct Login::Seat {
  std::string signing_sha256;
  std::shared_ptr<Slot> signing;
  std::map<std::string, std::shared_ptr<Slot>> encryption;           // by certificate
  std::shared_ptr<Signer> signer;
  std::shared_ptr<Opener> opener;
  std::string encryption_pem;                                        // what new evidence is encrypted for
  bool in = false;
  void wipe() {
    in = false;
    if (signing) signing->wipe();
    for (auto& [sha256, slot] : encryption) slot->wipe();
  }
};

std::int64_t delay_after(int failures) {
  if (failures <= 0) return 0;
  return failures > 10 ? 900 : std::min<std::int64_t>(900, std::int64_t{1} << (failures - 1));
}

Login::Login(Policy policy, const Clock& clock) : policy_(std::move(policy)), clock_(clock) {}
Login::~Login() {
  for (auto& [badge, seat] : seats_) seat->wipe();
}

// The newest signing certificate that is good and has its key here; else what is wrong with the newest.
LoginAnswer Login::choose(const std::string& badge, Person& person, PersonKey& signing) const {
  LoginAnswer answer;
  auto found = find_person(policy_.people, badge);
  if (!found) {
    answer.problem = found.error().kind == ErrorKind::NotFound ? LoginProblem::UnknownOfficer : LoginProblem::Broken;
    answer.what = found.error().what;
    return answer;
  }
  person = std::move(*found);
  bool first = true;
  for (const auto& key : person.signing) {
    const auto standing = standing_under(policy_, key.pem, clock_.wall());
    if (!standing) return broken(standing.error(), person.name);
    const LoginProblem problem = *standing != Standing::Good ? problem_of(*standing) : key.p12.empty() ? LoginProblem::NoKey : LoginProblem::None;
    if (problem == LoginProblem::None) {
      signing = key;
      answer = {};
      answer.name = person.name;
      answer.valid_until = key.info.not_after;
      return answer;
    }
    if (std::exchange(first, false)) {
      answer.problem = problem;
      answer.name = person.name;
      answer.valid_until = key.info.not_after;
      answer.what = "certificate " + key.info.sha256 + " of " + badge;
    }
  }
  return answer;
}

LoginAnswer Login::attempt(const std::string& badge, const Secret& passphrase, PersonKey& signing, Person& person, ssl::Key& key) {
  LoginAnswer answer = choose(badge, person, signing);
  if (!answer) return answer;
  auto attempts = Attempts::open(policy_.state);
  if (!attempts) return broken(attempts.error(), answer.name);
  if (const auto settled = attempts->settle(badge, clock_.wall()); !settled) return broken(settled.error(), answer.name);
  if (const auto wait = attempts->wait(badge, clock_.wall()); wait > 0) {
    answer.problem = LoginProblem::Wait;
    answer.wait_seconds = wait;
    return answer;
  }
  if (const auto begun = attempts->begin(badge, clock_.wall()); !begun) return broken(begun.error(), answer.name);
  auto unlocked = unlock(signing, passphrase);
  if (!unlocked) {
    if (unlocked.error().kind != ErrorKind::Denied) return broken(unlocked.error(), answer.name);
    answer.problem = LoginProblem::WrongPassphrase;
    answer.wait_seconds = delay_after(attempts->failures(badge));
    return answer;
  }
  key = std::move(*unlocked);
  if (const auto done = attempts->succeed(badge); !done) return broken(done.error(), answer.name);
  return answer;
}

LoginAnswer Login::login(Bureau& bureau, const std::string& badge, const Secret& passphrase) {
  const std::lock_guard lock(mutex_);
  Person person;
  PersonKey signing;
  ssl::Key key;
  LoginAnswer answer = attempt(badge, passphrase, signing, person, key);
  if (!answer) return answer;
  auto& seat = seats_[badge];
  if (!seat || seat->signing_sha256 != signing.info.sha256) {        // the first time, or a new certificate
    if (seat) leave(bureau, *seat);
    seat = std::make_shared<Seat>();
    Held held;
    auto cert = ssl::read_cert(as_bytes(signing.pem));
    if (!cert) return broken(cert.error(), person.name);
    held.cert = std::move(*cert);
    seat->signing_sha256 = signing.info.sha256;
    seat->signing = held.slot;
    seat->signer = std::make_shared<SeatSigner>(std::move(held), signing.info, clock_);
    std::vector<Held> all;
    for (const auto& one : person.encryption) {
      auto encryption = ssl::read_cert(as_bytes(one.pem));
      if (!encryption) continue;
      const auto standing = standing_under(policy_, one.pem, clock_.wall());
      if (seat->encryption_pem.empty() && standing && *standing == Standing::Good) seat->encryption_pem = one.pem;
      all.emplace_back();
      all.back().cert = std::move(*encryption);
      seat->encryption[one.info.sha256] = all.back().slot;
    }
    if (!all.empty()) seat->opener = std::make_shared<SeatOpener>(std::move(all));
  }
  seat->signing->put(std::move(key));
  int opened = 0;
  for (const auto& one : person.encryption) {
    const auto slot = seat->encryption.find(one.info.sha256);
    if (slot == seat->encryption.end() || one.p12.empty()) continue;
    auto unlocked = unlock(one, passphrase);                         // an older key may have an older passphrase
    if (!unlocked) log_warn("identity", unlocked.error().what);
    else slot->second->put(std::move(*unlocked)), ++opened;
  }
  answer.opens = opened > 0;
  if (!std::exchange(seat->in, true)) {
    bureau.officers.push_back(seat->signer);
    if (!seat->encryption_pem.empty()) bureau.officer_encryption_pems.push_back(seat->encryption_pem);
    if (!bureau.opener && answer.opens) bureau.opener = seat->opener;
  }
  return answer;
}

void Login::logout(Bureau& bureau, const std::string& badge) {
  const std::lock_guard lock(mutex_);
  const auto it = seats_.find(badge);
  if (it != seats_.end() && it->second) leave(bureau, *it->second);
}

void Login::leave(Bureau& bureau, Seat& seat) const {
  if (!seat.in) return;
  seat.wipe();
  std::erase(bureau.officers, seat.signer);
  std::erase(bureau.officer_encryption_pems, seat.encryption_pem);
  if (bureau.opener == seat.opener) bureau.opener = nullptr;
  for (const auto& [other, one] : seats_)
    if (one && one->in && !bureau.opener) bureau.opener = one->opener;
}

bool Login::is_in(const std::string& badge) const {
  const std::lock_guard lock(mutex_);
  const auto it = seats_.find(badge);
  return it != seats_.end() && it->second && it->second->in;
}

LoginAnswer Login::change_passphrase(const std::string& badge, const Secret& old, const Secret& fresh) {
  const std::lock_guard lock(mutex_);
  if (fresh.size() < kShortestPassphrase) return broken({ErrorKind::Invalid, "the new passphrase is shorter than 8 bytes"});
  Person person;
  PersonKey signing;
  ssl::Key key;
  LoginAnswer answer = attempt(badge, old, signing, person, key);
  if (!answer) return answer;
  std::vector<PersonKey> keys = person.encryption;                   // signing last: until then `old` logs in
  keys.insert(keys.end(), person.signing.begin(), person.signing.end());
  std::stable_partition(keys.begin(), keys.end(), [&](const auto& one) { return one.info.sha256 != signing.info.sha256; });
  for (const auto& one : keys) {
    if (one.p12.empty()) continue;
    auto unlocked = unlock(one, old);
    if (!unlocked) {                                                 // changed before we were killed, or another passphrase
      log_warn("identity", unlocked.error().what);
      continue;
    }
    const auto cert = ssl::read_cert(as_bytes(one.pem));
    if (!cert) return broken(cert.error(), person.name);
    const auto locked = lock_key(unlocked->get(), cert->get(), one.info.subject_cn, fresh, Passphrase::Chosen);
    if (!locked) return broken(locked.error(), person.name);
    if (const auto written = write_atomically(one.p12, *locked); !written) return broken(written.error(), person.name);
  }
  return answer;
}

IdleLock::IdleLock(int minutes, const Clock& clock)
    : limit_ms_(std::int64_t{minutes} * 60'000), clock_(clock), wall_(clock.wall()), monotonic_(clock.monotonic()) {}

void IdleLock::activity() {
  const std::lock_guard lock(mutex_);
  wall_ = clock_.wall();
  monotonic_ = clock_.monotonic();
}

std::int64_t IdleLock::seconds_left() const {
  const std::lock_guard lock(mutex_);
  const std::int64_t idle = std::max((clock_.monotonic().us - monotonic_.us) / 1000, clock_.wall().ms - wall_.ms);
  return std::max<std::int64_t>(0, (limit_ms_ - idle + 999) / 1000);
}

bool IdleLock::due() const { return seconds_left() == 0; }

}  // namespace guzheng
