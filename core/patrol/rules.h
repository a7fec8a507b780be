// Room patrol. By what a page is judged when an entry is checked (A-5.2b): rules are data, a bureau has its own (resources/patrol/rules.json is the one that
// ships). Pure values.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace guzheng {

struct ContentRule {
  std::string finding;                           // 赌博, 色情, 毒品, …: what the reason says
  int least = 1;                                 // so many different words must stand in the visible text: one alone may be news about it
  std::vector<std::string> words;
};
struct PatrolRules {
  int failures = 2;                              // so many checks in a row must fail before "unreachable" moves an entry; 1–10
  std::vector<std::string> gone;                 // the page itself says that shop, account or domain is no more
  std::vector<ContentRule> bad;
};

// JSON, strict: an unknown key, an empty word or a number out of its range is Invalid and named.
Result<PatrolRules> parse_patrol_rules(std::string_view text);
const PatrolRules& shipped_patrol_rules();
// Those of the bureau, LIBRARY/patrol-rules.json, else the ones that ship. Blocks for the disk. Invalid names the file.
Result<PatrolRules> library_patrol_rules(const std::filesystem::path& library);
Result<PatrolRules> read_patrol_rules(const std::filesystem::path& file);

}  // namespace guzheng
