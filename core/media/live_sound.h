// Room media. Decodes the phone's sound for the ear, as core/media/decoder.h does the picture for the eye: what is heard is now, what is late is
// dropped, and never the recording's.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/base/bytes.h"
#include "core/media/opus_decoder.h"

namespace guzheng {

// Owns the thread `hear`. Between thread and loudspeaker lies a slot of at most 200 ms: when more came than was read, all but the newest 60 ms is dropped,
// and a loudspeaker that ran dry waits until 60 ms lie there. So sound is behind the picture by that and the device's own buffer, however the two clocks drift.
class LiveSound {
 public:
  static constexpr std::int64_t kMostUs = 200'000, kKeepUs = 60'000;

  LiveSound();
  ~LiveSound();
  // One packet, or the OpusHead of a stream. Never blocks: where decoding is late the oldest are forgotten. While nobody listens nothing is decoded,
  // and only the head is kept. Any thread, one at a time.
  void take(bool head, ByteView data);
  // Forgets what is queued. Any thread.
  void set_listening(bool on);
  // Fills all of `out` (interleaved frames), with silence where there is nothing. The loudspeaker's thread; waits at most for a copy.
  void read(std::span<std::int16_t> out);

  struct Counts {
    std::uint64_t decoded = 0, broken = 0;   // packets
    std::uint64_t dropped = 0;               // packets not decoded, because too many waited
    std::int64_t skipped_us = 0;             // decoded and not played: it was late
    std::int64_t ready_us = 0;               // lies in the slot now
  };
  [[nodiscard]] Counts counts() const;       // any thread

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
