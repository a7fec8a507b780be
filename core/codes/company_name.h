// Room codes. Names of subjects, brought to one form for comparing, and what people call them. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "core/codes/code_table.h"

namespace guzheng {

// Two spellings of one name have the same normal form: width, case, spaces, brackets and the dots of foreign names do not count. Not for showing.
std::string normal_name(std::string_view name);
// Without the region in front, a region in brackets and the legal form behind: 杭州示例（中国）科技有限公司 → 示例科技. The whole name when less than two
// characters would be left, or when it is no name of a company.
std::string short_name(std::string_view name, const RegionNames& regions);

}  // namespace guzheng
