// Any bytes as JSON: what is taken as canonical has one spelling, and that is it.
#include "core/base/bytes.h"
#include "core/base/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string_view text = as_text({data, size});
  (void)parse_json(text);
  if (const auto value = parse_canonical_json(text)) {
    const auto again = canonical_json(*value);
    if (!again || *again != text) __builtin_trap();
  }
  return 0;
}
