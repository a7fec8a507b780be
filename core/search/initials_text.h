// Room search. resources/pinyin/initials.txt as it is in the program.
#pragma once

#include <string_view>

namespace guzheng {

std::string_view initials_text();

}  // namespace guzheng
