#include "core/tasks/deadline.h"

namespace guzheng {

std::string_view to_string(ExtensionReason reason) {
  switch (reason) {
    case ExtensionReason::CaseFiling: return "case-filing";
    case ExtensionReason::CreditDiscipline: return "credit-discipline";
    case ExtensionReason::Appraisal: return "appraisal";
    case ExtensionReason::Assistance: return "assistance";
  }
  return "case-filing";
}

std::optional<ExtensionReason> extension_reason(std::string_view text) {
  for (const auto reason : {ExtensionReason::CaseFiling, ExtensionReason::CreditDiscipline, ExtensionReason::Appraisal, ExtensionReason::Assistance})
    if (to_string(reason) == text) return reason;
  return {};
}

WorkCalendar::Reached due_after_dispatch(const WorkCalendar& calendar, Day dispatched) { return calendar.after(dispatched, kDisposalDays); }

WorkCalendar::Reached due_extended(const WorkCalendar& calendar, Day asked) { return calendar.on_or_after(asked); }

DeadlineStanding deadline_standing(const WorkCalendar& calendar, Day due, Day today) {
  DeadlineStanding out;
  out.provisional = calendar.is_provisional(std::min(due, today), std::max(due, today));
  if (today > due) {
    out.standing = DueStanding::Overdue;
    out.days = calendar.between(due, today);
    return out;
  }
  out.days = calendar.between(today, due);
  out.standing = today == due ? DueStanding::Today : out.days <= kSoonDays ? DueStanding::Soon : DueStanding::Running;
  return out;
}

}  // namespace guzheng
