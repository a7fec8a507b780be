// Test support. Tables of text and workbooks for the tests, and all their rows at once.
#pragma once

#include <stdlib.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "core/tables/table.h"

namespace guzheng::test {

struct TablesFolder {
  TablesFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gz-tables-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~TablesFolder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

inline void write_bytes(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

struct AllRows {
  std::vector<TableRow> rows;
  std::vector<std::string> names;
  TableFacts facts;
  Error error{ErrorKind::Bug, ""};
  bool whole = false;                  // the end was reached without an error
  [[nodiscard]] std::vector<std::vector<std::string>> cells() const {
    std::vector<std::vector<std::string>> out;
    for (const auto& row : rows) out.push_back(row.cells);
    return out;
  }
};

inline AllRows all_rows(TableReader& reader) {
  AllRows out;
  TableRow row;
  while (true) {
    auto got = reader.next(row);
    if (!got) {
      out.error = got.error();
      break;
    }
    out.whole = !*got;
    if (!*got) break;
    out.rows.push_back(row);
  }
  out.names = reader.names();
  out.facts = reader.facts();
  return out;
}

inline AllRows read_all(std::string_view text, TableKind kind = TableKind::Csv, const TableOptions& options = {}) {
  auto reader = open_table(as_bytes(text), kind, options);
  AllRows out;
  if (!reader) {
    out.error = reader.error();
    return out;
  }
  return all_rows(**reader);
}

using ZipEntries = std::vector<std::pair<std::string, std::string>>;

inline void make_zip(const std::filesystem::path& file, const ZipEntries& entries) {
  int code = 0;
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
  for (const auto& [name, text] : entries) zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_ENC_UTF_8);
  zip_close(archive);
}

// A workbook of one sheet from its XML; `more`: other parts, e.g. xl/styles.xml, xl/sharedStrings.xml.
inline ZipEntries workbook(const std::string& sheet_data, ZipEntries more = {}, const std::string& after = "") {
  const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/", main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  ZipEntries out{
      {"_rels/.rels", head + "<Relationships><Relationship Id=\"rId1\" Type=\"" + office + "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml", head + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office + "\"><sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels", head + "<Relationships><Relationship Id=\"rId1\" Type=\"" + office + "worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" + office +
                                         "styles\" Target=\"styles.xml\"/><Relationship Id=\"rId3\" Type=\"" + office + "sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"},
      {"xl/worksheets/sheet1.xml", head + "<worksheet xmlns=\"" + main + "\"><sheetData>" + sheet_data + "</sheetData>" + after + "</worksheet>"}};
  for (auto& part : more) out.push_back(std::move(part));
  return out;
}

inline AllRows read_workbook(const ZipEntries& entries, const TableOptions& options = {}) {
  const TablesFolder folder;
  make_zip(folder.path / "t.xlsx", entries);
  auto reader = open_table(folder.path / "t.xlsx", options);
  AllRows out;
  if (!reader) {
    out.error = reader.error();
    return out;
  }
  return all_rows(**reader);
}

inline bool has_mark(const TableRow& row, std::size_t column, CellMark mark) {
  for (const auto& cell : row.marks)
    if (cell.column == column && cell.mark == mark) return true;
  return false;
}

}  // namespace guzheng::test
