// Room central. The whole server by its configuration: keys, stores, database, evidence log, ingest, uploads, HTTP. Wiring only.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <thread>

#include "core/central/api.h"
#include "core/central/config.h"

namespace guzheng {

// What a configuration names, opened: a configuration that passes can be served. Blocks for some tenths of a second (keys are unlocked).
struct CentralKeys {
  ssl::Cert server_certificate;
  ssl::Key server_key;
  std::shared_ptr<Signer> signer;
  std::shared_ptr<Opener> opener;
  std::string root_pem, tsa_pem;
};
// Denied: a passphrase, a certificate that does not stand now. Invalid: a certificate for another use, practice and real ones mixed.
Result<CentralKeys> open_central_keys(const CentralConfig& config, const Clock& clock);

class CentralService {
 public:
  // Listens when it returns. `clock` must outlive it. Exists: another process holds a store or the port.
  static Result<std::unique_ptr<CentralService>> start(const CentralConfig& config, const Clock& clock);
  ~CentralService();
  CentralService(const CentralService&) = delete;
  CentralService& operator=(const CentralService&) = delete;

  [[nodiscard]] std::uint16_t port() const { return http_->port(); }
  // Requests that run are given `grace` to end; a verification at hand is given up and done again at the next start.
  void stop(std::chrono::milliseconds grace);

 private:
  CentralService(const CentralConfig& config, const Clock& clock) : config_(config), clock_(clock) {}
  Status open();
  void care();                                     // thread "care": gives up what nobody goes on with
  void care_for_captures();                        // orders and automatic captures whose time is over
  void scrubs();                                   // thread "scrub": both stores, when it is due
  Status scrub_in_turn();
  Status scrub_once();
  bool rest(std::chrono::milliseconds time);       // false: the server stops

  const CentralConfig config_;
  const Clock& clock_;
  CentralKeys keys_;
  std::atomic<bool> stopping_{false};
  std::unique_ptr<AccessBook> access_;
  std::unique_ptr<Stations> stations_;
  std::unique_ptr<ObjectStore> first_, second_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Leases> leases_;                 // where the database is shared
  std::unique_ptr<EvidenceLog> log_;
  std::unique_ptr<HeadBook> heads_;
  std::unique_ptr<Ingest> ingest_;
  std::unique_ptr<UploadDesk> uploads_;
  std::unique_ptr<CentralPeople> people_;
  std::unique_ptr<Exports> exports_;
  std::unique_ptr<Keeping> keeping_;
  std::unique_ptr<SubjectIndex> subjects_;
  std::unique_ptr<CommonRecords> records_;
  std::unique_ptr<TriggerQueue> triggers_;
  std::unique_ptr<ReviewInbox> reviews_;
  std::unique_ptr<CentralGate> gate_;
  std::unique_ptr<HttpServer> http_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::thread care_, scrub_;
};

}  // namespace guzheng
