#include "core/central/service.h"

#include "core/base/file.h"
#include "core/base/log_json.h"
#include "core/base/thread_name.h"
#include "core/central/engines.h"
#include "core/central/scrub.h"
#include "core/identity/keyfile.h"
#include "core/identity/opener.h"
#include "core/identity/signer.h"
#include "core/identity/trust.h"

namespace guzheng {

namespace {

// A certificate that the server works with stands now, or nothing it says would be believed.
Result<ssl::Cert> standing_certificate(const KeyFiles& files, const std::string& root_pem, const std::string& crl_pem, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto pem, read_file(files.certificate, 1u << 20));
  GZ_TRY_ASSIGN(auto certificate, ssl::read_cert(pem));
  GZ_TRY_ASSIGN(const auto standing, standing_of(certificate.get(), root_pem, crl_pem, clock.wall()));
  if (standing == Standing::Good) return certificate;
  const char* what = standing == Standing::Untrusted ? " is not by the bureau's root" : standing == Standing::Revoked ? " was revoked" : standing == Standing::NoList ? ": the revocation list is not the root's, or has run out" : " is not valid now";
  return fail(ErrorKind::Denied, files.certificate.string() + what);
}

}  // namespace

Result<CentralKeys> open_central_keys(const CentralConfig& config, const Clock& clock) {
  CentralKeys out;
  GZ_TRY_ASSIGN(out.root_pem, read_text(config.root, 1u << 20));
  GZ_TRY_ASSIGN(const auto crl, read_text(config.crl));
  for (const auto& root : config.tsa_roots) {
    GZ_TRY_ASSIGN(const auto pem, read_text(root, 1u << 20));
    GZ_TRY_ASSIGN([[maybe_unused]] const auto certificates, ssl::read_certs(pem));
    out.tsa_pem += pem;
  }
  GZ_TRY_ASSIGN(out.server_certificate, standing_certificate(config.server, out.root_pem, crl, clock));
  GZ_TRY_ASSIGN(const auto server_pass, read_secret(config.server.passphrase));
  GZ_TRY_ASSIGN(out.server_key, unlock_key(config.server.key, server_pass, out.server_certificate.get()));

  GZ_TRY_ASSIGN(const auto signing, standing_certificate(config.signing, out.root_pem, crl, clock));
  if (!may_sign(signing.get())) return fail(ErrorKind::Invalid, config.signing.certificate.string() + " is no certificate to sign with");
  GZ_TRY_ASSIGN(const auto signing_pass, read_secret(config.signing.passphrase));
  GZ_TRY_ASSIGN(out.signer, make_file_signer(config.signing.certificate, config.signing.key, signing_pass, clock));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto tried, out.signer->sign_detached(as_bytes("a trial: is this the key's passphrase?\n")));      // unlocked from here on
  if (out.signer->info().practice != config.practice)
    return fail(ErrorKind::Invalid, config.signing.certificate.string() + (config.practice ? " is no practice certificate, and system.practice is true" : " is a practice certificate, and system.practice is not true"));

  GZ_TRY_ASSIGN(const auto ingest, standing_certificate(config.ingest, out.root_pem, crl, clock));
  if (!may_encrypt(ingest.get())) return fail(ErrorKind::Invalid, config.ingest.certificate.string() + " is no encryption certificate");
  GZ_TRY_ASSIGN(const auto ingest_pass, read_secret(config.ingest.passphrase));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto opened, unlock_key(config.ingest.key, ingest_pass, ingest.get()));
  GZ_TRY_ASSIGN(out.opener, make_file_opener(config.ingest.certificate, config.ingest.key, ingest_pass));
  return out;
}

Result<std::unique_ptr<CentralService>> CentralService::start(const CentralConfig& config, const Clock& clock) {
  std::unique_ptr<CentralService> service(new CentralService(config, clock));
  GZ_TRY(service->open());
  return service;
}

