// Room codes. The same text written in several ways, brought to one: width, spaces, brackets, invisible characters. Each function says
// whether it changed something. Pure, any thread; input is UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace guzheng {

// Full-width letters, digits and signs and the ideographic space to ASCII: １２３ＡＢ（） → 123AB().
bool to_half_width(std::string& text);
bool to_upper_ascii(std::string& text);
// Spaces of every kind (also no-break, ideographic, tab, line ends) at both ends, and what cannot be seen anywhere: zero-width characters, marks of direction, U+FEFF.
bool trim_text(std::string& text);
// Every run of spaces within to one space; `none`: to nothing.
bool shrink_spaces(std::string& text, bool none);
// ( ) [ ] 【 】 〔 〕 ［ ］ to （ ）, as names of subjects are registered.
bool to_name_brackets(std::string& text);
bool has_han(std::string_view text);
std::size_t characters_in(std::string_view text);

// 2026/3/1, 2026.03.01, 20260301, 2026年3月1日, with a time behind or not, as 2026-03-01; "": no day of the calendar.
std::string day_form(std::string_view text);

}  // namespace guzheng
