// Room registry. Made-up subjects for practice, tests and measuring: every name carries （练习）, no name of a person, credit codes and numbers whose
// check characters are right under regions 99xxxx that nobody was given. The same `seed` and `n` give the same row on every machine. Pure.
#pragma once

#include "core/registry/subject.h"

namespace guzheng {

// `n` from 0; credit codes differ for all n below 10^9. Phones are of the number range 1000 0000 000, which nobody has.
SubjectRow practice_subject(std::uint64_t seed, std::uint64_t n);
std::vector<Unit> practice_units();                              // ids from 1, in order
std::vector<UnitRule> practice_unit_rules();

char credit_check_character(std::string_view first17);           // GB 32100; 0: not of its alphabet
char number_check_digit(std::string_view first14);               // 注册号 (GS 15); 0: not digits

}  // namespace guzheng
