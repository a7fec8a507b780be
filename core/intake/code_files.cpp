#include "core/intake/code_files.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/codes/company_name.h"
#include "core/codes/text_form.h"
#include "core/tables/table_writer.h"

namespace guzheng {

namespace {

namespace fs = std::filesystem;
using What = CodeProblem::What;
constexpr std::size_t kNone = std::string::npos, kMostText = 400, kMostCodes = 1'000'000;
constexpr std::uint64_t kMostBytes = 256u << 20;

std::size_t column_named(const std::vector<std::string>& headers, std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < headers.size(); ++i)
    for (const auto name : names)
      if (normal_name(headers[i]) == normal_name(name)) return i;
  return kNone;
}

// Where a file has what.
struct CodeColumns {
  std::size_t code = kNone, name = kNone;
  std::array<std::size_t, 4> levels{kNone, kNone, kNone, kNone};       // 门类 大类 中类 小类
  bool by_level = false;

  bool find(const std::vector<std::string>& headers) {
    code = column_named(headers, {"代码", "编码", "code"});
    name = column_named(headers, {"名称", "类别名称", "name"});
    constexpr std::array<std::string_view, 4> words{"门类", "大类", "中类", "小类"};
    for (std::size_t i = 0; i < words.size(); ++i) levels[i] = column_named(headers, {words[i]});
    by_level = code == kNone && levels[0] != kNone && levels[1] != kNone;
    return name != kNone && (code != kNone || by_level);
  }
};

std::string cell_at(const TableRow& row, std::size_t column) {
  std::string out = column < row.cells.size() ? row.cells[column] : std::string();
  trim_text(out);
  return out;
}

class CodeReading {
 public:
  explicit CodeReading(TableReader& table) : table_(table) {}

  Result<CodeFile> read() {
    const bool by_name = table_.facts().kind == TableKind::JsonLines;
    bool headed = false;
    while (true) {
      GZ_TRY_ASSIGN(const bool got, table_.next(row_));
      if (!got) break;
      if (!headed) {
        if (!columns_.find(by_name ? table_.names() : row_.cells)) return tell(What::NoColumns, 0, ""), done();
        headed = true;
        if (!by_name) continue;
      }
      if (row_.problem.kind != RowProblemKind::None) tell(What::BadRow, row_.line, row_.problem.what);
      else if (!row_.blank()) take();
      if (out_.entries.size() > kMostCodes) return tell(What::TooMany, row_.line, ""), done();
    }
    if (out_.entries.empty() && out_.problem_count == 0) tell(What::Empty, 0, "");
    return done();
  }

 private:
  CodeFile done() {
    out_.facts = table_.facts();
    return std::move(out_);
  }

  void tell(What what, std::uint64_t line, const std::string& detail) {
    ++out_.problem_count;
    if (out_.problems.size() < CodeFile::kMostProblems) out_.problems.push_back({what, line, detail});
  }

  // "F5265": the deepest that is filled in, behind the letter of the last 门类.
  std::string code_by_level() {
    if (const auto letter = cell_at(row_, columns_.levels[0]); !letter.empty()) letter_ = letter;
    for (std::size_t i = 3; i > 0; --i)
      if (const auto digits = columns_.levels[i] == kNone ? std::string() : cell_at(row_, columns_.levels[i]); !digits.empty()) return digits.starts_with(letter_) ? digits : letter_ + digits;
    return cell_at(row_, columns_.levels[0]);
  }

  void take() {
    CodeEntry entry{columns_.by_level ? code_by_level() : cell_at(row_, columns_.code), cell_at(row_, columns_.name)};
    if (entry.code.empty()) return tell(What::NoCode, row_.line, entry.name);
    if (columns_.by_level && letter_.empty()) return tell(What::NoLetter, row_.line, entry.code);
    if (entry.name.empty()) return tell(What::NoName, row_.line, entry.code);
    if (entry.code.size() > kMostText || entry.name.size() > kMostText) return tell(What::TooLong, row_.line, "");
    if (!seen_.insert(entry.code).second) return tell(What::Twice, row_.line, entry.code);
    out_.entries.push_back(std::move(entry));
  }

