#include "core/registry/rows.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostField = 4096;

template <typename E>
Status word_at(const Json& json, const char* key, std::optional<E> (*read)(std::string_view), E& out) {
  if (!json.contains(key)) return ok();
  const auto value = read(text_at(json, key));
  if (!value) return fail(ErrorKind::Invalid, std::string("\"") + key + "\" holds an unknown word");
  out = *value;
  return ok();
}

void take(const Json& json, const char* key, std::string& out) {
  if (json.contains(key)) out = text_at(json, key);
}

template <typename Enumerator>
Status check_word(const char* field, Enumerator value) {
  if (to_string(value).empty()) return fail(ErrorKind::Invalid, std::string("\"") + field + "\" is none of its values");
  return ok();
}

}  // namespace

Status check_text_field(const char* field, const std::string& text, bool needed) {
  if (needed && text.empty()) return fail(ErrorKind::Invalid, std::string("\"") + field + "\" is missing");
  if (text.size() > kMostField) return fail(ErrorKind::Invalid, std::string("\"") + field + "\" is longer than 4096 bytes");
  for (const char c : text)
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f) return fail(ErrorKind::Invalid, std::string("\"") + field + "\" holds a control character");
  if (!is_utf8(text)) return fail(ErrorKind::Invalid, std::string("\"") + field + "\" is not UTF-8");
  return ok();
}

Status check_subject(const Subject& s) {
  GZ_TRY(check_text_field("name", s.name, true));
  GZ_TRY(check_text_field("short_name", s.short_name));
  GZ_TRY(check_text_field("credit_code", s.credit_code));
  GZ_TRY(check_text_field("number", s.number));
  GZ_TRY(check_text_field("address", s.address));
  GZ_TRY(check_text_field("region", s.region));
  GZ_TRY(check_text_field("industry", s.industry));
  GZ_TRY(check_text_field("licences", s.licences));
  GZ_TRY(check_text_field("data_region", s.data_region));
  GZ_TRY(check_text_field("category", s.category));
  GZ_TRY(check_word("kind", s.kind));
  GZ_TRY(check_word("state", s.state));
  return check_word("sensitivity", s.sensitivity);
}

Status check_entry(const Entry& e) {
  GZ_TRY(check_text_field("entry name", e.name));
  GZ_TRY(check_text_field("platform", e.platform));
  GZ_TRY(check_text_field("link", e.link));
  GZ_TRY(check_text_field("entry category", e.category));
  GZ_TRY(check_text_field("why", e.why));
  if (e.no < 0) return fail(ErrorKind::Invalid, "an entry's number is below 0");
  GZ_TRY(check_word("entry kind", e.kind));
  return check_word("reach", e.reach);
}

Status check_record(const Record& r) {
  GZ_TRY(check_text_field("title", r.title, true));
  GZ_TRY(check_text_field("text", r.text));
  GZ_TRY(check_text_field("source", r.source));
  GZ_TRY(check_text_field("reference", r.reference));
  return check_word("record kind", r.kind);
}

Json subject_json(const Subject& s) {
  return {{"name", s.name}, {"short_name", s.short_name}, {"credit_code", s.credit_code}, {"number", s.number}, {"kind", to_string(s.kind)},
          {"address", s.address}, {"region", s.region}, {"industry", s.industry}, {"licences", s.licences}, {"state", to_string(s.state)},
          {"sensitivity", to_string(s.sensitivity)}, {"data_region", s.data_region}, {"category", s.category}, {"unit", s.unit}};
}

Json entry_json(const Entry& e) {
  return {{"kind", to_string(e.kind)}, {"name", e.name}, {"platform", e.platform}, {"link", e.link}, {"category", e.category}, {"unit", e.unit},
          {"checked_ms", e.checked.ms}, {"reach", to_string(e.reach)}, {"abnormal", e.abnormal}, {"why", e.why}};
}

Json record_json(const Record& r) {
  return {{"id", r.id}, {"kind", to_string(r.kind)}, {"at_ms", r.at.ms}, {"title", r.title}, {"text", r.text}, {"source", r.source}, {"reference", r.reference}};
}

Result<Subject> subject_from(const Json& json, Subject base) {
  take(json, "name", base.name);
  take(json, "short_name", base.short_name);
  take(json, "credit_code", base.credit_code);
  take(json, "number", base.number);
  take(json, "address", base.address);
  take(json, "region", base.region);
  take(json, "industry", base.industry);
  take(json, "licences", base.licences);
  take(json, "data_region", base.data_region);
  take(json, "category", base.category);
  base.unit = integer_at(json, "unit", base.unit);
  GZ_TRY(word_at(json, "kind", subject_kind, base.kind));
  GZ_TRY(word_at(json, "state", subject_state, base.state));
  GZ_TRY(word_at(json, "sensitivity", sensitivity_of, base.sensitivity));
  return base;
}

Result<Entry> entry_from(const Json& json, Entry base) {
  take(json, "name", base.name);
  take(json, "platform", base.platform);
  take(json, "link", base.link);
  take(json, "category", base.category);
  take(json, "why", base.why);
  base.unit = integer_at(json, "unit", base.unit);
  base.checked = {integer_at(json, "checked_ms", base.checked.ms)};
  base.abnormal = bool_at(json, "abnormal", base.abnormal);
  GZ_TRY(word_at(json, "kind", entry_kind, base.kind));
  GZ_TRY(word_at(json, "reach", reach_of, base.reach));
  return base;
}

std::pair<Json, Json> json_difference(const Json& before, const Json& after) {
  Json old = Json::object(), now = Json::object();
  for (const auto& [key, value] : after.items()) {
    const auto was = before.find(key);
    if (was != before.end() && *was == value) continue;
    if (was != before.end()) old[key] = *was;
    now[key] = value;
  }
  return {old, now};
}

}  // namespace guzheng
