#include "core/search/fold.h"

#include <algorithm>

namespace guzheng {

namespace {

std::size_t bytes_of(unsigned char lead) { return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4; }

char32_t code_point(std::string_view one) {
  const auto at = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(one[i]) & 0x3f); };
  switch (one.size()) {
    case 1: return static_cast<unsigned char>(one[0]);
    case 2: return (static_cast<char32_t>(one[0] & 0x1f) << 6) | at(1);
    case 3: return (static_cast<char32_t>(one[0] & 0x0f) << 12) | (at(1) << 6) | at(2);
    default: return (static_cast<char32_t>(one[0] & 0x07) << 18) | (at(1) << 12) | (at(2) << 6) | at(3);
  }
}

bool is_between(char32_t c, char32_t from, char32_t to) { return c >= from && c <= to; }

// Punctuation, spaces and marks of all widths; 々 and 〇 are parts of names.
bool is_dropped(char32_t c) {
  return is_between(c, 0x80, 0xbf) || is_between(c, 0x2000, 0x206f) || (is_between(c, 0x3000, 0x303f) && c != 0x3005 && c != 0x3007) ||
         is_between(c, 0xfe00, 0xfe6f) || is_between(c, 0xff00, 0xffef) || c == 0x30fb || c == 0xfeff || c == 0xd7 || is_between(c, 0x2500, 0x25ff);
}

}  // namespace

std::string fold_text(std::string_view text, std::vector<std::uint32_t>* origin) {
  std::string out;
  out.reserve(text.size());
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto one = text.substr(at, bytes_of(static_cast<unsigned char>(text[at])));
    char32_t c = code_point(one);
    const bool wide = is_between(c, 0xff01, 0xff5e);
    if (wide) c -= 0xfee0;
    const std::size_t begun = out.size();
    if (c < 0x80) {
      if (is_between(c, 'A', 'Z')) c += 32;
      if (is_between(c, 'a', 'z') || is_between(c, '0', '9')) out += static_cast<char>(c);
    } else if (!is_dropped(c)) {
      out += one;
    }
    if (out.size() > begun) {
      if (origin) origin->insert(origin->end(), out.size() - begun, static_cast<std::uint32_t>(at));
      end = at + one.size();
    }
    at += one.size();
  }
  if (origin) origin->push_back(static_cast<std::uint32_t>(end));
  return out;
}

std::string fold_code(std::string_view text) {
  std::string out = fold_text(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string_view first_characters(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (count-- > 0 && at < text.size()) at += bytes_of(static_cast<unsigned char>(text[at]));
  return text.substr(0, at);
}

std::uint64_t value_hash(std::string_view value) {
  std::uint64_t hash = 0xcbf29ce484222325ull;                    // FNV-1a, then mixed so that every bit counts
  for (const char c : value) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  hash ^= hash >> 32;
  hash *= 0xd6e8feb86659fd93ull;
  return hash ^ (hash >> 32);
}

std::string value_key(std::string_view value) {
  std::string out;
  for (std::uint64_t left = value_hash(value); out.size() < 13; left >>= 5) out += "0123456789abcdefghijklmnopqrstuv"[left & 31];
  return out;
}

std::string normal_link(std::string_view link) {
  if (const auto scheme = link.find("://"); scheme != std::string_view::npos && scheme < 12) link.remove_prefix(scheme + 3);
  link = link.substr(0, link.find('#'));
  while (!link.empty() && link.back() == '/') link.remove_suffix(1);
  std::string out(link);
  const auto host = std::min(out.find_first_of("/?"), out.size());
  for (std::size_t i = 0; i < host; ++i)
    if (out[i] >= 'A' && out[i] <= 'Z') out[i] = static_cast<char>(out[i] + 32);
  return out.starts_with("www.") ? out.substr(4) : out;
}

}  // namespace guzheng