  TableReader& table_;
  TableRow row_;
  CodeColumns columns_;
  std::string letter_;
  std::unordered_set<std::string> seen_;
  CodeFile out_;
};

bool plain_table_name(const std::string& name) {
  return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

fs::path codes_in(const fs::path& folder) { return folder / "codes"; }
fs::path table_file(const fs::path& folder, const std::string& name) { return codes_in(folder) / (name + ".csv"); }
fs::path source_file(const fs::path& folder, const std::string& name) { return codes_in(folder) / (name + ".json"); }
// What the act of that moment replaced.
fs::path replaced_file(const fs::path& folder, const std::string& name, WallTime at) { return codes_in(folder) / "replaced" / (name + "-" + std::to_string(at.ms) + ".csv"); }

Status move_file(const fs::path& from, const fs::path& to) {
  std::error_code ec;
  fs::rename(from, to, ec);
  return !ec || ec == std::errc::no_such_file_or_directory ? ok() : Status(fail(error_from_errno(ec.value(), "move " + from.string())));
}

Status put_aside(const fs::path& folder, const std::string& name, WallTime at) {
  GZ_TRY(make_private_folder(codes_in(folder) / "replaced"));
  auto to = replaced_file(folder, name, at);
  GZ_TRY(move_file(table_file(folder, name), to));
  return move_file(source_file(folder, name), to.replace_extension(".json"));
}

std::optional<CodeSource> source_of(const fs::path& folder, const std::string& name) {
  const auto text = read_text(source_file(folder, name), 1u << 16);
  const auto json = text ? parse_json(*text) : Result<Json>(fail(text.error()));
  if (!json || !json->is_object()) return {};
  return CodeSource{text_at(*json, "file"), text_at(*json, "sha256"), text_at(*json, "who"), {integer_at(*json, "at_ms")}};
}

}  // namespace

std::string to_string(const CodeProblem& problem) {
  const auto what = [&]() -> std::string {
    switch (problem.what) {
      case What::NoColumns: return "the first row must name the columns code and name (代码, 名称), or 门类, 大类, 中类, 小类 and 类别名称";
      case What::NoCode: return "code or name is missing";
      case What::NoName: return "code or name is missing (" + problem.detail + ")";
      case What::Twice: return "the code \"" + problem.detail + "\" stands twice";
      case What::TooLong: return "a code or name is longer than 400 bytes";
      case What::NoLetter: return "no 门类 stands above it (" + problem.detail + ")";
      case What::BadRow: return problem.detail;
      case What::Empty: return "no codes in it";
      case What::TooMany: return "more than 1000000 codes";
    }
    return {};
  }();
  return problem.line == 0 ? what : fmt::format("line {}: {}", problem.line, what);
}

Result<CodeFile> read_code_file(const fs::path& file) {
  GZ_TRY_ASSIGN(const auto table, open_table(file));
  return CodeReading(*table).read();
}

Result<CodeTable> read_code_table(const fs::path& file, const std::string& name) {
  GZ_TRY_ASSIGN(auto read, read_code_file(file));
  if (!read.problems.empty()) return fail(ErrorKind::Invalid, file.string() + " " + to_string(read.problems.front()));
  return CodeTable::make(name, std::move(read.entries));
}

Result<CodeTable> import_code_table(const fs::path& folder, const std::string& name, const fs::path& file, const std::string& who, WallTime at) {
  if (!plain_table_name(name)) return fail(ErrorKind::Invalid, "the name of a code table is of a-z, 0-9 and hyphens");
  GZ_TRY_ASSIGN(auto table, read_code_table(file, name));
  GZ_TRY_ASSIGN(const auto bytes, read_file(file, kMostBytes));
  GZ_TRY(make_private_folder(codes_in(folder)));
  const auto fresh = codes_in(folder) / (name + ".new.csv");
  std::error_code ec;
  fs::remove(fresh, ec);
  GZ_TRY_ASSIGN(const auto writer, make_csv_writer(fresh));
  GZ_TRY(writer->write(std::vector<std::string>{"code", "name"}));
  for (const auto& entry : table.entries()) GZ_TRY(writer->write(std::vector<std::string>{entry.code, entry.name}));
  GZ_TRY_ASSIGN([[maybe_unused]] const auto facts, writer->finish());
  GZ_TRY_ASSIGN(const auto source, canonical_json({{"file", file.filename().string()}, {"sha256", sha256_hex(bytes)}, {"who", who}, {"at_ms", at.ms}}));
  GZ_TRY(put_aside(folder, name, at));
  GZ_TRY(write_text(source_file(folder, name), source));
  fs::rename(fresh, table_file(folder, name), ec);
  if (ec) return fail(ErrorKind::Io, "keep the code table: " + ec.message());
  return table;
}

Status remove_code_table(const fs::path& folder, const std::string& name, WallTime at) {
  std::error_code ec;
  if (!plain_table_name(name) || !fs::exists(table_file(folder, name), ec)) return fail(ErrorKind::NotFound, "no code table \"" + name + "\" was imported");
  return put_aside(folder, name, at);
}

Status restore_code_table(const fs::path& folder, const std::string& name, WallTime at, WallTime now) {
  GZ_TRY(put_aside(folder, name, now));
  auto from = replaced_file(folder, name, at);
  GZ_TRY(move_file(from, table_file(folder, name)));
  return move_file(from.replace_extension(".json"), source_file(folder, name));
}

Result<CodeTables> load_code_tables(const fs::path& folder) {
  CodeTables out;
  GZ_TRY_ASSIGN(auto regions, region_table());
  out["region"] = std::make_shared<const CodeTable>(std::move(regions));
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(codes_in(folder), ec)) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() != ".csv" || !plain_table_name(name)) continue;
    GZ_TRY_ASSIGN(auto table, read_code_table(entry.path(), name));
    out[name] = std::make_shared<const CodeTable>(std::move(table));
  }
  return out;
}

