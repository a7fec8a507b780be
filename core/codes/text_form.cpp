#include "core/codes/text_form.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace guzheng {

namespace {

struct Character {
  char32_t code = 0;
  std::size_t length = 1;
};

// Bytes that are not UTF-8 stand for themselves, so that nothing is lost.
Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u; };
  const unsigned c = byte(0);
  if (c < 0xC0) return {c < 0x80 ? c : 0xFFFDu, 1};
  const std::size_t length = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  char32_t code = c & (length == 2 ? 0x1Fu : length == 3 ? 0x0Fu : 0x07u);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {0xFFFD, 1};
    code = code << 6 | (byte(i) & 0x3F);
  }
  return {code, length};
}

bool is_space(char32_t c) { return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x85; }
bool is_invisible(char32_t c) { return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || c == 0xAD; }
// Which first bytes make a closer look needed. Chinese text is mostly of others, so most texts are left after one pass over their bytes.
class ByteSet {
 public:
  constexpr explicit ByteSet(std::string_view bytes) : in_{} {
    for (const char c : bytes) in_[static_cast<unsigned char>(c)] = true;
  }
  [[nodiscard]] bool any_in(std::string_view text) const {
    for (const char c : text)
      if (in_[static_cast<unsigned char>(c)]) return true;
    return false;
  }

 private:
  bool in_[256];
};
constexpr ByteSet kWideBytes("\xEF\xE3"), kInvisibleBytes("\xE2\xC2"), kSpaceBytes(" \t\r\n\v\f\xC2\xE2\xE3"), kBracketBytes("()[]\xE3");

// Calls `give(character, its bytes)`, which says what stands in its place.
template <typename Give>
bool rewrite(std::string& text, Give give) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = character_at(text, at);
    give(code, std::string_view(text).substr(at, length), out);
    at += length;
  }
  if (out == text) return false;
  text = std::move(out);
  return true;
}

}  // namespace

bool to_half_width(std::string& text) {
  if (!kWideBytes.any_in(text)) return false;
  return rewrite(text, [](char32_t c, std::string_view bytes, std::string& out) {
    if (c >= 0xFF01 && c <= 0xFF5E) out.push_back(static_cast<char>(c - 0xFEE0));
    else if (c == 0x3000) out.push_back(' ');
    else out.append(bytes);
  });
}

bool to_upper_ascii(std::string& text) {
  bool changed = false;
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32), changed = true;
  return changed;
}

bool trim_text(std::string& text) {
  bool changed = false;
  if (kInvisibleBytes.any_in(text) || text.find("\xEF\xBB\xBF") != text.npos)
    changed = rewrite(text, [](char32_t c, std::string_view bytes, std::string& out) {
      if (!is_invisible(c)) out.append(bytes);
    });
  std::size_t begin = 0, end = text.size();
  while (begin < end) {
    const auto [code, length] = character_at(text, begin);
    if (!is_space(code)) break;
    begin += length;
  }
  while (end > begin) {
    std::size_t last = end - 1;
    while (last > begin && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
    if (!is_space(character_at(text, last).code)) break;
    end = last;
  }
  if (begin == 0 && end == text.size()) return changed;
  text = text.substr(begin, end - begin);
  return true;
}

bool shrink_spaces(std::string& text, bool none) {
  if (!kSpaceBytes.any_in(text)) return false;
  bool before = false;
  return rewrite(text, [&](char32_t c, std::string_view bytes, std::string& out) {
    const bool space = is_space(c);
    if (!space) out.append(bytes);
    else if (!none && !before) out.push_back(' ');
    before = space;
  });
}

bool to_name_brackets(std::string& text) {
  if (!kBracketBytes.any_in(text) && text.find("\xEF\xBC\xBB") == text.npos && text.find("\xEF\xBC\xBD") == text.npos) return false;
  return rewrite(text, [](char32_t c, std::string_view bytes, std::string& out) {
    if (c == '(' || c == '[' || c == 0x3010 || c == 0x3014 || c == 0xFF3B) out.append("（");
    else if (c == ')' || c == ']' || c == 0x3011 || c == 0x3015 || c == 0xFF3D) out.append("）");
    else out.append(bytes);
  });
}

bool has_han(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = character_at(text, at);
    if ((code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x3FFFF) || code == 0x3007) return true;
    at += length;
  }
  return false;
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string day_form(std::string_view text) {
  int parts[3] = {0, 0, 0}, count = 0;
  std::size_t at = 0;
  if (text.size() == 8 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    const auto number = [&](std::size_t from, std::size_t length) { return std::stoi(std::string(text.substr(from, length))); };
    parts[0] = number(0, 4), parts[1] = number(4, 2), parts[2] = number(6, 2), count = 3;
  }
  while (count < 3 && at < text.size()) {
    const std::size_t from = at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && at - from < 5; ++at) parts[count] = parts[count] * 10 + (text[at] - '0');
    if (at == from) return {};
    if (count == 0 && at - from != 4) return {};
    ++count;
    if (count == 3) break;
    const auto rest = text.substr(at);
    if (rest.starts_with("-") || rest.starts_with("/") || rest.starts_with(".")) ++at;
    else if (rest.starts_with(count == 1 ? "年" : "月")) at += 3;
    else return {};
    while (at < text.size() && text[at] == ' ') ++at;
  }
  if (count == 3 && at < text.size() && at > 0) {      // behind the day: 日, or a time
    const auto rest = text.substr(at);
    if (!rest.starts_with("日") && !rest.starts_with("号") && rest[0] != ' ' && rest[0] != 'T') return {};
  }
  const std::chrono::year_month_day day{std::chrono::year(parts[0]), std::chrono::month(static_cast<unsigned>(parts[1])), std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (count != 3 || !day.ok() || parts[0] < 1800 || parts[0] > 2200) return {};
  char out[16];
  std::snprintf(out, sizeof out, "%04d-%02d-%02d", parts[0], parts[1], parts[2]);
  return out;
}

}  // namespace guzheng
