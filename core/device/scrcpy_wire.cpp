#include "core/device/scrcpy_wire.h"

#include <algorithm>

namespace guzheng {

namespace {

Result<VideoSize> checked_size(std::uint32_t width, std::uint32_t height) {
  if (width == 0 || height == 0 || width > kMaxVideoSide || height > kMaxVideoSide)
    return fail(ErrorKind::Protocol, "impossible picture size " + std::to_string(width) + "x" + std::to_string(height));
  return VideoSize{width, height};
}

}  // namespace

bool scrcpy_supported(ScrcpyVersion version) {
  return (version >= ScrcpyVersion{3, 0, 0} && version <= ScrcpyVersion{3, 3, 4}) ||
         (version >= ScrcpyVersion{4, 0, 0} && version <= ScrcpyVersion{4, 1, 0});
}

std::string parse_device_name(std::span<const std::uint8_t, kDeviceNameBytes> bytes) {
  std::string name(bytes.begin(), std::find(bytes.begin(), bytes.end(), 0));
  while (!name.empty() && !is_utf8(name)) name.pop_back();
  return name;
}

Result<std::uint32_t> parse_codec(std::span<const std::uint8_t, 4> bytes) {
  const auto codec = read_be<std::uint32_t>(bytes.data());
  if (codec == 0) return fail(ErrorKind::Unsupported, "the phone disabled its video stream");
  if (codec == 1) return fail(ErrorKind::Unsupported, "the phone could not configure its video encoder");
  if (codec != kCodecH264 && codec != kCodecH265 && codec != kCodecAv1)
    return fail(ErrorKind::Protocol, "unknown video codec");
  return codec;
}

Result<VideoSize> parse_video_size(std::span<const std::uint8_t, 8> bytes) {
  return checked_size(read_be<std::uint32_t>(bytes.data()), read_be<std::uint32_t>(bytes.data() + 4));
}

//   byte    0   1   2   3   4   5   6   7   8   9  10  11
//          [         flags and PTS, u64         ][ size, u32 ]
//   3.x     bit 63 config, bit 62 key, bits 61…0 PTS in µs
//   4.x     bit 63 0,      bit 62 config, bit 61 key, bits 60…0 PTS in µs
//
//   4.x session packet, at the start and on every rotation; no payload:
//          [flags, u32, bit 31 set][  width, u32 ][ height, u32 ]
Result<VideoHeader> parse_video_header(std::span<const std::uint8_t, kVideoHeaderBytes> bytes, ScrcpyVersion version) {
  const auto word = read_be<std::uint64_t>(bytes.data());
  const auto bit = [&](unsigned n) { return ((word >> n) & 1) != 0; };
  const bool four = has_session_packets(version);
  VideoHeader header;
  if (four && bit(63)) {
    header.session = true;
    GZ_TRY_ASSIGN(header.video, parse_video_size(bytes.subspan<4>()));
    return header;
  }
  const unsigned config = four ? 62 : 63, key = four ? 61 : 62;
  header.config = bit(config);
  header.key = bit(key);
  header.pts_us = static_cast<std::int64_t>(word & ((std::uint64_t{1} << key) - 1));
  header.size = read_be<std::uint32_t>(bytes.data() + 8);
  if (header.size == 0 || header.size > kMaxVideoPacket)
    return fail(ErrorKind::Protocol, "video packet of impossible length " + std::to_string(header.size));
  return header;
}

Result<std::uint32_t> parse_audio_codec(std::span<const std::uint8_t, 4> bytes) {
  const auto codec = read_be<std::uint32_t>(bytes.data());
  if (codec == 0) return fail(ErrorKind::Unsupported, "the phone gives no audio: Android before 11, or the system refused it");
  if (codec == 1) return fail(ErrorKind::Unsupported, "the phone could not start its audio encoder");
  if (codec != kCodecOpus) return fail(ErrorKind::Protocol, "unknown audio codec");
  return codec;
}

Result<AudioHeader> parse_audio_header(std::span<const std::uint8_t, kVideoHeaderBytes> bytes, ScrcpyVersion version) {
  GZ_TRY_ASSIGN(const VideoHeader header, parse_video_header(bytes, version));
  if (header.session) return fail(ErrorKind::Protocol, "a session packet on the audio socket");
  if (header.size > kMaxAudioPacket) return fail(ErrorKind::Protocol, "audio packet of impossible length " + std::to_string(header.size));
  return AudioHeader{header.config, header.pts_us, header.size};
}

//   0 clipboard     [0][u32 length][utf8]
//   1 clipboard ack [1][u64 sequence]
//   2 UHID output   [2][u16 id][u16 length][data]
Result<ParsedDeviceMessage> parse_device_message(ByteView bytes) {
  ParsedDeviceMessage parsed;
  if (bytes.empty()) return parsed;
  const auto complete = [&](std::size_t total) { return bytes.size() >= total ? total : 0; };
  switch (bytes[0]) {
    case 0: {
      if (bytes.size() < 5) return parsed;
      const std::size_t length = read_be<std::uint32_t>(bytes.data() + 1);
      if (length > kMaxClipboardMessage) return fail(ErrorKind::Protocol, "clipboard of impossible length");
      parsed.used = complete(5 + length);
      if (parsed.used == 0) return parsed;
      const auto text = as_text(bytes.subspan(5, length));
      if (!is_utf8(text)) return fail(ErrorKind::Protocol, "clipboard is not UTF-8");
      parsed.message = ClipboardChanged{std::string(text)};
      return parsed;
    }
    case 1:
      parsed.used = complete(9);
      if (parsed.used != 0) parsed.message = ClipboardAck{read_be<std::uint64_t>(bytes.data() + 1)};
      return parsed;
    case 2:
      if (bytes.size() >= 5) parsed.used = complete(5u + read_be<std::uint16_t>(bytes.data() + 3));
      return parsed;
    default: return fail(ErrorKind::Protocol, "unknown device message " + std::to_string(bytes[0]));
  }
}

}  // namespace guzheng
