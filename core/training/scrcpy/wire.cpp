#include "core/training/scrcpy/wire.h"

#include <algorithm>

namespace guzheng::training {

Bytes device_name_field(std::string_view name) {
  auto size = std::min(name.size(), kDeviceNameSize - 1);
  while (size > 0 && size < name.size() && (static_cast<std::uint8_t>(name[size]) & 0xc0) == 0x80) --size;
  Bytes out(kDeviceNameSize, 0);
  std::copy_n(name.begin(), size, out.begin());
  return out;
}

Bytes codec_header(ScrcpyVersion version, std::uint32_t width, std::uint32_t height) {
  Bytes out;
  put_be(out, kCodecH264);
  if (version.major >= 4) return out;
  put_be(out, width);
  put_be(out, height);
  return out;
}

Bytes session_packet(ScrcpyVersion version, std::uint32_t width, std::uint32_t height) {
  Bytes out;
  if (version.major < 4) return out;
  put_be(out, std::uint32_t{0x80000000});
  put_be(out, width);
  put_be(out, height);
  return out;
}

Bytes frame_header(ScrcpyVersion version, std::int64_t pts_us, bool config, bool key, std::uint32_t size) {
  const int top = version.major >= 4 ? 62 : 63;                // 4.x keeps bit 63 for session packets
  std::uint64_t word = config ? 0 : static_cast<std::uint64_t>(pts_us) & ((std::uint64_t{1} << 61) - 1);
  if (config) word |= std::uint64_t{1} << top;
  if (key) word |= std::uint64_t{1} << (top - 1);
  Bytes out;
  put_be(out, word);
  put_be(out, size);
  return out;
}

}  // namespace guzheng::training
