#include "core/codes/cleaner.h"

#include <algorithm>
#include <unordered_map>

#include "core/codes/check_codes.h"
#include "core/codes/company_name.h"
#include "core/codes/text_form.h"

namespace guzheng {

namespace {

using StepAct = CleaningRule::Act;
using StepThen = CleaningRule::Then;

bool made_of(std::string_view text, std::string_view characters) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0) == 0x80) ++length;
    if (characters.find(text.substr(at, length)) == characters.npos) return false;
    at += length;
  }
  return true;
}

bool fits(const CleanCondition& condition, const std::string& value) {
  if (condition.always()) return true;
  if (value.empty()) return false;
  if (condition.filled) return true;
  if (std::find(condition.equals.begin(), condition.equals.end(), value) != condition.equals.end()) return true;
  for (const auto& part : condition.contains)
    if (value.find(part) != value.npos) return true;
  for (const auto& start : condition.starts)
    if (value.starts_with(start)) return true;
  if (!condition.only.empty() && made_of(value, condition.only)) return true;
  return condition.shorter > 0 && characters_in(value) < condition.shorter;
}

CodeCheck check_as(std::string_view kind, std::string_view value) {
  if (kind == "credit-code") return check_credit_code(value);
  if (kind == "registration-number") return check_registration_number(value);
  if (kind == "organisation-code") return check_organisation_code(value);
  if (kind == "identity-number") return check_identity_number(value);
  return {};
}

CleanReason reason_of(const CodeCheck& check) {
  return check.verdict == CodeCheck::Verdict::WrongLength      ? CleanReason::WrongLength
         : check.verdict == CodeCheck::Verdict::WrongCharacter ? CleanReason::WrongCharacter
                                                               : CleanReason::WrongCheck;
}

}  // namespace

// A rule with its names looked up.
struct Cleaner::Step {
  const CleaningRule* rule = nullptr;
  std::size_t index = 0;
  std::vector<std::size_t> fields;
  std::size_t from = 0, to = 0, when = 0;
  const CodeTable* table = nullptr;
  bool regions = false;
  std::unordered_map<std::string, std::string> words;
  std::vector<std::pair<std::size_t, std::string>> set;
};

// One row under the rules.
struct Cleaner::Row {
  const Cleaner& cleaner;
  std::vector<std::string>& values;
  std::vector<CleanChange>& changes;
  CleanVerdict verdict{};

  void tell(const Step& step, std::size_t field, CleanReason reason, std::string before) {
    changes.push_back({field, step.index, reason, false, std::move(before), values[field]});
  }
  void put(const Step& step, std::size_t field, CleanReason reason, std::string after) {
    std::string before = std::exchange(values[field], std::move(after));
    tell(step, field, reason, std::move(before));
  }
  void drop(const Step& step, std::size_t field, CleanReason reason) { verdict = {true, field, step.index, reason}; }
  // What "then" says of a value that is wrong.
  void wrong(const Step& step, std::size_t field, CleanReason reason) {
    if (step.rule->then == StepThen::Drop) return drop(step, field, reason);
    if (step.rule->then == StepThen::Clear) return put(step, field, reason, {});
    changes.push_back({field, step.index, reason, true, values[field], values[field]});
  }

  template <typename Change>
  void rewrite(const Step& step, std::size_t field, CleanReason reason, Change change) {
    std::string after = values[field];
    if (change(after)) put(step, field, reason, std::move(after));
  }

  void code(const Step& step, std::size_t field) {
    const std::string& value = values[field];
    if (step.table->find(value)) return;
    std::string found;
    if (step.regions && value.size() < 6 && value.size() >= 2 && value.size() % 2 == 0) {
      std::string padded = value;
      padded.resize(6, '0');
      if (step.table->find(padded)) found = std::move(padded);
    }
    if (found.empty()) found = step.table->code_of(value).value_or("");
    if (found.empty() && step.regions) found = cleaner.region_names_->code_in(value);
    if (found.empty()) wrong(step, field, CleanReason::UnknownCode);
    else put(step, field, CleanReason::CodeOfName, std::move(found));
  }

  void check(const Step& step, std::size_t field) {
    if (step.rule->as == "phone") {
      if (!looks_like_phone(values[field])) wrong(step, field, CleanReason::NoPhone);
      return;
    }
    if (const auto found = check_as(step.rule->as, values[field]); !found) wrong(step, field, reason_of(found));
  }

  void move(const Step& step, std::size_t field) {
    if (!values[step.to].empty()) return;
    const bool good = step.rule->as == "phone" ? looks_like_phone(values[field]) : static_cast<bool>(check_as(step.rule->as, values[field]));
    if (!good) return;
    std::string value = values[field];
    put(step, field, CleanReason::Moved, {});
    put(step, step.to, CleanReason::Moved, std::move(value));
  }

  void derive(const Step& step, std::size_t field) {
    const std::string& from = values[step.from];
    if (!values[field].empty() || from.empty()) return;
    std::string found = cleaner.region_names_->code_in(from);
    if (found.empty() && check_credit_code(from)) found = from.substr(2, 6);
    const auto regions = cleaner.tables_.find("region");
    if (!found.empty() && regions->second->find(found)) put(step, field, CleanReason::Derived, std::move(found));
  }

