#include "core/vault/catalogue.h"

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/seal/sealed_value.h"
#include "core/seal/seal.h"
#include "core/seal/vault_form.h"
#include "core/vault/vault.h"

namespace guzheng {

namespace fs = std::filesystem;

namespace {

constexpr const char* kFile = "catalogue.sqlite";
constexpr const char* kKeyFile = "catalogue.key.p7m";

std::int64_t number(const SqlValue& value) {
  const auto* n = std::get_if<std::int64_t>(&value);
  return n ? *n : 0;
}
std::string text(const SqlValue& value) {
  const auto* t = std::get_if<std::string>(&value);
  return t ? *t : std::string();
}

std::string about(const std::string& id, const std::string& fingerprint) { return id + " " + fingerprint; }

}  // namespace

const SqlMigrations& catalogue_migrations() {
  static const SqlMigrations steps{
      "CREATE TABLE package(id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, state TEXT NOT NULL, bytes INTEGER NOT NULL, "
      "practice INTEGER NOT NULL, stamped INTEGER NOT NULL, second_signature INTEGER NOT NULL, encrypted INTEGER NOT NULL, "
      "last_scrub_ms INTEGER NOT NULL DEFAULT 0, scrub_result TEXT NOT NULL DEFAULT '') WITHOUT ROWID",
      "ALTER TABLE package ADD COLUMN reports INTEGER NOT NULL DEFAULT 0; ALTER TABLE package ADD COLUMN names BLOB"};
  return steps;
}

Result<std::unique_ptr<Catalogue>> Catalogue::open(const fs::path& vault) {
  const fs::path file = vault / kFile;
  auto database = Database::open(file, catalogue_migrations());
  bool anew = false;
  if (!database && database.error().kind == ErrorKind::Tampered) {
    log_warn("vault", database.error().what);
    std::error_code ec;
    for (int n = 1; n < 1000; ++n) {
      const fs::path aside = file.string() + ".damaged-" + std::to_string(n);
      if (fs::exists(aside, ec)) continue;
      fs::rename(file, aside, ec);
      break;
    }
    fs::remove(file.string() + "-journal", ec);
    database = Database::open(file, catalogue_migrations());
    anew = true;
  }
  if (!database) return fail(database.error());
  std::unique_ptr<Catalogue> out(new Catalogue(vault, std::move(*database)));
  out->made_anew_ = anew;
  return out;
}

Result<std::vector<CatalogueRow>> Catalogue::rows() const {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT id,fingerprint,state,bytes,practice,stamped,second_signature,encrypted,reports,last_scrub_ms,scrub_result FROM package ORDER BY id"));
  std::vector<CatalogueRow> out;
  for (const auto& r : rows)
    out.push_back({text(r[0]), text(r[1]), text(r[2]), static_cast<std::uint64_t>(number(r[3])), number(r[4]) != 0, number(r[5]) != 0,
                   number(r[6]) != 0, number(r[7]) != 0, static_cast<std::uint64_t>(number(r[8])), {number(r[9])}, text(r[10])});
  return out;
}

Status Catalogue::put(const PackageEntry& entry) {
  const auto flag = [](bool b) { return std::int64_t{b}; };
  return database_->run(
      "INSERT INTO package(id,fingerprint,state,bytes,practice,stamped,second_signature,encrypted,reports) VALUES(?,?,?,?,?,?,?,?,?) "
      "ON CONFLICT(id) DO UPDATE SET fingerprint=excluded.fingerprint, state=excluded.state, bytes=excluded.bytes, practice=excluded.practice, "
      "stamped=excluded.stamped, second_signature=excluded.second_signature, encrypted=excluded.encrypted, reports=excluded.reports",
      {entry.id, entry.fingerprint, entry.state, static_cast<std::int64_t>(entry.bytes), flag(entry.practice), flag(entry.stamped),
       flag(entry.second_signature), flag(entry.encrypted), static_cast<std::int64_t>(entry.reports.size())});
}

Status Catalogue::forget(const std::string& id) { return database_->run("DELETE FROM package WHERE id=?", {id}); }

Status Catalogue::scrubbed(const std::string& id, WallTime at, const std::string& result) {
  return database_->run("UPDATE package SET last_scrub_ms=?, scrub_result=? WHERE id=?", {at.ms, result, id});
}

Result<Json> Catalogue::names(const std::string& id, const std::string& fingerprint) const {
  const std::lock_guard guard(mutex_);
  if (key_.empty()) return fail(ErrorKind::NotFound, "the catalogue is locked");
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT names FROM package WHERE id=? AND fingerprint=? AND names IS NOT NULL", {id, fingerprint}));
  if (rows.empty()) return fail(ErrorKind::NotFound, "no names of " + id);
  const auto* sealed = std::get_if<Bytes>(&rows[0][0]);
  if (sealed == nullptr) return fail(ErrorKind::NotFound, "no names of " + id);
  GZ_TRY_ASSIGN(const Bytes plain, open_value(key_, about(id, fingerprint), *sealed));
  return parse_json(as_text(plain));
}

Status Catalogue::put_names(const std::string& id, const std::string& fingerprint, const Json& names) {
  const std::lock_guard guard(mutex_);
  if (key_.empty()) return ok();
  GZ_TRY_ASSIGN(const Bytes sealed, seal_value(key_, about(id, fingerprint), as_bytes(names.dump())));
  return database_->run("UPDATE package SET names=? WHERE id=? AND fingerprint=?", {sealed, id, fingerprint});
}

Status Catalogue::unlock(const Bureau& bureau) {
  const std::lock_guard guard(mutex_);
  key_.clear();
  if (bureau.opener == nullptr) return ok();
  const fs::path file = vault_ / kKeyFile;
  if (const auto sealed = read_file(file, 1u << 20)) {
    if (auto key = bureau.opener->open(*sealed); key && key->size() == 32) {
      key_ = std::move(*key);
      return ok();
    }
  }
  // none, or for others: what was sealed under it is made anew from the packages
  Bytes key = make_value_key();
  GZ_TRY_ASSIGN(const auto recipients, vault_recipients(bureau));
  GZ_TRY_ASSIGN(const Bytes sealed, envelope_for(recipients, key));
  GZ_TRY(write_atomically(file, sealed));
  GZ_TRY(database_->run("UPDATE package SET names=NULL"));
  key_ = std::move(key);
  return ok();
}

void Catalogue::lock() {
  const std::lock_guard guard(mutex_);
  std::fill(key_.begin(), key_.end(), std::uint8_t{0});
  key_.clear();
}

}  // namespace guzheng
