// Room registry. How a subject's entries stand by the refresh cycle (A-5.2b, A-5.2c). Pure.
#pragma once

#include <vector>

#include "core/registry/subject.h"

namespace guzheng {

struct Keeping {
  int entries = 0, unchecked = 0, abnormal = 0, unwell = 0;      // unwell: not reachable, gone or bad at the last check
  std::int64_t overdue_days = 0;                                 // of the worst one; 0: none is
  WallTime checked;                                              // the newest check; 0: never
};
Keeping keeping_of(const std::vector<Entry>& entries, const RefreshCycle& cycle, WallTime now);

}  // namespace guzheng
