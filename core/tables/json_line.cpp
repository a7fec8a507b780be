#include "core/tables/json_line.h"

#include "core/tables/record_text.h"

namespace guzheng {

namespace {
constexpr std::size_t kMostObjects = 4;
constexpr int kMostDepth = 200;
}  // namespace

std::int64_t JsonColumns::column_of(const std::string& name, std::size_t most) {
  if (const auto known = columns_.find(name); known != columns_.end()) return static_cast<std::int64_t>(known->second);
  if (names_.size() >= most) return -1;
  columns_.emplace(name, names_.size());
  names_.push_back(name);
  return static_cast<std::int64_t>(names_.size()) - 1;
}

bool JsonLine::read(std::string_view line) {
  row_.cells.resize(columns_.names().size());
  for (auto& cell : row_.cells) cell.clear();
  row_.marks.clear();
  prefix_lengths_.clear();
  path_.clear();
  seen_.assign(columns_.names().size(), 0);
  nested_depth_ = depth_ = 0;
  return nlohmann::json::sax_parse(line.begin(), line.end(), this, nlohmann::json::input_format_t::json, true) && row_.problem.kind == RowProblemKind::None;
}

bool JsonLine::refuse(std::string why) {
  if (row_.problem.kind == RowProblemKind::None) row_.problem = {RowProblemKind::NotAnObject, 0, std::move(why)};
  return false;
}

bool JsonLine::parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
  return refuse("not JSON from character " + std::to_string(position) + " of the line on");
}

bool JsonLine::put(std::string_view text, CellMark* mark) {
  const auto column = columns_.column_of(path_, limits_.most_cells);
  if (column < 0) {
    row_.problem = {RowProblemKind::TooManyCells, 0, "more names than " + std::to_string(limits_.most_cells)};
    return false;
  }
  const auto at = static_cast<std::size_t>(column);
  if (row_.cells.size() <= at) row_.cells.resize(at + 1), seen_.resize(at + 1);
  if (seen_[at]) return refuse("the name \"" + path_.substr(0, 100) + "\" stands twice in the line");
  seen_[at] = 1;
  row_.cells[at].assign(text);
  if (mark) row_.marks.push_back({at, *mark});
  if (drop_control(row_.cells[at])) row_.marks.push_back({at, CellMark::ControlDropped});
  if (text.size() > limits_.most_cell) {
    std::size_t end = limits_.most_cell;
    while (end > 0 && (static_cast<unsigned char>(row_.cells[at][end]) & 0xC0) == 0x80) --end;
    row_.cells[at].resize(std::min(end, row_.cells[at].size()));
    row_.marks.push_back({at, CellMark::Cut});
  }
  return true;
}

void JsonLine::comma() {
  if (!nested_.empty() && nested_.back() != '[' && nested_.back() != '{' && nested_.back() != ':') nested_.push_back(',');
}

bool JsonLine::scalar(std::string_view text, std::string_view json, bool is_number) {
  if (depth_ == 0) return refuse("the line is a single value, no object");
  if (nested_depth_ > 0) {
    comma();
    nested_.append(json);
    return true;
  }
  CellMark mark = CellMark::Number;
  return put(text, is_number ? &mark : nullptr);
}

bool JsonLine::number(const std::string& text) {
  if (nested_depth_ == 0 && depth_ > 0 && text.find_first_of("eE") != text.npos) {
    CellMark mark = CellMark::Rounded;
    return put(text, &mark);
  }
  return scalar(text, text, true);
}

bool JsonLine::string(string_t& value) {
  if (nested_depth_ > 0) return scalar("", nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), false);
  return scalar(value, "", false);
}

bool JsonLine::key(string_t& name) {
  if (nested_depth_ > 0) {
    comma();
    nested_.append(nlohmann::json(name).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)).push_back(':');
    return true;
  }
  path_.resize(prefix_lengths_.empty() ? 0 : prefix_lengths_.back());
  path_.append(name);
  return path_.size() <= 1000 || refuse("a name is longer than 1000 bytes");
}

bool JsonLine::opened(char bracket) {
  if (++depth_ > kMostDepth) return refuse("nested deeper than 200");
  if (nested_depth_ == 0) nested_.clear();
  else comma();
  nested_.push_back(bracket);
  ++nested_depth_;
  return true;
}

bool JsonLine::closed(char bracket) {
  --depth_;
  nested_.push_back(bracket);
  if (--nested_depth_ > 0) return true;
  CellMark mark = CellMark::Nested;
  return put(nested_, &mark);
}

bool JsonLine::start_object(std::size_t) {
  if (nested_depth_ > 0 || prefix_lengths_.size() >= kMostObjects) return opened('{');
  ++depth_;
  if (depth_ > 1) path_.push_back('.');
  prefix_lengths_.push_back(path_.size());
  return true;
}

bool JsonLine::end_object() {
  if (nested_depth_ > 0) return closed('}');
  --depth_;
  prefix_lengths_.pop_back();
  return true;
}

bool JsonLine::start_array(std::size_t) {
  if (depth_ == 0) return refuse("the line is an array: one object a line is wanted, without brackets around all");
  return opened('[');
}

bool JsonLine::end_array() { return closed(']'); }

}  // namespace guzheng
