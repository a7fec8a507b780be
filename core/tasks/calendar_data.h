// Room tasks, private: resources/calendar/cn-days.csv as the program was built with it.
#pragma once

#include <string_view>

namespace guzheng {

std::string_view calendar_data();

}  // namespace guzheng
