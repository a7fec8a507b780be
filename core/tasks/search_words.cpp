#include "core/tasks/search_words.h"

#include <set>

namespace guzheng {

namespace {

bool is_ascii_word(unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Runs of characters, each character as its own text.
std::vector<std::vector<std::string>> runs_of(std::string_view text) {
  std::vector<std::vector<std::string>> runs(1);
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    auto one = std::string(text.substr(at, length));
    at += length;
    // CJK punctuation U+3000–303F and full-width ASCII punctuation cut as blanks do
    const bool punctuation = one.starts_with("\xE3\x80") || one.starts_with("\xEF\xBC");
    if (lead < 0x80 && is_ascii_word(lead)) one[0] = static_cast<char>(lead >= 'A' && lead <= 'Z' ? lead + 32 : lead);
    if ((lead < 0x80 && !is_ascii_word(lead)) || punctuation) {
      if (!runs.back().empty()) runs.emplace_back();
    } else {
      runs.back().push_back(std::move(one));
    }
  }
  return runs;
}

}  // namespace

std::vector<std::string> word_pairs(std::string_view text) {
  std::vector<std::string> out;
  std::set<std::string> told;
  const auto add = [&](std::string word) {
    if (told.insert(word).second) out.push_back(std::move(word));
  };
  for (const auto& run : runs_of(text)) {
    if (run.size() == 1) add(run[0]);
    for (std::size_t i = 0; i + 1 < run.size(); ++i) add(run[i] + run[i + 1]);
  }
  return out;
}

std::string index_text(std::string_view text) {
  std::string out;
  for (const auto& pair : word_pairs(text)) out += (out.empty() ? "" : " ") + pair;
  return out;
}

std::string match_text(std::string_view query) {
  std::string out;
  for (const auto& run : runs_of(query)) {
    for (std::size_t i = 0; i + 1 < run.size(); ++i) out += (out.empty() ? "\"" : " \"") + run[i] + run[i + 1] + "\"";
  }
  return out;
}

std::string like_text(std::string_view query) {
  std::string out = "%";
  for (const char c : query) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out + "%";
}

}  // namespace guzheng
