#include "core/sql/mariadb.h"

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>

#include <charconv>
#include <cstring>

#include "core/sql/engine.h"
#include "core/sql/mariadb_dialect.h"

namespace guzheng {

namespace {

constexpr int kMariaDbTries = 3, kSchemaWait = 60;
constexpr const char* kSession =
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,NO_ENGINE_SUBSTITUTION', "
    "innodb_lock_wait_timeout = 5, lock_wait_timeout = 60, autocommit = 1";
constexpr const char* kTurn = "SELECT version FROM guzheng_schema WHERE one = 1 FOR UPDATE";

bool is_lost(unsigned code) {
  return code == CR_SERVER_GONE_ERROR || code == CR_SERVER_LOST || code == CR_CONNECTION_ERROR || code == CR_CONN_HOST_ERROR || code == CR_UNKNOWN_HOST ||
         code == CR_SERVER_LOST_EXTENDED ||
         code == CR_SSL_CONNECTION_ERROR || code == ER_SERVER_SHUTDOWN || code == ER_CONNECTION_KILLED || code == ER_NEW_ABORTING_CONNECTION || code == ER_ABORTING_CONNECTION;
}

ErrorKind kind_of(unsigned code) {
  if (is_lost(code) || code == ER_CON_COUNT_ERROR || code == ER_TOO_MANY_USER_CONNECTIONS) return ErrorKind::Network;
  switch (code) {
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
    case ER_DBACCESS_DENIED_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
    case ER_OPTION_PREVENTS_STATEMENT: return ErrorKind::Denied;
    case ER_BAD_DB_ERROR: return ErrorKind::NotFound;
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_LOCK_DEADLOCK: return ErrorKind::Timeout;
    case ER_DISK_FULL:
    case ER_RECORD_FILE_FULL: return ErrorKind::NoSpace;
    case ER_NOT_KEYFILE:
    case ER_CRASHED_ON_USAGE:
    case ER_INDEX_CORRUPT: return ErrorKind::Tampered;
    default: return ErrorKind::Io;
  }
}

// While a connection is made the same code says that the line broke and that the certificate is not by the roots.
ErrorKind kind_while_connecting(unsigned code, std::string_view text) {
  const bool certificate = code == CR_SSL_CONNECTION_ERROR && (text.find("ertificate") != text.npos || text.find("alidation") != text.npos);
  return certificate ? ErrorKind::Denied : kind_of(code);
}

bool is_read(const std::string& sql) { return sql.starts_with("SELECT") && sql.find("FOR UPDATE") == std::string::npos; }

struct Close {
  void operator()(MYSQL* one) const { mysql_close(one); }
  void operator()(MYSQL_STMT* one) const { mysql_stmt_close(one); }
  void operator()(MYSQL_RES* one) const { mysql_free_result(one); }
};

// One statement on one connection.
class Prepared {
 public:
  Prepared(MYSQL* connection, const std::string& sql) : sql_(sql), statement_(mysql_stmt_init(connection)) {}

  unsigned prepare() { return statement_ == nullptr ? CR_OUT_OF_MEMORY : mysql_stmt_prepare(statement_.get(), sql_.data(), sql_.size()) == 0 ? 0 : code(); }
  [[nodiscard]] unsigned code() const { return mysql_stmt_errno(statement_.get()); }
  [[nodiscard]] std::string what() const { return sql_.substr(0, 60) + ": " + (statement_ == nullptr ? "no memory" : mysql_stmt_error(statement_.get())); }

  Result<std::vector<SqlRow>> execute(const std::vector<SqlValue>& values) {
    if (mysql_stmt_param_count(statement_.get()) != values.size()) return fail(ErrorKind::Bug, sql_.substr(0, 60) + ": another number of values than question marks");
    std::vector<MYSQL_BIND> in(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) in[i] = bound(values[i]);
    if (!in.empty() && mysql_stmt_bind_param(statement_.get(), in.data()) != 0) return trouble();
    if (mysql_stmt_execute(statement_.get()) != 0) return trouble();
    return rows();
  }

 private:
  struct Column {
    bool integer = false, number = false, blob = false;
    std::int64_t value = 0;
    unsigned long length = 0;
    my_bool null = 0;
  };

  Failure trouble() const { return fail(kind_of(code()), what()); }

  static MYSQL_BIND bound(const SqlValue& value) {
    MYSQL_BIND out{};
    const auto lies_at = [&](const void* at, std::size_t size, enum_field_types type) {
      out.buffer_type = type;
      out.buffer = const_cast<void*>(at);
      out.buffer_length = static_cast<unsigned long>(size);
    };
    if (const auto* number = std::get_if<std::int64_t>(&value)) lies_at(number, sizeof *number, MYSQL_TYPE_LONGLONG);
    else if (const auto* text = std::get_if<std::string>(&value)) lies_at(text->data(), text->size(), MYSQL_TYPE_STRING);
    else if (const auto* bytes = std::get_if<Bytes>(&value)) lies_at(bytes->data(), bytes->size(), MYSQL_TYPE_LONG_BLOB);
    else out.buffer_type = MYSQL_TYPE_NULL;
    return out;
  }

