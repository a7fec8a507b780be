// A capture script, however wrong: refused with words and places that lie within it, or read as it stands.
#include <algorithm>
#include <cstdlib>

#include "core/session/script.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const auto text = as_text(ByteView(data, size));
  const auto problems = check_script(text);
  const auto script = parse_script(text);
  if (script.has_value() != problems.empty()) std::abort();
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  for (const auto& problem : problems)
    if (problem.line < 0 || problem.line > lines || problem.chinese.empty() || problem.english.empty()) std::abort();
  if (!script) return 0;
  if (script->steps.empty() || script->sha256.size() != 64) std::abort();
  for (const auto& name : pictures_in(*script))
    if (name.find('/') != name.npos || name.front() == '.') std::abort();
  return 0;
}
