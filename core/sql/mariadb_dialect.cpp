#include "core/sql/mariadb_dialect.h"

#include <algorithm>
#include <regex>

namespace guzheng {

namespace {

constexpr const char* kTable = " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_nopad_bin";
constexpr const char* kIndexed = "(191)";          // characters of a long text that an index holds

std::string trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return std::string(text);
}

// At a character that stands in no text and in no bracket.
std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out(1);
  int depth = 0;
  bool quoted = false;
  for (const char c : text) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && c == '(') ++depth;
    if (!quoted && c == ')') --depth;
    if (c == at && !quoted && depth == 0) out.emplace_back();
    else out.back() += c;
  }
  std::vector<std::string> kept;
  for (const auto& one : out)
    if (auto text_of = trimmed(one); !text_of.empty()) kept.push_back(std::move(text_of));
  return kept;
}

std::regex words(const char* pattern) { return std::regex(pattern, std::regex::icase); }

bool has(const std::string& text, const char* pattern) { return std::regex_search(text, words(pattern)); }

std::string first_word(const std::string& text) { return text.substr(0, text.find_first_of(" \t\n(")); }

std::string without_order(const std::string& column) { return first_word(column); }

Failure unsupported(const std::string& sql) { return fail(ErrorKind::Unsupported, "no statement that both engines know: " + sql.substr(0, 100)); }

}  // namespace

std::vector<std::string> sql_statements(std::string_view text) { return split(text, ';'); }

std::string mariadb_query(const std::string& sql) {
  constexpr std::string_view kIgnore = "INSERT OR IGNORE INTO", kReplace = "INSERT OR REPLACE INTO";
  if (sql.starts_with(kIgnore)) return "INSERT IGNORE INTO" + sql.substr(kIgnore.size());
  if (sql.starts_with(kReplace)) return "REPLACE INTO" + sql.substr(kReplace.size());
  return sql;
}

Result<std::string> MariaDbDialect::statement(const std::string& sql) {
  if (has(sql, R"(^CREATE\s+TABLE\s)")) return create_table(sql);
  if (has(sql, R"(^CREATE\s+(UNIQUE\s+)?INDEX\s)")) return create_index(sql);
  if (has(sql, R"(^ALTER\s+TABLE\s+\w+\s+ADD\s+COLUMN\s)")) return add_column(sql);
  if (has(sql, R"(^(INSERT|UPDATE|DELETE)\s)")) return mariadb_query(sql);
  return unsupported(sql);
}

Result<std::string> MariaDbDialect::column(const std::string& table, const std::string& definition, const std::set<std::string>& keys) {
  std::smatch found;
  if (!std::regex_match(definition, found, words(R"((\w+)\s+(INTEGER|TEXT|BLOB)\b([\s\S]*))"))) return unsupported(definition);
  const std::string name = found[1], rest = found[3];
  std::string type = found[2];
  std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const bool key = keys.contains(name) || has(rest, R"(\b(PRIMARY\s+KEY|UNIQUE)\b)");
  if (type == "INTEGER" && has(rest, R"(\bPRIMARY\s+KEY\b)")) return name + " BIGINT AUTO_INCREMENT" + std::regex_replace(rest, words(R"(\bAUTOINCREMENT\b)"), "");
  if (type == "INTEGER") return name + " BIGINT" + rest;
  if (!key) long_[table].insert(name);
  const std::string made = type == "TEXT" ? (key ? "VARCHAR(255)" : "LONGTEXT") : (key ? "VARBINARY(255)" : "LONGBLOB");
  return name + " " + made + rest;
}

Result<std::string> MariaDbDialect::create_table(const std::string& sql) {
  std::smatch found;
  if (!std::regex_match(sql, found, words(R"(CREATE\s+TABLE\s+(\w+)\s*\(([\s\S]*)\)\s*(WITHOUT\s+ROWID)?\s*)"))) return unsupported(sql);
  const std::string table = found[1];
  const bool without_rowid = found[3].matched;
  const auto parts = split(found[2].str(), ',');
  std::set<std::string> keys;
  bool counts = false;
  for (const auto& part : parts) {
    std::smatch list;
    if (std::regex_match(part, list, words(R"((PRIMARY\s+KEY|UNIQUE)\s*\(([\s\S]*)\)\s*)")))
      for (const auto& one : split(list[2].str(), ',')) keys.insert(without_order(one));
    counts = counts || has(part, R"(^\w+\s+INTEGER\s[\s\S]*PRIMARY\s+KEY\b)");
  }
  std::string out;
  for (const auto& part : parts) {
    const bool constraint = has(part, R"(^(PRIMARY\s+KEY|UNIQUE)\s*\()");
    auto made = constraint ? Result<std::string>(part) : column(table, part, keys);
    if (!made) return made;
    out += (out.empty() ? "" : ", ") + *made;
  }
  if (!counts && !without_rowid) out += ", rowid BIGINT NOT NULL AUTO_INCREMENT INVISIBLE UNIQUE";
  return "CREATE TABLE " + table + "(" + out + ")" + kTable;
}

Result<std::string> MariaDbDialect::create_index(const std::string& sql) {
  std::smatch found;
  if (!std::regex_match(sql, found, words(R"((CREATE\s+(UNIQUE\s+)?INDEX\s+\w+\s+ON\s+)(\w+)\s*\(([\s\S]*)\)\s*)"))) return unsupported(sql);
  const auto& longs = long_[found[3]];
  std::string out;
  for (const auto& one : split(found[4].str(), ',')) {
    const std::string name = without_order(one);
    if (longs.contains(name) && found[2].matched) return unsupported(sql);         // unique by its beginning alone would be something else
    out += (out.empty() ? "" : ", ") + name + (longs.contains(name) ? kIndexed : "") + one.substr(name.size());
  }
  return found[1].str() + found[3].str() + "(" + out + ")";
}

Result<std::string> MariaDbDialect::add_column(const std::string& sql) {
  std::smatch found;
  if (!std::regex_match(sql, found, words(R"((ALTER\s+TABLE\s+)(\w+)(\s+ADD\s+COLUMN\s+)([\s\S]*))"))) return unsupported(sql);
  GZ_TRY_ASSIGN(const auto made, column(found[2], trimmed(found[4].str()), {}));
  return found[1].str() + found[2].str() + found[3].str() + made;
}

}  // namespace guzheng
