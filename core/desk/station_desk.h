// Room desk. The station as a whole: bureau, vault and operation log, opened off the GUI thread. Every other desk class
// is handed this one. All members are for the GUI thread unless they say otherwise.
//
// A Bureau that was given out is never changed and stays where it is until the desk goes: worker threads, sessions and the vault
// hold pointers to it. Whoever comes or goes makes a new one beside it (seat()); the old ones keep their certificates and
// addresses, not their keys: signers and openers of an officer who left answer Denied (identity/login.h). One costs some
// kilobytes, and there is one for each login, so they are kept.
#pragma once

#include <QObject>
#include <QThreadPool>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/custody/openings.h"
#include "core/custody/oplog.h"
#include "core/device/server_file.h"
#include "core/identity/people.h"
#include "core/identity/practice.h"
#include "core/session/session.h"
#include "core/vault/vault.h"

namespace guzheng {

struct DeskOptions {
  std::filesystem::path home;              // bureau, operation log, keys of the practice desk
  std::filesystem::path policy;            // the station's policy file; empty: the practice desk
  std::filesystem::path vault;             // empty: home/vault, with a policy the folder "vault" beside policy.state
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
// A person of the policy, for the list to choose from and for page 设置.
struct PersonCard {
  std::string name, badge, unit;
  WallTime valid_until;                    // of the newest signing certificate
  Standing standing = Standing::Good;      // of that certificate, when the station was opened
  bool key_here = false;                   // can log in on this machine
};
// Whom the next session names; see SessionSetup.
struct SessionPeople {
  std::shared_ptr<Signer> officer1, officer2;
  std::string officer2_certificate_pem;    // signs later
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
  explicit StationDesk(DeskOptions options) : StationDesk(std::move(options), nullptr) {}
  StationDesk(DeskOptions options, const Clock* clock);      // a test's clock; it outlives the desk
  ~StationDesk() override;

  // Opens (the first time: creates, about two seconds) on a worker; answers with opened() or failed(). May be repeated
  // after a failure.
  // With a policy: opened() says that officers can log in (officer_desk.h). A policy that cannot be read is never replaced by
  // the practice desk: policy_failed(), with all its problems and their lines.
  void open();
  [[nodiscard]] bool is_open() const { return vault_ != nullptr; }
  [[nodiscard]] const StationCard& card() const { return card_; }
  [[nodiscard]] const DeskOptions& options() const { return options_; }
  [[nodiscard]] const AppBaseline& app_baseline() const { return app_baseline_; }          // what sessions hold apps against (应用验真)
  [[nodiscard]] const Clock& clock() const { return clock_; }

  // Null: the practice desk, or not yet opened.
  [[nodiscard]] const Policy* policy() const { return policy_ ? &*policy_ : nullptr; }
  [[nodiscard]] bool wants_policy() const { return !options_.policy.empty(); }
  [[nodiscard]] const std::vector<PersonCard>& people() const { return people_; }
  // Somebody came or went: `bureau` from now on, served by the vault when `serve`. The bar's officers are those of `people`.
  void seat(Bureau bureau, SessionPeople people, bool serve);

  // For the other desk classes; empty before opened().
  [[nodiscard]] const Bureau& bureau() const { return *bureaus_.back(); }
  [[nodiscard]] Vault& vault() const { return *vault_; }
  // What every session and recovery of this station shares: its bureau, vault, clock, two officers, version. Only once opened; without
  // officers when nobody is logged in, which a session refuses.
  [[nodiscard]] SessionSetup session_setup() const;
  // Who is told the journal's head of every session from the next one on (custody/witness.h); null: nobody.
  void set_witness(std::shared_ptr<Witness> witness) { witness_ = std::move(witness); }
  // Which scrcpy server file which phones take here: by policy, and the practice file for training phones.
  [[nodiscard]] std::vector<ServerOffer> server_offers() const;
  // The folder for what only this station's programs read: operation log, roots.
  [[nodiscard]] std::filesystem::path private_folder() const { return policy_ ? policy_->state : options_.home; }
  [[nodiscard]] std::filesystem::path log_path() const { return private_folder() / "operations.log"; }
  QThreadPool& quick() { return quick_; }  // short work
  QThreadPool& bulk() { return bulk_; }    // verify, export: lowest priority, one at a time

  // Appends to the operation log off the GUI thread, in the order of the calls; log_failed() when it cannot be written.
  void record(std::string kind, Json body) { record(std::move(kind), std::move(body), {}); }
  // `done`: on the GUI thread once the line stands in the log, or could not be written; for an act that must not be without its line.
  void record(std::string kind, Json body, std::function<void(const Status&)> done);
  // Takes what lies in plain bytes in the vault into encrypted parts, one package after the other, behind everything else on the bulk
  // thread. Started once opened, and after each seal and each report. Stopped by the window's end, it goes on at the next start.
  void encrypt_pending();
  // Brings the package's second copy into step after an act beside it; copy_behind() when that fails.
  void follow(const std::string& id);
  // Journals that evidence was opened: what of it, why (op.open). `who` is the officer at the desk.
  void record_opening(const std::string& package, const std::string& what, const std::string& reason);
  void record_opening(const std::string& package, const Opening& why) { record_opening(package, std::string(why.what), std::string(why.reason)); }
  [[nodiscard]] const Opener* opener() const { return bureaus_.empty() ? nullptr : bureau().opener.get(); }
  // Waits for everything handed to the pools; called once, when the window has gone.
  void drain();

 signals:
  void opened();
  void failed(const guzheng::Error& error);
  void policy_failed(const guzheng::Error& error);
  void seated();                           // the card's officers changed
  void log_failed(const guzheng::Error& error);
  void logged();
  void encrypted(const std::string& package);
  void copy_behind(const std::string& package, const guzheng::Error& error);        // its second copy did not follow
  void encryption_failed(const std::string& package, const guzheng::Error& error);

 private:
  struct Opened {
    std::optional<Policy> policy;
    std::vector<PersonCard> people;
    std::unique_ptr<Bureau> bureau;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<OperationLog> log;
    AppBaseline app_baseline;
    StationCard card;
  };
  static Status open_practice(Opened& out, const DeskOptions& options, const Clock& clock);
  static Status open_policy(Opened& out, const Policy& policy, const Clock& clock);
  static Status open_stores(Opened& out, const std::filesystem::path& vault, const std::filesystem::path& folder, const Clock& clock);
  struct Attempt {
    Result<Opened> opened;
    bool in_policy = false;                // what failed is the policy file itself
  };
  void stamp_log();
  static Attempt open_all(const DeskOptions& options, const Clock& clock);
  void take(Opened opened);

  const DeskOptions options_;
  const SystemClock system_clock_;
  const Clock& clock_;
  StationCard card_;
  std::optional<Policy> policy_;
  std::vector<PersonCard> people_;
  AppBaseline app_baseline_;
  std::shared_ptr<Witness> witness_;
  const std::shared_ptr<AppProofs> app_proofs_;            // of this window's run
  std::vector<std::unique_ptr<const Bureau>> bureaus_;     // the last one counts
  SessionPeople session_people_;
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<OperationLog> log_;      // used on log_pool_ only
  std::int64_t log_stamp_again_us_ = 0;    // not looked at before
  std::atomic<bool> ending_ = false;
  QThreadPool quick_, bulk_, log_pool_;
};

}  // namespace guzheng
