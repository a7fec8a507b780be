// Any bytes as a mapping profile: told with lines, or read and written back the same.
#include <cstdlib>

#include "core/intake/profile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  std::vector<RuleProblem> problems;
  const auto read = parse_profile({reinterpret_cast<const char*>(data), size}, problems);
  if (!read) return problems.empty() ? std::abort(), 0 : 0;
  const auto again = parse_profile(profile_text(*read), problems);
  if (!again || !(*again == *read)) std::abort();
  return 0;
}
