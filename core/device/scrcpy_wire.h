// Room device. What scrcpy's server sends, 3.0–3.3.4 and 4.0–4.1. Pure: bytes in, values out, nothing kept.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/device/control.h"

namespace guzheng {

inline constexpr std::uint32_t kCodecH264 = 0x68323634, kCodecH265 = 0x68323635, kCodecAv1 = 0x00617631;
inline constexpr std::uint32_t kCodecOpus = 0x6f707573;
inline constexpr std::uint32_t kMaxVideoSide = 16384;               // pixels; beyond is no screen
inline constexpr std::uint32_t kMaxVideoPacket = 32u << 20;         // bytes
inline constexpr std::uint32_t kMaxAudioPacket = 1u << 16;             // bytes; an Opus packet has at most 61,440
inline constexpr std::size_t kMaxClipboardMessage = 1u << 18;       // bytes, upstream's limit for a device message
inline constexpr std::size_t kDeviceNameBytes = 64;
inline constexpr std::size_t kVideoHeaderBytes = 12;

bool scrcpy_supported(ScrcpyVersion version);
inline bool has_session_packets(ScrcpyVersion version) { return version.major >= 4; }

// Device name: 64 bytes, NUL-padded UTF-8 (cut by the phone, perhaps inside a character: the tail is dropped).
std::string parse_device_name(std::span<const std::uint8_t, kDeviceNameBytes> bytes);

// Codec: 0 = the phone disabled the stream, 1 = it could not configure it (both Unsupported).
Result<std::uint32_t> parse_codec(std::span<const std::uint8_t, 4> bytes);

struct VideoSize {
  std::uint32_t width = 0, height = 0;
  bool operator==(const VideoSize&) const = default;
};
// 3.x after the codec: [u32 width][u32 height]
Result<VideoSize> parse_video_size(std::span<const std::uint8_t, 8> bytes);

// Either a session packet (4.x only: new size, no bytes follow) or the header of a packet of `size` bytes.
struct VideoHeader {
  bool session = false;
  VideoSize video;                 // session
  bool config = false, key = false;
  std::int64_t pts_us = 0;
  std::uint32_t size = 0;
};
Result<VideoHeader> parse_video_header(std::span<const std::uint8_t, kVideoHeaderBytes> bytes, ScrcpyVersion version);

// The audio socket: [u32 codec], then packets with the header of the video socket, without session packets in either wire form.
// Codec: 0 = the phone gives no audio (before Android 11, or it was refused), 1 = it could not start it (both Unsupported).
Result<std::uint32_t> parse_audio_codec(std::span<const std::uint8_t, 4> bytes);
struct AudioHeader {
  bool config = false;             // the stream's OpusHead
  std::int64_t pts_us = 0;
  std::uint32_t size = 0;
};
Result<AudioHeader> parse_audio_header(std::span<const std::uint8_t, kVideoHeaderBytes> bytes, ScrcpyVersion version);

// One device message from the front of `bytes`; `used` says how many bytes it took. Empty optional with used == 0:
// more bytes are needed; with used > 0: a message of no interest (UHID output) to be skipped.
struct ParsedDeviceMessage {
  std::optional<DeviceMessage> message;
  std::size_t used = 0;
};
Result<ParsedDeviceMessage> parse_device_message(ByteView bytes);

}  // namespace guzheng
