#include "core/sql/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "core/base/file.h"
#include "core/sql/engine.h"

namespace guzheng {

namespace {

Failure failure(const SQLite::Exception& error, std::string_view step) {
  const std::string what = std::string(step) + ": " + error.what();
  switch (error.getErrorCode()) {
    case SQLITE_FULL: return fail(ErrorKind::NoSpace, what);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return fail(ErrorKind::Tampered, what);
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH: return fail(ErrorKind::Denied, what);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return fail(ErrorKind::Timeout, what);
    default: return fail(ErrorKind::Io, what);
  }
}

void bind(SQLite::Statement& statement, const std::vector<SqlValue>& values) {
  int at = 0;
  for (const auto& value : values) {
    ++at;
    if (const auto* number = std::get_if<std::int64_t>(&value)) statement.bind(at, *number);
    else if (const auto* text = std::get_if<std::string>(&value)) statement.bind(at, *text);
    else if (const auto* bytes = std::get_if<Bytes>(&value)) statement.bind(at, bytes->data(), static_cast<int>(bytes->size()));
    else statement.bind(at);
  }
}

SqlValue value_of(const SQLite::Column& column) {
  if (column.isNull()) return nullptr;
  if (column.isInteger()) return static_cast<std::int64_t>(column.getInt64());
  const auto* bytes = static_cast<const std::uint8_t*>(column.getBlob());
  if (column.isBlob()) return Bytes(bytes, bytes + column.getBytes());
  return column.getString();
}

class SqliteEngine final : public SqlEngine {
 public:
  explicit SqliteEngine(const std::string& file) : db_(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000) {}
  SQLite::Database& db() { return db_; }

  Result<std::vector<SqlRow>> query(const std::string& sql, const std::vector<SqlValue>& values) override {
    try {
      SQLite::Statement statement(db_, sql);
      bind(statement, values);
      std::vector<SqlRow> rows;
      while (statement.executeStep()) {
        SqlRow row;
        for (int i = 0; i < statement.getColumnCount(); ++i) row.push_back(value_of(statement.getColumn(i)));
        rows.push_back(std::move(row));
      }
      return rows;
    } catch (const SQLite::Exception& error) {
      return failure(error, sql.substr(0, 60));
    }
  }
  Status begin() override { return exec("BEGIN IMMEDIATE"); }
  Status commit() override { return exec("COMMIT"); }
  void rollback() override { (void)exec("ROLLBACK"); }

 private:
  Status exec(const char* sql) {
    try {
      db_.exec(sql);
      return ok();
    } catch (const SQLite::Exception& error) {
      return failure(error, "transaction");
    }
  }
  SQLite::Database db_;
};

constexpr int kTries = 3;

}  // namespace

Database::Database(std::unique_ptr<SqlEngine> engine, int version) : engine_(std::move(engine)), version_(version) {}
Database::~Database() = default;
bool Database::shared() const { return engine_->shared(); }

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, const SqlMigrations& migrations, Damage damage) {
  // made by ourselves first, so that nobody else can read it for a moment
  const UniqueFd made(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!made) return fail_errno("open " + file.string());
  try {
    auto engine = std::make_unique<SqliteEngine>(file.string());
    auto& db = engine->db();
    db.exec("PRAGMA journal_mode=DELETE");
    db.exec("PRAGMA synchronous=FULL");
    if (damage == Damage::FoundAtOnce && db.execAndGet("PRAGMA quick_check").getString() != "ok") return fail(ErrorKind::Tampered, file.string() + " is damaged");
    const int newest = static_cast<int>(migrations.size());
    for (;;) {
      SQLite::Transaction step(db, SQLite::TransactionBehavior::IMMEDIATE);      // two programs at their first start: one waits
      const int version = db.execAndGet("PRAGMA user_version").getInt();
      if (version > newest)
        return fail(ErrorKind::Unsupported, file.string() + " has version " + std::to_string(version) + ", made by a newer program; this one knows " + std::to_string(newest));
      if (version < newest) {
        db.exec(std::string(migrations[static_cast<std::size_t>(version)]));
        db.exec("PRAGMA user_version=" + std::to_string(version + 1));
      }
      step.commit();
      if (version == newest) return std::make_unique<Database>(std::move(engine), version);
    }
  } catch (const SQLite::Exception& error) {
    return failure(error, file.string());
  }
}

Status Database::run(const std::string& sql, const std::vector<SqlValue>& values) {
  if (auto done = query(sql, values); !done) return fail(done.error());
  return ok();
}

Result<std::vector<SqlRow>> Database::query(const std::string& sql, const std::vector<SqlValue>& values) {
  const std::lock_guard lock(mutex_);
  return engine_->query(sql, values);
}

Status Database::together(const std::function<Status()>& work) {
  const std::lock_guard lock(mutex_);
  for (int attempt = 1;; ++attempt) {
    auto done = engine_->begin();
    if (done) {
      done = work();
      if (done) done = engine_->commit();
      if (!done) engine_->rollback();
    }
    if (done || attempt == kTries || !engine_->taken_back()) return done;
  }
}

}  // namespace guzheng
