// Room sql. The one room that knows SQL engines: SQLite through SQLiteCpp here, MariaDB and MySQL in sql/mariadb.h. Nothing that is evidence lives only
// here: what a database says can be made anew from the files it is about.
//
// SQL that both are to run keeps to what both know: INTEGER, TEXT and BLOB; CREATE TABLE and INDEX, ALTER TABLE ADD COLUMN; "INSERT OR IGNORE" and "INSERT OR
// REPLACE" are put into the other's words (sql/mariadb_dialect.h). A TEXT that is a key has at most 255 characters there. tests/sql/contract.h is what both pass.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

using SqlValue = std::variant<std::nullptr_t, std::int64_t, std::string, Bytes>;
using SqlRow = std::vector<SqlValue>;

// Step n of this list brings a database of version n to version n + 1. Steps that were shipped are never changed.
using SqlMigrations = std::vector<std::string_view>;

class SqlEngine;

// Thread-safe: one statement or transaction at a time; other processes wait for each other up to five seconds (then Timeout).
// Of a database elsewhere also: Network (it is away, or went away meanwhile; the next call tries to reach it anew), Denied (it does not let us in).
class Database {
 public:
  // Makes the file (mode 0600) or opens it, and brings it to the newest version, each step whole or not at all.
  // Tampered: it is damaged, or no database. Unsupported: a newer program made it; it is left as it is.
  // Reading a large file through takes seconds: a book of a million rows does not at each start, and gives Tampered when it meets the damage.
  enum class Damage { FoundAtOnce, FoundWhenMet };
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, const SqlMigrations& migrations, Damage damage = Damage::FoundAtOnce);
  // What an engine's own way of opening made; see open() and sql/mariadb.h.
  Database(std::unique_ptr<SqlEngine> engine, int version);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Values take the place of the question marks, in order.
  Status run(const std::string& sql, const std::vector<SqlValue>& values = {});
  Result<std::vector<SqlRow>> query(const std::string& sql, const std::vector<SqlValue>& values = {});
  // Everything that `work` does, or nothing. `work` uses run() and query() of this database only. Transactions of all processes come one after the other,
  // and what `work` reads is not older than its begin. When a database takes a transaction back so that others can go on, `work` is called again, up to
  // three times in all. Network: whether it was kept is not known when the connection was lost just at its end; else nothing was.
  Status together(const std::function<Status()>& work);
  [[nodiscard]] int version() const { return version_; }
  // Programs on other machines may use it too.
  [[nodiscard]] bool shared() const;

 private:
  const std::unique_ptr<SqlEngine> engine_;
  mutable std::recursive_mutex mutex_;
  const int version_;
};

}  // namespace guzheng
