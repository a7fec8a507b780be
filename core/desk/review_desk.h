// Room desk. What is added to a sealed package afterwards: the review 复核 of an automatic capture (行政处罚法 41), late time stamps
// (A-7.4b), the second officer's signature (A-7.2b), renewal. All of it lies beside the package; nothing here changes what was
// sealed. GUI thread only; answers are signals.
#pragma once

#include "core/desk/vault_desk.h"
#include "core/seal/late_stamps.h"

namespace guzheng {

// What stands beside a package and what may still be added by whoever is at the desk. Plain values.
struct PackageStanding {
  std::string id;
  bool automatic = false;                  // needs a review
  int reviews = 0;                         // editions; the newest is told:
  bool confirmed = false;
  std::string by, at, reason;              // name（badge）, the 29-character form
  std::string signs_later;                 // name（badge） of the second officer who has not signed; empty: nobody is missing
  bool may_sign = false;                   // … and is at this desk
};

struct StampTable {
  std::vector<StampRow> came, pending;
  bool asked = false;                      // authorities were asked; else only looked
  std::string problem;                     // why some are still missing, plain English; empty: none is
};

class ReviewDesk : public QObject {
  Q_OBJECT
 public:
  ReviewDesk(StationDesk& station, VaultDesk& vault) : station_(station), vault_(vault) {}
  ~ReviewDesk() override { cancel(); }

  void look(const std::string& id);                                    // stands() or failed("look")
  // Verifies first: only what checks out can be reviewed. progress(), then reviewed() or failed("review"). By the officer at the
  // desk; on the practice desk the second one, another than who gives practice orders.
  void review(const std::string& id, bool confirmed, const std::string& reason);
  void fetch_stamps(const std::string& id);                            // stamps() or failed("stamp"); asks authorities
  void sign_later(const std::string& id);                              // signed_later() or failed("sign")
  void renew(const std::string& id);                                   // progress(), then renewed() or failed("renew")
  void cancel();                                                       // review, renewal
  [[nodiscard]] bool busy() const { return busy_; }

 signals:
  void stands(const guzheng::PackageStanding& standing);
  void progress(const std::string& id, qint64 done, qint64 total);
  void reviewed(const std::string& id, bool confirmed, bool stamped);
  void stamps(const std::string& id, const guzheng::StampTable& table);
  void signed_later(const std::string& id, bool stamped);
  void renewed(const std::string& id, int files, int stamps);
  void failed(const std::string& act, const std::string& id, const guzheng::Error& error);

 private:
  struct Job;
  std::shared_ptr<Job> begin(const std::string& act, const std::string& id);
  void fail_with(const std::string& act, const std::string& id, const Error& error);
  VerifyOptions options(const std::shared_ptr<Job>& job);      // without roots: the worker reads them

  StationDesk& station_;
  VaultDesk& vault_;
  std::shared_ptr<std::atomic<bool>> stop_;
  bool busy_ = false;
};

// Reads what stands beside a package; called on a worker. `officers`: who is at the desk.
Result<PackageStanding> standing_of(const PackageEntry& entry, const Opener* opener, const std::vector<std::shared_ptr<Signer>>& officers);

}  // namespace guzheng
