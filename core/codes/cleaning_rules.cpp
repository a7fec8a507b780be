#include "core/codes/cleaning_rules.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/digest.h"
#include "core/codes/builtin.h"

namespace guzheng {

namespace {

using RuleAct = CleaningRule::Act;
using RuleThen = CleaningRule::Then;

struct ActForm {
  std::string_view name;
  RuleAct act;
  std::vector<std::string_view> members;               // beside id, do, remark
};

const std::vector<std::string_view> kConditionMembers{"equals", "contains", "starts", "only", "shorter", "filled"};

std::vector<ActForm> act_forms() {
  std::vector<ActForm> forms{
      {"trim", RuleAct::Trim, {"fields"}},
      {"width", RuleAct::Width, {"fields", "case"}},
      {"spaces", RuleAct::Spaces, {"fields", "keep"}},
      {"brackets", RuleAct::Brackets, {"fields"}},
      {"blank", RuleAct::Blank, {"fields"}},
      {"words", RuleAct::Words, {"fields", "words"}},
      {"code", RuleAct::Code, {"fields", "table", "missing", "then"}},
      {"check", RuleAct::Check, {"fields", "as", "then"}},
      {"rounded", RuleAct::Rounded, {"fields", "then"}},
      {"move", RuleAct::Move, {"fields", "as", "to"}},
      {"day", RuleAct::Day, {"fields", "then"}},
      {"derive", RuleAct::Derive, {"fields", "from"}},
      {"short-name", RuleAct::ShortName, {"fields", "from"}},
      {"drop", RuleAct::Drop, {"fields"}},
      {"require", RuleAct::Require, {"fields"}},
      {"mark", RuleAct::Mark, {"when", "set"}},
      {"duplicates", RuleAct::Duplicates, {"keys", "then"}}};
  for (auto& form : forms)
    if (form.act == RuleAct::Blank || form.act == RuleAct::Drop) form.members.insert(form.members.end(), kConditionMembers.begin(), kConditionMembers.end());
  return forms;
}

class CleaningParser {
 public:
  CleaningParser(std::string_view text, const std::vector<std::string>& fields, std::vector<RuleProblem>& problems)
      : places_(text), form_(places_, problems), fields_(fields), forms_(act_forms()) {}

  CleaningRules parse(const Json& json) {
    CleaningRules out;
    form_.only(json, "", {"schema", "name", "remark", "rules"});
    if (form_.text(json, "", "schema", true) != "guzheng-cleaning/1") form_.wrong("/schema", "应为 guzheng-cleaning/1", "must be guzheng-cleaning/1");
    out.name = form_.text(json, "", "name", true);
    if (!json.is_object() || !json.contains("rules") || !json["rules"].is_array() || json["rules"].size() > 1000) {
      form_.wrong("/rules", "应为规则的列表（至多 1000 条）", "must be a list of at most 1000 rules");
      return out;
    }
    for (std::size_t i = 0; i < json["rules"].size(); ++i) rule(json["rules"][i], "/rules/" + std::to_string(i), out);
    return out;
  }

 private:
  void rule(const Json& json, const std::string& at, CleaningRules& out) {
    if (!json.is_object()) return form_.wrong(at, "应为对象", "must be an object");
    const std::string act = form_.text(json, at, "do", true);
    const auto found = std::find_if(forms_.begin(), forms_.end(), [&](const ActForm& form) { return form.name == act; });
    if (found == forms_.end()) return form_.wrong(at + "/do", "没有“" + act + "”这种规则", "there is no rule \"" + act + "\"");
    std::vector<std::string_view> known{"id", "do", "remark"};
    known.insert(known.end(), found->members.begin(), found->members.end());
    form_.only(json, at, known);
    CleaningRule rule;
    rule.act = found->act;
    rule.line = places_.line(at);
    rule.id = form_.text(json, at, "id", true);
    if (!ids_.insert(rule.id).second) form_.wrong(at + "/id", "编号“" + rule.id + "”重复", "the id \"" + rule.id + "\" stands twice");
    const auto takes = [&](std::string_view member) { return std::find(found->members.begin(), found->members.end(), member) != found->members.end(); };
    if (takes("fields")) rule.fields = fields(json, at, "fields", true);
    if (takes("from")) rule.from = field(json, at, "from");
    if (takes("to")) rule.to = field(json, at, "to");
    if (takes("table")) rule.table = form_.text(json, at, "table", true);
    if (takes("missing")) rule.skip_without_table = form_.one_of(json, at, "missing", {"refuse", "skip"}) == "skip";
    if (takes("words")) rule.words = form_.words(json, at, "words", true);
    if (takes("case")) rule.upper = form_.one_of(json, at, "case", {"as-is", "upper"}) == "upper";
    if (takes("keep")) rule.keep_none = form_.one_of(json, at, "keep", {"one", "none"}) == "none";
    if (takes("as")) as(json, at, rule);
    if (takes("then")) then(json, at, rule);
    if (takes("equals")) condition(json, at, rule.condition, true);
    if (rule.act == RuleAct::Mark) mark(json, at, rule);
    if (rule.act == RuleAct::Duplicates) keys(json, at, rule);
    out.rules.push_back(std::move(rule));
  }