  static Column column_of(const MYSQL_FIELD& field) {
    Column out;
    switch (field.type) {
      case MYSQL_TYPE_TINY:
      case MYSQL_TYPE_SHORT:
      case MYSQL_TYPE_INT24:
      case MYSQL_TYPE_LONG:
      case MYSQL_TYPE_LONGLONG: out.integer = true; break;
      case MYSQL_TYPE_NEWDECIMAL: out.number = field.decimals == 0; break;         // sums of whole numbers
      case MYSQL_TYPE_FLOAT:
      case MYSQL_TYPE_DOUBLE: break;
      default: out.blob = field.charsetnr == 63;
    }
    return out;
  }

  Result<std::vector<SqlRow>> rows() {
    const std::unique_ptr<MYSQL_RES, Close> about(mysql_stmt_result_metadata(statement_.get()));
    std::vector<SqlRow> out;
    if (!about) return out;
    const unsigned count = mysql_num_fields(about.get());
    std::vector<Column> columns(count);
    std::vector<MYSQL_BIND> into(count);
    for (unsigned i = 0; i < count; ++i) {
      auto& column = columns[i] = column_of(*mysql_fetch_field_direct(about.get(), i));
      into[i].buffer_type = column.integer ? MYSQL_TYPE_LONGLONG : column.blob ? MYSQL_TYPE_LONG_BLOB : MYSQL_TYPE_STRING;
      into[i].buffer = column.integer ? &column.value : nullptr;                   // of a text the length first, then the text
      into[i].buffer_length = column.integer ? sizeof column.value : 0;
      into[i].length = &column.length;
      into[i].is_null = &column.null;
    }
    if (mysql_stmt_bind_result(statement_.get(), into.data()) != 0) return trouble();
    while (true) {
      const int got = mysql_stmt_fetch(statement_.get());
      if (got == MYSQL_NO_DATA) return out;
      if (got != 0 && got != MYSQL_DATA_TRUNCATED) return trouble();
      SqlRow row;
      for (unsigned i = 0; i < count; ++i) {
        GZ_TRY_ASSIGN(auto value, value_of(columns[i], i));
        row.push_back(std::move(value));
      }
      out.push_back(std::move(row));
    }
  }

  Result<SqlValue> value_of(const Column& column, unsigned at) {
    if (column.null != 0) return SqlValue(nullptr);
    if (column.integer) return SqlValue(column.value);
    std::string text(column.length, '\0');
    if (column.length > 0) {
      MYSQL_BIND into{};
      unsigned long length = 0;
      into.buffer_type = column.blob ? MYSQL_TYPE_LONG_BLOB : MYSQL_TYPE_STRING;
      into.buffer = text.data();
      into.buffer_length = column.length;
      into.length = &length;
      if (mysql_stmt_fetch_column(statement_.get(), &into, at, 0) != 0) return trouble();
    }
    if (column.blob) return SqlValue(to_bytes(text));
    std::int64_t number = 0;
    if (column.number && std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc()) return SqlValue(number);
    return SqlValue(std::move(text));
  }

  const std::string sql_;
  const std::unique_ptr<MYSQL_STMT, Close> statement_;
};

class MariaDbEngine final : public SqlEngine {
 public:
  explicit MariaDbEngine(MariaDbAddress address, bool only_reads = false) : address_(std::move(address)), only_reads_(only_reads) {}

  Result<std::vector<SqlRow>> query(const std::string& sql, const std::vector<SqlValue>& values) override {
    const std::string said = mariadb_query(sql);
    for (int attempt = 1;; ++attempt) {
      bool done_nothing = false;
      auto rows = once(said, values, done_nothing);
      if (rows || within_ || attempt == kMariaDbTries) return rows;
      const bool lost = rows.error().kind == ErrorKind::Network && attempt == 1 && (done_nothing || is_read(said));
      if (!lost && !taken_back_) return rows;
    }
  }

  // A turn for all programs: who has the row goes on, and reads what the one before it left.
  Status begin() override {
    taken_back_ = false;
    GZ_TRY(command(only_reads_ ? "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY" : "START TRANSACTION"));
    within_ = true;
    if (only_reads_) return ok();
    if (const auto turn = query(kTurn, {}); !turn) return leave(), fail(turn.error());
    return ok();
  }
  Status commit() override {
    const auto done = command("COMMIT");
    if (done) within_ = false;
    return done;
  }
  void rollback() override { leave(); }
  [[nodiscard]] bool taken_back() const override { return taken_back_; }
  [[nodiscard]] bool shared() const override { return true; }

