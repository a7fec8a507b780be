#include "core/sql/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "core/base/file.h"

namespace guzheng {

struct Database::Impl {
  SQLite::Database db;
  explicit Impl(const std::string& file) : db(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000) {}
};

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

}  // namespace

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, const SqlMigrations& migrations, Damage damage) {
  // made by ourselves first, so that nobody else can read it for a moment
  const UniqueFd made(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!made) return fail_errno("open " + file.string());
  try {
    std::unique_ptr<Database> out(new Database(std::make_unique<Impl>(file.string())));
    auto& db = out->impl_->db;
    db.exec("PRAGMA journal_mode=DELETE");
    db.exec("PRAGMA synchronous=FULL");
    if (damage == Damage::FoundAtOnce && db.execAndGet("PRAGMA quick_check").getString() != "ok") return fail(ErrorKind::Tampered, file.string() + " is damaged");
    const int newest = static_cast<int>(migrations.size());
    for (;;) {
      SQLite::Transaction step(db, SQLite::TransactionBehavior::IMMEDIATE);      // two programs at their first start: one waits
      out->version_ = db.execAndGet("PRAGMA user_version").getInt();
      if (out->version_ > newest)
        return fail(ErrorKind::Unsupported, file.string() + " has version " + std::to_string(out->version_) + ", made by a newer program; this one knows " + std::to_string(newest));
      if (out->version_ == newest) return out;
      db.exec(std::string(migrations[static_cast<std::size_t>(out->version_)]));
      db.exec("PRAGMA user_version=" + std::to_string(out->version_ + 1));
      step.commit();
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
  try {
    SQLite::Statement statement(impl_->db, sql);
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

Status Database::together(const std::function<Status()>& work) {
  const std::lock_guard lock(mutex_);
  try {
    SQLite::Transaction all(impl_->db, SQLite::TransactionBehavior::IMMEDIATE);
    GZ_TRY(work());
    all.commit();
    return ok();
  } catch (const SQLite::Exception& error) {
    return failure(error, "transaction");
  }
}

}  // namespace guzheng
