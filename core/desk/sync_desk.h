// Room desk. Sealed packages on their way to the central system (A-7.4c, A-8.1): what the window shows of it and what an officer may do about it. The station sends, nobody
// needs to be logged in; it begins when the station is opened and goes on underneath whatever is done at the desk. The system is also told the journals' heads while sessions run
// (sync/head_sender.h). GUI thread only; the work is the runner's and the sender's threads'.
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <string>

#include "core/desk/station_desk.h"
#include "core/desk/vault_desk.h"
#include "core/sync/way.h"

namespace guzheng {

class SyncDesk : public QObject {
  Q_OBJECT
 public:
  SyncDesk(StationDesk& station, VaultDesk& vault);
  ~SyncDesk() override;
  // What is under way stops where it stands, within about a second; what was told is written into the operation log. Before the station is drained.
  void stop();

  // A central system is named: by the policy's section [central], on the practice desk by central.toml in its folder.
  [[nodiscard]] bool configured() const { return runner_ != nullptr; }
  [[nodiscard]] const std::optional<Error>& mistake() const { return mistake_; }         // central.toml is there and not good: each line with what is wrong
  [[nodiscard]] const PolicyCentral& central() const { return central_; }
  [[nodiscard]] const SyncStatus& status() const { return status_; }                     // as of the last changed()
  [[nodiscard]] const SyncItem* item(const std::string& package) const;                  // nullptr: nothing is known of it yet

  // By the officer at the desk; each is a line of the operation log (op.sync).
  void pause();
  void resume();
  void send_now();
  void put_first(const std::string& package);
  void again(const std::string& package);
  // What the central system answered for a synced package: receipt_read(), or receipt_failed().
  void read_receipt(const std::string& package);

 signals:
  void changed();                          // at most four times a second
  void told(const guzheng::SyncEvent& event);
  void receipt_read(const std::string& package, const guzheng::KeptReceipt& receipt);
  void receipt_failed(const std::string& package, const guzheng::Error& error);

 private:
  void begin();
  void begin_witness(const CentralWay& way);
  void look();
  void take(const SyncEvent& event);
  void act(const std::string& result, const std::string& package);

  StationDesk& station_;
  VaultDesk& vault_;
  PolicyCentral central_;
  std::optional<Error> mistake_;
  SyncStatus status_;
  QTimer tick_;
  std::uint64_t seen_ = 0;
  int ticks_ = 0;
  std::unique_ptr<SyncRunner> runner_;
  std::shared_ptr<HeadSender> heads_;      // null: none, or it could not be made
};

}  // namespace guzheng
