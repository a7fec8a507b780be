// Room sql, inside. What MariaDB says otherwise than SQLite, in one place: statements of migrations and the few words of queries that differ. Pure.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace guzheng {

// At the semicolons that are in no text; without empty ones.
std::vector<std::string> sql_statements(std::string_view text);

// INSERT OR IGNORE, INSERT OR REPLACE; anything else as it is.
std::string mariadb_query(const std::string& sql);

// Fed with every statement of all migrations in order, because an index must know what its columns are.
//   INTEGER → BIGINT; INTEGER PRIMARY KEY counts by itself; TEXT → LONGTEXT, or VARCHAR(255) as a key; BLOB likewise
//   text compared byte by byte; a table without INTEGER PRIMARY KEY has an invisible column rowid, in the order of insertion, unless WITHOUT ROWID
class MariaDbDialect {
 public:
  Result<std::string> statement(const std::string& sql);         // Unsupported: other than CREATE TABLE, CREATE INDEX, ALTER TABLE ADD COLUMN, INSERT, UPDATE, DELETE

 private:
  Result<std::string> create_table(const std::string& sql);
  Result<std::string> create_index(const std::string& sql);
  Result<std::string> add_column(const std::string& sql);
  Result<std::string> column(const std::string& table, const std::string& definition, const std::set<std::string>& keys);
  std::map<std::string, std::set<std::string>> long_;            // table → columns that an index takes by their beginning
};

}  // namespace guzheng
