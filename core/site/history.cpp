#include "core/site/history.h"

#include <algorithm>

namespace guzheng {

namespace {

constexpr std::int64_t kKeepEveryMs = 60'000, kKeepMs = 31ll * 24 * 3600 * 1000;

template <typename T>
SqlValue value_of(const std::optional<T>& value) {
  if (!value) return nullptr;
  return static_cast<std::int64_t>(*value);
}

template <typename T>
std::optional<T> value_at(const SqlValue& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? std::optional<T>(static_cast<T>(*number)) : std::nullopt;
}

std::string joined(const std::vector<NodeTrouble>& troubles) {
  std::string out;
  for (const auto trouble : troubles) out += (out.empty() ? "" : ",") + std::string(to_string(trouble));
  return out;
}

std::vector<NodeTrouble> parted(std::string_view text) {
  std::vector<NodeTrouble> out;
  while (!text.empty()) {
    const auto end = text.find(',');
    if (const auto trouble = node_trouble(text.substr(0, end))) out.push_back(*trouble);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return out;
}

NodeSample sample_from(const SqlRow& row) {
  NodeSample out;
  out.at = {value_at<std::int64_t>(row[0]).value_or(0)};
  out.answered = value_at<std::int64_t>(row[1]).value_or(0) != 0;
  out.milli_celsius = value_at<int>(row[2]);
  out.on_mains = value_at<bool>(row[3]);
  out.charge = value_at<int>(row[4]);
  out.mbit = value_at<int>(row[5]);
  out.disk_free = value_at<std::uint64_t>(row[6]);
  out.clock_apart_ms = value_at<std::int64_t>(row[7]);
  out.adb = value_at<int>(row[8]);
  if (const auto* troubles = std::get_if<std::string>(&row[9])) out.troubles = parted(*troubles);
  return out;
}

constexpr const char* kColumns = "at_ms,answered,milli_celsius,mains,charge,mbit,disk_free,clock_apart_ms,adb,troubles";

bool differs(const NodeSample& a, const NodeSample& b) { return a.troubles != b.troubles || a.on_mains != b.on_mains || a.mbit != b.mbit; }

}  // namespace

NodeSample sample_of(const NodeLook& look) {
  NodeSample out;
  out.at = look.came;
  out.answered = look.state.has_value();
  out.troubles = troubles_of(look);
  if (!look.state) return out;
  out.milli_celsius = look.state->milli_celsius;
  out.on_mains = look.state->on_mains;
  out.charge = look.state->charge;
  out.mbit = line_speed(*look.state);
  out.adb = look.state->adb_protocol;
  if (look.state->disk_total > 0) out.disk_free = look.state->disk_free;
  out.clock_apart_ms = clock_apart_ms(look);
  return out;
}

bool is_worth_keeping(const std::optional<NodeSample>& last, const NodeSample& now) {
  return !last || differs(*last, now) || now.at.ms - last->at.ms >= kKeepEveryMs || now.at.ms < last->at.ms;
}

std::vector<NodeSample> changes_in(const std::vector<NodeSample>& samples) {
  std::vector<NodeSample> out;
  for (std::size_t i = 0; i < samples.size(); ++i)
    if (i == 0 || differs(samples[i - 1], samples[i])) out.push_back(samples[i]);
  std::reverse(out.begin(), out.end());
  return out;
}

Status keep_look(Database& book, const std::string& node, const NodeLook& look) {
  const NodeSample now = sample_of(look);
  return book.together([&]() -> Status {
    GZ_TRY_ASSIGN(const auto rows, book.query(std::string("SELECT ") + kColumns + " FROM look WHERE node=? ORDER BY at_ms DESC LIMIT 1", {node}));
    const auto last = rows.empty() ? std::nullopt : std::optional(sample_from(rows.front()));
    if (!is_worth_keeping(last, now)) return ok();
    GZ_TRY(book.run("DELETE FROM look WHERE node=? AND at_ms<?", {node, now.at.ms - kKeepMs}));
    return book.run(std::string("INSERT OR REPLACE INTO look(node,") + kColumns + ") VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                    {node, now.at.ms, std::int64_t{now.answered}, value_of(now.milli_celsius), value_of(now.on_mains), value_of(now.charge), value_of(now.mbit),
                     value_of(now.disk_free), value_of(now.clock_apart_ms), value_of(now.adb), joined(now.troubles)});
  });
}

Result<std::vector<NodeSample>> node_history(Database& book, const std::string& node, WallTime since) {
  GZ_TRY_ASSIGN(const auto rows, book.query(std::string("SELECT ") + kColumns + " FROM look WHERE node=? AND at_ms>=? ORDER BY at_ms", {node, since.ms}));
  std::vector<NodeSample> out;
  for (const auto& row : rows) out.push_back(sample_from(row));
  return out;
}

}  // namespace guzheng
