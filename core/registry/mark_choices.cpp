// What a person decided of proposed marks, and the survey that proposes them. Decisions are few: one text in the library's own table of values, each change of it in
// the chained history.
#include <algorithm>
#include <map>
#include <tuple>

#include "core/registry/marks.h"
#include "core/registry/store_impl.h"

namespace guzheng {

namespace {

constexpr const char* kKey = "mark_choices";
constexpr std::int64_t kTell = 2000;                             // subjects between two words of progress

bool digits(const std::string& text) { return text.find_first_not_of("0123456789") == text.npos; }

Status check_rule(const MarkRule& rule) {
  if (rule.by == MarkRule::By::Category) {
    GZ_TRY(check_text_field("category", rule.value, true));
    return rule.sensitivity == Sensitivity::Unmarked ? Status(fail(ErrorKind::Invalid, "a rule for a category names a level")) : ok();
  }
  if (rule.value.size() != 4 || !digits(rule.value)) return fail(ErrorKind::Invalid, "a rule for a region is for four digits of its code");
  const auto size = rule.data_region.size();
  if ((size != 2 && size != 4 && size != 6) || !digits(rule.data_region)) return fail(ErrorKind::Invalid, "a data region is a code of 2, 4 or 6 digits");
  return ok();
}

bool same_place(const MarkRule& a, const MarkRule& b) { return a.by == b.by && a.value == b.value; }
bool same_mark(const MarkRule& a, const MarkRule& b) { return same_place(a, b) && a.sensitivity == b.sensitivity && a.data_region == b.data_region; }

Json choice_json(const MarkChoice& choice) {
  const bool category = choice.rule.by == MarkRule::By::Category;
  return {{"by", category ? "category" : "region"}, {"value", choice.rule.value}, {"mark", category ? std::string(to_string(choice.rule.sensitivity)) : choice.rule.data_region}, {"agreed", choice.agreed},
          {"who", choice.who}, {"at_ms", choice.at.ms}};
}

Result<MarkChoice> choice_from(const Json& json) {
  MarkChoice out;
  out.rule.value = text_at(json, "value");
  const std::string by = text_at(json, "by"), mark = text_at(json, "mark");
  if (by == "category") {
    const auto level = sensitivity_of(mark);
    if (!level) return fail(ErrorKind::Invalid, "a decision on marks names no level: \"" + mark + "\"");
    out.rule.sensitivity = *level;
  } else {
    out.rule.by = MarkRule::By::Region;
    out.rule.data_region = mark;
  }
  out.agreed = json.contains("agreed") && json["agreed"].is_boolean() && json["agreed"].get<bool>();
  out.who = text_at(json, "who");
  out.at = {integer_at(json, "at_ms")};
  return out;
}

Result<std::vector<MarkChoice>> read_choices(StoreSql& sql) {
  std::string text;
  GZ_TRY(sql.each("SELECT value FROM meta WHERE key=?", [&](const SqlStatement& row) { text = row.text(0); return false; }, std::string(kKey)));
  std::vector<MarkChoice> out;
  if (text.empty()) return out;
  GZ_TRY_ASSIGN(const Json all, parse_json(text));
  for (const auto& one : all) {
    GZ_TRY_ASSIGN(auto choice, choice_from(one));
    out.push_back(std::move(choice));
  }
  return out;
}

Status write_choices(StoreSql& sql, const std::vector<MarkChoice>& choices) {
  Json all = Json::array();
  for (const auto& one : choices) all.push_back(choice_json(one));
  GZ_TRY_ASSIGN(const auto text, json_text(all));
  return sql.run("INSERT OR REPLACE INTO meta(key,value) VALUES(?,?)", std::string(kKey), text);
}

// What the survey counts of subjects without a mark.
struct Bare {
  std::map<std::string, std::int64_t> categories, cities;
};

std::vector<MarkProposal> proposals_of(const MarkSamples& samples, const Bare& bare, const std::vector<MarkChoice>& choices, const MarkLimits& limits) {
  std::vector<MarkProposal> out;
  const auto put = [&](MarkRule rule, const MarkChoice* choice) {
    samples.count(rule, limits);
    const auto& counts = rule.by == MarkRule::By::Category ? bare.categories : bare.cities;
    const auto found = counts.find(rule.value);
    out.push_back({rule, found == counts.end() ? 0 : found->second, choice ? std::optional(*choice) : std::nullopt});
  };
  for (const auto& choice : choices) put(choice.rule, &choice);
  for (const auto& rule : samples.rules(limits)) {
    const bool known = std::any_of(choices.begin(), choices.end(), [&](const MarkChoice& one) { return one.agreed ? same_place(one.rule, rule) : same_mark(one.rule, rule); });
    if (!known) put(rule, nullptr);
  }
  const auto place = [](const MarkProposal& one) { return std::tuple(one.bare == 0, one.rule.by, one.rule.value); };
  std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return out;
}

}  // namespace

Result<std::vector<MarkChoice>> mark_choices(const SubjectStore& store) {
  GZ_TRY_ASSIGN(const auto reader, store.impl().read());
  return read_choices(reader->main);
}

Status choose_mark(SubjectStore& store, const MarkRule& rule, bool agreed, const Act& act) {
  GZ_TRY(check_act(act));
  GZ_TRY(check_rule(rule));
  return store.impl().write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(auto choices, read_choices(sql));
    Json before = Json::array();
    std::erase_if(choices, [&](const MarkChoice& one) {
      const bool gives_way = same_mark(one.rule, rule) || (agreed && one.agreed && same_place(one.rule, rule));
      if (gives_way) before.push_back(choice_json(one));
      return gives_way;
    });
    choices.push_back({{rule.by, rule.value, rule.sensitivity, rule.data_region, 0, 0, false}, agreed, act.who, store.now()});
    GZ_TRY(write_choices(sql, choices));
    GZ_TRY_ASSIGN(const auto was, json_text(before));
    GZ_TRY_ASSIGN(const auto is, json_text(choice_json(choices.back())));
    return store.impl().log(sql, act, 0, "marks", before.empty() ? "" : was, is);
  }, false);
}

