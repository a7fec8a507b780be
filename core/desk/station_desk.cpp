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
    emit opened();
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

void StationDesk::drain() {
  quick_.waitForDone();
  bulk_.waitForDone();
  log_pool_.waitForDone();
}

}  // namespace guzheng
