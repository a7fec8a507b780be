#include "core/central/copy_tables.h"

#include <algorithm>
#include <string>

namespace guzheng {

namespace {

constexpr std::size_t kTableRowsAtOnce = 50;            // so many times the widest table's columns stay far below what a statement may have of question marks

struct CopiedTable {
  std::string name, columns;                       // columns: "\"a\", \"b\""
  std::size_t count = 0;                           // of columns
  std::vector<std::pair<std::string, std::size_t>> key;          // its columns in order, with their places in a row
};

std::string quoted_name(const std::string& name) { return "\"" + name + "\""; }

Result<std::vector<CopiedTable>> tables_of(Database& local) {
  GZ_TRY_ASSIGN(const auto names, local.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'lease' ORDER BY name"));
  std::vector<CopiedTable> out;
  for (const auto& named : names) {
    CopiedTable table{std::get<std::string>(named.at(0)), "", 0, {}};
    GZ_TRY_ASSIGN(const auto columns, local.query("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", {table.name}));
    std::vector<std::pair<std::int64_t, std::size_t>> keys;
    for (const auto& column : columns) {
      table.columns += (table.count == 0 ? "" : ", ") + quoted_name(std::get<std::string>(column.at(0)));
      if (const auto place = std::get<std::int64_t>(column.at(1)); place > 0) keys.emplace_back(place, table.count);
      ++table.count;
    }
    std::sort(keys.begin(), keys.end());
    for (const auto& [place, at] : keys) table.key.emplace_back(quoted_name(std::get<std::string>(columns.at(at).at(0))), at);
    if (table.key.empty()) return fail(ErrorKind::Bug, "the table " + table.name + " has no key, and cannot be copied in pieces");
    out.push_back(std::move(table));
  }
  return out;
}

// Rows after `last` in the order of the key: a > ? OR (a = ? AND b > ?) OR …
std::string select_of(const CopiedTable& table, const SqlRow& last, std::vector<SqlValue>& values) {
  std::string where, order;
  for (std::size_t i = 0; i < table.key.size(); ++i) {
    order += (i == 0 ? "" : ", ") + table.key[i].first;
    if (last.empty()) continue;
    std::string one;
    for (std::size_t j = 0; j <= i; ++j) {
      one += (j == 0 ? "" : " AND ") + table.key[j].first + (j == i ? " > ?" : " = ?");
      values.push_back(last.at(table.key[j].second));
    }
    where += (where.empty() ? " WHERE (" : " OR (") + one + ")";
  }
  return "SELECT " + table.columns + " FROM " + quoted_name(table.name) + where + " ORDER BY " + order + " LIMIT " + std::to_string(kTableRowsAtOnce);
}

Status put_rows(Database& to, const CopiedTable& table, const std::vector<SqlRow>& rows) {
  std::string marks = "(?";
  for (std::size_t i = 1; i < table.count; ++i) marks += ", ?";
  marks += ")";
  std::string sql = "INSERT INTO " + quoted_name(table.name) + "(" + table.columns + ") VALUES";
  std::vector<SqlValue> values;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sql += (i == 0 ? " " : ", ") + marks;
    values.insert(values.end(), rows[i].begin(), rows[i].end());
  }
  return to.run(sql, values);
}

Status copy_table(Database& from, Database& to, const CopiedTable& table) {
  for (SqlRow last;;) {
    std::vector<SqlValue> values;
    const std::string sql = select_of(table, last, values);
    GZ_TRY_ASSIGN(const auto rows, from.query(sql, values));
    if (rows.empty()) return ok();
    GZ_TRY(put_rows(to, table, rows));
    last = rows.back();
  }
}

}  // namespace

Status copy_tables(Database& from, Database& to, Database& local) {
  GZ_TRY_ASSIGN(const auto tables, tables_of(local));
  return from.together([&]() -> Status {
    return to.together([&]() -> Status {
      for (const auto& table : tables) {
        GZ_TRY_ASSIGN(const auto there, to.query("SELECT " + table.key.front().first + " FROM " + quoted_name(table.name) + " LIMIT 1"));
        if (!there.empty()) return fail(ErrorKind::Exists, "the database holds rows already (" + table.name + "): an empty one is needed");
      }
      for (const auto& table : tables) GZ_TRY(copy_table(from, to, table));
      return ok();
    });
  });
}

}  // namespace guzheng
