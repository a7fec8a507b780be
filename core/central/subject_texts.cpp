#include "core/central/subject_texts.h"

#include <algorithm>

#include "core/base/bytes.h"
#include "core/registry/document.h"
#include "core/search/fold.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostShown = 20, kMostNamesOfEntries = 200;
constexpr auto kRegionLengths = {std::size_t{2}, std::size_t{4}, std::size_t{6}};

std::string seen_mark(const std::string& unit) { return 'o' + value_key(unit); }
std::string supervisor_mark(const std::string& code_or_name) { return 'w' + value_key(code_or_name); }

std::string within(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text;
}

Json parsed_body(std::string_view body) {
  auto json = parse_json(body);
  return json && json->is_object() ? std::move(*json) : Json::object();
}

bool is_region(std::string_view text) {
  return std::find(kRegionLengths.begin(), kRegionLengths.end(), text.size()) != kRegionLengths.end() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// As a list, or as an object by their numbers.
std::vector<std::string> names_of_entries(const Json& body) {
  std::vector<std::string> out;
  const auto entries = body.find("entries");
  if (entries == body.end() || !entries->is_structured()) return out;
  for (const auto& entry : *entries) {
    if (out.size() == kMostNamesOfEntries) break;
    if (auto name = text_at(entry, "name"); !name.empty()) out.push_back(within(std::move(name), kMostTextField));
  }
  return out;
}

// The supervision unit: a text, or an object with code and name. Numbers are a station's own and mean nothing here.
std::vector<std::string> supervisors(const Json& body) {
  std::vector<std::string> out;
  const auto unit = body.find("unit");
  if (unit == body.end()) return out;
  for (auto text : {unit->is_string() ? unit->get<std::string>() : text_at(*unit, "code"), text_at(*unit, "name")})
    if (!text.empty()) out.push_back(std::move(text));
  return out;
}

}  // namespace

TextDocument subject_document(const std::string& id, std::int64_t place, const std::string& unit, std::string_view text) {
  const Json body = parsed_body(text);
  const auto field = [&](const char* key) { return within(text_at(body, key), kMostTextField); };
  TextDocument out{id, place, {field("name"), field("short_name")}, names_of_entries(body), {field("credit_code"), field("number")}, {}};
  out.others.push_back(field("address"));
  const auto kind = subject_kind(text_at(body, "kind")).value_or(SubjectKind::Unknown);
  const auto state = subject_state(text_at(body, "state")).value_or(SubjectState::Unknown);
  const std::string region = text_at(body, "region");
  out.marks = {seen_mark(unit), standing_mark("", kind, state)};
  if (is_region(region))
    for (const auto length : kRegionLengths)
      if (region.size() >= length) {
        out.marks.push_back(region_mark(region.substr(0, length)));
        out.marks.push_back(standing_mark(region.substr(0, length), kind, state));
      }
  for (const auto& one : supervisors(body)) out.marks.push_back(supervisor_mark(one));
  return out;
}

Json subject_shown(std::string_view text) {
  const Json body = parsed_body(text);
  Json out = Json::object();
  for (const char* key : {"name", "short_name", "credit_code", "number", "kind", "state", "region", "address", "industry", "category"}) out[key] = text_at(body, key);
  const auto units = supervisors(body);
  out["supervisor"] = units.empty() ? std::string() : units.back();
  out["entries"] = Json::array();
  for (auto& name : names_of_entries(body)) {
    if (out["entries"].size() == kMostShown) break;
    out["entries"].push_back(std::move(name));
  }
  return out;
}

Result<std::vector<std::vector<std::string>>> subject_filter(const SubjectFind& find) {
  std::vector<std::vector<std::string>> out;
  if (!find.region.empty() && !is_region(find.region)) return fail(ErrorKind::Invalid, "a region has 2, 4 or 6 digits");
  const auto kind = subject_kind(find.kind);
  const auto state = subject_state(find.state);
  if (!find.kind.empty() && !kind) return fail(ErrorKind::Invalid, "no kind of subjects is called so");
  if (!find.state.empty() && !state) return fail(ErrorKind::Invalid, "no state of subjects is called so");
  if (!find.kind.empty() || !find.state.empty()) {
    std::vector<std::string> standing;
    for (int k = 0; k < kSubjectKinds; ++k)
      for (int s = 0; s < kSubjectStates; ++s)
        if ((find.kind.empty() || *kind == static_cast<SubjectKind>(k)) && (find.state.empty() || *state == static_cast<SubjectState>(s)))
          standing.push_back(standing_mark(find.region, static_cast<SubjectKind>(k), static_cast<SubjectState>(s)));
    out.push_back(std::move(standing));
  } else if (!find.region.empty()) {
    out.push_back({region_mark(find.region)});
  }
  if (!find.supervisor.empty()) out.push_back({supervisor_mark(find.supervisor)});
  if (!find.seen_by.empty()) out.push_back({seen_mark(find.seen_by)});
  return out;
}

}  // namespace guzheng