Status forget_mark_choice(SubjectStore& store, const MarkRule& rule, const Act& act) {
  GZ_TRY(check_act(act));
  return store.impl().write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(auto choices, read_choices(sql));
    const auto found = std::find_if(choices.begin(), choices.end(), [&](const MarkChoice& one) { return same_mark(one.rule, rule); });
    if (found == choices.end()) return fail(ErrorKind::NotFound, "nothing was decided of this mark");
    GZ_TRY_ASSIGN(const auto was, json_text(choice_json(*found)));
    choices.erase(found);
    GZ_TRY(write_choices(sql, choices));
    return store.impl().log(sql, act, 0, "marks", was, "");
  }, false);
}

Result<MarkSurvey> survey_marks(const SubjectStore& store, const MarkLimits& limits, const std::function<bool(std::int64_t)>& progress) {
  GZ_TRY_ASSIGN(const auto choices, mark_choices(store));
  MarkSamples samples;
  Bare bare;
  MarkSurvey out;
  for (SubjectId after = 0;;) {
    GZ_TRY_ASSIGN(const auto page, store.page(after, kTell));
    if (page.empty()) break;
    after = page.back().id;
    for (const auto& subject : page) {
      samples.add(subject);
      if (subject.sensitivity == Sensitivity::Unmarked && !subject.category.empty()) ++bare.categories[subject.category];
      if (subject.data_region.empty() && subject.region.size() >= 4) ++bare.cities[subject.region.substr(0, 4)];
    }
    out.subjects += static_cast<std::int64_t>(page.size());
    if (progress && !progress(out.subjects)) return fail(ErrorKind::Cancelled, "the survey was called off");
  }
  out.proposals = proposals_of(samples, bare, choices, limits);
  return out;
}

std::vector<MarkRule> agreed_marks(const std::vector<MarkChoice>& choices) {
  std::vector<MarkRule> out;
  for (const auto& one : choices) {
    if (!one.agreed) continue;
    out.push_back(one.rule);
    out.back().holds = true;
  }
  return out;
}

}  // namespace guzheng
