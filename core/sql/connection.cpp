#include "core/sql/connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <utility>

#include "core/base/file.h"
#include "core/sql/bigrams.h"

namespace guzheng {

namespace {

Failure sqlite_failure(int code, std::string_view what, std::string_view step) {
  const std::string text = std::string(step) + ": " + std::string(what);
  switch (code & 0xff) {
    case SQLITE_FULL: return fail(ErrorKind::NoSpace, text);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return fail(ErrorKind::Tampered, text);
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH: return fail(ErrorKind::Denied, text);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return fail(ErrorKind::Timeout, text);
    case SQLITE_INTERRUPT: return fail(ErrorKind::Cancelled, text);
    default: return fail(ErrorKind::Io, text);
  }
}

Failure db_failure(sqlite3* db, std::string_view step) { return sqlite_failure(sqlite3_extended_errcode(db), sqlite3_errmsg(db), step); }

std::string head_of(const char* sql) { return sql ? std::string(sql).substr(0, 60) : std::string("statement"); }

}  // namespace

SqlStatement::~SqlStatement() { sqlite3_finalize(statement_); }
SqlStatement::SqlStatement(SqlStatement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)), bad_(std::exchange(other.bad_, 0)) {}
SqlStatement& SqlStatement::operator=(SqlStatement&& other) noexcept {
  std::swap(statement_, other.statement_);
  std::swap(bad_, other.bad_);
  return *this;
}

SqlStatement& SqlStatement::bind(int at, std::int64_t value) {
  if (const int rc = sqlite3_bind_int64(statement_, at, value); rc != SQLITE_OK && bad_ == 0) bad_ = rc;
  return *this;
}
SqlStatement& SqlStatement::bind(int at, std::string_view text) {
  if (const int rc = sqlite3_bind_text64(statement_, at, text.data() ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8); rc != SQLITE_OK && bad_ == 0) bad_ = rc;
  return *this;
}
SqlStatement& SqlStatement::bind(int at, ByteView bytes) {
  static const std::uint8_t none = 0;
  if (const int rc = sqlite3_bind_blob64(statement_, at, bytes.data() ? bytes.data() : &none, bytes.size(), SQLITE_TRANSIENT); rc != SQLITE_OK && bad_ == 0) bad_ = rc;
  return *this;
}
SqlStatement& SqlStatement::bind_null(int at) {
  if (const int rc = sqlite3_bind_null(statement_, at); rc != SQLITE_OK && bad_ == 0) bad_ = rc;
  return *this;
}

Result<bool> SqlStatement::step() {
  if (statement_ == nullptr) return fail(ErrorKind::Bug, "a statement that was never prepared");
  if (bad_ != 0) {
    reset();
    return sqlite_failure(std::exchange(bad_, 0), "bind", head_of(sqlite3_sql(statement_)));
  }
  const int rc = sqlite3_step(statement_);
  if (rc == SQLITE_ROW) return true;
  if (rc == SQLITE_DONE) return false;
  auto failure = db_failure(sqlite3_db_handle(statement_), head_of(sqlite3_sql(statement_)));
  reset();
  return failure;
}

Status SqlStatement::run() {
  for (;;) {
    GZ_TRY_ASSIGN(const bool more, step());
    if (more) continue;
    reset();
    return ok();
  }
}

void SqlStatement::reset() { sqlite3_reset(statement_); }
std::int64_t SqlStatement::integer(int column) const { return sqlite3_column_int64(statement_, column); }
std::string_view SqlStatement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) : std::string_view();
}
ByteView SqlStatement::bytes(int column) const {
  const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  return bytes ? ByteView(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))) : ByteView();
}
bool SqlStatement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

SqlConnection::~SqlConnection() { sqlite3_close_v2(db_); }

