#include "core/tasks/numbering.h"

#include <fmt/format.h>

#include "core/base/blank.h"
#include "core/tasks/text_check.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostRule = 60;
constexpr std::string_view kSerial = "序号";

// The digits that {序号N} asks for; 0: this is another brace.
int serial_digits(std::string_view brace) {
  if (!brace.starts_with(kSerial) || brace.size() != kSerial.size() + 1) return 0;
  const char digit = brace.back();
  return digit >= '1' && digit <= '8' ? digit - '0' : 0;
}

// Calls `text` with plain pieces and `brace` with what stands in braces; false: a brace is not closed.
template <typename Text, typename Brace>
bool walk(std::string_view rule, Text text, Brace brace) {
  while (!rule.empty()) {
    const auto open = rule.find('{');
    text(rule.substr(0, open));
    if (open == std::string_view::npos) return true;
    const auto close = rule.find('}', open);
    if (close == std::string_view::npos) return false;
    brace(rule.substr(open + 1, close - open - 1));
    rule.remove_prefix(close + 1);
  }
  return true;
}

}  // namespace

NumberRule first_rule(bool practice) { return practice ? NumberRule{"练习-{年}-{序号4}"} : NumberRule{}; }

Status check_number_rule(const NumberRule& rule) {
  int years = 0, serials = 0, others = 0;
  const bool closed = walk(rule.text, [](std::string_view) {}, [&](std::string_view brace) {
    if (brace == "年") ++years;
    else if (serial_digits(brace) > 0) ++serials;
    else if (brace != "月" && brace != "日") ++others;
  });
  if (!closed || years != 1 || serials != 1 || others != 0 || rule.text.size() > kMostRule || is_blank(rule.text) || !is_plain_line(rule.text))
    return fail(ErrorKind::Invalid, "a number's rule has one {年} and one {序号N} (N from 1 to 8), {月} and {日} if wanted, and at most 60 bytes: \"" + rule.text.substr(0, kMostRule) + "\"");
  return ok();
}

std::string number_by(const NumberRule& rule, int year, unsigned month, unsigned day, std::int64_t serial) {
  std::string out;
  walk(rule.text, [&](std::string_view text) { out += text; }, [&](std::string_view brace) {
    if (brace == "年") out += fmt::format("{:04}", year);
    else if (brace == "月") out += fmt::format("{:02}", month);
    else if (brace == "日") out += fmt::format("{:02}", day);
    else out += fmt::format("{:0{}}", serial, serial_digits(brace));
  });
  return out;
}

}  // namespace guzheng
