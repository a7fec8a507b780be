#include "core/seal/parts.h"

#include <algorithm>

#include "core/seal/tree.h"
#include "core/seal/verify_bag.h"

namespace guzheng {

namespace {

constexpr std::string_view kMark = ".p7m.";
constexpr std::size_t kDigits = 4;

std::string digits_of(unsigned number, std::size_t width) {
  const std::string text = std::to_string(number);
  return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
}

}  // namespace

std::optional<PartName> part_name(std::string_view path) {
  if (path.size() <= kMark.size() + kDigits) return std::nullopt;
  const auto at = path.size() - kDigits - kMark.size();
  if (path.substr(at, kMark.size()) != kMark || at == 0 || path[at - 1] == '/') return std::nullopt;
  const auto number = fixed_number(path.substr(at + kMark.size()), kDigits);
  if (number < 0) return std::nullopt;
  return PartName{std::string(path.substr(0, at)), static_cast<unsigned>(number)};
}

std::string part_path(std::string_view of, unsigned number) {
  return std::string(of) + std::string(kMark) + digits_of(number, kDigits);
}

bool is_stored_as_parts(std::string_view id, std::string_view path) {
  std::string part, rest;
  if (!split_package_path(id, path, part, rest)) return false;
  return part.empty() ? rest.starts_with("data/") : part == "report" && (rest.ends_with(".pdf") || rest.ends_with(".png"));
}

Result<PartsList> parse_parts_list(std::string_view id, std::string_view text) {
  PartsList list;
  const auto bad = [](std::string_view line, const char* why) {
    return fail(ErrorKind::Invalid, "parts list: '" + std::string(line.substr(0, 200)) + "' " + why);
  };
  std::string last_of;
  unsigned expected = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (end == std::string_view::npos || line.size() <= 66 || !is_hex_digest(line.substr(0, 64)) || line.substr(64, 2) != "  ")
      return bad(line, "is no line that sha256sum prints");
    const std::string path(line.substr(66));
    const auto name = part_name(path);
    if (!name || !is_stored_as_parts(id, name->of)) return bad(line, "names no part of this package");
    std::string part, rest;
    if (!split_package_path(id, name->of, part, rest) || !path_problem(rest).empty()) return bad(line, "has a name that is not allowed");
    if (!list.empty() && !(list.rbegin()->first < path)) return bad(line, "is not in byte order of path, or there twice");
    expected = name->of == last_of ? expected + 1 : 0;
    if (name->number != expected) return bad(line, "leaves out a part before it");
    last_of = name->of;
    list.emplace(path, std::string(line.substr(0, 64)));
    text.remove_prefix(end + 1);
  }
  return list;
}

unsigned edition_number(std::string_view name) { return static_cast<unsigned>(std::max<std::int64_t>(0, fixed_number(name, 3))); }
std::string edition_name(unsigned number) { return digits_of(number, 3); }

}  // namespace guzheng