Result<std::unique_ptr<SqlConnection>> SqlConnection::open(const std::filesystem::path& file, const SqlMigrations& migrations, const SqlOptions& options) {
  if (!options.reader) {                                         // made by ourselves first, so that nobody else can read it for a moment
    const UniqueFd made(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!made) return fail_errno("open " + file.string());
  }
  std::unique_ptr<SqlConnection> out(new SqlConnection);
  if (sqlite3_open_v2(file.c_str(), &out->db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK) return db_failure(out->db_, file.string());
  sqlite3_busy_timeout(out->db_, 5000);
  GZ_TRY(register_bigrams(out->db_));
  GZ_TRY(out->run("PRAGMA cache_size=-" + std::to_string(options.cache_mib * 1024)));
  GZ_TRY(out->run("PRAGMA temp_store=MEMORY"));                  // no copy of what is in here in a temporary file
  if (options.reader) {
    GZ_TRY(out->run("PRAGMA query_only=1"));
    return out;
  }
  GZ_TRY(out->run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=8000; PRAGMA journal_size_limit=67108864"));
  const int newest = static_cast<int>(migrations.size());
  for (;;) {
    GZ_TRY_ASSIGN(auto step, SqlTransaction::begin(*out));
    GZ_TRY_ASSIGN(auto ask, out->prepare("PRAGMA user_version"));
    GZ_TRY_ASSIGN(const bool row, ask.step());
    const int version = row ? static_cast<int>(ask.integer(0)) : 0;
    ask.reset();
    if (version > newest)
      return fail(ErrorKind::Unsupported, file.string() + " has version " + std::to_string(version) + ", made by a newer program; this one knows " + std::to_string(newest));
    if (version == newest) return out;
    GZ_TRY(out->run(migrations[static_cast<std::size_t>(version)]));
    GZ_TRY(out->run("PRAGMA user_version=" + std::to_string(version + 1)));
    GZ_TRY(step.commit());
  }
}

Result<SqlStatement> SqlConnection::prepare(std::string_view sql) {
  SqlStatement out;
  if (sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &out.statement_, nullptr) != SQLITE_OK)
    return db_failure(db_, std::string(sql.substr(0, 60)));
  return out;
}

Status SqlConnection::run(std::string_view sql) {
  if (sqlite3_exec(db_, std::string(sql).c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return db_failure(db_, sql.substr(0, 60));
  return ok();
}

Status SqlConnection::begin() { return run("BEGIN IMMEDIATE"); }
Status SqlConnection::commit() { return run("COMMIT"); }
void SqlConnection::rollback() {
  if (in_transaction()) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
}
bool SqlConnection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
std::int64_t SqlConnection::changed() const { return sqlite3_changes64(db_); }
std::int64_t SqlConnection::last_row() const { return sqlite3_last_insert_rowid(db_); }
Status SqlConnection::checkpoint() {
  const int rc = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  if (rc != SQLITE_OK && rc != SQLITE_BUSY && rc != SQLITE_LOCKED) return db_failure(db_, "checkpoint");
  return ok();
}

Status copy_database(const std::filesystem::path& from, const std::filesystem::path& to) {
  const UniqueFd made(::open(to.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!made) return fail_errno("make " + to.string());
  struct Close { void operator()(sqlite3* db) const { sqlite3_close_v2(db); } };
  sqlite3 *source = nullptr, *target = nullptr;
  const int opened = sqlite3_open_v2(from.c_str(), &source, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  const std::unique_ptr<sqlite3, Close> hold_source(source);
  if (opened != SQLITE_OK) return db_failure(source, from.string());
  const int opened_target = sqlite3_open_v2(to.c_str(), &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  const std::unique_ptr<sqlite3, Close> hold_target(target);
  if (opened_target != SQLITE_OK) return db_failure(target, to.string());
  sqlite3_busy_timeout(source, 5000);
  sqlite3_backup* copy = sqlite3_backup_init(target, "main", source, "main");
  if (copy == nullptr) return db_failure(target, "copy " + from.string());
  int step = SQLITE_OK;
  for (int tries = 0; tries < 50; ++tries) {                     // all pages in one step: one moment
    step = sqlite3_backup_step(copy, -1);
    if (step != SQLITE_BUSY && step != SQLITE_LOCKED) break;
    sqlite3_sleep(100);
  }
  const int ended = sqlite3_backup_finish(copy);
  if (step != SQLITE_DONE || ended != SQLITE_OK) return sqlite_failure(step == SQLITE_DONE ? ended : step, from.string(), "copy");
  return ok();
}

Result<SqlTransaction> SqlTransaction::begin(SqlConnection& connection) {
  GZ_TRY(connection.begin());
  return SqlTransaction(&connection);
}
SqlTransaction::~SqlTransaction() {
  if (connection_) connection_->rollback();
}
Status SqlTransaction::commit() {
  GZ_TRY(connection_->commit());
  connection_ = nullptr;
  return ok();
}

}  // namespace guzheng
