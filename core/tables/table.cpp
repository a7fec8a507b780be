#include "core/tables/table.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/tables/byte_source.h"
#include "core/tables/csv_reader.h"
#include "core/tables/jsonl_reader.h"
#include "core/tables/xlsx_reader.h"

namespace guzheng {

std::string_view to_string(CellMark mark) {
  switch (mark) {
    case CellMark::Number: return "number";
    case CellMark::Rounded: return "rounded";
    case CellMark::Date: return "date";
    case CellMark::Merged: return "merged";
    case CellMark::Formula: return "formula";
    case CellMark::BrokenFormula: return "broken-formula";
    case CellMark::ControlDropped: return "control-dropped";
    case CellMark::StrayQuote: return "stray-quote";
    case CellMark::Cut: return "cut";
    case CellMark::Nested: return "nested";
  }
  return "?";
}

std::string_view to_string(RowProblemKind kind) {
  switch (kind) {
    case RowProblemKind::None: return "none";
    case RowProblemKind::BadBytes: return "bad-bytes";
    case RowProblemKind::TooLong: return "too-long";
    case RowProblemKind::TooManyCells: return "too-many-cells";
    case RowProblemKind::OpenQuote: return "open-quote";
    case RowProblemKind::NotAnObject: return "not-an-object";
  }
  return "?";
}

std::string_view to_string(TableKind kind) { return kind == TableKind::Csv ? "csv" : kind == TableKind::JsonLines ? "jsonl" : "xlsx"; }

std::string_view to_string(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::Auto: return "auto";
    case TextEncoding::Utf8: return "utf-8";
    case TextEncoding::Utf16Le: return "utf-16le";
    case TextEncoding::Utf16Be: return "utf-16be";
    case TextEncoding::Gb18030: return "gb18030";
  }
  return "?";
}

bool TableRow::blank() const {
  return std::all_of(cells.begin(), cells.end(), [](const std::string& cell) { return cell.empty(); });
}

Result<TableKind> table_kind(ByteView beginning) {
  const auto starts = [&](std::string_view with) { return as_text(beginning).substr(0, with.size()) == with; };
  if (starts("PK\x03\x04")) return TableKind::Xlsx;
  if (starts("\xD0\xCF\x11\xE0"))
    return fail(ErrorKind::Unsupported, "an old Excel file (.xls) or a workbook with a password: save it as .xlsx without a password and import that");
  for (std::size_t i = starts("\xEF\xBB\xBF") || starts("\xFF\xFE") || starts("\xFE\xFF") ? 2 : 0; i < beginning.size(); ++i) {
    const auto c = beginning[i];
    if (c == '{') return TableKind::JsonLines;
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != 0 && c != 0xBF) break;
  }
  return TableKind::Csv;
}

namespace {

std::unique_ptr<TableReader> text_reader(TableKind kind, std::unique_ptr<ByteSource> source, const TableOptions& options) {
  if (kind == TableKind::JsonLines) return make_jsonl_reader(std::move(source), options);
  return make_csv_reader(std::move(source), options);
}

}  // namespace

Result<std::unique_ptr<TableReader>> open_table(const std::filesystem::path& file, const TableOptions& options) {
  GZ_TRY_ASSIGN(auto source, open_file_source(file));
  std::array<std::uint8_t, 512> head{};
  GZ_TRY_ASSIGN(const std::size_t got, source->read(head));
  GZ_TRY_ASSIGN(const auto kind, table_kind(ByteView(head.data(), got)));
  if (kind == TableKind::Xlsx) return open_xlsx(file, options);
  GZ_TRY(source->rewind());
  return text_reader(kind, std::move(source), options);
}

Result<std::unique_ptr<TableReader>> open_table(ByteView bytes, TableKind kind, const TableOptions& options) {
  if (kind == TableKind::Xlsx) return open_xlsx(bytes, options);
  return text_reader(kind, memory_source(bytes), options);
}

}  // namespace guzheng
