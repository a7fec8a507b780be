// Room vault. Evidence on disk: where sessions write, where sealed packages rest. The list is made from the folders
// themselves, so that nothing can be lost by losing an index.
//   VAULT/open/ID/      a session that is running or was killed (mode 0700)
//   VAULT/sealed/ID/    sealed bags, read-only, with ID.after/, ID.report/NNN/, … beside them
//   VAULT/counter/      last number of each day, so that a number is never used twice
//   VAULT/catalogue.sqlite   what is known of each package without opening it (catalogue.h); made anew from the folders at any time
// One process at a time holds an open bag (flock); several may read sealed packages.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/result.h"
#include "core/identity/bureau.h"
#include "core/seal/vault_form.h"
#include "core/vault/catalogue.h"

namespace guzheng {

// A bag that is being written. Holds its lock; movable.
struct OpenBag {
  std::string id;
  std::filesystem::path folder;       // VAULT/open/ID, with data/main, data/attach/{raw,tst}
  UniqueFd lock;
};

// What a list shows of a sealed package; read from its files.
struct PackageEntry {
  std::string id;
  std::filesystem::path folder;       // VAULT/sealed/ID
  std::string fingerprint, state;     // state: Package-State
  bool practice = false;
  bool stamped = false;               // seal.txt.tsr is there
  bool second_signature = false;
  bool awaits_review = false;         // automatic (行政处罚法 41), and nothing lies in ID.review/; whether a review holds is for the verification to say
  bool encrypted = false;             // stored in vault form
  bool locked = false;                // encrypted, and no key here opens it: order and values are null
  Json order, values;                 // order.json, values.json
  std::uint64_t bytes = 0;
  std::vector<std::filesystem::path> reports;     // newest last
  std::string problem;                // not empty: the package could not be read, and why
};

// How much of the disk must stay free. The policy file sets it.
struct VaultLimits {
  std::uint64_t start_bytes = 512u << 20;    // less free: no session begins
  std::uint64_t warn_bytes = 1u << 30;       // less free: a running session says so
  std::uint64_t stop_bytes = 128u << 20;     // less free: the recording stands still, what was recorded is kept and can be sealed
};

// How long packages must be kept at least (retention.h). The policy file sets it.
struct RetentionRule {
  int case_months = 36, automatic_days = 30;
};

// What of the folders' permissions was not as it must be: 0700 for folders of ours, 0400 and 0500 inside sealed bags.
struct PermissionFault {
  std::filesystem::path path;
  std::string what;                          // English, one sentence
  bool repaired = false;
};

class Vault {
 public:
  // Makes the folders if needed. NoSpace/Denied say that nothing can be recorded here.
  static Result<std::unique_ptr<Vault>> open(const std::filesystem::path& folder, const Clock& clock);
  // Whose keys open what is encrypted here, whom it is encrypted for, who signs its lists. Before it, packages show only what lies in
  // clear. `bureau` must outlive the vault, or be replaced (null: nobody is there any more). Thread-safe.
  void serve(const Bureau* bureau);
  [[nodiscard]] const VaultLimits& limits() const { return limits_; }
  void set_limits(const VaultLimits& limits) { limits_ = limits; }         // before sessions begin
  [[nodiscard]] Catalogue& catalogue() const { return *catalogue_; }
  [[nodiscard]] const RetentionRule& retention() const { return retention_; }
  void set_retention(const RetentionRule& rule) { retention_ = rule; }     // likewise
  // Holds the catalogue against the folders: what it lacks or knows otherwise is put right; the ids that it knows and whose folder is
  // not there are returned, and stay in it until somebody has looked (Catalogue::forget). Called by open().
  Result<std::vector<std::string>> reconcile();
  // Makes the catalogue anew from the folders.
  Status rebuild_catalogue();
  // Objects are read-only, folders nobody else's: looks, repairs what it may, tells the rest. Called by open(), which logs it.
  std::vector<PermissionFault> check_permissions() const;
  // Packages that still lie in plain bytes, wholly or in part.
  Result<std::vector<std::string>> unencrypted() const;
  // Takes one package into the vault form, beside everything else that goes on (vault_form.h): resumable; progress false stops it.
  // Exists: somebody else is at it. That the second copy did not follow is no error: Encrypted::copy_behind says so (NotFound: its medium
  // is away), and catching up or the scrub brings it into step.
  Result<Encrypted> encrypt(const std::string& id, const std::function<bool(std::uint64_t, std::uint64_t)>& progress = {});
  // Refuses (NoSpace) below `min_free_bytes`.
  Result<OpenBag> begin(const std::string& station, std::uint64_t min_free_bytes);
  Result<OpenBag> begin(const std::string& station) { return begin(station, limits_.start_bytes); }
  // After seal_bag: moves the bag to sealed/. `bag.folder` is the new place afterwards.
  Status store(OpenBag& bag);
  Result<std::vector<PackageEntry>> list() const;                     // newest first
  Result<PackageEntry> find(const std::string& id) const;
  // Bags in open/ that no living process holds: to be recovered. One that cannot be locked, or is sealed and cannot be
  // moved, is left out and its trouble logged and told in `troubles`.
  Result<std::vector<OpenBag>> unfinished(std::vector<Error>* troubles = nullptr);
  // ID.report/NNN of the next edition. Makes nothing: an empty folder beside a package would be a fault of the package.
  Result<std::filesystem::path> next_report_folder(const std::string& id) const;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  [[nodiscard]] const Opener* opener() const;
  Vault(std::filesystem::path folder, const Clock& clock) : folder_(std::move(folder)), clock_(clock) {}
  PackageEntry entry_of(const std::filesystem::path& bag) const;
  std::filesystem::path folder_;
  const Clock& clock_;
  std::atomic<const Bureau*> bureau_ = nullptr;
  std::unique_ptr<Catalogue> catalogue_;
  VaultLimits limits_;
  RetentionRule retention_;
};

}  // namespace guzheng
