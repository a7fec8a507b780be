#include "core/intake/profile.h"

#include <algorithm>
#include <set>

#include "core/base/file.h"

namespace guzheng {

namespace {

IntakeField field_named(const std::string& name) {
  const auto& fields = intake_fields();
  return static_cast<IntakeField>(std::find(fields.begin(), fields.end(), name) - fields.begin());
}

constexpr TextEncoding kEncodings[] = {TextEncoding::Auto, TextEncoding::Utf8, TextEncoding::Utf16Le, TextEncoding::Utf16Be, TextEncoding::Gb18030};

class ProfileParser {
 public:
  ProfileParser(std::string_view text, std::vector<RuleProblem>& problems) : places_(text), form_(places_, problems) {}

  MappingProfile parse(const Json& json) {
    MappingProfile out;
    form_.only(json, "", {"schema", "name", "remark", "header_line", "sheet", "encoding", "separator", "on_match", "columns", "fixed"});
    if (form_.text(json, "", "schema", true) != "guzheng-profile/1") form_.wrong("/schema", "应为 guzheng-profile/1", "must be guzheng-profile/1");
    out.name = form_.text(json, "", "name", true);
    out.sheet = form_.text(json, "", "sheet");
    const auto encoding = form_.one_of(json, "", "encoding", {"auto", "utf-8", "utf-16le", "utf-16be", "gb18030"});
    for (const auto known : kEncodings)
      if (encoding == to_string(known)) out.encoding = known;
    const auto separator = form_.one_of(json, "", "separator", {"auto", ",", ";", "\t", "|"});
    out.separator = separator == "auto" ? '\0' : separator[0];
    const auto on_match = form_.one_of(json, "", "on_match", {"fill", "update", "skip"});
    out.on_match = on_match == "update" ? OnMatch::Update : on_match == "skip" ? OnMatch::Skip : OnMatch::Fill;
    if (json.is_object() && json.contains("header_line")) {
      const Json& line = json["header_line"];
      if (line.is_number_unsigned() && line.get<std::uint64_t>() <= 1'000'000) out.header_line = line.get<std::uint64_t>();
      else form_.wrong("/header_line", "应为行号，0 为自动", "must be a line number, 0: found out");
    }
    columns(json, out);
    for (const auto& [name, value] : form_.words(json, "", "fixed"))
      if (const IntakeField field = known(name, "/fixed/" + name); field != kIntakeFields) out.fixed.emplace_back(field, value);
    return out;
  }

 private:
  IntakeField known(const std::string& name, const std::string& at) {
    const IntakeField field = field_named(name);
    if (field == kIntakeFields) form_.wrong(at, "没有“" + name + "”这个字段", "there is no field \"" + name + "\"");
    return field;
  }
  void columns(const Json& json, MappingProfile& out) {
    if (!json.is_object() || !json.contains("columns") || !json["columns"].is_array() || json["columns"].empty() || json["columns"].size() > 1000)
      return form_.wrong("/columns", "应为 {\"from\":表头,\"to\":字段} 的列表", "must be a list of {\"from\":header,\"to\":field}");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < json["columns"].size(); ++i) {
      const Json& column = json["columns"][i];
      const std::string at = "/columns/" + std::to_string(i);
      form_.only(column, at, {"from", "to", "remark"});
      const auto from = form_.text(column, at, "from", true), to = form_.text(column, at, "to", true);
      if (from.empty() || to.empty()) continue;
      if (!seen.insert(from).second) form_.wrong(at, "列“" + from + "”重复", "the column \"" + from + "\" stands twice");
      if (const IntakeField field = known(to, at + "/to"); field != kIntakeFields) out.columns.emplace_back(from, field);
    }
    const bool named = std::any_of(out.columns.begin(), out.columns.end(), [](const auto& column) { return column.second == kName; });
    if (!named) form_.wrong("/columns", "没有哪一列是主体名称（name）", "no column is the name");
  }

  JsonPlaces places_;
  JsonForm form_;
};

}  // namespace

Result<MappingProfile> parse_profile(std::string_view text, std::vector<RuleProblem>& problems) {
  problems.clear();
  const auto json = parse_rules_json(text, problems);
  MappingProfile out;
  if (json) out = ProfileParser(text, problems).parse(*json);
  if (!problems.empty()) return fail(ErrorKind::Invalid, "the mapping profile: " + in_english(problems));
  return out;
}

std::string profile_text(const MappingProfile& profile) {
  const auto quoted = [](std::string_view text) { return Json(text).dump(); };
  std::string out = "{\n  \"schema\": \"guzheng-profile/1\",\n  \"name\": " + quoted(profile.name) + ",\n";
  if (profile.header_line > 0) out += "  \"header_line\": " + std::to_string(profile.header_line) + ",\n";
  if (!profile.sheet.empty()) out += "  \"sheet\": " + quoted(profile.sheet) + ",\n";
  if (profile.encoding != TextEncoding::Auto) out += "  \"encoding\": " + quoted(to_string(profile.encoding)) + ",\n";
  if (profile.separator != 0) out += "  \"separator\": " + quoted(std::string(1, profile.separator)) + ",\n";
  out += std::string("  \"on_match\": \"") + (profile.on_match == OnMatch::Update ? "update" : profile.on_match == OnMatch::Skip ? "skip" : "fill") + "\",\n  \"columns\": [\n";
  for (std::size_t i = 0; i < profile.columns.size(); ++i)
    out += "    {\"from\": " + quoted(profile.columns[i].first) + ", \"to\": " + quoted(intake_fields()[profile.columns[i].second]) + (i + 1 < profile.columns.size() ? "},\n" : "}\n");
  out += "  ]";
  if (!profile.fixed.empty()) {
    out += ",\n  \"fixed\": {";
    for (std::size_t i = 0; i < profile.fixed.size(); ++i) out += (i ? ", " : "") + quoted(intake_fields()[profile.fixed[i].first]) + ": " + quoted(profile.fixed[i].second);
    out += "}";
  }
  return out + "\n}\n";
}

Result<MappingProfile> read_profile(const std::filesystem::path& file, std::vector<RuleProblem>& problems) {
  GZ_TRY_ASSIGN(const auto text, read_text(file, 1u << 20));
  return parse_profile(text, problems);
}

Status save_profile(const std::filesystem::path& file, const MappingProfile& profile) { return write_text(file, profile_text(profile)); }

MappingProfile propose_profile(const std::vector<std::string>& headers) {
  MappingProfile out;
  std::set<std::string> seen;
  std::set<std::size_t> taken;
  for (const auto& header : headers) {
    const IntakeField field = field_of_header(header);
    if (field != kIntakeFields && seen.insert(header).second && taken.insert(field).second) out.columns.emplace_back(header, field);
  }
  return out;
}

std::size_t find_header(const std::vector<TableRow>& rows) {
  std::size_t best = std::string::npos, most = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::set<std::size_t> known;
    for (const auto& cell : rows[i].cells)
      if (const auto field = field_of_header(cell); field != kIntakeFields) known.insert(field);
    if (known.size() > most) most = known.size(), best = i;
  }
  if (best != std::string::npos) return best;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::set<std::string_view> different;
    for (const auto& cell : rows[i].cells)
      if (!cell.empty()) different.insert(cell);
    if (different.size() > 1) return i;
  }
  return rows.empty() ? std::string::npos : 0;
}

}  // namespace guzheng
