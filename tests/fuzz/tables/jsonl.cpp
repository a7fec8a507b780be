// Any bytes as a table of this kind: told or read, within bounds.
#include "tests/fuzz/tables/read_to_end.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return guzheng::read_to_end({data, size}, guzheng::TableKind::JsonLines);
}
