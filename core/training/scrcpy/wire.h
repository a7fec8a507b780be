// Room training, scrcpy side. Headers on the video socket. Pure.
//
//             3.0 – 3.3.4                                4.0 – 4.1
//   start     u32 codec, u32 width, u32 height           u32 codec
//   session   –                                          u32 0x80000000, u32 width, u32 height; again on each restart
//   frame     u64 flags|PTS µs, u32 size                 u64 flags|PTS µs, u32 size            all big-endian
//   flags     bit 63 config, bit 62 key                  bit 63 session (0 here), bit 62 config, bit 61 key
#pragma once

#include "core/base/bytes.h"
#include "core/device/control.h"

namespace guzheng::training {

inline constexpr std::uint32_t kCodecH264 = 0x68323634, kCodecOpus = 0x6f707573, kCodecDisabled = 0;
inline constexpr std::size_t kDeviceNameSize = 64;

Bytes device_name_field(std::string_view name);               // 64 bytes, cut at a UTF-8 boundary, padded with NUL
Bytes codec_header(ScrcpyVersion version, std::uint32_t width, std::uint32_t height);
Bytes session_packet(ScrcpyVersion version, std::uint32_t width, std::uint32_t height);      // empty before 4.0
Bytes frame_header(ScrcpyVersion version, std::int64_t pts_us, bool config, bool key, std::uint32_t size);

}  // namespace guzheng::training
