// The text form of JAR manifests: "Name: value" lines, continued on lines that begin with a space, in sections.
#include <algorithm>

#include "core/apk/jar.h"

namespace guzheng {

namespace {

constexpr std::size_t kMostSections = 70'000, kMostAttributes = 64;

// The line at `at` without its end; `at` moves behind it.
std::string_view next_jar_line(std::string_view text, std::size_t& at) {
  const auto end = text.find_first_of("\r\n", at);
  const auto line = text.substr(at, end == text.npos ? text.npos : end - at);
  at = end == text.npos ? text.size() : end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  return line;
}

}  // namespace

Result<std::vector<JarSection>> parse_jar_text(std::string_view text) {
  std::vector<JarSection> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    JarSection section;
    std::string* last = nullptr;
    while (at < text.size()) {
      const auto line = next_jar_line(text, at);
      if (line.empty()) break;
      if (line.front() == ' ' && last != nullptr) {
        last->append(line.substr(1));
        continue;
      }
      const auto colon = line.find(": ");
      if (colon == line.npos || section.values.size() >= kMostAttributes) return fail(ErrorKind::Invalid, "a line of the JAR signature has no form");
      std::string name(line.substr(0, colon));
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      last = &(section.values[name] = std::string(line.substr(colon + 2)));
    }
    if (section.values.empty()) continue;    // more empty lines than one
    section.raw = text.substr(begin, at - begin);
    const auto name = section.values.find("name");
    if (!out.empty() && name == section.values.end()) return fail(ErrorKind::Invalid, "a section of the JAR signature has no name");
    if (!out.empty()) section.name = name->second;
    if (out.size() >= kMostSections) return fail(ErrorKind::Invalid, "the JAR signature has too many sections");
    out.push_back(std::move(section));
  }
  return out;
}

}  // namespace guzheng
