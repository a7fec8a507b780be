// Room central. Which engines a configuration names: database (SQLite in the state folder, or MariaDB) and the two stores (a folder, or a bucket with Object Lock), opened.
// Secrets are read from their files here (0600, core/base/secret.h) and kept nowhere else.
#pragma once

#include <memory>

#include "core/central/config.h"
#include "core/search/text_search.h"
#include "core/sql/database.h"
#include "core/store/object_store.h"

namespace guzheng {

// With the tables of central/schema.h at their newest version.
Result<std::unique_ptr<Database>> open_central_database(const CentralConfig& config);
// A MariaDB to read one moment of, beside servers that work (sql/mariadb.h, open_mariadb_reader). Invalid: the configuration names none.
Result<std::unique_ptr<Database>> open_central_reader(const CentralConfig& config);
// `which`: 0 or 1.
Result<std::unique_ptr<ObjectStore>> open_central_store(const CentralConfig& config, std::size_t which, const Clock& clock);

// The engine of the index of subjects: FTS5 in a file of the state folder, or Groonga, which is not spoken with yet.
Result<std::unique_ptr<TextSearch>> open_central_search(const CentralConfig& config, const Clock& clock);
// The file of the first; in no backup, since it is made anew from the table.
std::filesystem::path central_search_file(const CentralConfig& config);

// Makes the buckets that are not there yet, and brings the database to its newest version: before the first start, and harmless later.
Status prepare_central_engines(const CentralConfig& config, const Clock& clock);

}  // namespace guzheng
