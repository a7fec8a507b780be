// A move's body as a damaged book may hold it: refused, or its own spelling.
#include <cstdlib>

#include "core/tasks/route.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string body(reinterpret_cast<const char*>(data), size);
  if (const auto record = read_move(body)) {
    const auto again = move_body(*record);
    if (!again || *again != body) std::abort();
    FlowItem item;
    item.kind = record->kind;
    item.id = record->item;
    (void)follow(item, *record, body);
  }
  (void)digests_in_act(body);
  if (const auto json = parse_json(body)) (void)sheet_from_json(*json);
  return 0;
}
