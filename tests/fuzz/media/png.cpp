// A screenshot, however wrong: refused, or decoded to the size it states.
#include <cstdlib>

#include "core/media/png.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const ByteView png(data, size);
  const auto stated = check_png(png);
  if (!stated || std::uint64_t{stated->width} * stated->height > 1'000'000) return 0;   // huge ones only cost time
  const auto frame = decode_png(png);
  if (!frame) return 0;
  if (frame->width != stated->width || frame->height != stated->height) std::abort();
  (void)dark_share(*frame);
  (void)thumbnail(png, 32);
  return 0;
}
