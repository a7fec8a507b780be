// Program guzheng-evidence. The files of manual/, as they were when the program was built (manual.cmake).
#pragma once

#include <string_view>

namespace guzheng::evidence {

// "zh" or "en"; name without ".txt". "" when there is no such file.
std::string_view manual_page(std::string_view language, std::string_view name);

}  // namespace guzheng::evidence
