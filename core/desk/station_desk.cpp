#include "core/desk/station_desk.h"

#include <chrono>

#include "core/base/log.h"
#include "core/desk/workers.h"
#include "core/session/app_proof.h"
#include "core/session/practice_run.h"
#include "core/vault/by_policy.h"
#include "core/vault/log_stamps.h"
#include "core/vault/second_copy.h"

namespace guzheng {

StationDesk::StationDesk(DeskOptions options, const Clock* clock) : options_(std::move(options)), clock_(clock ? *clock : system_clock_), app_proofs_(std::make_shared<AppProofs>()) {
  quick_.setMaxThreadCount(4);
  bulk_.setMaxThreadCount(1);
  bulk_.setThreadPriority(QThread::LowestPriority);
  log_pool_.setMaxThreadCount(1);          // keeps the order of the calls
}

StationDesk::~StationDesk() { drain(); }

SessionSetup StationDesk::session_setup() const {
  SessionSetup setup;
  setup.bureau = &bureau();
  setup.vault = vault_.get();
  setup.clock = &clock_;
  setup.officer1 = session_people_.officer1;
  setup.officer2 = session_people_.officer2;
  setup.officer2_certificate_pem = session_people_.officer2_certificate_pem;
  setup.software_version = options_.version;
  setup.app_baseline = app_baseline_;
  setup.app_proofs = app_proofs_;
  setup.witness = witness_;
  return setup;
}

// The policy's folder, beside our programs, then Debian's place for scrcpy's own.
std::vector<ServerOffer> StationDesk::server_offers() const {
  const auto folder = policy_ ? policy_->scrcpy_server_folder : std::filesystem::path();
  const auto accepted = policy_ ? policy_->scrcpy_server_sha256 : std::vector<std::string>();
  return {practice_offer(options_.practice_server),
          {"", {}, {folder, options_.programs / "scrcpy-server", options_.programs / "../share/guzheng/scrcpy-server", "/usr/share/scrcpy/scrcpy-server"}, accepted}};
}

static OfficerCard officer_card(const CertificateInfo& info) { return {info.subject_cn, info.badge, info.unit}; }

static std::vector<OfficerCard> officer_cards(const SessionPeople& people) {
  std::vector<OfficerCard> out;
  if (people.officer1) out.push_back(officer_card(people.officer1->info()));
  if (people.officer2) {
    out.push_back(officer_card(people.officer2->info()));
  } else if (const auto info = describe_certificate(as_bytes(people.officer2_certificate_pem)); info) {
    out.push_back(officer_card(*info));
  }
  return out;
}

Status StationDesk::open_stores(Opened& out, const std::filesystem::path& vault, const std::filesystem::path& folder, const Clock& clock) {
  GZ_TRY_ASSIGN(out.vault, Vault::open(vault, clock));
  GZ_TRY_ASSIGN(out.log, OperationLog::open(folder / "operations.log", clock));
  out.card = {out.bureau->name, out.bureau->department, out.bureau->station, out.bureau->practice, {}, vault, 0};
  if (const auto free = free_bytes(vault)) out.card.free_bytes = *free;
  return ok();
}

Status StationDesk::open_practice(Opened& out, const DeskOptions& options, const Clock& clock) {
  GZ_TRY(make_private_folder(options.home));
  GZ_TRY_ASSIGN(auto bureau, open_practice_bureau(options.home / "bureau", clock));
  for (const auto& officer : bureau.officers) {
    const auto info = officer->info();
    out.people.push_back({info.subject_cn, info.badge, info.unit, info.not_after, Standing::Good, true});
  }
  out.bureau = std::make_unique<Bureau>(std::move(bureau));
  out.app_baseline = practice_baseline();
  return open_stores(out, options.vault.empty() ? options.home / "vault" : options.vault, options.home, clock);
}

static Result<std::vector<PersonCard>> person_cards(const Policy& policy, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto people, read_people(policy.people));
  std::vector<PersonCard> out;
  for (const auto& person : people) {
    const auto& newest = person.signing.front();
    PersonCard card{person.name, person.badge, person.unit, newest.info.not_after, Standing::Good, false};
    GZ_TRY_ASSIGN(card.standing, standing_under(policy, newest.pem, clock.wall()));
    for (const auto& key : person.signing) card.key_here = card.key_here || !key.p12.empty();
    out.push_back(std::move(card));
  }
  return out;
}

Status StationDesk::open_policy(Opened& out, const Policy& policy, const Clock& clock) {
  GZ_TRY_ASSIGN(auto bureau, open_bureau(policy, clock));
  out.bureau = std::make_unique<Bureau>(std::move(bureau));
  GZ_TRY_ASSIGN(out.people, person_cards(policy, clock));
  if (!policy.app_baseline.empty()) { GZ_TRY_ASSIGN(out.app_baseline, read_baseline(policy.app_baseline)); }
  GZ_TRY(make_private_folder(policy.state));
  return ok();
}

StationDesk::Attempt StationDesk::open_all(const DeskOptions& options, const Clock& clock) {
  Opened out;
  if (options.policy.empty()) {
    if (auto done = open_practice(out, options, clock); !done) return {fail(done.error())};
    return {std::move(out)};
  }
  auto policy = read_policy(options.policy);
  if (!policy) return {fail(policy.error()), true};
  Status done = open_policy(out, *policy, clock);
  if (done) done = open_stores(out, options.vault.empty() ? policy->state.parent_path() / "vault" : options.vault, policy->state, clock);
  if (!done) return {fail(done.error())};
  // a second copy whose medium is away does not keep the desk shut: its findings say so
  if (const auto applied = apply_policy(*out.vault, *policy); !applied) log_warn("desk", "policy's second copy: " + applied.error().what);
  out.policy = std::move(*policy);
  return {std::move(out)};
}