  Result<int> migrate(const SqlMigrations& migrations);
  Result<std::pair<int, int>> progress();

 private:
  Result<std::vector<SqlRow>> once(const std::string& sql, const std::vector<SqlValue>& values, bool& done_nothing) {
    done_nothing = true;
    if (within_ && lost_) return fail(ErrorKind::Network, "the connection to the database was lost in the middle of a transaction; nothing of it was kept");
    // what came now would be kept by itself
    if (within_ && taken_back_) return fail(ErrorKind::Timeout, "the database took the transaction back, so that another could go on");
    GZ_TRY(connect());
    taken_back_ = false;
    Prepared statement(connection_.get(), sql);
    if (const unsigned code = statement.prepare(); code != 0) return note(code), fail(kind_of(code), statement.what());
    done_nothing = false;
    auto rows = statement.execute(values);
    if (!rows) note(statement.code());
    return rows;
  }

  void note(unsigned code) {
    taken_back_ = code == ER_LOCK_DEADLOCK;
    if (!is_lost(code)) return;
    lost_ = true;
    drop_ = true;                                  // closed before the next one is made: a statement of it may still live
  }

  Status command(const char* text) {
    for (int attempt = 1;; ++attempt) {
      if (within_ && lost_) return fail(ErrorKind::Network, "the connection to the database was lost in the middle of a transaction");
      GZ_TRY(connect());
      if (mysql_query(connection_.get(), text) == 0) return ok();
      const unsigned code = mysql_errno(connection_.get());
      const std::string what = std::string(text) + ": " + mysql_error(connection_.get());
      note(code);
      if (within_ || !is_lost(code) || attempt == 2) return fail(kind_of(code), what);
    }
  }

  void leave() {
    const bool open = within_ && !lost_;
    const bool taken = taken_back_;
    within_ = false;
    if (open && mysql_query(connection_.get(), "ROLLBACK") != 0) drop_ = true;     // the server does it when the connection ends
    taken_back_ = taken;
  }

