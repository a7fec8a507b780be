#include "core/tasks/text_check.h"

#include <algorithm>

#include "core/base/bytes.h"

namespace guzheng {

namespace {

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

}  // namespace

bool is_plain_line(const std::string& text) { return is_utf8(text) && std::none_of(text.begin(), text.end(), [](unsigned char c) { return is_control(c); }); }

bool is_plain_text(const std::string& text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](unsigned char c) { return is_control(c) && c != '\n' && c != '\t'; });
}

bool is_hex_digest(const std::string& text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string stripped(const std::string& text) {
  constexpr std::string_view ideographic = "\xE3\x80\x80";
  std::string_view rest = text;
  for (bool cut = true; cut && !rest.empty();) {
    cut = true;
    if (rest.front() == ' ' || rest.front() == '\t' || rest.front() == '\n' || rest.front() == '\r') rest.remove_prefix(1);
    else if (rest.starts_with(ideographic)) rest.remove_prefix(ideographic.size());
    else if (rest.back() == ' ' || rest.back() == '\t' || rest.back() == '\n' || rest.back() == '\r') rest.remove_suffix(1);
    else if (rest.ends_with(ideographic)) rest.remove_suffix(ideographic.size());
    else cut = false;
  }
  return std::string(rest);
}

}  // namespace guzheng
