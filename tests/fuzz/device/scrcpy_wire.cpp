// What a scrcpy server may send, however wrong. First byte: bit 0 the wire form, bit 1 device messages, else bit 2 audio, else video.
#include <cstdlib>

#include "core/device/scrcpy_wire.h"

namespace {
using namespace guzheng;

void video(ByteView bytes, ScrcpyVersion version) {
  if (bytes.size() < 76) return;
  (void)parse_device_name(bytes.first<64>());
  (void)parse_codec(bytes.subspan<64, 4>());
  (void)parse_video_size(bytes.subspan<68, 8>());
  bytes = bytes.subspan(has_session_packets(version) ? 68 : 76);
  while (bytes.size() >= kVideoHeaderBytes) {
    const auto header = parse_video_header(bytes.first<kVideoHeaderBytes>(), version);
    if (!header) return;
    if (header->pts_us < 0 || header->size > kMaxVideoPacket) std::abort();
    if (header->session && !has_session_packets(version)) std::abort();
    bytes = bytes.subspan(kVideoHeaderBytes);
    bytes = bytes.subspan(std::min<std::size_t>(bytes.size(), header->size));
  }
}

void audio(ByteView bytes, ScrcpyVersion version) {
  if (bytes.size() < 4) return;
  (void)parse_audio_codec(bytes.first<4>());
  bytes = bytes.subspan(4);
  while (bytes.size() >= kVideoHeaderBytes) {
    const auto header = parse_audio_header(bytes.first<kVideoHeaderBytes>(), version);
    if (!header) return;
    if (header->pts_us < 0 || header->size > kMaxAudioPacket) std::abort();
    bytes = bytes.subspan(kVideoHeaderBytes);
    bytes = bytes.subspan(std::min<std::size_t>(bytes.size(), header->size));
  }
}

void messages(ByteView bytes) {
  for (;;) {
    const auto parsed = parse_device_message(bytes);
    if (!parsed || parsed->used == 0) return;
    if (parsed->used > bytes.size()) std::abort();
    bytes = bytes.subspan(parsed->used);
  }
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView rest(data + 1, size - 1);
  const ScrcpyVersion version = (data[0] & 1) != 0 ? ScrcpyVersion{4, 1, 0} : ScrcpyVersion{3, 3, 3};
  if ((data[0] & 2) != 0) messages(rest);
  else if ((data[0] & 4) != 0) audio(rest, version);
  else video(rest, version);
  return 0;
}
