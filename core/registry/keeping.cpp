#include "core/registry/keeping.h"

#include <algorithm>

namespace guzheng {

Keeping keeping_of(const std::vector<Entry>& entries, const RefreshCycle& cycle, WallTime now) {
  Keeping out;
  out.entries = static_cast<int>(entries.size());
  for (const auto& entry : entries) {
    out.unchecked += entry.checked.ms == 0;
    out.abnormal += entry.abnormal;
    out.unwell += entry.reach > Reach::Reachable;
    out.checked = std::max(out.checked, entry.checked);
    out.overdue_days = std::max(out.overdue_days, overdue_days(entry, cycle, now));
  }
  return out;
}

}  // namespace guzheng
