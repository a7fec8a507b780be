#include <array>
#include <vector>

#include "core/search/fold.h"
#include "core/search/initials_text.h"

namespace guzheng {

namespace {

constexpr std::size_t kNumbers = 0x33500;                        // beyond the last plane of Chinese characters

struct Letters {
  std::array<char, 3> letter{};
  std::uint8_t count = 0;
};

std::size_t length_at(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

std::size_t number_of(std::string_view one) {
  std::size_t out = static_cast<unsigned char>(one[0]) & (0xffu >> (one.size() == 1 ? 0 : one.size() + 1));
  for (const char c : one.substr(1)) out = (out << 6) | (static_cast<unsigned char>(c) & 0x3f);
  return out;
}

// Lines "c 虫…" and "+c 重…"; "#" begins a remark.
std::vector<Letters> read_table(std::string_view text) {
  std::vector<Letters> out(kNumbers);                            // by the character's number: most of them are in the table
  while (!text.empty()) {
    auto line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.empty() || line[0] == '#') continue;
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || space == 0) continue;
    const char letter = line[space - 1];
    for (std::size_t at = space + 1; at < line.size();) {
      const auto one = line.substr(at, length_at(line, at));
      auto& letters = out.at(number_of(one));
      if (letters.count < letters.letter.size()) letters.letter[letters.count++] = letter;
      at += one.size();
    }
  }
  return out;
}

const std::vector<Letters>& table() {
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
    const std::size_t number = number_of(one);
    const Letters known = number < letters.size() ? letters[number] : Letters();
    if (known.count == 0) out += '.';
    else if (known.count == 1) out += known.letter[0];
    else out.append("[").append(known.letter.data(), known.count).append("]");
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
