// Room tasks. How long a result may take: fifteen working days from the day it was dispatched (A-6.4b). Pure.
// Which dispatch (DB 3209/T 结果处置): the information is to be dealt with to its end within fifteen working days 自该信息分派之日起. The days are those
// of the information, not of whoever has it; the sentence before names 分派 and 流转 apart, so a transfer is no dispatch; and the sentence after
// names all that lengthens the time (立案, 信用惩戒, 检验检测鉴定, 异地协查). Returning a result and dispatching it again is none of these: if it began a
// new count, fifteen days could be had as often as wished. So the first dispatch counts, through returns and transfers. A result that was closed was
// dealt with to its end; reopening it (a leader's move, with reason) begins another handling, whose own first dispatch counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tasks/work_calendar.h"

namespace guzheng {

inline constexpr int kDisposalDays = 15;         // working days; the day after dispatch is day one
inline constexpr int kSoonDays = 3;              // so many working days or fewer left: soon due

// Why a deadline may be put off; each with documents.
enum class ExtensionReason { CaseFiling, CreditDiscipline, Appraisal, Assistance };    // 立案处理, 信用惩戒, 检验检测鉴定, 异地协查
std::string_view to_string(ExtensionReason reason);            // "case-filing", "credit-discipline", "appraisal", "assistance"
std::optional<ExtensionReason> extension_reason(std::string_view text);

WorkCalendar::Reached due_after_dispatch(const WorkCalendar& calendar, Day dispatched);
// The day asked for; the next working day when it is none.
WorkCalendar::Reached due_extended(const WorkCalendar& calendar, Day asked);

enum class DueStanding { Running, Soon, Today, Overdue };
struct DeadlineStanding {
  DueStanding standing = DueStanding::Running;
  int days = 0;                  // working days: left (the due day itself counts), or past the due day
  bool provisional = false;      // counted with days of a year whose notice is not in
};
DeadlineStanding deadline_standing(const WorkCalendar& calendar, Day due, Day today);

}  // namespace guzheng
