#include "core/desk/station_desk.h"

#include "core/desk/workers.h"

namespace guzheng {

StationDesk::StationDesk(DeskOptions options) : options_(std::move(options)) {
  quick_.setMaxThreadCount(4);
  bulk_.setMaxThreadCount(1);
  bulk_.setThreadPriority(QThread::LowestPriority);
  log_pool_.setMaxThreadCount(1);          // keeps the order of the calls
}

StationDesk::~StationDesk() { drain(); }

SessionSetup StationDesk::session_setup() const {
  SessionSetup setup;
  setup.bureau = bureau_.get();
  setup.vault = vault_.get();
  setup.clock = &clock_;
  setup.officer1 = bureau_->officers.at(0);
  if (bureau_->officers.size() > 1) setup.officer2 = bureau_->officers[1];
  setup.software_version = options_.version;
  return setup;
}

Result<StationDesk::Opened> StationDesk::open_all(const DeskOptions& options, const Clock& clock) {
  GZ_TRY(make_private_folder(options.home));
  Opened out;
  GZ_TRY_ASSIGN(auto bureau, open_practice_bureau(options.home / "bureau", clock));
  const auto vault_folder = options.vault.empty() ? options.home / "vault" : options.vault;
  GZ_TRY_ASSIGN(out.vault, Vault::open(vault_folder, clock));
  GZ_TRY_ASSIGN(out.log, OperationLog::open(options.home / "operations.log", clock));
  out.card = {bureau.name, bureau.department, bureau.station, bureau.practice, {}, vault_folder, 0};
  for (const auto& officer : bureau.officers) {
    const auto info = officer->info();
    out.card.officers.push_back({info.subject_cn, info.badge, info.unit});
  }
  if (const auto free = free_bytes(vault_folder)) out.card.free_bytes = *free;
  out.bureau = std::make_unique<Bureau>(std::move(bureau));
  return out;
}

void StationDesk::open() {
  run_then(quick_, this, [this] { return open_all(options_, clock_); }, [this](Result<Opened> out) {
    if (!out) {
      emit failed(out.error());
      return;
    }
    bureau_ = std::move(out->bureau);
    vault_ = std::move(out->vault);
    log_ = std::move(out->log);
    card_ = std::move(out->card);
    record("op.start", Json{{"program", "guzheng"}, {"version", options_.version}, {"station", card_.station}});
    vault_->serve(bureau_.get());
    emit opened();
    encrypt_pending();
  });
}

void StationDesk::record(std::string kind, Json body) {
  if (!log_) return;
  if (!body.contains("who")) body["who"] = card_.officers.empty() ? std::string() : card_.officers.front().name;
  run_then(log_pool_, this,
           [log = log_.get(), kind = std::move(kind), body = std::move(body)] { return log->append(kind, body); },
           [this](Result<JournalHead> head) {
             if (head) {
               emit logged();
             } else {
               emit log_failed(head.error());
             }
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
      record("op.encrypt", Json{{"bytes", what.bytes}, {"package", id}, {"parts", what.parts}});
      emit encrypted(id);
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