std::vector<CodeTableCard> code_table_cards(const fs::path& folder) {
  std::vector<CodeTableCard> out;
  std::error_code ec;
  for (const auto& entry : fs::directory_iterator(codes_in(folder), ec)) {
    CodeTableCard card;
    card.name = entry.path().stem().string();
    if (entry.path().extension() != ".csv" || !plain_table_name(card.name)) continue;
    card.source = source_of(folder, card.name);
    if (const auto table = read_code_table(entry.path(), card.name)) card.codes = static_cast<std::int64_t>(table->entries().size());
    else card.error = table.error();
    out.push_back(std::move(card));
  }
  const auto is_region = [](const CodeTableCard& card) { return card.name == "region"; };
  if (std::none_of(out.begin(), out.end(), is_region)) {
    const auto regions = region_table();
    out.push_back({"region", regions ? static_cast<std::int64_t>(regions->entries().size()) : 0, true, {}, {}});
  }
  std::sort(out.begin(), out.end(), [&](const auto& a, const auto& b) { return is_region(a) != is_region(b) ? is_region(a) : a.name < b.name; });
  return out;
}

CodeChanges code_changes(const CodeTable* now, const std::vector<CodeEntry>& entries) {
  CodeChanges out;
  std::int64_t same_code = 0;
  for (const auto& entry : entries) {
    const auto* had = now ? now->find(entry.code) : nullptr;
    out.added += had == nullptr;
    same_code += had != nullptr;
    out.renamed += had && had->name != entry.name;
  }
  out.left_out = now ? static_cast<std::int64_t>(now->entries().size()) - same_code : 0;
  return out;
}

}  // namespace guzheng
