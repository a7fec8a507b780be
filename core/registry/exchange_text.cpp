#include "core/registry/exchange_text.h"

#include <charconv>

#include "core/base/digest.h"

namespace guzheng {

namespace {

constexpr int kMostEntryNumber = 1'000'000;

Json unit_json(const SharedUnit& unit) { return {{"code", unit.code}, {"name", unit.name}}; }

Failure no_shared(const std::string& what) { return fail(ErrorKind::Invalid, "this version of the program cannot read what another station told: " + what); }

// Texts alone, and just these.
Status only_texts(const Json& json, std::initializer_list<const char*> names) {
  if (!json.is_object() || json.size() != names.size()) return no_shared("other members than it knows");
  for (const char* name : names)
    if (!json.contains(name) || !json.at(name).is_string()) return no_shared(std::string("\"") + name + "\" is missing or no text");
  return ok();
}

Result<SharedUnit> unit_from(const Json& json) {
  GZ_TRY(only_texts(json, {"code", "name"}));
  SharedUnit out{json.at("name"), json.at("code")};
  GZ_TRY(check_text_field("unit", out.name, !out.code.empty()));
  GZ_TRY(check_text_field("code", out.code));
  return out;
}

Result<SharedEntry> shared_entry_from(Json json, int no) {
  if (!json.is_object() || !json.contains("unit") || !json.contains("abnormal") || !json.at("abnormal").is_boolean()) return no_shared("an entry has other members than it knows");
  SharedEntry out;
  GZ_TRY_ASSIGN(out.unit, unit_from(json.at("unit")));
  Entry base;
  base.abnormal = json.at("abnormal");
  json.erase("unit");
  json.erase("abnormal");
  GZ_TRY(only_texts(json, {"category", "kind", "link", "name", "platform", "why"}));
  GZ_TRY_ASSIGN(out.entry, entry_from(json, base));
  out.entry.no = no;
  GZ_TRY(check_entry(out.entry));
  return out;
}

}  // namespace

Result<std::string> shared_text(const SharedSubject& in) {
  Json out = subject_json(in.subject);
  out["unit"] = unit_json(in.unit);
  out["entries"] = Json::object();
  for (const auto& [no, one] : in.entries) {
    Json entry = entry_json(one.entry);
    entry.erase("checked_ms");
    entry.erase("reach");
    entry["unit"] = unit_json(one.unit);
    out["entries"][std::to_string(no)] = std::move(entry);
  }
  out["tags"] = Json::array();
  for (const auto& [group, name] : in.tags) out["tags"].push_back({{"group", group}, {"name", name}});
  return canonical_json(out);
}

Result<SharedSubject> shared_from(const std::string& text) {
  GZ_TRY_ASSIGN(Json json, parse_canonical_json(text));
  if (!json.is_object() || !json.contains("unit") || !json.contains("entries") || !json.contains("tags") || !json.at("entries").is_object() || !json.at("tags").is_array()) return no_shared("other members than it knows");
  SharedSubject out;
  GZ_TRY_ASSIGN(out.unit, unit_from(json.at("unit")));
  for (const auto& [key, value] : json.at("entries").items()) {
    int no = 0;
    const auto read = std::from_chars(key.data(), key.data() + key.size(), no);
    if (read.ec != std::errc() || read.ptr != key.data() + key.size() || no < 1 || no > kMostEntryNumber || std::to_string(no) != key) return no_shared("an entry's number is none");
    GZ_TRY_ASSIGN(out.entries[no], shared_entry_from(value, no));
  }
  for (const auto& tag : json.at("tags")) {
    GZ_TRY(only_texts(tag, {"group", "name"}));
    GZ_TRY(check_text_field("tag", tag.at("name"), true));
    GZ_TRY(check_text_field("group", tag.at("group")));
    out.tags.emplace(tag.at("group"), tag.at("name"));
  }
  for (const char* name : {"unit", "entries", "tags"}) json.erase(name);
  GZ_TRY(only_texts(json, {"address", "category", "credit_code", "data_region", "industry", "kind", "licences", "name", "number", "region", "sensitivity", "short_name", "state"}));
  GZ_TRY_ASSIGN(out.subject, subject_from(json, {}));
  GZ_TRY(check_subject(out.subject));
  return out;
}

Result<std::string> shared_tag_text(const std::string& group, const std::string& name) { return canonical_json({{"group", group}, {"name", name}}); }

Result<std::pair<std::string, std::string>> shared_tag_from(const std::string& text) {
  GZ_TRY_ASSIGN(const Json json, parse_canonical_json(text));
  GZ_TRY(only_texts(json, {"group", "name"}));
  std::pair<std::string, std::string> out{json.at("group"), json.at("name")};
  GZ_TRY(check_text_field("tag", out.second, true));
  GZ_TRY(check_text_field("group", out.first));
  return out;
}

std::string shared_tag_id(const std::string& group, const std::string& name) { return "t" + sha256_hex(as_bytes(group + "\n" + name)).substr(0, 40); }

}  // namespace guzheng
