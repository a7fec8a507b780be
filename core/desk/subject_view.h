// Room desk. Plain values of the page 主体, made from the library for a table's row, a subject's own page and the lists to choose from.
#pragma once

#include <string>
#include <vector>

#include "core/registry/keeping.h"
#include "core/registry/store.h"

namespace guzheng {

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
