// A head of a journal, a statement about one, a file of them, from anywhere: refused, or written again to the very same bytes.
#include <cstdlib>

#include "core/wire/witness.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto report = parse_head_report(text)) {
    const auto again = write_head_report(*report);               // a time may have been written in another zone
    if (!again || parse_head_report(*again).value() != *report) std::abort();
  }
  if (const auto statement = parse_head_statement(text); statement && write_head_statement(*statement).value() != text) std::abort();
  if (const auto head = parse_signed_head(text); head && write_signed_head(*head).value() != text) std::abort();
  if (const auto heads = parse_signed_heads(text)) {
    std::string again;
    for (const auto& one : *heads) again += write_signed_head(one).value() + "\n";
    if (again != text) std::abort();
  }
  return 0;
}
