#include "core/central/engines.h"

#include "core/base/file.h"
#include "core/base/log_json.h"
#include "core/central/schema.h"
#include "core/central/subject_texts.h"
#include "core/search/fts_search.h"
#include "core/search/groonga_search.h"
#include "core/sql/mariadb.h"
#include "core/store/folder_store.h"
#include "core/store/s3_store.h"

namespace guzheng {

namespace {

Result<S3Address> address_of(const S3StoreConfig& store) {
  S3Address out{store.endpoint, store.region, store.bucket, store.access_key, {}, {}};
  GZ_TRY_ASSIGN(out.secret_key, read_secret(store.secret_file));
  if (!store.roots.empty()) { GZ_TRY_ASSIGN(out.roots_pem, read_text(store.roots, 1u << 20)); }
  return out;
}

Result<MariaDbAddress> address_of(const MariaDbConfig& from) {
  MariaDbAddress out{from.host, from.port, from.roots, from.socket, from.name, from.user, {}};
  GZ_TRY_ASSIGN(out.password, read_secret(from.password_file));
  return out;
}

}  // namespace

Result<std::unique_ptr<Database>> open_central_database(const CentralConfig& config) {
  if (!config.mariadb) return Database::open(config.state / "central.sqlite", central_schema());
  GZ_TRY_ASSIGN(auto address, address_of(*config.mariadb));
  return open_mariadb(std::move(address), central_schema());
}

Result<std::unique_ptr<Database>> open_central_reader(const CentralConfig& config) {
  if (!config.mariadb) return fail(ErrorKind::Invalid, "the configuration names no database that is elsewhere");
  GZ_TRY_ASSIGN(auto address, address_of(*config.mariadb));
  return open_mariadb_reader(std::move(address), central_schema());
}

Result<std::unique_ptr<ObjectStore>> open_central_store(const CentralConfig& config, std::size_t which, const Clock& clock) {
  const auto& s3 = config.s3.at(which);
  if (!s3) return open_folder_store(config.stores.at(which), clock);
  S3Settings settings;
  settings.name = s3->name;
  GZ_TRY_ASSIGN(settings.address, address_of(*s3));
  settings.spool = s3->spool;
  settings.encryption = s3->encryption;
  settings.encryption_key = s3->encryption_key;
  return open_s3_store(std::move(settings), clock);
}

std::filesystem::path central_search_file(const CentralConfig& config) { return config.state / "subjects.sqlite"; }

Result<std::unique_ptr<TextSearch>> open_central_search(const CentralConfig& config, const Clock& clock) {
  if (const auto& from = config.search.groonga) {
    GroongaAddress address{from->url, {}};
    if (!from->roots.empty()) { GZ_TRY_ASSIGN(address.roots_pem, read_text(from->roots, 1u << 20)); }
    return open_groonga_search(std::move(address), kSubjectShape);
  }
  std::string anew;
  auto out = open_fts_search(central_search_file(config), kSubjectShape, clock, &anew);
  if (out && !anew.empty()) log_json(LogLevel::Warn, "central", {{"event", "index-anew"}, {"why", is_utf8(anew) ? anew : "?"}});
  return out;
}

Status prepare_central_engines(const CentralConfig& config, const Clock& clock) {
  for (const auto& s3 : config.s3) {
    if (!s3) continue;
    GZ_TRY_ASSIGN(const auto address, address_of(*s3));
    GZ_TRY(make_s3_bucket(address, clock));
  }
  GZ_TRY_ASSIGN([[maybe_unused]] const auto database, open_central_database(config));
  return ok();
}

}  // namespace guzheng
