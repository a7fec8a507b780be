// Room tables. Foreign tables as rows: CSV, JSON Lines, XLSX; any size in bounded memory. What is wrong with a row is told with its
// place and the rows after it are still read; an Error of next() means that the rest of the file cannot be read.
// A reader belongs to one thread at a time. All functions block for the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

// What happened to one cell on its way out of the file; more than one may hold.
enum class CellMark : std::uint8_t {
  Number,          // stored as a number: leading zeros, if there were any, are gone
  Rounded,         // a number of more than 15 digits: its last digits are not what was typed in
  Date,            // a number that the file shows as a date; given as 2026-03-01, 2026-03-01 08:30:00 or 08:30:00
  Merged,          // empty in the file, covered by a merged range: has the value of its first cell
  Formula,         // the result that was stored with a formula
  BrokenFormula,   // an error value: #REF!, #N/A …
  ControlDropped,  // NUL and other control characters were taken out
  StrayQuote,      // CSV: a quotation mark where none may stand; kept as a character
  Cut,             // longer than TableLimits::most_cell; the rest is not given
  Nested,          // JSON: an array or what lay deeper than 4 objects, given as text
};
std::string_view to_string(CellMark mark);             // "number", "rounded", …

struct MarkedCell {
  std::size_t column = 0;                              // from 0
  CellMark mark = CellMark::Number;
  bool operator==(const MarkedCell&) const = default;
};

enum class RowProblemKind : std::uint8_t {
  None,
  BadBytes,        // not of the file's encoding; U+FFFD stands in their place
  TooLong,         // longer than TableLimits::most_row; what lay beyond is not given
  TooManyCells,
  OpenQuote,       // CSV: a quotation mark that is never closed; the line was read as if it were a character
  NotAnObject,     // JSON Lines: the line is no JSON object
};
std::string_view to_string(RowProblemKind kind);       // "bad-bytes", …

struct RowProblem {
  RowProblemKind kind = RowProblemKind::None;
  std::uint64_t at = 0;                                // BadBytes: place of the first one in the file, from 0
  std::string what;                                    // English, what stood there
};

struct TableRow {
  std::uint64_t line = 0;                              // text: line where it begins, from 1; XLSX: row number of the sheet
  std::vector<std::string> cells;                      // UTF-8
  std::vector<MarkedCell> marks;
  RowProblem problem;
  [[nodiscard]] bool blank() const;                    // no cell holds anything
};

enum class TableKind { Csv, JsonLines, Xlsx };
enum class TextEncoding { Auto, Utf8, Utf16Le, Utf16Be, Gb18030 };
std::string_view to_string(TableKind kind);            // "csv", "jsonl", "xlsx"
std::string_view to_string(TextEncoding encoding);     // "auto", "utf-8", "utf-16le", "utf-16be", "gb18030"

// Bounds against input that is made to exhaust the machine. Sizes in bytes of UTF-8.
struct TableLimits {
  std::size_t most_row = 4u << 20;
  std::size_t most_cell = 1u << 20;
  std::size_t most_cells = 16'384;
  std::size_t most_lines_in_row = 2'000;               // CSV: a quoted cell with more line ends was not closed
  std::uint64_t most_shared_text = 512u << 20;         // XLSX: texts shared by all sheets, held in memory
  std::uint64_t most_inflated = 16ull << 30;           // XLSX: one sheet
  std::uint64_t most_ratio = 400;                      // XLSX: a part of more than 64 MiB that inflates more than this many times is a bomb
};

struct TableOptions {
  TextEncoding encoding = TextEncoding::Auto;
  char separator = 0;                                  // CSV: , ; tab |; 0: found out from the first lines
  std::string sheet;                                   // XLSX: name; empty: the first one that is not hidden
  TableLimits limits;
  std::function<bool()> called_off;                    // asked at least with every MiB read; true ends next() with Cancelled
};

struct SheetInfo {
  std::string name;
  bool hidden = false;
};

struct TableFacts {
  TableKind kind = TableKind::Csv;
  TextEncoding encoding = TextEncoding::Auto;          // Auto: only ASCII has been seen so far
  char separator = 0;
  std::vector<SheetInfo> sheets;                       // XLSX
  std::string sheet;
};

class TableReader {
 public:
  virtual ~TableReader() = default;
  // True: `row` holds the next row (its memory is used again). False: the end. Blank lines of text are passed over.
  // Cancelled, Io, Invalid: damaged from here on (which row was the last good one is in `what`).
  virtual Result<bool> next(TableRow& row) = 0;
  // JSON Lines: names in the order in which they were first seen; cell i of a row belongs to name i. Grows while rows are read.
  // CSV and XLSX have none: which row is the header is the reader's business.
  [[nodiscard]] virtual const std::vector<std::string>& names() const = 0;
  [[nodiscard]] virtual TableFacts facts() const = 0;
  // Bytes of the file (XLSX: of the sheet, inflated) read so far, and how many there are.
  [[nodiscard]] virtual std::uint64_t read_bytes() const = 0;
  [[nodiscard]] virtual std::uint64_t total_bytes() const = 0;
};

// By content: a ZIP is XLSX, a first character { is JSON Lines, anything else CSV. Unsupported: an old .xls or an encrypted workbook.
Result<TableKind> table_kind(ByteView beginning);

// NotFound, Denied, Io; Invalid: no workbook, no such sheet, a bomb; Unsupported: as table_kind().
Result<std::unique_ptr<TableReader>> open_table(const std::filesystem::path& file, const TableOptions& options = {});
// The bytes must outlive the reader.
Result<std::unique_ptr<TableReader>> open_table(ByteView bytes, TableKind kind, const TableOptions& options = {});

}  // namespace guzheng
