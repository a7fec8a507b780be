// Room device. The picture size in an H.264 sequence parameter set (ITU-T H.264, 7.3.2.1.1): with scrcpy 3.x a
// rotation shows itself nowhere else. Pure.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/device/scrcpy_wire.h"

namespace guzheng {

// `annex_b`: a config packet with start codes. Size after cropping. NotFound without an SPS, Protocol when the set
// is damaged or gives an impossible size.
Result<VideoSize> h264_picture_size(ByteView annex_b);

}  // namespace guzheng
