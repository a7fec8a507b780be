// Room session. On which lines of a script's text its steps begin, so that what is wrong can be found by the eye. Pure.
#pragma once

#include <string_view>
#include <vector>

namespace guzheng {

// Of each element of the list "steps" of the outermost object, from 1. The text is right JSON; of other text what is found counts for nothing.
std::vector<int> lines_of_steps(std::string_view json);
// Where a text stops to be JSON; 0 when it is JSON, or the place cannot be said.
int line_of_mistake(std::string_view text);

}  // namespace guzheng
