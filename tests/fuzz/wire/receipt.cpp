// A receipt, a checkpoint, an entry of the log from anywhere: refused, or written again to the very same bytes.
#include <cstdlib>

#include "core/wire/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto receipt = parse_receipt(text); receipt && write_receipt(*receipt).value() != text) std::abort();
  if (const auto entry = parse_log_entry(text); entry && write_log_entry(*entry).value() != text) std::abort();
  if (const auto checkpoint = parse_checkpoint(text); checkpoint && write_checkpoint(*checkpoint).value() != text) std::abort();
  if (const auto said = parse_receipt_text(text)) {
    const auto again = write_receipt_text(*said);  // a time may have been written in another zone
    if (!again || parse_receipt_text(*again).value() != *said) std::abort();
  }
  return 0;
}
