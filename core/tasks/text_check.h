// Room tasks, private: is a text fit to be kept and printed?
#pragma once

#include <cstddef>
#include <string>

namespace guzheng {

inline constexpr std::size_t kMostLine = 400, kMostText = 8000;      // bytes

bool is_plain_line(const std::string& text);                   // UTF-8 without control characters
bool is_plain_text(const std::string& text);                   // line feeds and tabs too
bool is_hex_digest(const std::string& text);                   // 64 lower-case hex digits
std::string stripped(const std::string& text);                 // without blanks at both ends

}  // namespace guzheng
