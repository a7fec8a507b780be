#include "core/tasks/book_rows.h"

#include "core/base/digest.h"

namespace guzheng::book {

std::string text_of(const SqlValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

std::int64_t number_of(const SqlValue& value, std::int64_t fallback) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? *number : fallback;
}

std::optional<Day> day_at(const SqlValue& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  return number ? std::optional(day_numbered(*number)) : std::nullopt;
}

SqlValue day_value(const std::optional<Day>& day) {
  if (!day) return nullptr;
  return day_number(*day);
}

const char* table_of(FlowKind kind) {
  switch (kind) {
    case FlowKind::Sheet: return "task";
    case FlowKind::Result: return "result";
    case FlowKind::Clue: return "clue";
  }
  return "task";
}

const char* item_columns(FlowKind kind) {
  switch (kind) {
    case FlowKind::Sheet: return "id,state,org,last_number,head,unit,version,wanted,delivered";
    case FlowKind::Result: return "id,state,org,last_number,head,unit,accepted,outcome,dispatched,due,extended,merged_into";
    case FlowKind::Clue: return "id,state,org,last_number,head,task";
  }
  return "id";
}

FlowItem item_from(FlowKind kind, const SqlRow& row, std::size_t at) {
  FlowItem out;
  out.kind = kind;
  out.id = number_of(row[at]);
  out.state = static_cast<FlowState>(number_of(row[at + 1]));
  out.org = text_of(row[at + 2]);
  out.number = number_of(row[at + 3]);
  out.head = text_of(row[at + 4]);
  if (kind == FlowKind::Clue) {
    out.task = number_of(row[at + 5]);
    return out;
  }
  out.unit = text_of(row[at + 5]);
  if (kind == FlowKind::Sheet) {
    out.version = static_cast<int>(number_of(row[at + 6]));
    out.wanted = set_of(number_of(row[at + 7]), FeedbackKind::PlatformCount);
    out.delivered = set_of(number_of(row[at + 8]), FeedbackKind::PlatformCount);
    return out;
  }
  out.accepted = number_of(row[at + 6]) != 0;
  out.outcome = static_cast<ClueOutcome>(number_of(row[at + 7]));
  out.dispatched = day_at(row[at + 8]);
  out.due = day_at(row[at + 9]);
  out.extended = day_at(row[at + 10]);
  out.merged_into = number_of(row[at + 11]);
  return out;
}

MonitorResult result_from(const SqlRow& row, std::size_t at) {
  return {text_of(row[at]),     text_of(row[at + 1]), text_of(row[at + 2]), text_of(row[at + 3]), text_of(row[at + 4]), text_of(row[at + 5]),
          text_of(row[at + 6]), text_of(row[at + 7]), text_of(row[at + 8]), text_of(row[at + 9]), text_of(row[at + 10])};
}

std::string words_of(const MonitorResult& result) {
  return result.operator_name + " " + result.violation + " " + result.platform + " " + result.field + " " + result.credit_code + " " + result.outside_number;
}

std::string words_of(const TaskSheet& sheet, const std::string& number) { return number + " " + sheet.name + " " + sheet.source; }

Clue clue_from(const SqlRow& row, std::size_t at) {
  Clue out;
  out.source = static_cast<ClueSource>(number_of(row[at]));
  out.from = text_of(row[at + 1]);
  out.outside_number = text_of(row[at + 2]);
  out.received = day_at(row[at + 3]);
  out.subject = text_of(row[at + 4]);
  out.operator_name = text_of(row[at + 5]);
  out.link = text_of(row[at + 6]);
  out.content = text_of(row[at + 7]);
  if (const auto documents = parse_json(text_of(row[at + 8])); documents && documents->is_array())
    for (const auto& one : *documents) out.documents.push_back({text_at(one, "name"), text_at(one, "sha256")});
  return out;
}

Result<std::string> content_digest(const Json& json) {
  GZ_TRY_ASSIGN(const auto text, canonical_json(json));
  return sha256_hex(as_bytes(text));
}

}  // namespace guzheng::book
