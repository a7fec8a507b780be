// Room vault. VAULT/catalogue.sqlite: what is known of each package without opening it. Never the only place where anything
// stands: it is made from the folders at any time, and a damaged or deleted one loses and hides nothing. What names people or
// shops (order, values) is in it only encrypted, under a key that lies beside it in an envelope for the vault's recipients.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/identity/bureau.h"
#include "core/sql/database.h"

namespace guzheng {

struct PackageEntry;

struct CatalogueRow {
  std::string id, fingerprint, state;
  std::uint64_t bytes = 0;
  bool practice = false, stamped = false, second_signature = false, encrypted = false;
  std::uint64_t reports = 0;
  WallTime last_scrub;                       // 0: never
  std::string scrub_result;                  // "good", "repaired", "damaged"; "" when never
};

// Thread-safe.
class Catalogue {
 public:
  // A damaged file is put aside (catalogue.sqlite.damaged-N) and a new one made; `made_anew()` then.
  static Result<std::unique_ptr<Catalogue>> open(const std::filesystem::path& vault);
  [[nodiscard]] bool made_anew() const { return made_anew_; }
  Result<std::vector<CatalogueRow>> rows() const;                   // by id
  Status put(const PackageEntry& entry);                            // its scrub results stay
  Status forget(const std::string& id);                             // after somebody has seen that its folder is gone
  Status scrubbed(const std::string& id, WallTime at, const std::string& result);
  // Order and values of a package as they were when it had this fingerprint. NotFound: not known, or no key.
  Result<Json> names(const std::string& id, const std::string& fingerprint) const;
  Status put_names(const std::string& id, const std::string& fingerprint, const Json& names);
  // Unlocks the key, or makes one when there is none or it is for others (then nothing sealed under the old one is kept).
  Status unlock(const Bureau& bureau);
  void lock();

 private:
  Catalogue(std::filesystem::path vault, std::unique_ptr<Database> database) : vault_(std::move(vault)), database_(std::move(database)) {}
  const std::filesystem::path vault_;
  const std::unique_ptr<Database> database_;
  bool made_anew_ = false;
  mutable std::mutex mutex_;
  Bytes key_;                                // under mutex_
};

const SqlMigrations& catalogue_migrations();     // for tests of upgrades

}  // namespace guzheng
