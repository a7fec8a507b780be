#include "core/tasks/confirmed.h"

#include <algorithm>

#include "core/tasks/book_rows.h"

namespace guzheng {

Result<ConfirmedKinds> confirmed_kinds(TaskBook& book, Day since, int limit) {
  const auto closed = static_cast<std::int64_t>(FlowState::Closed), violation = static_cast<std::int64_t>(ClueOutcome::Violation), none = static_cast<std::int64_t>(ClueOutcome::NoViolation);
  GZ_TRY_ASSIGN(const auto rows, book.database().query("SELECT subject,MAX(operator_name),violation,SUM(outcome=?),SUM(outcome=?),MAX(closed_day) FROM result INDEXED BY result_subject "
                                                       "WHERE subject<>'' AND state=? AND closed_day>=? GROUP BY subject,violation ORDER BY subject,violation LIMIT ?",
                                                       {violation, none, closed, day_number(since), std::clamp(limit, 1, kMostCount)}));
  ConfirmedKinds out;
  for (const auto& row : rows)
    out.kinds.push_back({book::text_of(row[0]), book::text_of(row[1]), book::text_of(row[2]), static_cast<int>(book::number_of(row[3])), static_cast<int>(book::number_of(row[4])),
                         day_numbered(book::number_of(row[5]))});
  GZ_TRY_ASSIGN(const auto unlinked, book.database().query("SELECT COUNT(*) FROM (SELECT 1 FROM result WHERE subject='' AND state=? AND outcome=? AND closed_day>=? LIMIT ?)",
                                                           {closed, violation, day_number(since), std::int64_t{kMostCount}}));
  out.unlinked = static_cast<int>(book::number_of(unlinked.at(0)[0]));
  return out;
}

}  // namespace guzheng
