// Room codes. Check characters of the codes that name a subject. Pure, any thread. Input is UTF-8 that was cleaned: half width, upper
// case, no spaces (codes/text_form.h).
#pragma once

#include <string>
#include <string_view>

namespace guzheng {

struct CodeCheck {
  enum class Verdict { Right, WrongLength, WrongCharacter, WrongCheck } verdict = Verdict::Right;
  std::size_t at = 0;                  // WrongCharacter: its place, from 0
  char expected = 0;                   // WrongCheck: what the check character would have to be
  [[nodiscard]] explicit operator bool() const { return verdict == Verdict::Right; }
};

// 统一社会信用代码, GB 32100: 18 characters of 0-9A-Z without I, O, S, V, Z; the last is a check character. Some codes that were given out
// before 2016 in the cities that tried it first break the rule and are good all the same: a wrong check is a doubt, not a proof.
CodeCheck check_credit_code(std::string_view code);
// '\0': not 17 characters of the alphabet.
char credit_code_character(std::string_view first17);
// 组织机构代码, GB 11714: 8 of 0-9A-Z and a check character 0-9X; a hyphen before it is allowed.
CodeCheck check_organisation_code(std::string_view code);
// 15 digits 注册号, GS 15: MOD 11,10 over the first 14. The 13 digits of before 2007 have no check digit: Right.
CodeCheck check_registration_number(std::string_view number);
char registration_number_digit(std::string_view first14);
// 18 characters 公民身份号码, GB 11643.
CodeCheck check_identity_number(std::string_view number);
// 11 digits of a mobile phone, or a landline with its area code; a hyphen, +86 and an extension are allowed.
bool looks_like_phone(std::string_view text);
// A number that a spreadsheet wrote as 9.1E+17: its last digits are lost.
bool looks_rounded(std::string_view text);

}  // namespace guzheng
