#include "core/tasks/result_file.h"

namespace guzheng {

namespace {

// Rows of the table as `lines` of the file; 0 stays: the table as a whole.
void count_as_the_file(ImportReading& reading, const std::vector<std::uint64_t>& lines) {
  const auto line = [&](std::size_t row) { return row == 0 || row > lines.size() ? row : static_cast<std::size_t>(lines[row - 1]); };
  for (auto& row : reading.rows) row = line(row);
  for (auto& one : reading.problems) {
    one.row = line(one.row);
    one.other_row = line(one.other_row);
  }
}

}  // namespace

Result<ResultFile> read_result_file(TaskBook& book, std::int64_t task, const std::filesystem::path& file, const std::string& found_by) {
  GZ_TRY_ASSIGN(const auto known, book.known_results(task));
  GZ_TRY_ASSIGN(const auto reader, open_table(file));
  ResultFile out;
  std::vector<ImportRow> rows;
  std::vector<std::uint64_t> lines;
  const bool has_names = reader->facts().kind == TableKind::JsonLines;           // its header is known at the end
  TableRow row;
  while (rows.size() <= kMostImportRows + 1) {
    const auto more = reader->next(row);
    if (!more && more.error().kind == ErrorKind::Cancelled) return fail(more.error());
    if (!more) out.broken_off = more.error().what;
    if (!more || !*more) break;
    if (row.problem.kind != RowProblemKind::None) {
      out.damaged.push_back({row.line, row.problem});
      continue;
    }
    rows.push_back(row.cells);
    lines.push_back(row.line);
  }
  if (has_names) {
    rows.insert(rows.begin(), reader->names());
    lines.insert(lines.begin(), 0);
  }
  out.reading = read_results(rows, found_by, known);
  count_as_the_file(out.reading, lines);
  return out;
}

}  // namespace guzheng
