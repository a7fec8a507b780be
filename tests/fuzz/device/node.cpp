// What a node's program may answer, however wrong.
#include <cstdlib>

#include "core/device/node.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto state = parse_node_state(text);
  if (!state) return 0;
  if (state->raw != text) std::abort();                    // goes into the evidence as it came
  if (state->charge && (*state->charge < 0 || *state->charge > 100)) std::abort();
  if (state->links.size() > 1000 || state->leases.size() > 1000) std::abort();
  return 0;
}
