#include "core/wire/records.h"

#include <algorithm>
#include <initializer_list>
#include <set>

#include "core/base/bytes.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostRecordText = 400, kMostRecordAnswer = 1024 * 1024 + 64 * 1024;
constexpr std::array<std::string_view, 4> kOutcomeWords{"taken", "conflict", "refused", "later"};

Failure no_record(const std::string& what) { return fail(ErrorKind::Invalid, "records: " + what); }

bool is_record_text(const std::string& text, bool may_miss = false) {
  return (may_miss || !text.empty()) && text.size() <= kMostRecordText && is_utf8(text) && std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

bool is_change_id(const std::string& text) {
  return text.size() == 32 && std::all_of(text.begin(), text.end(), [](unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool has_record_members(const Json& json, std::initializer_list<const char*> names) {
  return json.is_object() && json.size() == names.size() && std::all_of(names.begin(), names.end(), [&](const char* name) { return json.contains(name); });
}

bool texts_at(const Json& json, std::initializer_list<const char*> names) {
  return std::all_of(names.begin(), names.end(), [&](const char* name) { return json.at(name).is_string(); });
}

bool counts_at(const Json& json, std::initializer_list<const char*> names) {
  return std::all_of(names.begin(), names.end(), [&](const char* name) { return json.at(name).is_number_integer() && json.at(name).get<std::int64_t>() >= 0; });
}

// null of what is gone, else an object.
Result<std::string> body_of(const Json& json) {
  if (json.is_null()) return std::string();
  if (!json.is_object()) return no_record("a body is no object");
  GZ_TRY_ASSIGN(auto text, canonical_json(json));
  if (text.size() > kMostRecordBody) return no_record("a body is larger than " + std::to_string(kMostRecordBody) + " bytes");
  return text;
}

Result<Json> json_of_body(const std::string& body) {
  if (body.empty()) return Json(nullptr);
  if (body.size() > kMostRecordBody) return no_record("a body is larger than " + std::to_string(kMostRecordBody) + " bytes");
  return parse_canonical_json(body);
}

Status check_change(const RecordChange& c) {
  if (!is_change_id(c.change)) return no_record("a change has no id of 32 hexadecimal digits");
  if (!is_record_kind(c.kind)) return no_record("there is no such kind");
  if (!is_record_id(c.id)) return no_record("the id of a record is none");
  if (!is_record_text(c.person)) return no_record("a change names nobody who made it");
  if (c.gone != c.body.empty()) return no_record("a change has a body, or takes the record away");
  if (c.gone && c.base == 0) return no_record("what was never there cannot be taken away");
  return ok();
}

Result<Json> json_of_record(const CommonRecord& r) {
  GZ_TRY_ASSIGN(auto body, json_of_body(r.body));
  return Json{{"at_ms", r.at_ms}, {"body", std::move(body)}, {"gone", r.gone}, {"id", r.id}, {"kind", r.kind}, {"person", r.person}, {"sequence", r.sequence}, {"station", r.station}, {"version", r.version}};
}

Result<CommonRecord> record_of(const Json& json) {
  if (!has_record_members(json, {"at_ms", "body", "gone", "id", "kind", "person", "sequence", "station", "version"}) || !json.at("gone").is_boolean() || !texts_at(json, {"id", "kind", "person", "station"}) ||
      !counts_at(json, {"at_ms", "sequence", "version"}))
    return no_record("a record has not its members");
  CommonRecord out{json.at("kind"), json.at("id"), json.at("version"), json.at("sequence"), json.at("station"), json.at("person"), json.at("at_ms"), json.at("gone"), {}};
  GZ_TRY_ASSIGN(out.body, body_of(json.at("body")));
  if (!is_record_kind(out.kind) || !is_record_id(out.id) || !is_record_text(out.person) || !is_record_text(out.station) || out.version < 1 || out.sequence < 1 || out.body.empty())
    return no_record("a record holds what none can");
  return out;
}

Result<RecordOutcome> outcome_of(const Json& json) {
  if (!json.is_object() || !json.contains("outcome") || !json.contains("change") || !texts_at(json, {"outcome", "change"})) return no_record("an outcome has not its members");
  RecordOutcome out;
  out.change = json.at("change");
  const auto word = std::find(kOutcomeWords.begin(), kOutcomeWords.end(), json.at("outcome").get<std::string>());
  if (word == kOutcomeWords.end() || !is_change_id(out.change)) return no_record("an outcome is none");
  using Word = RecordOutcome::Word;
  out.word = static_cast<Word>(word - kOutcomeWords.begin());
  switch (out.word) {
    case Word::Taken:
      if (!has_record_members(json, {"change", "outcome", "sequence", "version"}) || !counts_at(json, {"sequence", "version"})) return no_record("an outcome has not its members");
      out.sequence = json.at("sequence");
      out.version = json.at("version");
      return out;
    case Word::Conflict: {
      if (!has_record_members(json, {"change", "outcome", "record"})) return no_record("an outcome has not its members");
      GZ_TRY_ASSIGN(out.newest, record_of(json.at("record")));
      return out;
    }
    case Word::Refused:
      if (!has_record_members(json, {"change", "error", "outcome", "why"}) || !texts_at(json, {"error", "why"})) return no_record("an outcome has not its members");
      out.error = json.at("error");
      out.why = json.at("why");
      return out;
    case Word::Later: break;
  }
  return has_record_members(json, {"change", "outcome"}) ? Result<RecordOutcome>(out) : Result<RecordOutcome>(no_record("an outcome has not its members"));
}

}  // namespace

bool is_record_kind(std::string_view text) { return std::find(kCommonKinds.begin(), kCommonKinds.end(), text) != kCommonKinds.end(); }

bool is_record_id(std::string_view text) {
  const auto plain = [](unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  return !text.empty() && text.size() <= 80 && plain(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), [&](char c) { return plain(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-'; });
}

Result<std::string> write_record_changes(const std::vector<RecordChange>& changes) {
  Json list = Json::array();
  for (const auto& c : changes) {
    GZ_TRY(check_change(c));
    GZ_TRY_ASSIGN(auto body, json_of_body(c.body));
    list.push_back({{"base", c.base}, {"body", std::move(body)}, {"change", c.change}, {"gone", c.gone}, {"id", c.id}, {"kind", c.kind}, {"made_ms", c.made_ms}, {"person", c.person}});
  }
  return canonical_json({{"changes", std::move(list)}, {"format", 1}});
}

Result<std::vector<RecordChange>> parse_record_changes(std::string_view text) {
  if (text.size() > kMostRecordMessage) return no_record("the batch is larger than " + std::to_string(kMostRecordMessage) + " bytes");
  GZ_TRY_ASSIGN(const auto json, parse_canonical_json(text));
  if (!has_record_members(json, {"changes", "format"}) || json.at("format") != 1 || !json.at("changes").is_array()) return no_record("the batch has not its members");
  if (json.at("changes").empty() || json.at("changes").size() > kMostRecordBatch) return no_record("a batch has 1 to " + std::to_string(kMostRecordBatch) + " changes");
  std::vector<RecordChange> out;
  std::set<std::string> named;
  std::set<std::pair<std::string, std::string>> about;
  for (const auto& one : json.at("changes")) {
    if (!has_record_members(one, {"base", "body", "change", "gone", "id", "kind", "made_ms", "person"}) || !one.at("gone").is_boolean() || !texts_at(one, {"change", "id", "kind", "person"}) || !counts_at(one, {"base", "made_ms"}))
      return no_record("a change has not its members");
    RecordChange c{one.at("change"), one.at("kind"), one.at("id"), one.at("base"), one.at("gone"), {}, one.at("person"), one.at("made_ms")};
    GZ_TRY_ASSIGN(c.body, body_of(one.at("body")));
    GZ_TRY(check_change(c));
    if (!named.insert(c.change).second || !about.emplace(c.kind, c.id).second) return no_record("two changes of a batch are about one record, or have one id");
    out.push_back(std::move(c));
  }
  return out;
}

Result<std::string> write_record_outcomes(const std::vector<RecordOutcome>& outcomes) {
  using Word = RecordOutcome::Word;
  Json list = Json::array();
  for (const auto& o : outcomes) {
    Json one{{"change", o.change}, {"outcome", kOutcomeWords[static_cast<std::size_t>(o.word)]}};
    if (o.word == Word::Taken) one.update({{"sequence", o.sequence}, {"version", o.version}});
    if (o.word == Word::Refused) one.update({{"error", o.error}, {"why", is_utf8(o.why) ? o.why : std::string("?")}});
    if (o.word == Word::Conflict) {
      if (!o.newest) return fail(ErrorKind::Bug, "a conflict without the newest version");
      GZ_TRY_ASSIGN(one["record"], json_of_record(*o.newest));
    }
    list.push_back(std::move(one));
  }
  return canonical_json({{"format", 1}, {"outcomes", std::move(list)}});
}

Result<std::vector<RecordOutcome>> parse_record_outcomes(std::string_view text) {
  if (text.size() > kMostRecordAnswer) return no_record("the answer is larger than one can be");
  GZ_TRY_ASSIGN(const auto json, parse_canonical_json(text));
  if (!has_record_members(json, {"format", "outcomes"}) || json.at("format") != 1 || !json.at("outcomes").is_array()) return no_record("the answer has not its members");
  std::vector<RecordOutcome> out;
  for (const auto& one : json.at("outcomes")) {
    GZ_TRY_ASSIGN(auto outcome, outcome_of(one));
    out.push_back(std::move(outcome));
  }
  return out;
}

Result<std::string> write_record_page(const RecordPage& page) {
  Json list = Json::array();
  for (const auto& record : page.records) {
    GZ_TRY_ASSIGN(auto one, json_of_record(record));
    list.push_back(std::move(one));
  }
  return canonical_json({{"format", 1}, {"more", page.more}, {"records", std::move(list)}, {"since", page.since}});
}

Result<RecordPage> parse_record_page(std::string_view text) {
  if (text.size() > kMostRecordAnswer) return no_record("the page is larger than one can be");
  GZ_TRY_ASSIGN(const auto json, parse_canonical_json(text));
  if (!has_record_members(json, {"format", "more", "records", "since"}) || json.at("format") != 1 || !json.at("more").is_boolean() || !json.at("records").is_array() || !counts_at(json, {"since"}))
    return no_record("the page has not its members");
  RecordPage out{{}, json.at("since"), json.at("more")};
  std::int64_t last = 0;
  for (const auto& one : json.at("records")) {
    GZ_TRY_ASSIGN(auto record, record_of(one));
    if (record.sequence <= last || record.sequence > out.since) return no_record("a page is not in order");
    last = record.sequence;
    out.records.push_back(std::move(record));
  }
  return out;
}

}  // namespace guzheng
