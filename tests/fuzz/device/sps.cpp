// A phone's parameter sets, however wrong: an error or a size that can be.
#include <cstdlib>

#include "core/device/h264_sps.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const auto picture = h264_picture_size({data, size});
  if (!picture) return 0;
  if (picture->width == 0 || picture->height == 0 || picture->width > kMaxVideoSide || picture->height > kMaxVideoSide)
    std::abort();
  return 0;
}
