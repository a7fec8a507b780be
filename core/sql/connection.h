// Room sql. A nearer way to SQLite than sql/database.h, for the one store that grows to tens of millions of rows: prepared statements that are kept,
// one writer beside many readers (write-ahead log), and the tokenizer for Chinese full-text search (sql/bigrams.h). A connection belongs to one
// thread at a time. No exception leaves; errors as in sql/database.h.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/sql/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace guzheng {

// Must not outlive its connection. Places count from 1, columns from 0.
class SqlStatement {
 public:
  SqlStatement() = default;
  ~SqlStatement();
  SqlStatement(SqlStatement&& other) noexcept;
  SqlStatement& operator=(SqlStatement&& other) noexcept;

  SqlStatement& bind(int at, std::int64_t value);
  SqlStatement& bind(int at, std::string_view text);             // copied
  SqlStatement& bind(int at, ByteView bytes);                    // copied
  SqlStatement& bind_null(int at);
  Result<bool> step();                                           // true: a row is there
  Status run();                                                  // steps to the end and resets; what is bound stays
  void reset();
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::string_view text(int column) const;         // until the next step
  [[nodiscard]] ByteView bytes(int column) const;                // likewise
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class SqlConnection;
  sqlite3_stmt* statement_ = nullptr;
  int bad_ = 0;                                                  // the first bind that failed
};

struct SqlOptions {
  bool reader = false;                                           // may not write; the file must be there and of the newest version
  int cache_mib = 16;
};

class SqlConnection {
 public:
  // Makes the file (mode 0600) or opens it and brings it to the newest version, each step whole. Does not read it through: time does not depend on
  // its size, and damage shows when it is met. Every commit is synced.
  static Result<std::unique_ptr<SqlConnection>> open(const std::filesystem::path& file, const SqlMigrations& migrations, const SqlOptions& options = {});
  ~SqlConnection();
  SqlConnection(const SqlConnection&) = delete;
  SqlConnection& operator=(const SqlConnection&) = delete;

  Result<SqlStatement> prepare(std::string_view sql);
  Status run(std::string_view sql);                              // without values; several statements
  Status begin();                                                // takes the writer's lock at once
  Status commit();
  void rollback();
  [[nodiscard]] bool in_transaction() const;
  [[nodiscard]] std::int64_t changed() const;                    // rows of the last INSERT, UPDATE or DELETE
  [[nodiscard]] std::int64_t last_row() const;
  Status checkpoint();                                           // brings the write-ahead log into the file

 private:
  SqlConnection() = default;
  sqlite3* db_ = nullptr;
};

// The database in `from` as it stands at one moment, into `to`, which must not be there (Exists). Others may use `from` meanwhile, also other processes.
Status copy_database(const std::filesystem::path& from, const std::filesystem::path& to);

// Begun at once; rolled back unless commit() was called.
class SqlTransaction {
 public:
  static Result<SqlTransaction> begin(SqlConnection& connection);
  SqlTransaction(SqlTransaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  SqlTransaction& operator=(SqlTransaction&&) = delete;
  ~SqlTransaction();
  Status commit();

 private:
  explicit SqlTransaction(SqlConnection* connection) : connection_(connection) {}
  SqlConnection* connection_;
};

}  // namespace guzheng
