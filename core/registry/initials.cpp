#include <array>
#include <unordered_map>

#include "core/registry/fold.h"
#include "core/registry/initials_text.h"

namespace guzheng {

namespace {

struct Letters {
  std::array<char, 3> letter{};
  std::uint8_t count = 0;
};

std::size_t length_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

std::uint32_t packed(std::string_view one) {
  std::uint32_t out = 0;
  for (const char c : one) out = (out << 8) | static_cast<unsigned char>(c);
  return out;
}

// Lines "c 虫…" and "+c 重…"; "#" begins a remark.
std::unordered_map<std::uint32_t, Letters> read_table(std::string_view text) {
  std::unordered_map<std::uint32_t, Letters> out;
  out.reserve(40'000);
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty() || line[0] == '#') continue;
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || space == 0) continue;
    const char letter = line[space - 1];
    for (std::size_t at = space + 1; at < line.size();) {
      const auto one = line.substr(at, length_at(line, at));
      auto& letters = out[packed(one)];
      if (letters.count < letters.letter.size()) letters.letter[letters.count++] = letter;
      at += one.size();
    }
  }
  return out;
}

const std::unordered_map<std::uint32_t, Letters>& table() {
  static const auto made = read_table(initials_text());          // constant data, read once
  return made;
}

}  // namespace

std::string initials_of(std::string_view folded) {
  const auto& letters = table();
  std::string out;
  out.reserve(folded.size());
  std::size_t count = 0;
  for (std::size_t at = 0; at < folded.size() && count < kMostInitials; ++count) {
    const auto one = folded.substr(at, length_at(folded, at));
    at += one.size();
    if (one.size() == 1) {
      out += one;
      continue;
    }
    const auto found = letters.find(packed(one));
    if (found == letters.end()) out += '.';
    else if (found->second.count == 1) out += found->second.letter[0];
    else out.append("[").append(found->second.letter.data(), found->second.count).append("]");
  }
  return out;
}

std::size_t find_initials(std::string_view initials, std::string_view letters) {
  std::array<std::string_view, kMostInitials> choices;
  std::size_t count = 0;
  for (std::size_t at = 0; at < initials.size() && count < choices.size();) {
    const std::size_t end = initials[at] == '[' ? initials.find(']', at) : at;
    choices[count++] = end == at ? initials.substr(at, 1) : initials.substr(at + 1, end - at - 1);
    at = end + 1;
  }
  for (std::size_t from = 0; from + letters.size() <= count; ++from) {
    std::size_t same = 0;
    while (same < letters.size() && choices[from + same].find(letters[same]) != std::string_view::npos) ++same;
    if (same == letters.size()) return from;
  }
  return std::string_view::npos;
}

}  // namespace guzheng
