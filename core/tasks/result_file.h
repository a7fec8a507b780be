// Room tasks. A third party's results as a file (A-6.3a): CSV, XLSX or JSON Lines by room tables, read into results with everything that was wrong,
// each with its row as the file counts them. Blocks for the disk.
#pragma once

#include <filesystem>

#include "core/tables/table.h"
#include "core/tasks/task_book.h"
#include "core/tasks/result_import.h"

namespace guzheng {

struct DamagedRow {
  std::uint64_t row = 0;                   // line of a text file, row of a sheet; from 1
  RowProblem problem;                      // of room tables
};

struct ResultFile {
  ImportReading reading;                   // `rows` and the problems' rows are the file's own
  std::vector<DamagedRow> damaged;         // rows that could not be read as they stand; left out
  std::string broken_off;                  // why the rest of the file could not be read; "": it could
  [[nodiscard]] bool is_whole() const { return reading.problems.empty() && damaged.empty() && broken_off.empty(); }
};

// `task`: results that are there already are told (Known). Nothing is entered: TaskBook::add_results does that.
Result<ResultFile> read_result_file(TaskBook& book, std::int64_t task, const std::filesystem::path& file, const std::string& found_by);

}  // namespace guzheng