  Status connect() {
    if (drop_) connection_.reset();
    drop_ = false;
    if (connection_) return ok();
    std::unique_ptr<MYSQL, Close> made(mysql_init(nullptr));
    if (!made) return fail(ErrorKind::Io, "libmariadb could not be started");
    const unsigned soon = 10, later = 60, off = 0;
    mysql_options(made.get(), MYSQL_OPT_CONNECT_TIMEOUT, &soon);
    mysql_options(made.get(), MYSQL_OPT_READ_TIMEOUT, &later);
    mysql_options(made.get(), MYSQL_OPT_WRITE_TIMEOUT, &later);
    mysql_options(made.get(), MYSQL_OPT_LOCAL_INFILE, &off);
    mysql_options(made.get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const bool local = !address_.socket.empty();
    if (!local) {
      const my_bool on = 1;
      const unsigned tcp = MYSQL_PROTOCOL_TCP;     // "localhost" would be a socket, which has no TLS
      mysql_options(made.get(), MYSQL_OPT_PROTOCOL, &tcp);
      mysql_options(made.get(), MYSQL_OPT_SSL_ENFORCE, &on);
      mysql_options(made.get(), MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &on);
      mysql_options(made.get(), MYSQL_OPT_SSL_CA, address_.roots.c_str());
      mysql_options(made.get(), MARIADB_OPT_TLS_VERSION, "TLSv1.2,TLSv1.3");
    }
    const char* host = local ? nullptr : address_.host.c_str();
    const char* socket = local ? address_.socket.c_str() : nullptr;
    const unsigned port = local ? 0 : address_.port;
    const std::string where = local ? address_.socket.string() : address_.host + ":" + std::to_string(port);
    if (mysql_real_connect(made.get(), host, address_.user.c_str(), address_.password.c_str(), address_.database.c_str(), port, socket, 0) == nullptr)
      return fail(kind_while_connecting(mysql_errno(made.get()), mysql_error(made.get())), "the database at " + where + ": " + mysql_error(made.get()));
    for (const char* text : {"SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin", kSession, only_reads_ ? "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY" : "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ"})
      if (mysql_query(made.get(), text) != 0) return fail(kind_of(mysql_errno(made.get())), std::string("the database refuses a setting: ") + mysql_error(made.get()));
    connection_ = std::move(made);
    lost_ = false;
    return ok();
  }

  Status step(const std::string& sql, int version, int statement, bool resumed);

  const MariaDbAddress address_;
  const bool only_reads_;
  std::unique_ptr<MYSQL, Close> connection_;
  bool within_ = false, lost_ = false, drop_ = false, taken_back_ = false;
};

Result<std::pair<int, int>> MariaDbEngine::progress() {
  GZ_TRY_ASSIGN(const auto rows, query("SELECT version, statement FROM guzheng_schema WHERE one = 1", {}));
  if (rows.size() != 1) return fail(ErrorKind::Tampered, "the table guzheng_schema is not what this program wrote");
  return std::pair(static_cast<int>(std::get<std::int64_t>(rows[0].at(0))), static_cast<int>(std::get<std::int64_t>(rows[0].at(1))));
}

// A statement that changes rows is kept together with the progress. One that makes or changes a table ends a transaction by itself: killed just behind it,
// it is met again, and what it made is there.
Status MariaDbEngine::step(const std::string& sql, int version, int statement, bool resumed) {
  GZ_TRY(command("START TRANSACTION"));
  const int done = mysql_query(connection_.get(), sql.c_str());
  const unsigned code = done == 0 ? 0 : mysql_errno(connection_.get());
  const bool there = resumed && (code == ER_TABLE_EXISTS_ERROR || code == ER_DUP_FIELDNAME || code == ER_DUP_KEYNAME);
  if (done != 0 && !there) {
    const std::string what = mysql_error(connection_.get());
    note(code);
    (void)command("ROLLBACK");
    return fail(kind_of(code), sql.substr(0, 60) + ": " + what);
  }
  GZ_TRY_ASSIGN([[maybe_unused]] const auto noted, query("UPDATE guzheng_schema SET version = ?, statement = ? WHERE one = 1", {std::int64_t{version}, std::int64_t{statement}}));
  return command("COMMIT");
}

Result<int> MariaDbEngine::migrate(const SqlMigrations& migrations) {
  GZ_TRY_ASSIGN(const auto turn, query("SELECT GET_LOCK(CONCAT('guzheng-schema-', DATABASE()), ?)", {std::int64_t{kSchemaWait}}));
  if (turn.size() != 1 || turn[0].at(0) != SqlValue(std::int64_t{1})) return fail(ErrorKind::Timeout, "another program is bringing the database to its newest version");
  GZ_TRY(command("CREATE TABLE IF NOT EXISTS guzheng_schema(one TINYINT PRIMARY KEY, version INT NOT NULL, statement INT NOT NULL) ENGINE=InnoDB"));
  GZ_TRY(command("INSERT IGNORE INTO guzheng_schema VALUES(1, 0, 0)"));
  GZ_TRY_ASSIGN(auto at, progress());
  const int newest = static_cast<int>(migrations.size());
  if (at.first > newest)
    return fail(ErrorKind::Unsupported, "the database " + address_.database + " has version " + std::to_string(at.first) + ", made by a newer program; this one knows " + std::to_string(newest));
  MariaDbDialect dialect;
  for (int version = 0; version < newest; ++version) {
    const auto statements = sql_statements(migrations[static_cast<std::size_t>(version)]);
    const int count = static_cast<int>(statements.size());
    for (int i = 0; i < count; ++i) {
      GZ_TRY_ASSIGN(const auto said, dialect.statement(statements[static_cast<std::size_t>(i)]));      // also of what is done: it knows the columns
      if (version < at.first || (version == at.first && i < at.second)) continue;
      const bool last = i + 1 == count;
      GZ_TRY(step(said, last ? version + 1 : version, last ? 0 : i + 1, version == at.first && i == at.second));
    }
  }
  GZ_TRY_ASSIGN([[maybe_unused]] const auto given, query("SELECT RELEASE_LOCK(CONCAT('guzheng-schema-', DATABASE()))", {}));
  return newest;
}

}  // namespace

Result<std::unique_ptr<Database>> open_mariadb(MariaDbAddress address, const SqlMigrations& migrations) {
  auto engine = std::make_unique<MariaDbEngine>(std::move(address));
  GZ_TRY_ASSIGN(const int version, engine->migrate(migrations));
  return std::make_unique<Database>(std::move(engine), version);
}

Result<std::unique_ptr<Database>> open_mariadb_reader(MariaDbAddress address, const SqlMigrations& migrations) {
  const std::string name = address.database;
  auto engine = std::make_unique<MariaDbEngine>(std::move(address), true);
  GZ_TRY_ASSIGN(const auto at, engine->progress());
  if (at != std::pair(static_cast<int>(migrations.size()), 0))
    return fail(ErrorKind::Unsupported, "the database " + name + " has version " + std::to_string(at.first) + ", this program knows " + std::to_string(migrations.size()) + ": read it with the program that serves it");
  return std::make_unique<Database>(std::move(engine), at.first);
}

}  // namespace guzheng