Status CentralService::open() {
  GZ_TRY_ASSIGN(keys_, open_central_keys(config_, clock_));
  GZ_TRY_ASSIGN(stations_, Stations::open(config_.root, config_.crl, config_.stations, clock_));
  // the stores first: who holds folders is the one process that may write the rest
  GZ_TRY_ASSIGN(first_, open_central_store(config_, 0, clock_));
  GZ_TRY_ASSIGN(second_, open_central_store(config_, 1, clock_));
  if (first_->name() == second_->name()) return fail(ErrorKind::Invalid, "both stores are called " + first_->name() + ": receipts could not tell them apart");
  GZ_TRY_ASSIGN(access_, AccessBook::open(config_.state / "access.log", clock_));
  GZ_TRY_ASSIGN(database_, open_central_database(config_));
  if (database_->shared()) { GZ_TRY_ASSIGN(leases_, Leases::open(*database_, clock_)); }
  GZ_TRY_ASSIGN(log_, EvidenceLog::open(*database_, config_.name, *keys_.signer, clock_));
  heads_ = std::make_unique<HeadBook>(*database_, config_.name, *keys_.signer, clock_);
  const auto stopping = [this] { return stopping_.load(); };
  const CentralNote note = [this](std::string_view kind, const Json& body) {
    if (const auto noted = access_->event(kind, body); !noted) log_error("central", noted.error().what);
  };
  reviews_ = std::make_unique<ReviewInbox>(ReviewParts{database_.get(), first_.get(), second_.get(), &clock_, config_.keep, note});
  IngestParts ingest;
  ingest.database = database_.get();
  ingest.log = log_.get();
  ingest.first = first_.get();
  ingest.second = second_.get();
  ingest.signer = keys_.signer.get();
  ingest.opener = keys_.opener.get();
  ingest.clock = &clock_;
  ingest.roots = {keys_.root_pem, keys_.tsa_pem, {}};
  ingest.crl_pem = [this] { return stations_->crl_pem(); };
  ingest.system_name = config_.name;
  ingest.practice = config_.practice;
  ingest.keep = config_.keep;
  ingest.leases = leases_.get();
  ingest.received = [this](const ReceivedPackage& package, const std::string& station, WallTime until) { return reviews_->received_within(package, station, until); };
  ingest.stopping = stopping;
  ingest_ = std::make_unique<Ingest>(std::move(ingest));
  GZ_TRY_ASSIGN(uploads_, UploadDesk::open(*database_, *first_, *ingest_, clock_, config_.uploads, leases_.get()));

  people_ = std::make_unique<CentralPeople>(*database_, keys_.root_pem, [this] { return stations_->crl_pem(); }, clock_);
  exports_ = std::make_unique<Exports>(*database_, clock_);
  keeping_ = std::make_unique<Keeping>(*database_, clock_, [this](std::string_view kind, const Json& body) { return access_->event(kind, body); });
  GZ_TRY_ASSIGN(auto engine, open_central_search(config_, clock_));
  subjects_ = std::make_unique<SubjectIndex>(*database_, std::move(engine), config_.search.groonga ? leases_.get() : nullptr);
  records_ = std::make_unique<CommonRecords>(*database_, clock_);
  triggers_ = std::make_unique<TriggerQueue>(*database_, *people_, keys_.root_pem, [this] { return stations_->crl_pem(); }, clock_, config_.triggers, note);

  CentralParts parts{database_.get(), first_.get(), second_.get(), log_.get(), heads_.get(), ingest_.get(), uploads_.get(), stations_.get(), people_.get(), exports_.get(), keeping_.get(), subjects_.get(), records_.get(), triggers_.get(), reviews_.get(), access_.get(), &clock_, config_.uploads,
                     config_.metrics_from, config_.state, [this] { return http_ ? http_->connections() : 0; }, stopping, config_.name, config_.practice};
  gate_ = std::make_unique<CentralGate>(parts, config_.requests_a_second);
  HttpSettings http{config_.address, config_.port, keys_.server_certificate.get(), keys_.server_key.get(), keys_.root_pem, config_.http};
  http.clock = &clock_;
  HttpHooks hooks{[this](HttpRequest& request, const HttpRoute& route) { return (*gate_)(request, route); }, [this](const HttpDone& done) { access_->request(done); }};
  GZ_TRY(access_->event("op.central-start", {{"log", config_.name}, {"practice", config_.practice}}));
  GZ_TRY_ASSIGN(http_, HttpServer::start(http, central_routes(parts), std::move(hooks)));
  subjects_->start();
  care_ = std::thread([this] { care(); });
  if (config_.scrub.every_hours > 0) scrub_ = std::thread([this] { scrubs(); });
  log_json(LogLevel::Info, "central", {{"event", "listening"}, {"address", config_.address}, {"port", http_->port()}, {"system", config_.name}, {"stations", stations_->count()}});
  return ok();
}

