// Room tasks, private: rows of the book and the values they hold.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "core/sql/database.h"
#include "core/tasks/task_book.h"

namespace guzheng::book {

inline constexpr std::int64_t kNoDay = 9'999'999;              // sort_day of what has none

std::string text_of(const SqlValue& value);                    // "" for NULL
std::int64_t number_of(const SqlValue& value, std::int64_t fallback = 0);
std::optional<Day> day_at(const SqlValue& value);
SqlValue day_value(const std::optional<Day>& day);

template <typename Enum>
std::int64_t bits_of(const std::set<Enum>& values) {
  std::int64_t bits = 0;
  for (const auto value : values) bits |= std::int64_t{1} << static_cast<int>(value);
  return bits;
}
template <typename Enum>
std::set<Enum> set_of(std::int64_t bits, Enum last) {
  std::set<Enum> out;
  for (int i = 0; i <= static_cast<int>(last); ++i)
    if (bits >> i & 1) out.insert(static_cast<Enum>(i));
  return out;
}

const char* table_of(FlowKind kind);                           // "task", "result", "clue"
// Columns that item_from reads, in its order.
const char* item_columns(FlowKind kind);
FlowItem item_from(FlowKind kind, const SqlRow& row, std::size_t at = 0);

inline constexpr const char* kResultColumns = "link,snapshot,subject,operator_name,credit_code,platform,violation,field,note,found_by,outside_number";
MonitorResult result_from(const SqlRow& row, std::size_t at);
std::string words_of(const MonitorResult& result);             // what its search finds
std::string words_of(const TaskSheet& sheet, const std::string& number);

inline constexpr const char* kClueColumns = "source,told_by,outside_number,received,subject,operator_name,link,content,documents";
Clue clue_from(const SqlRow& row, std::size_t at);

Result<std::string> content_digest(const Json& json);          // SHA-256 of the canonical text

}  // namespace guzheng::book
