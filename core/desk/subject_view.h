// Room desk. Plain values of the page 主体, made from the library for a table's row, a subject's own page and the lists to choose from.
#pragma once

#include <string>
#include <vector>

#include "core/registry/store.h"

namespace guzheng {

// How a subject's entries stand by the refresh cycle (A-5.2b, A-5.2c).
struct Keeping {
  int entries = 0, unchecked = 0, abnormal = 0, unwell = 0;      // unwell: not reachable, gone or bad at the last check
  std::int64_t overdue_days = 0;                                 // of the worst one; 0: none is
  WallTime checked;                                              // the newest check; 0: never
};
Keeping keeping_of(const std::vector<Entry>& entries, const RefreshCycle& cycle, WallTime now);  // Pure

struct SubjectLine {
  Subject subject;
  std::vector<FieldMatch> matches;
  std::vector<Tag> tags;
  Keeping keeping;
};

struct SubjectSheet {
  Subject subject;
  std::vector<Entry> entries;
  std::vector<std::int64_t> overdue;                             // days, of each entry
  std::vector<Record> records;
  std::vector<Tag> tags;
  std::vector<Change> history;
};

// What forms and filters choose from.
struct SubjectLists {
  std::vector<Unit> units;
  std::vector<UnitRule> rules;
  std::vector<Tag> tags;
  std::vector<SavedFilter> filters;
  RefreshCycle cycle;
  std::int64_t count = 0;                                        // subjects
};

// Some subjects of the table: those that were ticked, or all that a query finds.
struct SubjectChoice {
  std::vector<SubjectId> ids;
  std::optional<SubjectQuery> all;
};

// These read the library and block for the disk.
Result<SubjectLine> subject_line(const SubjectStore& store, SubjectId id, const RefreshCycle& cycle, WallTime now);
Result<std::vector<SubjectLine>> lines_of(const SubjectStore& store, const SearchAnswer& answer, const RefreshCycle& cycle, WallTime now);
Result<SubjectSheet> subject_sheet(const SubjectStore& store, SubjectId id, const RefreshCycle& cycle, WallTime now);
Result<SubjectLists> subject_lists(const SubjectStore& store);

}  // namespace guzheng
