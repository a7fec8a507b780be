#include "core/desk/subject_view.h"

namespace guzheng {

Result<SubjectLine> subject_line(const SubjectStore& store, SubjectId id, const RefreshCycle& cycle, WallTime now) {
  SubjectLine out;
  GZ_TRY_ASSIGN(out.subject, store.get(id));
  GZ_TRY_ASSIGN(out.tags, store.tags_of(id));
  GZ_TRY_ASSIGN(const auto entries, store.entries(id));
  out.keeping = keeping_of(entries, cycle, now);
  return out;
}

Result<std::vector<SubjectLine>> lines_of(const SubjectStore& store, const SearchAnswer& answer, const RefreshCycle& cycle, WallTime now) {
  std::vector<SubjectLine> out;
  out.reserve(answer.hits.size());
  for (const auto& hit : answer.hits) {
    SubjectLine line{hit.subject, hit.matches, {}, {}};
    GZ_TRY_ASSIGN(line.tags, store.tags_of(hit.subject.id));
    GZ_TRY_ASSIGN(const auto entries, store.entries(hit.subject.id));
    line.keeping = keeping_of(entries, cycle, now);
    out.push_back(std::move(line));
  }
  return out;
}

Result<SubjectSheet> subject_sheet(const SubjectStore& store, SubjectId id, const RefreshCycle& cycle, WallTime now) {
  SubjectSheet out;
  GZ_TRY_ASSIGN(out.subject, store.get(id));
  GZ_TRY_ASSIGN(out.entries, store.entries(id));
  GZ_TRY_ASSIGN(out.records, store.records(id));
  GZ_TRY_ASSIGN(out.tags, store.tags_of(id));
  GZ_TRY_ASSIGN(out.history, store.history(id));
  for (const auto& entry : out.entries) out.overdue.push_back(overdue_days(entry, cycle, now));
  return out;
}

Result<SubjectLists> subject_lists(const SubjectStore& store) {
  SubjectLists out;
  GZ_TRY_ASSIGN(out.units, store.units());
  GZ_TRY_ASSIGN(out.rules, store.unit_rules());
  GZ_TRY_ASSIGN(out.tags, store.tags());
  GZ_TRY_ASSIGN(out.filters, store.saved_filters());
  GZ_TRY_ASSIGN(out.cycle, store.cycle());
  GZ_TRY_ASSIGN(const auto bounds, store.bounds());
  out.count = bounds.count;
  return out;
}

}  // namespace guzheng
