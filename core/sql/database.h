// Room sql. The one room that knows SQL engines: SQLite through SQLiteCpp. Nothing that is evidence lives only here: what a database
// says can be made anew from the files it is about.
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

// Thread-safe: one statement or transaction at a time; other processes wait for each other up to five seconds.
class Database {
 public:
  // Makes the file (mode 0600) or opens it, and brings it to the newest version, each step whole or not at all.
  // Tampered: it is damaged, or no database. Unsupported: a newer program made it; it is left as it is.
  // Reading a large file through takes seconds: a book of a million rows does not at each start, and gives Tampered when it meets the damage.
  enum class Damage { FoundAtOnce, FoundWhenMet };
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, const SqlMigrations& migrations, Damage damage = Damage::FoundAtOnce);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Values take the place of the question marks, in order.
  Status run(const std::string& sql, const std::vector<SqlValue>& values = {});
  Result<std::vector<SqlRow>> query(const std::string& sql, const std::vector<SqlValue>& values = {});
  // Everything that `work` does, or nothing. `work` uses run() and query() of this database only.
  Status together(const std::function<Status()>& work);
  [[nodiscard]] int version() const { return version_; }

 private:
  struct Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  const std::unique_ptr<Impl> impl_;
  std::recursive_mutex mutex_;
  int version_ = 0;
};

}  // namespace guzheng
