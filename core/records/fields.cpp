#include "core/records/fields.h"

#include <algorithm>

namespace guzheng {

namespace {

constexpr std::string_view kNested = "entries";

Result<std::map<std::string, Json>> flat_fields(const std::string& body) {
  std::map<std::string, Json> out;
  if (body.empty()) return out;
  GZ_TRY_ASSIGN(const Json json, parse_json(body));
  if (!json.is_object()) return fail(ErrorKind::Invalid, "a record is no object");
  for (const auto& [name, value] : json.items()) {
    if (name != kNested || !value.is_object()) out[name] = value;
    else
      for (const auto& [key, one] : value.items()) out[name + "." + key] = one;
  }
  return out;
}

std::optional<Json> field_in(const std::map<std::string, Json>& fields, const std::string& name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::optional<Json>() : std::optional<Json>(found->second);
}

}  // namespace

Result<std::vector<RecordField>> record_fields(const std::string& base, const std::string& mine, const std::string& theirs) {
  GZ_TRY_ASSIGN(const auto of_base, flat_fields(base));
  GZ_TRY_ASSIGN(const auto of_mine, flat_fields(mine));
  GZ_TRY_ASSIGN(const auto of_theirs, flat_fields(theirs));
  std::map<std::string, Json> all(of_base);
  all.insert(of_mine.begin(), of_mine.end());
  all.insert(of_theirs.begin(), of_theirs.end());
  std::vector<RecordField> out;
  for (const auto& [name, unused] : all) out.push_back({name, field_in(of_base, name), field_in(of_mine, name), field_in(of_theirs, name)});
  return out;
}

Result<std::string> record_merged(const std::string& mine, const std::string& theirs, const std::vector<std::string>& theirs_of) {
  if (mine.empty() || theirs.empty()) return fail(ErrorKind::Invalid, "one side was taken away: it is decided as a whole");
  GZ_TRY_ASSIGN(auto fields, flat_fields(mine));
  GZ_TRY_ASSIGN(const auto of_theirs, flat_fields(theirs));
  for (const auto& name : theirs_of) {
    const auto there = field_in(of_theirs, name);
    if (there == field_in(fields, name)) return fail(ErrorKind::Invalid, "'" + name + "' is no field in which both differ");
    if (there) fields[name] = *there;
    else fields.erase(name);
  }
  GZ_TRY_ASSIGN(const Json shape, parse_json(mine));
  Json out = Json::object();
  if (shape.contains(kNested) && shape.at(kNested).is_object()) out[std::string(kNested)] = Json::object();
  const std::string nested = std::string(kNested) + ".";
  for (const auto& [name, value] : fields) {
    if (name.starts_with(nested)) out[std::string(kNested)][name.substr(nested.size())] = value;
    else out[name] = value;
  }
  return canonical_json(out);
}

}  // namespace guzheng
