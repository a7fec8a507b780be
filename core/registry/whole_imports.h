// Room registry, inside. Which ids need no look into the table of subjects.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "core/registry/store_impl.h"

namespace guzheng {

// Ids that are all in the library: of imports that gave every number between their first and last to a row and were not taken back. Numbers are not
// given twice and only taking back deletes. To look up one in fifty of ten million rows would read all the pages of the library.
class WholeImports {
 public:
  static Result<WholeImports> of(StoreSql& sql) {
    WholeImports out;
    GZ_TRY(sql.each("SELECT first,last FROM batch WHERE kind=? AND state IN(?,?) AND added>0 AND added=last-first+1 ORDER BY first",
                    [&](const SqlStatement& row) { out.ranges_.emplace_back(row.integer(0), row.integer(1)); return true; }, BatchKind::Import, BatchState::Open, BatchState::Done));
    return out;
  }
  [[nodiscard]] bool has(SubjectId id) const { return has(id, id); }
  [[nodiscard]] bool has(SubjectId first, SubjectId last) const {          // all of them
    const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), first, [](SubjectId one, const auto& range) { return one < range.first; });
    return after != ranges_.begin() && last <= std::prev(after)->second;
  }

 private:
  std::vector<std::pair<SubjectId, SubjectId>> ranges_;
};

}  // namespace guzheng
