// A policy file, however wrong: a policy or problems, never neither and never both.
#include <algorithm>
#include <cstdlib>

#include "core/identity/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto reading = parse_policy(text, "/etc/guzheng");
  if (reading.policy.has_value() != reading.problems.empty()) std::abort();
  const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 2;
  for (const auto& problem : reading.problems)
    if (problem.line < 0 || problem.line > lines || problem.what.empty()) std::abort();
  return 0;
}
