#include "core/intake/code_files.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/file.h"
#include "core/codes/company_name.h"
#include "core/codes/text_form.h"
#include "core/tables/table.h"
#include "core/tables/table_writer.h"

namespace guzheng {

namespace {

std::size_t column_named(const std::vector<std::string>& headers, std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < headers.size(); ++i)
    for (const auto name : names)
      if (normal_name(headers[i]) == normal_name(name)) return i;
  return std::string::npos;
}

bool plain_table_name(const std::string& name) {
  return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace

Result<CodeTable> read_code_table(const std::filesystem::path& file, const std::string& name) {
  GZ_TRY_ASSIGN(const auto table, open_table(file));
  TableRow row;
  std::vector<CodeEntry> entries;
  std::size_t code = std::string::npos, label = std::string::npos;
  const bool by_name = table->facts().kind == TableKind::JsonLines;
  while (true) {
    GZ_TRY_ASSIGN(const bool got, table->next(row));
    if (!got) break;
    if (code == std::string::npos) {
      const auto& headers = by_name ? table->names() : row.cells;
      code = column_named(headers, {"代码", "编码", "code"});
      label = column_named(headers, {"名称", "name"});
      if (code == std::string::npos || label == std::string::npos) return fail(ErrorKind::Invalid, file.string() + ": its first row must name the columns code and name (代码, 名称)");
      if (!by_name) continue;
    }
    if (row.problem.kind != RowProblemKind::None) return fail(ErrorKind::Invalid, fmt::format("{} line {}: {}", file.string(), row.line, row.problem.what));
    if (row.blank()) continue;
    CodeEntry entry{code < row.cells.size() ? row.cells[code] : "", label < row.cells.size() ? row.cells[label] : ""};
    trim_text(entry.code);
    trim_text(entry.name);
    if (entry.code.empty() || entry.name.empty()) return fail(ErrorKind::Invalid, fmt::format("{} line {}: code or name is missing", file.string(), row.line));
    entries.push_back(std::move(entry));
  }
  if (entries.empty()) return fail(ErrorKind::Invalid, file.string() + ": no codes in it");
  return CodeTable::make(name, std::move(entries));
}

Result<CodeTable> import_code_table(const std::filesystem::path& folder, const std::string& name, const std::filesystem::path& file) {
  if (!plain_table_name(name)) return fail(ErrorKind::Invalid, "the name of a code table is of a-z, 0-9 and hyphens");
  GZ_TRY_ASSIGN(auto table, read_code_table(file, name));
  GZ_TRY(make_private_folder(folder / "codes"));
  const auto fresh = folder / "codes" / (name + ".new.csv");
  std::error_code ec;
  std::filesystem::remove(fresh, ec);
  GZ_TRY_ASSIGN(const auto writer, make_csv_writer(fresh));
  GZ_TRY(writer->write(std::vector<std::string>{"code", "name"}));
  for (const auto& entry : table.entries()) GZ_TRY(writer->write(std::vector<std::string>{entry.code, entry.name}));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto facts, writer->finish());
  std::filesystem::rename(fresh, folder / "codes" / (name + ".csv"), ec);
  if (ec) return fail(ErrorKind::Io, "keep the code table: " + ec.message());
  return table;
}

Result<CodeTables> load_code_tables(const std::filesystem::path& folder) {
  CodeTables out;
  GZ_TRY_ASSIGN(auto regions, region_table());
  out["region"] = std::make_shared<const CodeTable>(std::move(regions));
  std::error_code ec;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "codes", ec)) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() != ".csv" || !plain_table_name(name)) continue;
    GZ_TRY_ASSIGN(auto table, read_code_table(entry.path(), name));
    out[name] = std::make_shared<const CodeTable>(std::move(table));
  }
  return out;
}

}  // namespace guzheng
