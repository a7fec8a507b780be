// Room registry. Which unit supervises an entry (A-5.2a). Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "core/registry/subject.h"

namespace guzheng {

// The unit of the rule that fits best, 0 when none fits: the longest region, then the longest industry, then a named platform; among equals the first.
std::int64_t propose_unit(const std::vector<UnitRule>& rules, std::string_view region, std::string_view industry, std::string_view platform);

}  // namespace guzheng
