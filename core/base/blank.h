// Room base. Text that says nothing: what a person must write, a reason above all, is not written with it.
#pragma once

#include <string_view>

namespace guzheng {

// Empty, or only spaces and what is not seen: white space and format characters of Unicode (no-break and ideographic spaces, zero-width
// characters, byte order mark), control characters. Pure; bytes that are no UTF-8 count as seen.
bool is_blank(std::string_view utf8);

}  // namespace guzheng
