// A notice of holidays, however wrong: told by line, or read into what is written the same again.
#include <cstdlib>

#include "core/tasks/work_calendar.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const auto reading = read_notices({reinterpret_cast<const char*>(data), size});
  if (reading.notices.empty() && reading.problems.empty()) std::abort();
  if (!reading.problems.empty()) return 0;
  auto calendar = WorkCalendar::built_in();
  for (const auto& notice : reading.notices) {
    const auto again = read_notices(notice_text(notice));
    if (!again.problems.empty() || again.notices.size() != 1 || !(again.notices[0] == notice)) std::abort();
    calendar.put(notice);
    const auto from = day_in(notice.year, 1, 1);
    if (calendar.between(from, calendar.after(from, 15).day) != 15) std::abort();
  }
  return 0;
}
