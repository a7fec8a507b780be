// A sound file that a crash left, however damaged: what stands is a beginning of it, and is found again alike.
#include <cstdlib>

#include "core/media/opus_pages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const ByteView file(data, size);
  const auto found = scan_opus_pages(file);
  if (found.bytes > size || (found.packets == 0) != (found.bytes == 0) || found.last_start > found.samples) std::abort();
  const auto again = scan_opus_pages(file.first(static_cast<std::size_t>(found.bytes)));
  if (again.bytes != found.bytes || again.packets != found.packets || again.samples != found.samples) std::abort();
  return 0;
}
