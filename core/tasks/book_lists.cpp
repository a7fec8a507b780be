#include "core/tasks/book_lists.h"

#include <algorithm>

#include "core/tasks/book_rows.h"
#include "core/tasks/search_words.h"
#include "core/tasks/text_check.h"

namespace guzheng::book {

namespace {

bool comes_before(const PageKey& a, const PageKey& b) { return std::pair(a.day, a.id) < std::pair(b.day, b.id); }

std::string source_of(const std::string& table, const Run& run) { return table + " INDEXED BY " + run.index + " WHERE " + run.where.sql; }

std::string json_ids(const std::vector<PageKey>& keys) {
  std::string out;
  for (const auto& key : keys) out += (out.empty() ? "[" : ",") + std::to_string(key.id);
  return out.empty() ? "[]" : out + "]";
}

// Every key of a run from `after` on, at most `limit`.
Status read_run(Database& database, const ListPlan& plan, const Run& run, int limit, std::vector<PageKey>& out) {
  auto sql = "SELECT sort_day,id FROM " + source_of(plan.table, run);
  auto values = run.where.values;
  if (plan.after) {
    sql += " AND (sort_day,id)>(?,?)";
    values.emplace_back(plan.after->day);
    values.emplace_back(plan.after->id);
  }
  GZ_TRY_ASSIGN(const auto rows, database.query(sql + " ORDER BY sort_day,id LIMIT " + std::to_string(limit), values));
  for (const auto& row : rows) out.push_back({number_of(row[0]), number_of(row[1])});
  return ok();
}

Result<ListPage> read_found(Database& database, const ListPlan& plan, int limit) {
  auto values = plan.among.values;
  values.insert(values.begin(), *plan.ids);
  GZ_TRY_ASSIGN(const auto rows, database.query("SELECT sort_day,id FROM " + plan.table + " WHERE id IN (SELECT value FROM json_each(?)) AND " + plan.among.sql, values));
  ListPage out;
  for (const auto& row : rows) out.keys.push_back({number_of(row[0]), number_of(row[1])});
  out.count = {std::min(static_cast<int>(out.keys.size()), kMostCount), out.keys.size() > static_cast<std::size_t>(kMostCount)};
  if (plan.after) std::erase_if(out.keys, [&](const PageKey& key) { return !comes_before(*plan.after, key); });
  std::sort(out.keys.begin(), out.keys.end(), comes_before);
  if (out.keys.size() > static_cast<std::size_t>(limit)) out.keys.resize(static_cast<std::size_t>(limit));
  return out;
}

}  // namespace

void Where::add(const std::string& condition, std::vector<SqlValue> more) {
  sql += " AND " + condition;
  for (auto& value : more) values.push_back(std::move(value));
}

std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> out;
  std::string rest = stripped(text);
  while (!rest.empty()) {
    const auto blank = rest.find(' ');
    out.push_back(rest.substr(0, blank));
    rest = blank == std::string::npos ? std::string() : stripped(rest.substr(blank));
  }
  return out;
}

void add_words(Where& where, const std::vector<std::string>& words) {
  for (const auto& word : words) where.add("words LIKE ? ESCAPE '\\'", {like_text(word)});
}

Result<std::optional<std::string>> rare_ids(Database& database, const std::string& table, const std::vector<std::string>& words, int most) {
  std::string match;
  for (const auto& word : words) {
    const auto part = match_text(word);
    if (!part.empty()) match += (match.empty() ? "" : " ") + part;
  }
  if (match.empty()) return std::optional<std::string>();
  GZ_TRY_ASSIGN(const auto rows, database.query("SELECT rowid FROM " + table + " WHERE " + table + " MATCH ? LIMIT " + std::to_string(most + 1), {match}));
  if (rows.size() > static_cast<std::size_t>(most)) return std::optional<std::string>();
  std::vector<PageKey> keys;
  for (const auto& row : rows) keys.push_back({0, number_of(row[0])});
  return std::optional<std::string>(json_ids(keys));
}

Result<LineCount> count_runs(Database& database, const std::string& table, const std::vector<Run>& runs, int most) {
  std::int64_t count = 0;
  for (const auto& run : runs) {
    const auto left = most + 1 - count;
    if (left <= 0) break;
    GZ_TRY_ASSIGN(const auto rows, database.query("SELECT COUNT(*) FROM (SELECT 1 FROM " + source_of(table, run) + " LIMIT " + std::to_string(left) + ")", run.where.values));
    count += number_of(rows.at(0)[0]);
  }
  return LineCount{static_cast<int>(std::min<std::int64_t>(count, most)), count > most};
}

Result<ListPage> read_list(Database& database, const ListPlan& plan) {
  const int limit = std::clamp(plan.limit, 1, kMostPage);
  if (plan.ids) return read_found(database, plan, limit);
  ListPage out;
  for (const auto& run : plan.runs) GZ_TRY(read_run(database, plan, run, limit + 1, out.keys));
  std::sort(out.keys.begin(), out.keys.end(), comes_before);
  const bool more = out.keys.size() > static_cast<std::size_t>(limit);
  if (more) out.keys.resize(static_cast<std::size_t>(limit));
  // by words the first page has told already as much as a count would: going along the texts once more would cost the same again
  if (plan.by_words && !plan.after) out.count = {static_cast<int>(out.keys.size()), more};
  else { GZ_TRY_ASSIGN(out.count, count_runs(database, plan.table, plan.runs, plan.by_words ? limit : kMostCount)); }
  return out;
}

Result<std::vector<SqlRow>> rows_of(Database& database, FlowKind kind, const std::string& columns, const std::vector<PageKey>& keys, const std::string& badge) {
  const std::string table = table_of(kind);
  GZ_TRY_ASSIGN(auto rows, database.query("SELECT sort_day,id,COALESCE((SELECT number FROM seen WHERE seen.badge=? AND seen.kind=? AND seen.item=" + table + ".id),0)," + columns + " FROM " + table +
                                              " WHERE id IN (SELECT value FROM json_each(?))",
                                          {badge, static_cast<std::int64_t>(kind), json_ids(keys)}));
  std::sort(rows.begin(), rows.end(), [](const SqlRow& a, const SqlRow& b) { return std::pair(number_of(a[0]), number_of(a[1])) < std::pair(number_of(b[0]), number_of(b[1])); });
  return rows;
}

}  // namespace guzheng::book
