#include "core/tasks/monitor_result.h"

#include "core/base/blank.h"
#include "core/tasks/names.h"
#include "core/tasks/text_check.h"

namespace guzheng {

namespace {

constexpr std::array<std::string_view, 11> kResultFields{"link",     "snapshot",  "subject", "operator_name", "credit_code",   "platform",
                                                         "violation", "field",    "note",    "found_by",      "outside_number"};
constexpr std::array<std::string_view, 6> kResultTroubles{"missing", "no-link-nor-snapshot", "not-a-link", "bad-credit-code", "too-long", "not-plain"};
constexpr std::size_t kMostLink = 2000;

bool is_link(const std::string& text) {
  const std::size_t scheme = text.starts_with("http://") ? 7 : text.starts_with("https://") ? 8 : 0;
  return scheme > 0 && text.size() > scheme && text.find_first_of(" \t\"<>") == std::string::npos;
}

class ResultCheck {
 public:
  std::vector<ResultProblem> out;

  void one(ResultField field, const std::string& text, bool needed, std::size_t most = kMostLine) {
    if (needed && is_blank(text)) add(field, ResultTrouble::Missing);
    else if (text.size() > most) add(field, ResultTrouble::TooLong);
    else if (!(most == kMostLine ? is_plain_line(text) : is_plain_text(text))) add(field, ResultTrouble::NotPlain);
  }
  void add(ResultField field, ResultTrouble trouble) { out.push_back({field, trouble}); }
};

}  // namespace

std::string_view to_string(ResultField field) { return spelled(kResultFields, field); }
std::string_view to_string(ResultTrouble trouble) { return spelled(kResultTroubles, trouble); }

bool is_credit_code(std::string_view text) {
  constexpr std::string_view characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  constexpr int weights[17] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
  if (text.size() != 18) return false;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    const auto value = characters.find(text[i]);
    if (value == std::string_view::npos) return false;
    sum += static_cast<int>(value) * weights[i];
  }
  return text[17] == characters[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

std::vector<ResultProblem> result_problems(const MonitorResult& result) {
  ResultCheck check;
  if (is_blank(result.link) && is_blank(result.snapshot)) check.add(ResultField::Link, ResultTrouble::NoLinkNorSnapshot);
  else if (!result.link.empty() && !is_link(result.link)) check.add(ResultField::Link, ResultTrouble::NotALink);
  check.one(ResultField::Link, result.link, false, kMostLink);
  check.one(ResultField::Snapshot, result.snapshot, false);
  check.one(ResultField::Subject, result.subject, false);
  check.one(ResultField::Operator, result.operator_name, true);
  if (!result.credit_code.empty() && !is_credit_code(result.credit_code)) check.add(ResultField::CreditCode, ResultTrouble::BadCreditCode);
  check.one(ResultField::Platform, result.platform, false);
  check.one(ResultField::Violation, result.violation, true);
  check.one(ResultField::Field, result.field, true);
  check.one(ResultField::Note, result.note, false, kMostLink);
  check.one(ResultField::FoundBy, result.found_by, false);
  check.one(ResultField::OutsideNumber, result.outside_number, false);
  return std::move(check.out);
}

Json to_json(const MonitorResult& result) {
  return Json{{"link", result.link},           {"snapshot", result.snapshot}, {"operator_name", result.operator_name},
              {"credit_code", result.credit_code}, {"platform", result.platform}, {"violation", result.violation}, {"field", result.field},
              {"note", result.note},           {"found_by", result.found_by},   {"outside_number", result.outside_number}};
}

}  // namespace guzheng
