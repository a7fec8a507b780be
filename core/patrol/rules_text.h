// Room patrol, inside. resources/patrol/rules.json, embedded when the room is built.
#pragma once

#include <string_view>

namespace guzheng {

std::string_view patrol_rules_text();

}  // namespace guzheng
