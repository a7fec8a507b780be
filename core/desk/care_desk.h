// Room desk. Care of the vault 证据库体检: what the doctor finds, whether the second copy is in step, the scrub that looks through every
// package on both copies (A-7.4b, A-8.6). GUI thread only; answers are signals.
#pragma once

#include "core/desk/station_desk.h"
#include "core/vault/doctor.h"
#include "core/vault/scrub.h"

namespace guzheng {

struct VaultHealth {
  std::vector<Diagnosis> findings;
  std::filesystem::path copy;              // empty: the vault has no second copy
  bool copy_away = false;                  // its medium is not there
  std::vector<std::string> behind;         // packages whose copy is not in step
};

class CareDesk : public QObject {
  Q_OBJECT
 public:
  explicit CareDesk(StationDesk& station) : station_(station) {}
  ~CareDesk() override { cancel(); }
  void examine();                                        // examined(); asks authorities too: some seconds
  // `reason`: why evidence is opened, journalled for each package before it is (op.open). Empty: nothing is opened, encrypted parts
  // are held against their signed lists. scrubbing(), package_done(), then scrubbed() or failed(). Behind what runs on the bulk thread.
  void scrub(const std::string& reason);
  void catch_up();                                       // copies what is behind; caught_up(), or failed("copy") with every package that could not be copied
  void cancel();
  [[nodiscard]] bool busy() const { return busy_; }

 signals:
  void examined(const guzheng::VaultHealth& health);
  void scrubbing(const guzheng::ScrubProgress& progress);
  void package_done(const guzheng::ScrubbedPackage& package);
  void scrubbed(const guzheng::ScrubOutcome& outcome);
  void caught_up(int packages);
  void failed(const std::string& act, const guzheng::Error& error);      // "scrub" (Cancelled: goes on there next time), "copy"

 private:
  [[nodiscard]] std::string who() const;                 // the officer at the desk, as the log names people
  StationDesk& station_;
  std::shared_ptr<std::atomic<bool>> stop_;
  bool busy_ = false;
};

}  // namespace guzheng
