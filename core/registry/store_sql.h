// Room registry, inside. A connection with its prepared statements, kept by the address of their text: `sql` must be a literal.
#pragma once

#include <memory>
#include <unordered_map>

#include "core/base/clock.h"
#include "core/sql/connection.h"

namespace guzheng {

class StoreSql {
 public:
  explicit StoreSql(std::unique_ptr<SqlConnection> connection) : connection_(std::move(connection)) {}
  [[nodiscard]] SqlConnection& connection() { return *connection_; }

  template <typename... A>
  Status run(const char* sql, const A&... values) {
    GZ_TRY_ASSIGN(SqlStatement* statement, bound(sql, values...));
    return statement->run();
  }
  // `row` gives false to end. It may use other statements of this connection, not this one.
  template <typename F, typename... A>
  Status each(const char* sql, F row, const A&... values) {
    GZ_TRY_ASSIGN(SqlStatement* statement, bound(sql, values...));
    for (;;) {
      GZ_TRY_ASSIGN(const bool more, statement->step());
      if (!more || !row(static_cast<const SqlStatement&>(*statement))) break;
    }
    statement->reset();
    return ok();
  }
  // To be stepped by whoever asks, and reset. Likewise one of each text at a time.
  template <typename... A>
  Result<SqlStatement*> open(const char* sql, const A&... values) { return bound(sql, values...); }
  // The first column of the first row; nothing: no row, or NULL.
  template <typename... A>
  Result<std::optional<std::int64_t>> number(const char* sql, const A&... values) {
    std::optional<std::int64_t> out;
    GZ_TRY(each(sql, [&](const SqlStatement& row) { if (!row.is_null(0)) out = row.integer(0); return false; }, values...));
    return out;
  }

 private:
  template <typename... A>
  Result<SqlStatement*> bound(const char* sql, const A&... values) {
    auto at = statements_.find(sql);
    if (at == statements_.end()) {
      GZ_TRY_ASSIGN(auto made, connection_->prepare(sql));
      at = statements_.emplace(sql, std::move(made)).first;
    }
    at->second.reset();
    int place = 0;
    (put(at->second, ++place, values), ...);
    return &at->second;
  }
  static void put(SqlStatement& s, int at, std::int64_t value) { s.bind(at, value); }
  static void put(SqlStatement& s, int at, int value) { s.bind(at, std::int64_t{value}); }
  static void put(SqlStatement& s, int at, bool value) { s.bind(at, std::int64_t{value}); }
  static void put(SqlStatement& s, int at, WallTime value) { s.bind(at, value.ms); }
  static void put(SqlStatement& s, int at, std::string_view value) { s.bind(at, value); }
  static void put(SqlStatement& s, int at, const std::string& value) { s.bind(at, std::string_view(value)); }
  static void put(SqlStatement& s, int at, const char* value) { s.bind(at, std::string_view(value)); }
  static void put(SqlStatement& s, int at, const Bytes& value) { s.bind(at, ByteView(value)); }
  template <typename E> requires std::is_enum_v<E>
  static void put(SqlStatement& s, int at, E value) { s.bind(at, static_cast<std::int64_t>(value)); }

  std::unique_ptr<SqlConnection> connection_;
  std::unordered_map<const void*, SqlStatement> statements_;     // after the connection: finalised before it closes
};

}  // namespace guzheng
