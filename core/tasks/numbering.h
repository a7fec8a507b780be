// Room tasks. Numbers of sheets by rule: 编号. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace guzheng {

// A rule is the text of a number with {年} (four digits), {月}, {日} (two digits, both optional) and {序号N}, N digits with leading zeros (1 to 8), e.g. "练习-{年}-{序号4}" → 练习-2026-0118.
// Numbers are counted within one year of one rule, from 1, without gaps but where another rule's number is the same: a sheet gets its own when it is
// first submitted.
struct NumberRule {
  std::string text = "{年}-{序号4}";
};
// What a station begins with; the practice desk's numbers say that they are.
NumberRule first_rule(bool practice);
// Invalid: not exactly one {年} and one {序号N}, an unknown brace, over 60 bytes, control characters, or blank.
Status check_number_rule(const NumberRule& rule);
// `serial` ≥ 1; more digits than the rule's are written out.
std::string number_by(const NumberRule& rule, int year, unsigned month, unsigned day, std::int64_t serial);

}  // namespace guzheng
