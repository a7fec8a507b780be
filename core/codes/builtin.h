// Room codes. Texts of resources/codes as they were when the program was built (builtin.cmake).
#pragma once

#include <string_view>

namespace guzheng {

std::string_view builtin_regions_csv();          // "code,name" lines, LF
std::string_view builtin_cleaning_json();        // the cleaning rules that hold when nobody chose others

}  // namespace guzheng
