#include "core/patrol/rules.h"

#include <cstdlib>

#include "core/base/blank.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/patrol/rules_text.h"

namespace guzheng {

namespace {

Failure bad_rule(const std::string& what) { return fail(ErrorKind::Invalid, "rules of the check: " + what); }

Status words_of(const Json& json, const std::string& where, std::vector<std::string>& out) {
  if (!json.is_array()) return bad_rule(where + " is no list of words");
  for (const auto& word : json) {
    if (!word.is_string() || is_blank(word.get<std::string>())) return bad_rule(where + " holds something that is no word");
    out.push_back(word.get<std::string>());
  }
  return ok();
}

Result<ContentRule> rule_of(const Json& json, std::size_t number) {
  const std::string where = "\"bad\", number " + std::to_string(number);
  if (!json.is_object() || json.size() != 3 || !json.contains("words")) return bad_rule(where + " needs finding, least and words, nothing else");
  ContentRule out;
  out.finding = text_at(json, "finding");
  out.least = static_cast<int>(integer_at(json, "least"));
  if (is_blank(out.finding)) return bad_rule(where + " has no finding");
  GZ_TRY(words_of(json["words"], where + ", words", out.words));
  if (out.least < 1 || static_cast<std::size_t>(out.least) > out.words.size()) return bad_rule(where + ": least is 1 up to the number of words");
  return out;
}

}  // namespace

Result<PatrolRules> parse_patrol_rules(std::string_view text) {
  GZ_TRY_ASSIGN(const Json json, parse_json(text));
  if (!json.is_object() || json.size() != 4 || !json.contains("gone") || !json.contains("bad") || !json["bad"].is_array())
    return bad_rule("they need format, failures, gone and bad, nothing else");
  if (integer_at(json, "format") != 1) return fail(ErrorKind::Unsupported, "rules of the check: format " + std::to_string(integer_at(json, "format")) + " is of a newer program");
  PatrolRules out;
  out.failures = static_cast<int>(integer_at(json, "failures"));
  if (out.failures < 1 || out.failures > 10) return bad_rule("failures is 1 to 10");
  GZ_TRY(words_of(json["gone"], "\"gone\"", out.gone));
  for (const auto& one : json["bad"]) {
    GZ_TRY_ASSIGN(auto rule, rule_of(one, out.bad.size() + 1));
    out.bad.push_back(std::move(rule));
  }
  return out;
}

const PatrolRules& shipped_patrol_rules() {
  static const PatrolRules rules = [] {
    auto parsed = parse_patrol_rules(patrol_rules_text());
    if (!parsed) std::abort();                   // a test holds the file to its form
    return *parsed;
  }();
  return rules;
}

Result<PatrolRules> read_patrol_rules(const std::filesystem::path& file) {
  GZ_TRY_ASSIGN(const auto text, read_text(file, 1u << 20));
  auto parsed = parse_patrol_rules(text);
  if (!parsed) return fail(parsed.error().kind, file.string() + ": " + parsed.error().what);
  return parsed;
}

Result<PatrolRules> library_patrol_rules(const std::filesystem::path& library) {
  const auto own = library / "patrol-rules.json";
  std::error_code ec;
  if (!std::filesystem::exists(own, ec)) return shipped_patrol_rules();
  return read_patrol_rules(own);
}

}  // namespace guzheng
