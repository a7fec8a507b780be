// Room tasks. Results that a third party hands over as a table (A-6.3a): rows of texts, wherever they were read from. Pure.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/tasks/monitor_result.h"

namespace guzheng {

// One row's cells, as they stand in the file.
using ImportRow = std::vector<std::string>;

enum class ImportTrouble {
  NoHeader,                      // the first row names none of 链接/快照, 经营主体, 涉嫌违法表现, 所属业务领域: nothing was read
  MissingColumn,                 // a compulsory column is not in the header; `text` names it. Nothing was read
  TwoColumns,                    // two columns of one meaning; the first is used
  UnknownColumn,                 // `text` is its heading; not read
  BadCell,                       // `result_trouble` says what; the row was left out
  Duplicate,                     // the same link or snapshot with the same violation stands in `other_row`; left out
  Known,                         // … or in the book already; left out
  TooManyRows,                   // rows from here on were not read
};
std::string_view to_string(ImportTrouble trouble);

struct ImportProblem {
  std::size_t row = 0;           // from 1, the header is row 1
  ImportTrouble trouble = ImportTrouble::NoHeader;
  ResultProblem cell{ResultField::Link, ResultTrouble::Missing};     // of BadCell
  std::size_t other_row = 0;     // of Duplicate
  std::string text;              // the heading, or the cell
};

struct ImportReading {
  std::vector<MonitorResult> results;      // good rows, in order
  std::vector<std::size_t> rows;           // where each stood
  std::vector<ImportProblem> problems;     // in the order of rows
  std::size_t blank_rows = 0;              // passed over
};

// Two results are the same when this is: link (or snapshot), violation.
std::pair<std::string, std::string> result_key(const MonitorResult& result);

inline constexpr std::size_t kMostImportRows = 100'000;
// `found_by` is written into every row that has no such column.
ImportReading read_results(const std::vector<ImportRow>& table, const std::string& found_by, const std::set<std::pair<std::string, std::string>>& known = {});

}  // namespace guzheng
