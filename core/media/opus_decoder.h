// Room media. One stream of Opus packets to samples for a loudspeaker. The recorded packets stay what they are: this is for the ear.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

// Samples as loudspeakers get them everywhere here: 48 kHz, two channels interleaved, signed 16 bits of this machine. A `frame` is one pair.
inline constexpr int kPcmRate = 48'000, kPcmChannels = 2;
constexpr std::int64_t pcm_us(std::int64_t frames) { return frames * 1'000'000 / kPcmRate; }
constexpr std::int64_t pcm_frames(std::int64_t us) { return us * kPcmRate / 1'000'000; }

// One thread.
class OpusDecoder {
 public:
  OpusDecoder();
  ~OpusDecoder();
  OpusDecoder(OpusDecoder&&) noexcept;
  OpusDecoder& operator=(OpusDecoder&&) noexcept;

  // A stream begins. Protocol: no OpusHead of one or two channels; Unsupported: this machine's FFmpeg has no Opus.
  Status open(ByteView opus_head);
  // As many frames as the packet lasts (pre-skip included, as granule positions count); they belong to the decoder and live until the next call.
  // Protocol: no Opus packet, or a broken one; the next one may be whole.
  Result<std::span<const std::int16_t>> decode(ByteView packet);
  void flush();                              // what comes next does not follow what came before

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
