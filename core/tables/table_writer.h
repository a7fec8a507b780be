// Room tables. Rows into a file that Excel, WPS and LibreOffice open: CSV (UTF-8 with BOM, CRLF) or XLSX. The file appears whole with
// finish(), or not at all: until then it is a hidden file beside it. One thread; blocks for the disk.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace guzheng {

struct TableWriterFacts {
  std::uint64_t rows = 0;              // with the header
  std::uint64_t guarded = 0;           // CSV: cells that a spreadsheet would have run as a formula; they got a ' in front
  std::uint64_t cut = 0;               // XLSX: cells over 32,767 characters, which is all that a cell can hold; the end says …
  int sheets = 1;                      // XLSX: another one after each 1,048,576 rows, with the header again
};

class TableWriter {
 public:
  virtual ~TableWriter() = default;    // without finish(): nothing stays
  // Cells are UTF-8 text and stay text: codes keep their zeros and all their digits. The first row is the header.
  virtual Status write(std::span<const std::string> cells) = 0;
  virtual Result<TableWriterFacts> finish() = 0;
};

// Exists: never writes over a file. Control characters but line ends are left out.
Result<std::unique_ptr<TableWriter>> make_csv_writer(const std::filesystem::path& file);
Result<std::unique_ptr<TableWriter>> make_xlsx_writer(const std::filesystem::path& file, const std::string& sheet);
// By the name's end: .csv or .xlsx. Invalid: another one.
Result<std::unique_ptr<TableWriter>> make_table_writer(const std::filesystem::path& file, const std::string& sheet);

// True when a spreadsheet would take the text for a formula: = @ tab or CR in front, + or - unless it is a plain number (+86-571-… is none).
bool looks_like_formula(std::string_view cell);

}  // namespace guzheng