void CentralService::care() {
  name_this_thread("care");
  care_for_captures();                             // while it was down, their time went on
  std::unique_lock lock(mutex_);
  while (!woken_.wait_for(lock, std::chrono::minutes(1), [&] { return stopping_.load(); })) {
    lock.unlock();
    const auto gone = uploads_->expire();
    if (!gone) log_warn("central", "uploads that nobody goes on with: " + gone.error().what);
    else if (*gone > 0) log_json(LogLevel::Info, "central", {{"event", "expired"}, {"uploads", *gone}});
    care_for_captures();
    lock.lock();
  }
}

void CentralService::care_for_captures() {
  if (const auto tidied = triggers_->tidy(); !tidied) log_warn("central", "orders whose time is over: " + tidied.error().what);
  // of several servers over one database one at a time: two would write the line of one end twice
  const auto ours = leases_ ? leases_->take("captures") : Result<bool>(true);
  if (!ours || !*ours) return;
  const auto expired = reviews_->care();
  if (!expired) log_warn("central", "automatic captures: " + expired.error().what);
  else if (*expired > 0) log_json(LogLevel::Info, "central", {{"event", "captures-expired"}, {"captures", *expired}});
  if (leases_) leases_->give("captures");
}

bool CentralService::rest(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return !woken_.wait_for(lock, time, [&] { return stopping_.load(); });
}

void CentralService::scrubs() {
  name_this_thread("scrub");
  constexpr std::chrono::minutes kLook{1}, kAgain{10};
  while (rest(std::chrono::milliseconds(0))) {
    const auto last = last_scrub(*database_);
    const bool due = last && (!*last || (*last)->ended.ms == 0 || (*last)->began.ms + config_.scrub.every_hours * std::int64_t{3'600'000} <= clock_.wall().ms);
    const auto done = due ? scrub_in_turn() : last ? ok() : Status(fail(last.error()));
    if (!done && done.error().kind != ErrorKind::Cancelled) log_json(LogLevel::Error, "central", {{"event", "scrub-stands-still"}, {"why", is_utf8(done.error().what) ? done.error().what : "?"}});
    if (!rest(done ? std::chrono::milliseconds(kLook) : std::chrono::milliseconds(kAgain))) return;
  }
}

// Of several servers over one database one at a time.
Status CentralService::scrub_in_turn() {
  if (!leases_) return scrub_once();
  GZ_TRY_ASSIGN(const bool ours, leases_->take("scrub"));
  if (!ours) return ok();
  const auto done = scrub_once();
  leases_->give("scrub");
  return done;
}

Status CentralService::scrub_once() {
  ScrubParts parts;
  parts.database = database_.get();
  parts.log = log_.get();
  parts.first = first_.get();
  parts.second = second_.get();
  parts.clock = &clock_;
  parts.roots_pem = keys_.root_pem;
  parts.bytes_a_second = static_cast<std::uint64_t>(config_.scrub.mib_per_second) << 20;
  parts.pause = [this](std::chrono::milliseconds time) { return time.count() == 0 ? !stopping_.load() : rest(time); };
  parts.note = [this](std::string_view kind, const Json& body) {
    if (const auto noted = access_->event(kind, body); !noted) log_error("central", noted.error().what);
  };
  GZ_TRY_ASSIGN(const auto run, run_scrub(parts));
  Json line = scrub_line(run);
  line["event"] = "scrubbed";
  log_json(run.whole() ? LogLevel::Info : LogLevel::Error, "central", line);
  return ok();
}

void CentralService::stop(std::chrono::milliseconds grace) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_.exchange(true)) return;
    woken_.notify_all();
  }
  if (care_.joinable()) care_.join();
  if (scrub_.joinable()) scrub_.join();
  if (subjects_) subjects_->stop();
  if (http_) http_->stop(grace);
  uploads_.reset();                                // waits for the ingest at hand
  if (access_) (void)access_->event("op.central-stop", Json::object());
}

CentralService::~CentralService() { stop(std::chrono::milliseconds(0)); }

}  // namespace guzheng
