#include "core/intake/row_source.h"

#include <algorithm>

#include <fmt/format.h>

namespace guzheng {

namespace {

constexpr std::size_t kFirstRows = 30;

NoteItem item_of(const CleanChange& change, const Cleaner& cleaner) {
  return {cleaner.fields()[change.field], std::string(to_string(change.reason)), cleaner.rules().rules[change.rule].id, change.before, change.after, change.doubt};
}

// The row is not taken: what could be read of it is not what was meant.
bool is_lost(RowProblemKind kind) { return kind != RowProblemKind::None && kind != RowProblemKind::OpenQuote; }

}  // namespace

Result<std::unique_ptr<RowSource>> RowSource::open(const std::filesystem::path& file, const MappingProfile& profile, std::shared_ptr<const Cleaner> cleaner, std::function<bool()> called_off) {
  std::unique_ptr<RowSource> out(new RowSource);
  TableOptions options;
  options.encoding = profile.encoding;
  options.separator = profile.separator;
  options.sheet = profile.sheet;
  options.called_off = std::move(called_off);
  GZ_TRY_ASSIGN(out->table_, open_table(file, options));
  out->profile_ = profile;
  out->cleaner_ = std::move(cleaner);
  out->by_name_ = out->table_->facts().kind == TableKind::JsonLines;
  GZ_TRY(out->find_columns());
  return out;
}

Status RowSource::find_columns() {
  const std::size_t wanted = std::max<std::size_t>(kFirstRows, by_name_ ? 0 : std::min<std::uint64_t>(profile_.header_line, 1000));
  while (first_.size() < wanted) {
    TableRow row;
    GZ_TRY_ASSIGN(const bool got, table_->next(row));
    if (!got) break;
    first_.push_back(std::move(row));
    if (!by_name_ && profile_.header_line > 0 && first_.back().line >= profile_.header_line) break;
  }
  if (by_name_) {
    if (first_.empty()) return fail(ErrorKind::Invalid, "the table has no rows");
    headers_ = table_->names();
  } else {
    std::size_t header = std::string::npos;
    if (profile_.header_line == 0) header = find_header(first_);
    else
      for (std::size_t i = 0; i < first_.size(); ++i)
        if (first_[i].line == profile_.header_line) header = i;
    if (header == std::string::npos) return fail(ErrorKind::Invalid, profile_.header_line ? fmt::format("the table has no row {} that could be its header", profile_.header_line) : "the table has no rows");
    headers_ = first_[header].cells;
    header_line_ = first_[header].line;
    given_ = header + 1;
  }
  if (profile_.columns.empty()) {
    const auto proposed = propose_profile(headers_);
    profile_.columns = proposed.columns;
    const bool named = std::any_of(profile_.columns.begin(), profile_.columns.end(), [](const auto& column) { return column.second == kName; });
    if (!named) return fail(ErrorKind::Invalid, fmt::format("no column is known to be the name; the columns are: {}", fmt::join(headers_, ", ")));
  }
  GZ_TRY(add_columns());
  for (const auto& [header, field] : profile_.columns)
    if (!by_name_ && std::find(headers_.begin(), headers_.end(), header) == headers_.end())
      return fail(ErrorKind::Invalid, fmt::format("the table has no column \"{}\"; it has: {}", header, fmt::join(headers_, ", ")));
  return ok();
}

Status RowSource::add_columns() {
  if (by_name_) headers_ = table_->names();
  for (std::size_t i = fields_.size(); i < headers_.size(); ++i) {
    const auto known = std::find_if(profile_.columns.begin(), profile_.columns.end(), [&](const auto& column) { return column.first == headers_[i]; });
    // a header that stands twice (also by merged cells) counts once
    const bool again = std::find(headers_.begin(), headers_.begin() + static_cast<std::ptrdiff_t>(i), headers_[i]) != headers_.begin() + static_cast<std::ptrdiff_t>(i);
    fields_.push_back(known == profile_.columns.end() || again ? kIntakeFields : known->second);
  }
  return ok();
}

Result<bool> RowSource::next(CleanRow& row) {
  if (given_ < first_.size()) {
    raw_ = std::move(first_[given_++]);
  } else {
    GZ_TRY_ASSIGN(const bool got, table_->next(raw_));
    if (!got) return false;
    if (by_name_ && fields_.size() < table_->names().size()) { GZ_TRY(add_columns()); }
  }
  fill(row);
  if (row.dropped) return true;
  mark(row);
  clean(row);
  return true;
}

void RowSource::fill(CleanRow& row) {
  row.line = raw_.line;
  row.items.clear();
  row.dropped = false;
  row.values.resize(kIntakeFields);
  for (auto& value : row.values) value.clear();
  std::string extra;
  for (std::size_t i = 0; i < raw_.cells.size(); ++i) {
    if (raw_.cells[i].empty()) continue;
    if (i >= fields_.size()) extra += (extra.empty() ? "" : " | ") + raw_.cells[i];
    else if (fields_[i] != kIntakeFields) {
      std::string& value = row.values[fields_[i]];
      if (!value.empty()) value.push_back(' ');
      value += raw_.cells[i];
    }
  }
  if (raw_.problem.kind != RowProblemKind::None) {
    const std::string shown = raw_.cells.empty() ? raw_.problem.what : raw_.problem.what + ": " + raw_.cells[0];
    row.items.push_back({"", std::string(to_string(raw_.problem.kind)), "", shown, "", !is_lost(raw_.problem.kind)});
    row.dropped = is_lost(raw_.problem.kind);
  }
  if (!extra.empty() && !row.dropped) row.items.push_back({"", "extra-cells", "", extra, "", true});
  for (const auto& [field, value] : profile_.fixed)
    if (row.values[field].empty()) row.values[field] = value;
}

// Marks of cells that are worth telling: what a date or a merged cell means is as it should be.
void RowSource::mark(CleanRow& row) const {
  for (const auto& [column, mark] : raw_.marks) {
    if (column >= fields_.size() || fields_[column] == kIntakeFields) continue;
    const std::size_t field = fields_[column];
    std::string& value = row.values[field];
    if (mark == CellMark::Rounded && is_code(field)) {
      row.items.push_back({intake_fields()[field], "rounded", "", value, "", false});
      value.clear();
    } else if (mark == CellMark::BrokenFormula || mark == CellMark::ControlDropped || mark == CellMark::StrayQuote || mark == CellMark::Cut || mark == CellMark::Nested || mark == CellMark::Rounded) {
      row.items.push_back({intake_fields()[field], std::string(to_string(mark)), "", value, value, true});
    }
  }
}

void RowSource::clean(CleanRow& row) {
  changes_.clear();
  const CleanVerdict verdict = cleaner_->clean(row.values, changes_);
  for (const auto& change : changes_) row.items.push_back(item_of(change, *cleaner_));
  if (!verdict.dropped) return;
  row.dropped = true;
  const std::string& value = row.values[verdict.field];
  row.items.push_back({cleaner_->fields()[verdict.field], std::string(to_string(verdict.reason)), cleaner_->rules().rules[verdict.rule].id, value, "", false});
}

}  // namespace guzheng