void StationDesk::open() {
  run_then(quick_, this, [this] { return open_all(options_, clock_); }, [this](Attempt out) {
    if (out.opened) return take(std::move(*out.opened));
    if (out.in_policy) emit policy_failed(out.opened.error());
    else emit failed(out.opened.error());
  });
}

void StationDesk::take(Opened out) {
  if (vault_) return;                      // opened by an earlier call
  policy_ = std::move(out.policy);
  people_ = std::move(out.people);
  app_baseline_ = std::move(out.app_baseline);
  vault_ = std::move(out.vault);
  log_ = std::move(out.log);
  card_ = std::move(out.card);
  SessionPeople people;
  if (!policy_) people = {out.bureau->officers.at(0), out.bureau->officers.at(1), {}};
  seat(std::move(*out.bureau), std::move(people), !policy_);
  record("op.start", Json{{"program", "guzheng"}, {"version", options_.version}, {"station", card_.station}});
  emit opened();
  if (!policy_) encrypt_pending();
}

void StationDesk::seat(Bureau bureau, SessionPeople people, bool serve) {
  bureaus_.push_back(std::make_unique<const Bureau>(std::move(bureau)));
  session_people_ = std::move(people);
  card_.officers = officer_cards(session_people_);
  vault_->serve(serve ? bureaus_.back().get() : nullptr);
  emit seated();
  // the first capture's order is signed while the officer waits: the key is made ready before that
  auto signers = bureaus_.back()->officers;
  signers.push_back(bureaus_.back()->station_signer);
  quick_.start([signers = std::move(signers)] {
    for (const auto& signer : signers)
      if (signer) signer->warm();
  });
}

void StationDesk::record(std::string kind, Json body, std::function<void(const Status&)> done) {
  if (!log_) {
    if (done) done(fail(ErrorKind::Denied, "the operation log is not open"));
    return;
  }
  if (!body.contains("who")) body["who"] = card_.officers.empty() ? card_.station : card_.officers.front().name;
  run_then(log_pool_, this,
           [log = log_.get(), kind = std::move(kind), body = std::move(body)] { return log->append(kind, body); },
           [this, done = std::move(done)](Result<JournalHead> head) {
             if (head) {
               emit logged();
               stamp_log();
             } else {
               emit log_failed(head.error());
             }
             if (done) done(head ? ok() : Status(fail(head.error())));
           });
}

void StationDesk::follow(const std::string& id) {
  run_then(bulk_, this, [bag = vault().folder() / "sealed" / id] { return copy_follows(bag); },
           [this, id](const Status& done) {
             if (!done) emit copy_behind(id, done.error());
           });
}

// The day's first program has the log's head stamped (vault/log_stamps.h), also a window that stands open over midnight. Nothing waits for
// it: what no authority gave is queued, asked for again with a later line, and told by the doctor.
void StationDesk::stamp_log() {
  constexpr std::int64_t kPauseUs = 15 * 60'000'000LL;
  static constexpr std::chrono::seconds kLongest{4};       // so long the end of the window may have to wait
  const std::int64_t now = clock_.monotonic().us;
  if (now < log_stamp_again_us_) return;
  log_stamp_again_us_ = now + kPauseUs;
  run_then(quick_, this, [this, log = log_path(), asked = bureaus_.back().get()]() -> Result<LogStampsFetched> {
    StampDesk authorities(*asked, clock_);
    authorities.close_within(kLongest);
    return guzheng::stamp_log(log, authorities, clock_, asked->station);
  }, [this](const Result<LogStampsFetched>& done) {
    if (!done) log_warn("desk", "operation log's time stamp: " + done.error().what);
    else if (!done->pending.empty()) log_warn("desk", "operation log's time stamp: " + done->problem.what);
    else if (!done->came.empty()) emit logged();
  });
}

void StationDesk::record_opening(const std::string& package, const std::string& what, const std::string& reason) {
  record("op.open", Json{{"package", package}, {"reason", reason}, {"what", what}});
}

void StationDesk::encrypt_pending() {
  struct Outcome {
    std::vector<std::pair<std::string, Encrypted>> done;
    std::vector<std::pair<std::string, Error>> troubles;
  };
  if (!vault_) return;
  run_then(bulk_, this, [this, vault = vault_.get()] {
    Outcome out;
    const auto waiting = vault->unencrypted();
    if (!waiting) out.troubles.emplace_back("", waiting.error());
    for (const auto& id : waiting.value_or(std::vector<std::string>{})) {
      auto one = vault->encrypt(id, [this](std::uint64_t, std::uint64_t) { return !ending_.load(); });
      if (one && one->parts > 0) out.done.emplace_back(id, *one);
      else if (!one && one.error().kind != ErrorKind::Exists && one.error().kind != ErrorKind::Cancelled) out.troubles.emplace_back(id, one.error());
    }
    return out;
  }, [this](const Outcome& out) {
    for (const auto& [id, what] : out.done) {
      Json body{{"bytes", what.bytes}, {"left_out", what.left_out}, {"package", id}, {"parts", what.parts}};
      if (what.copy_behind) body["copy"] = what.copy_behind->what;
      record("op.encrypt", std::move(body));
      emit encrypted(id);
      if (what.copy_behind) emit copy_behind(id, *what.copy_behind);
    }
    for (const auto& [id, error] : out.troubles) {
      record("op.encrypt", Json{{"failed", error.what}, {"package", id}});
      emit encryption_failed(id, error);
    }
  });
}

void StationDesk::drain() {
  ending_.store(true);                     // an encryption is left where it stands
  quick_.waitForDone();
  bulk_.waitForDone();
  log_pool_.waitForDone();
}

}  // namespace guzheng
