#include "core/intake/row_keys.h"

#include <algorithm>

#include "core/codes/company_name.h"
#include "core/intake/fields.h"

namespace guzheng {

RowKeys::RowKeys(const Cleaner& cleaner) {
  const auto& names = cleaner.fields();
  for (const auto& rule : cleaner.rules().rules) {
    if (rule.act != CleaningRule::Act::Duplicates) continue;
    for (const auto& fields : rule.keys) {
      Kind kind;
      kind.then = rule.then;
      for (const auto& field : fields) kind.fields.push_back(static_cast<std::size_t>(std::find(names.begin(), names.end(), field) - names.begin()));
      kind.by_code = std::all_of(kind.fields.begin(), kind.fields.end(), is_code);
      kinds_.push_back(std::move(kind));
    }
  }
}

void RowKeys::find(const std::vector<std::string>& values, std::vector<RowKey>& keys) const {
  keys.clear();
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    const Kind& kind = kinds_[i];
    if (std::any_of(kind.fields.begin(), kind.fields.end(), [&](std::size_t field) { return values[field].empty(); })) continue;
    KeyHash hash(i);
    for (const std::size_t field : kind.fields) hash.add(field == kName || field == kShortName ? normal_name(values[field]) : values[field]);
    keys.push_back({hash.value(), kind.then, kind.by_code});
  }
}

}  // namespace guzheng
