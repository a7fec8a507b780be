// Any bytes as cleaning rules, and again as a row under them: problems have lines, changes can be followed.
#include <cstdlib>

#include "core/codes/cleaner.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  static const std::vector<std::string> fields{"name", "credit_code", "number", "region", "address"};
  static const auto regions = std::make_shared<const CodeTable>(CodeTable::make("r", {{"330000", "浙江省"}, {"330100", "杭州市"}, {"330106", "西湖区"}}).value());
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<RuleProblem> problems;
  auto rules = parse_cleaning(text, fields, problems);
  if (!rules) return problems.empty() ? std::abort(), 0 : 0;
  const auto made = Cleaner::make(std::move(*rules), fields, {{"region", regions}});
  if (!made) return 0;
  std::vector<std::string> values{text.substr(0, 40), "９1350100M000100Y43", "9.1E+17", "3301", "浙江省杭州市" + text.substr(0, 20)};
  auto followed = values;
  std::vector<CleanChange> changes;
  (void)(*made)->clean(values, changes);
  for (const auto& change : changes) {
    if (followed[change.field] != change.before) std::abort();
    followed[change.field] = change.after;
  }
  if (followed != values) std::abort();
  return 0;
}
