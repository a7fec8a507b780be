// Room desk. The station as a whole: bureau, vault and operation log, opened off the GUI thread. Every other desk class
// is handed this one. All members are for the GUI thread unless they say otherwise.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/custody/oplog.h"
#include "core/identity/practice.h"
#include "core/session/session.h"
#include "core/vault/vault.h"

namespace guzheng {

struct DeskOptions {
  std::filesystem::path home;              // bureau, operation log, keys of the practice desk
  std::filesystem::path vault;             // empty: home/vault
  std::string adb_host;                    // given with adb_port: phones of this adb server only
  std::uint16_t adb_port = 0;              // 0: the practice desk's own server, and 127.0.0.1:5037
  std::filesystem::path programs;          // folder of guzheng-phone and guzheng-evidence
  std::filesystem::path practice_server;   // the training phone's scrcpy server file
  std::string version;
};

// Plain values for the bars of the window.
struct OfficerCard {
  std::string name, badge, unit;
};
struct StationCard {
  std::string bureau, department, station;
  bool practice = false;
  std::vector<OfficerCard> officers;
  std::filesystem::path vault;
  std::uint64_t free_bytes = 0;            // 0: unknown
};

class StationDesk : public QObject {
  Q_OBJECT
 public:
  explicit StationDesk(DeskOptions options);
  ~StationDesk() override;

  // Opens (the first time: creates, about two seconds) on a worker; answers with opened() or failed(). May be repeated
  // after a failure.
  void open();
  [[nodiscard]] bool is_open() const { return vault_ != nullptr; }
  [[nodiscard]] const StationCard& card() const { return card_; }
  [[nodiscard]] const DeskOptions& options() const { return options_; }
  [[nodiscard]] const Clock& clock() const { return clock_; }

  // For the other desk classes; empty before opened().
  [[nodiscard]] const Bureau& bureau() const { return *bureau_; }
  [[nodiscard]] Vault& vault() const { return *vault_; }
  // What every session and recovery of this station shares: its bureau, vault, clock, two officers, version. Only once opened.
  [[nodiscard]] SessionSetup session_setup() const;
  [[nodiscard]] std::filesystem::path log_path() const { return options_.home / "operations.log"; }
  QThreadPool& quick() { return quick_; }  // short work
  QThreadPool& bulk() { return bulk_; }    // verify, export: lowest priority, one at a time

  // Appends to the operation log off the GUI thread, in the order of the calls; log_failed() when it cannot be written.
  void record(std::string kind, Json body);
  // Takes what lies in plain bytes in the vault into encrypted parts, one package after the other, behind everything else on the bulk
  // thread. Started once opened, and after each seal and each report. Stopped by the window's end, it goes on at the next start.
  void encrypt_pending();
  // Journals that evidence was opened: what of it, why (op.open). `who` is the officer at the desk.
  void record_opening(const std::string& package, const std::string& what, const std::string& reason);
  [[nodiscard]] const Opener* opener() const { return bureau_ ? bureau_->opener.get() : nullptr; }
  // Waits for everything handed to the pools; called once, when the window has gone.
  void drain();

 signals:
  void opened();
  void failed(const guzheng::Error& error);
  void log_failed(const guzheng::Error& error);
  void logged();
  void encrypted(const std::string& package);
  void encryption_failed(const std::string& package, const guzheng::Error& error);

 private:
  struct Opened {
    std::unique_ptr<Bureau> bureau;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<OperationLog> log;
    StationCard card;
  };
  static Result<Opened> open_all(const DeskOptions& options, const Clock& clock);

  const DeskOptions options_;
  SystemClock clock_;
  StationCard card_;
  std::unique_ptr<Bureau> bureau_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<OperationLog> log_;      // used on log_pool_ only
  std::atomic<bool> ending_ = false;
  QThreadPool quick_, bulk_, log_pool_;
};

}  // namespace guzheng
