#include "core/tasks/route.h"

#include "core/base/digest.h"
#include "core/base/json.h"
#include "core/tasks/text_check.h"

namespace guzheng {

namespace {

void put_text(Json& out, const char* key, const std::string& text) {
  if (!text.empty()) out[key] = text;
}
void put_day(Json& out, const char* key, const std::optional<Day>& day) {
  if (day) out[key] = day_text(*day);
}
template <typename Enum>
void put_set(Json& out, const char* key, const std::set<Enum>& values) {
  for (const auto value : values) out[key].push_back(to_string(value));
}

void put_order(Json& out, const MoveOrder& order) {
  put_text(out, "reason", order.reason);
  put_text(out, "basis", order.basis);
  put_text(out, "text", order.text);
  put_text(out, "to_unit", order.unit);
  if (order.outcome != ClueOutcome::Open) out["outcome"] = to_string(order.outcome);
  put_set(out, "measures", order.measures);
  for (const auto& one : order.documents) out["documents"].push_back(Json{{"name", one.name}, {"sha256", one.sha256}});
  if (order.extension) out["extension"] = to_string(*order.extension);
  put_day(out, "until", order.until);
  if (order.target != 0) out["target"] = order.target;
  put_text(out, "package", order.package);
  if (order.feedback) out["feedback"] = to_string(*order.feedback);
}

template <typename Parse>
auto read_one(const Json& json, const char* key, Parse parse, bool& good) -> decltype(parse(std::string_view())) {
  const auto text = text_at(json, key);
  if (text.empty()) return {};
  auto out = parse(text);
  good = good && out.has_value();
  return out;
}

template <typename Enum, typename Parse>
std::set<Enum> read_set(const Json& json, const char* key, Parse parse, bool& good) {
  std::set<Enum> out;
  for (const auto& entry : json.value(key, Json::array())) {
    const auto value = entry.is_string() ? parse(std::string_view(entry.get_ref<const std::string&>())) : decltype(parse(std::string_view()))();
    if (value) out.insert(*value);
    else good = false;
  }
  return out;
}

MoveOrder read_order(const Json& json, bool& good) {
  MoveOrder out;
  out.reason = text_at(json, "reason");
  out.basis = text_at(json, "basis");
  out.text = text_at(json, "text");
  out.unit = text_at(json, "to_unit");
  out.outcome = read_one(json, "outcome", clue_outcome, good).value_or(ClueOutcome::Open);
  out.measures = read_set<Measure>(json, "measures", measure, good);
  for (const auto& entry : json.value("documents", Json::array())) {
    if (entry.is_object()) out.documents.push_back({text_at(entry, "name"), text_at(entry, "sha256")});
    else good = false;
  }
  out.extension = read_one(json, "extension", extension_reason, good);
  out.until = read_one(json, "until", day_from, good);
  out.target = integer_at(json, "target");
  out.package = text_at(json, "package");
  out.feedback = read_one(json, "feedback", feedback_kind, good);
  return out;
}

// Computed days are in the record; the calendar only keeps after_move whole.
const WorkCalendar& any_calendar() {
  static const WorkCalendar calendar;
  return calendar;
}

}  // namespace

Result<std::string> move_body(const MoveRecord& record) {
  Json out{{"kind", to_string(record.kind)}, {"item", record.item}, {"number", record.number}, {"previous", record.previous},
           {"move", to_string(record.order.move)}, {"from", to_string(record.from)}, {"to", to_string(record.to)}, {"at", format_time(record.at)},
           {"badge", record.badge}, {"name", record.name}, {"unit", record.unit}};
  put_order(out, record.order);
  put_day(out, "dispatched", record.dispatched);
  put_day(out, "due", record.due);
  put_set(out, "wanted", record.wanted);
  put_text(out, "content", record.content);
  put_text(out, "label", record.label);
  return canonical_json(out);
}

Result<MoveRecord> read_move(std::string_view body) {
  const auto parsed = parse_canonical_json(body);
  const auto bad = [] { return fail(ErrorKind::Invalid, "this is no move as the program writes it"); };
  if (!parsed || !parsed->is_object()) return bad();
  const Json& json = *parsed;
  MoveRecord out;
  bool good = true;
  const auto kind = flow_kind(text_at(json, "kind"));
  const auto move = flow_move(text_at(json, "move"));
  const auto from = flow_state(text_at(json, "from")), to = flow_state(text_at(json, "to"));
  const auto at = parse_time(text_at(json, "at"));
  if (!kind || !move || !from || !to || !at) return bad();
  for (const char* key : {"documents", "measures", "wanted"})
    if (json.contains(key) && !json[key].is_array()) return bad();
  out.kind = *kind;
  out.item = integer_at(json, "item");
  out.number = integer_at(json, "number");
  out.previous = text_at(json, "previous");
  out.from = *from;
  out.to = *to;
  out.at = *at;
  out.badge = text_at(json, "badge");
  out.name = text_at(json, "name");
  out.unit = text_at(json, "unit");
  out.order = read_order(json, good);
  out.order.move = *move;
  out.dispatched = read_one(json, "dispatched", day_from, good);
  out.due = read_one(json, "due", day_from, good);
  out.wanted = read_set<FeedbackKind>(json, "wanted", feedback_kind, good);
  out.content = text_at(json, "content");
  out.label = text_at(json, "label");
  const auto again = move_body(out);
  if (!good || !again || *again != body) return bad();
  return out;
}

std::string move_digest(std::string_view body) { return sha256_hex(as_bytes(body)); }

Result<FlowItem> follow(const FlowItem& item, const MoveRecord& record, std::string_view body) {
  const auto where = [&] { return std::string(to_string(item.kind)) + " " + std::to_string(item.id) + ", move " + std::to_string(record.number); };
  if (record.kind != item.kind || record.item != item.id || record.number != item.number + 1 || record.previous != item.head || record.from != item.state)
    return fail(ErrorKind::Invalid, where() + " does not go on from the move before it");
  const auto* rule = rule_for(item.kind, record.order.move, item.state);
  if (!rule || rule->to != record.to) return fail(ErrorKind::Invalid, where() + " is no move of the table");
  MoveFacts facts;
  facts.calendar = &any_calendar();
  facts.today = day_of(record.at);
  FlowItem out = after_move(item, record.order, {record.badge, record.name, record.unit, {}}, facts, record.wanted);
  out.dispatched = record.dispatched;
  out.due = record.due;
  out.number = record.number;
  out.head = move_digest(body);
  return out;
}

Result<FlowItem> replay(FlowKind kind, std::int64_t id, const std::vector<std::string>& bodies) {
  FlowItem item;
  item.kind = kind;
  item.id = id;
  for (const auto& body : bodies) {
    GZ_TRY_ASSIGN(const auto record, read_move(body));
    GZ_TRY_ASSIGN(item, follow(item, record, body));
  }
  return item;
}

Result<std::string> act_text(WallTime at, const Actor& actor, const std::vector<std::string>& move_digests) {
  return canonical_json(Json{{"at", format_time(at)}, {"badge", actor.badge}, {"moves", move_digests}, {"name", actor.name}, {"unit", actor.unit}});
}

Result<std::vector<std::string>> digests_in_act(std::string_view act) {
  const auto json = parse_canonical_json(act);
  if (!json || !json->is_object() || !json->contains("moves") || !(*json)["moves"].is_array()) return fail(ErrorKind::Invalid, "this is no act as the program writes it");
  std::vector<std::string> out;
  for (const auto& one : (*json)["moves"]) {
    if (!one.is_string() || !is_hex_digest(one.get<std::string>())) return fail(ErrorKind::Invalid, "an act holds what is no digest");
    out.push_back(one.get<std::string>());
  }
  return out;
}

Status check_hand(const TaskHand& hand) {
  if (!hand.signer) return fail(ErrorKind::Denied, "nobody is logged in who could sign this");
  if (hand.actor.badge.empty() || hand.signer->info().badge != hand.actor.badge)
    return fail(ErrorKind::Denied, "the signing certificate is of badge " + hand.signer->info().badge + ", the move of badge " + hand.actor.badge);
  return ok();
}

}  // namespace guzheng