  bool known_field(const std::string& name, const std::string& at, bool star) {
    if ((star && name == "*") || std::find(fields_.begin(), fields_.end(), name) != fields_.end()) return true;
    form_.wrong(at, "没有“" + name + "”这个字段", "there is no field \"" + name + "\"");
    return false;
  }
  std::vector<std::string> fields(const Json& json, const std::string& at, const std::string& member, bool star) {
    auto out = form_.texts(json, at, member, true);
    for (const auto& name : out) known_field(name, at + "/" + member, star);
    return out;
  }
  std::string field(const Json& json, const std::string& at, const std::string& member) {
    auto out = form_.text(json, at, member, true);
    if (!out.empty()) known_field(out, at + "/" + member, false);
    return out;
  }

  void as(const Json& json, const std::string& at, CleaningRule& rule) {
    rule.as = form_.text(json, at, "as", true);
    constexpr std::array<std::string_view, 5> kinds{"credit-code", "registration-number", "organisation-code", "identity-number", "phone"};
    if (!rule.as.empty() && std::find(kinds.begin(), kinds.end(), rule.as) == kinds.end())
      form_.wrong(at + "/as", "没有“" + rule.as + "”这种编码", "there is no kind of code \"" + rule.as + "\"");
  }

  void then(const Json& json, const std::string& at, CleaningRule& rule) {
    const std::vector<std::string> allowed = rule.act == RuleAct::Duplicates ? std::vector<std::string>{"merge", "drop", "tell"} : std::vector<std::string>{"tell", "clear", "drop"};
    const auto word = form_.one_of(json, at, "then", allowed);
    rule.then = word == "merge" ? RuleThen::Merge : word == "drop" ? RuleThen::Drop : word == "clear" ? RuleThen::Clear : RuleThen::Tell;
  }

  void condition(const Json& json, const std::string& at, CleanCondition& out, bool needed) {
    out.equals = form_.texts(json, at, "equals");
    out.contains = form_.texts(json, at, "contains");
    out.starts = form_.texts(json, at, "starts");
    out.only = form_.text(json, at, "only");
    if (json.contains("shorter")) {
      const auto& value = json["shorter"];
      if (value.is_number_unsigned() && value.get<std::uint64_t>() >= 1 && value.get<std::uint64_t>() <= 1000) out.shorter = value.get<std::size_t>();
      else form_.wrong(at + "/shorter", "应为 1 到 1000 的整数", "must be a number from 1 to 1000");
    }
    if (json.contains("filled")) {
      if (json["filled"].is_boolean()) out.filled = json["filled"].get<bool>();
      else form_.wrong(at + "/filled", "应为 true 或 false", "must be true or false");
    }
    for (const auto* list : {&out.equals, &out.contains, &out.starts})
      if (std::find(list->begin(), list->end(), "") != list->end()) form_.wrong(at, "条件里有空的文字", "a condition has an empty text");
    if (needed && out.always()) form_.wrong(at, "缺少条件：equals、contains、starts、only、shorter、filled 之一", "a condition is missing: equals, contains, starts, only, shorter or filled");
  }

  void mark(const Json& json, const std::string& at, CleaningRule& rule) {
    rule.words = form_.words(json, at, "set", true);
    for (const auto& [name, value] : rule.words) known_field(name, at + "/set/" + name, false);
    if (!json.contains("when")) return;
    const Json& when = json["when"];
    std::vector<std::string_view> known{"field"};
    known.insert(known.end(), kConditionMembers.begin(), kConditionMembers.end());
    form_.only(when, at + "/when", known);
    if (!when.is_object()) return;
    rule.when = field(when, at + "/when", "field");
    condition(when, at + "/when", rule.condition, true);
  }

  void keys(const Json& json, const std::string& at, CleaningRule& rule) {
    if (!json.contains("keys") || !json["keys"].is_array() || json["keys"].empty() || json["keys"].size() > 10)
      return form_.wrong(at + "/keys", "应为一到十组字段，如 [[\"credit_code\"],[\"name\",\"region\"]]", "must be one to ten lists of fields, as in [[\"credit_code\"],[\"name\",\"region\"]]");
    for (std::size_t i = 0; i < json["keys"].size(); ++i) rule.keys.push_back(fields(json["keys"], at + "/keys", i));
  }
  std::vector<std::string> fields(const Json& list, const std::string& at, std::size_t index) {
    return fields(Json{{"key", list[index]}}, at + "/" + std::to_string(index), "key", false);
  }

  JsonPlaces places_;
  JsonForm form_;
  const std::vector<std::string>& fields_;
  const std::vector<ActForm> forms_;
  std::set<std::string> ids_;
};

}  // namespace

Result<CleaningRules> parse_cleaning(std::string_view text, const std::vector<std::string>& fields, std::vector<RuleProblem>& problems) {
  problems.clear();
  const auto json = parse_rules_json(text, problems);
  CleaningRules out;
  if (json) out = CleaningParser(text, fields, problems).parse(*json);
  if (!problems.empty()) return fail(ErrorKind::Invalid, "the cleaning rules: " + in_english(problems));
  out.sha256 = sha256_hex(as_bytes(text));
  return out;
}

std::string_view default_cleaning() { return builtin_cleaning_json(); }

}  // namespace guzheng
