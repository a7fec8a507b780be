#include "core/identity/toml_section.h"

#include <algorithm>
#include <sstream>

#include "core/base/bytes.h"

namespace guzheng {

namespace {
constexpr std::size_t kMaxLine = 4096, kMaxDepth = 32;

// toml11 3.7 runs outside its buffer at bytes that are no UTF-8, recurses over nesting at the first line that is no TOML: both are bounded here.
std::optional<PolicyProblem> toml_unreadable(std::string_view text) {
  if (text.size() > kMaxTomlBytes) return PolicyProblem{0, "", "is larger than 64 KiB"};
  std::size_t depth = 0;
  int number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.size() > kMaxLine) return PolicyProblem{number, "", "is longer than 4096 bytes"};
    if (!is_utf8(line)) return PolicyProblem{number, "", "holds bytes that are no UTF-8"};
    for (const char c : line) {
      if (c == '\0') return PolicyProblem{number, "", "holds a zero byte: not a text file"};
      if (c == '[' || c == '{') ++depth;
      if ((c == ']' || c == '}') && depth > 0) --depth;
      if (depth > kMaxDepth) return PolicyProblem{number, "", "is nested too deeply"};
    }
  }
  return std::nullopt;
}

// "…expected newline…" of a message of many lines: the first, without the library's tag.
std::string toml_first_line(std::string what) {
  what = what.substr(0, what.find('\n'));
  if (const auto tag = what.find("[error] "); tag != what.npos) what = what.substr(tag + 8);
  return "is no TOML: " + what;
}

}  // namespace

std::optional<toml::value> toml_root(std::string_view text, TomlReading out) {
  if (auto problem = toml_unreadable(text)) {
    out.problems.push_back(std::move(*problem));
    return std::nullopt;
  }
  try {
    std::istringstream in{std::string(text)};
    toml::value root = toml::parse(in, "settings");
    if (root.is_table()) return root;
    out.problems.push_back({0, "", "is no table"});
  } catch (const toml::exception& error) {
    out.problems.push_back({static_cast<int>(error.location().line()), "", toml_first_line(error.what())});
  } catch (const std::exception& error) {
    out.problems.push_back({0, "", toml_first_line(error.what())});
  }
  return std::nullopt;
}

void sort_by_line(std::vector<PolicyProblem>& problems) {
  std::stable_sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) { return std::tie(a.line, a.key) < std::tie(b.line, b.key); });
}

}  // namespace guzheng
