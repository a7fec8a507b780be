// Room tasks, private: how a list is read. Each runs along one index in the order it shows, so that a page costs what a page costs, whatever the
// book holds; several duties or states are several runs, merged. First the keys of the page, from the index alone; then its rows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/sql/database.h"
#include "core/tasks/task_book.h"

namespace guzheng::book {

inline constexpr int kMostPage = 1000;

struct Where {
  std::string sql = "1";
  std::vector<SqlValue> values;
  void add(const std::string& condition, std::vector<SqlValue> more = {});
};

// One way through a table: an index and what holds along it. By words: its columns hold the row's texts too.
struct Run {
  std::string index;
  Where where;
};

struct ListPlan {
  std::string table;
  std::vector<Run> runs;
  std::optional<std::string> ids;          // instead of runs: what the full-text index found, a JSON array, and …
  Where among;                             // … what must hold of these
  bool by_words = false;                   // counting stops at one page
  int limit = 100;
  std::optional<PageKey> after;
};

std::vector<std::string> words_in(const std::string& text);
// Every word somewhere in the row's texts.
void add_words(Where& where, const std::vector<std::string>& words);
// Ids of rows that may hold the words, as a JSON array; none: more than `most`, or the index cannot tell.
Result<std::optional<std::string>> rare_ids(Database& database, const std::string& table, const std::vector<std::string>& words, int most);

struct ListPage {
  std::vector<PageKey> keys;               // in order
  LineCount count;
};
Result<ListPage> read_list(Database& database, const ListPlan& plan);
Result<LineCount> count_runs(Database& database, const std::string& table, const std::vector<Run>& runs, int most);

// `columns` of the page's rows, behind sort_day, id and the number of the last move of it that this person has seen (0: none). Each row is read whole
// at once: another program may move one between the list's keys and its rows, and then it stands where it belongs now, with its own mark.
inline constexpr std::size_t kSeenColumn = 2, kFirstColumn = 3;
Result<std::vector<SqlRow>> rows_of(Database& database, FlowKind kind, const std::string& columns, const std::vector<PageKey>& keys, const std::string& badge);

}  // namespace guzheng::book
