#include "core/tasks/result_import.h"

#include <algorithm>
#include <map>
#include <optional>

#include "core/base/blank.h"
#include "core/tasks/names.h"
#include "core/tasks/text_check.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 8> kImportTroubles{"no-header", "missing-column", "two-columns", "unknown-column", "bad-cell", "duplicate", "known", "too-many-rows"};

struct Heading {
  std::string_view text;
  ResultField field;
};
constexpr Heading kHeadings[] = {
    {"链接", ResultField::Link},           {"网址", ResultField::Link},             {"违法链接", ResultField::Link},       {"商品链接", ResultField::Link},
    {"快照", ResultField::Snapshot},       {"快照文件", ResultField::Snapshot},     {"经营主体", ResultField::Operator},   {"主体名称", ResultField::Operator},
    {"经营者名称", ResultField::Operator}, {"当事人", ResultField::Operator},       {"统一社会信用代码", ResultField::CreditCode}, {"信用代码", ResultField::CreditCode},
    {"平台", ResultField::Platform},       {"平台名称", ResultField::Platform},     {"所在平台", ResultField::Platform},   {"涉嫌违法表现", ResultField::Violation},
    {"涉嫌违法违规表现", ResultField::Violation}, {"违法表现", ResultField::Violation}, {"涉嫌违法行为", ResultField::Violation}, {"所属业务领域", ResultField::Field},
    {"业务领域", ResultField::Field},      {"备注", ResultField::Note},             {"编号", ResultField::OutsideNumber},  {"线索编号", ResultField::OutsideNumber},
    {"监测单位", ResultField::FoundBy},    {"主体编号", ResultField::Subject},
};

std::optional<ResultField> field_named(const std::string& heading) {
  for (const auto& one : kHeadings)
    if (one.text == heading) return one.field;
  return {};
}

std::string& member(MonitorResult& result, ResultField field) {
  switch (field) {
    case ResultField::Link: return result.link;
    case ResultField::Snapshot: return result.snapshot;
    case ResultField::Subject: return result.subject;
    case ResultField::Operator: return result.operator_name;
    case ResultField::CreditCode: return result.credit_code;
    case ResultField::Platform: return result.platform;
    case ResultField::Violation: return result.violation;
    case ResultField::Field: return result.field;
    case ResultField::Note: return result.note;
    case ResultField::FoundBy: return result.found_by;
    case ResultField::OutsideNumber: return result.outside_number;
  }
  return result.note;
}

using Columns = std::map<ResultField, std::size_t>;

Columns read_header(const ImportRow& header, ImportReading& out) {
  Columns columns;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const auto heading = stripped(header[i]);
    if (heading.empty()) continue;
    const auto field = field_named(heading);
    if (!field) out.problems.push_back({1, ImportTrouble::UnknownColumn, {}, 0, heading});
    else if (!columns.emplace(*field, i).second) out.problems.push_back({1, ImportTrouble::TwoColumns, {}, 0, heading});
  }
  return columns;
}

// A column that every row needs and the header does not have.
bool is_readable(const Columns& columns, ImportReading& out) {
  if (columns.empty()) {
    out.problems.assign(1, {1, ImportTrouble::NoHeader, {}, 0, ""});
    return false;
  }
  bool good = true;
  const auto miss = [&](std::string name) {
    out.problems.push_back({1, ImportTrouble::MissingColumn, {}, 0, std::move(name)});
    good = false;
  };
  if (!columns.contains(ResultField::Link) && !columns.contains(ResultField::Snapshot)) miss("链接");
  if (!columns.contains(ResultField::Operator)) miss("经营主体");
  if (!columns.contains(ResultField::Violation)) miss("涉嫌违法表现");
  if (!columns.contains(ResultField::Field)) miss("所属业务领域");
  return good;
}

MonitorResult result_in(const ImportRow& row, const Columns& columns, const std::string& found_by) {
  MonitorResult out;
  out.found_by = found_by;
  for (const auto& [field, at] : columns) {
    if (at >= row.size()) continue;
    auto text = stripped(row[at]);
    if (!text.empty() || field != ResultField::FoundBy) member(out, field) = std::move(text);
  }
  return out;
}

}  // namespace

std::string_view to_string(ImportTrouble trouble) { return spelled(kImportTroubles, trouble); }

std::pair<std::string, std::string> result_key(const MonitorResult& result) { return {result.link.empty() ? result.snapshot : result.link, result.violation}; }

ImportReading read_results(const std::vector<ImportRow>& table, const std::string& found_by, const std::set<std::pair<std::string, std::string>>& known) {
  ImportReading out;
  const auto columns = read_header(table.empty() ? ImportRow() : table.front(), out);
  if (!is_readable(columns, out)) return out;
  std::map<std::pair<std::string, std::string>, std::size_t> seen;
  for (std::size_t i = 1; i < table.size(); ++i) {
    const std::size_t number = i + 1;
    if (i > kMostImportRows) {
      out.problems.push_back({number, ImportTrouble::TooManyRows, {}, 0, ""});
      break;
    }
    if (std::all_of(table[i].begin(), table[i].end(), [](const std::string& cell) { return is_blank(cell); })) {
      ++out.blank_rows;
      continue;
    }
    auto result = result_in(table[i], columns, found_by);
    const auto wrong = result_problems(result);
    for (const auto& one : wrong) out.problems.push_back({number, ImportTrouble::BadCell, one, 0, member(result, one.field)});
    if (!wrong.empty()) continue;
    const auto key = result_key(result);
    const auto [first, fresh] = seen.emplace(key, number);
    if (!fresh) out.problems.push_back({number, ImportTrouble::Duplicate, {}, first->second, key.first});
    else if (known.contains(key)) out.problems.push_back({number, ImportTrouble::Known, {}, 0, key.first});
    else {
      out.results.push_back(std::move(result));
      out.rows.push_back(number);
    }
  }
  return out;
}

}  // namespace guzheng
