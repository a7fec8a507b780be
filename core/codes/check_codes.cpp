#include "core/codes/check_codes.h"

#include <algorithm>
#include <array>

namespace guzheng {

namespace {

using Verdict = CodeCheck::Verdict;

constexpr std::string_view kCreditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : -1; }
int letter_or_digit(char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : digit(c); }

}  // namespace

char credit_code_character(std::string_view first17) {
  if (first17.size() != 17) return '\0';
  int sum = 0, weight = 1;                             // weights are the powers of 3 modulo 31
  for (const char c : first17) {
    const auto value = kCreditAlphabet.find(c);
    if (value == kCreditAlphabet.npos) return '\0';
    sum += static_cast<int>(value) * weight;
    weight = weight * 3 % 31;
  }
  return kCreditAlphabet[static_cast<std::size_t>((31 - sum % 31) % 31)];
}

CodeCheck check_credit_code(std::string_view code) {
  if (code.size() != 18) return {Verdict::WrongLength};
  for (std::size_t i = 0; i < code.size(); ++i) {
    const bool good = i >= 2 && i < 8 ? digit(code[i]) >= 0 : kCreditAlphabet.find(code[i]) != kCreditAlphabet.npos;      // the region is digits
    if (!good) return {Verdict::WrongCharacter, i};
  }
  const char expected = credit_code_character(code.substr(0, 17));
  return expected == code[17] ? CodeCheck{} : CodeCheck{Verdict::WrongCheck, 17, expected};
}

CodeCheck check_organisation_code(std::string_view code) {
  constexpr std::array<int, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
  const bool hyphen = code.size() == 10 && code[8] == '-';
  if (code.size() != 9 && !hyphen) return {Verdict::WrongLength};
  int sum = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    const int value = letter_or_digit(code[i]);
    if (value < 0) return {Verdict::WrongCharacter, i};
    sum += value * weights[i];
  }
  const int rest = 11 - sum % 11;
  const char expected = rest == 10 ? 'X' : rest == 11 ? '0' : static_cast<char>('0' + rest);
  const char last = code.back();
  if (digit(last) < 0 && last != 'X') return {Verdict::WrongCharacter, code.size() - 1};
  return expected == last ? CodeCheck{} : CodeCheck{Verdict::WrongCheck, code.size() - 1, expected};
}

char registration_number_digit(std::string_view first14) {
  if (first14.size() != 14) return '\0';
  int carried = 10;
  for (const char c : first14) {
    if (digit(c) < 0) return '\0';
    const int sum = (carried + digit(c)) % 10;
    carried = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return static_cast<char>('0' + (11 - carried) % 10);
}

CodeCheck check_registration_number(std::string_view number) {
  if (number.size() != 15 && number.size() != 13) return {Verdict::WrongLength};
  for (std::size_t i = 0; i < number.size(); ++i)
    if (digit(number[i]) < 0) return {Verdict::WrongCharacter, i};
  if (number.size() == 13) return {};
  const char expected = registration_number_digit(number.substr(0, 14));
  return expected == number[14] ? CodeCheck{} : CodeCheck{Verdict::WrongCheck, 14, expected};
}

CodeCheck check_identity_number(std::string_view number) {
  if (number.size() != 18) return {Verdict::WrongLength};
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    if (digit(number[i]) < 0) return {Verdict::WrongCharacter, i};
    sum += digit(number[i]) * ((1 << (17 - i)) % 11);  // weights are the powers of 2 modulo 11
  }
  const char expected = "10X98765432"[sum % 11];
  return expected == number[17] ? CodeCheck{} : CodeCheck{Verdict::WrongCheck, 17, expected};
}

bool looks_like_phone(std::string_view text) {
  if (text.starts_with("+86")) text.remove_prefix(3);
  std::size_t digits = 0;
  for (const char c : text) {
    if (digit(c) >= 0) ++digits;
    else if (c != '-' && c != ' ' && c != '(' && c != ')') return false;
  }
  if (!text.empty() && text.front() == '1') return digits == 11;
  return digits >= 7 && digits <= 16;
}

bool looks_rounded(std::string_view text) {
  const auto e = text.find_first_of("eE");
  if (e == text.npos || e == 0 || e + 1 >= text.size() || text[0] < '1' || text[0] > '9') return false;
  const auto all_digits = [](std::string_view part) { return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return digit(c) >= 0; }); };
  const auto mantissa = text.substr(0, e);
  if (mantissa.size() > 1 && (mantissa[1] != '.' || !all_digits(mantissa.substr(2)))) return false;
  auto power = text.substr(e + 1);
  if (power.front() != '+') return false;              // 1E17 without a sign may be a part of a code
  return all_digits(power.substr(1));
}

}  // namespace guzheng
