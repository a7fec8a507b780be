// A push from anywhere: refused with a reason; what it says of a subject can be written and read again alike.
#include <cstdlib>

#include "core/push/push_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const auto answer = read_push_bytes({data, size}, {"", "", {1'790'000'000'000}}, [](std::int64_t, PushRow&& row) -> Status {
    const auto again = push_row(push_json(row));
    if (!again || again->subject != row.subject || again->entries != row.entries || again->records != row.records) std::abort();
    return ok();
  });
  if (answer) std::abort();                      // without roots no signature holds
  return 0;
}