  void one(const Step& step, std::size_t field) {
    std::string& value = values[field];
    const StepAct act = step.rule->act;
    if (act == StepAct::Derive) return derive(step, field);
    if (act == StepAct::ShortName) {
      if (!value.empty() || values[step.from].empty()) return;
      std::string made = short_name(values[step.from], *cleaner.region_names_);
      if (made != values[step.from]) put(step, field, CleanReason::ShortName, std::move(made));
      return;
    }
    if (value.empty()) return;
    switch (act) {
      case StepAct::Trim: return rewrite(step, field, CleanReason::Trimmed, trim_text);
      case StepAct::Width: return rewrite(step, field, CleanReason::Width, [&](std::string& text) { return to_half_width(text) | (step.rule->upper && to_upper_ascii(text)); });
      case StepAct::Spaces: return rewrite(step, field, CleanReason::Spaces, [&](std::string& text) { return shrink_spaces(text, step.rule->keep_none && (has_han(text) || step.rule->upper || text.find_first_of("0123456789") != text.npos)); });
      case StepAct::Brackets: return rewrite(step, field, CleanReason::Brackets, [](std::string& text) { return has_han(text) && to_name_brackets(text); });
      case StepAct::Blank:
        if (fits(step.rule->condition, value)) put(step, field, CleanReason::Blank, {});
        return;
      case StepAct::Words:
        if (const auto found = step.words.find(value); found != step.words.end() && found->second != value) put(step, field, CleanReason::Words, found->second);
        return;
      case StepAct::Code: return code(step, field);
      case StepAct::Check: return check(step, field);
      case StepAct::Rounded:
        if (looks_rounded(value)) wrong(step, field, CleanReason::Rounded);
        return;
      case StepAct::Move: return move(step, field);
      case StepAct::Day:
        if (std::string day = day_form(value); day.empty()) wrong(step, field, CleanReason::NoDay);
        else if (day != value) put(step, field, CleanReason::Day, std::move(day));
        return;
      case StepAct::Drop:
        if (fits(step.rule->condition, value)) drop(step, field, CleanReason::Rubbish);
        return;
      default: return;
    }
  }

  void all(const Step& step) {
    if (step.rule->act == StepAct::Require) {
      const bool missing = std::all_of(step.fields.begin(), step.fields.end(), [&](std::size_t field) { return values[field].empty(); });
      if (missing) drop(step, step.fields.front(), CleanReason::Missing);
      return;
    }
    if (step.rule->act == StepAct::Mark) {
      if (!step.rule->when.empty() && !fits(step.rule->condition, values[step.when])) return;
      for (const auto& [field, value] : step.set)
        if (values[field].empty()) put(step, field, CleanReason::Marked, value);
      return;
    }
    for (const std::size_t field : step.fields) {
      one(step, field);
      if (verdict.dropped) return;
    }
  }
};

Cleaner::~Cleaner() = default;

Result<std::shared_ptr<const Cleaner>> Cleaner::make(CleaningRules rules, const std::vector<std::string>& fields, CodeTables tables) {
  std::shared_ptr<Cleaner> out(new Cleaner);
  out->rules_ = std::move(rules);
  out->fields_ = fields;
  out->tables_ = std::move(tables);
  const auto index_of = [&](const std::string& name) { return static_cast<std::size_t>(std::find(fields.begin(), fields.end(), name) - fields.begin()); };
  const auto regions = out->tables_.find("region");
  if (regions != out->tables_.end()) out->region_names_ = std::make_unique<const RegionNames>(*regions->second);
  for (std::size_t i = 0; i < out->rules_.rules.size(); ++i) {
    const CleaningRule& rule = out->rules_.rules[i];
    if (rule.act == StepAct::Duplicates) continue;
    Step step;
    step.rule = &rule;
    step.index = i;
    for (const auto& name : rule.fields) {
      if (name == "*") {
        for (std::size_t field = 0; field < fields.size(); ++field) step.fields.push_back(field);
      } else {
        step.fields.push_back(index_of(name));
      }
    }
    step.from = index_of(rule.from), step.to = index_of(rule.to), step.when = index_of(rule.when);
    const auto missing = [&](const std::string& table) { return fail(ErrorKind::NotFound, "line " + std::to_string(rule.line) + " of the cleaning rules needs the code table \"" + table + "\", which was not imported"); };
    if (rule.act == StepAct::Code) {
      const auto table = out->tables_.find(rule.table);
      if (table == out->tables_.end() && rule.skip_without_table) continue;
      if (table == out->tables_.end()) return missing(rule.table);
      step.table = table->second.get();
      step.regions = rule.table == "region";
    }
    if ((rule.act == StepAct::Derive || rule.act == StepAct::ShortName) && !out->region_names_) return missing("region");
    if (rule.act == StepAct::Words) step.words.insert(rule.words.begin(), rule.words.end());
    if (rule.act == StepAct::Mark)
      for (const auto& [name, value] : rule.words) step.set.emplace_back(index_of(name), value);
    out->steps_.push_back(std::move(step));
  }
  return std::shared_ptr<const Cleaner>(std::move(out));
}

CleanVerdict Cleaner::clean(std::vector<std::string>& values, std::vector<CleanChange>& changes) const {
  Row row{*this, values, changes};
  for (const auto& step : steps_) {
    row.all(step);
    if (row.verdict.dropped) break;
  }
  return row.verdict;
}

}  // namespace guzheng
