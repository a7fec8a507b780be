// Room media. What a phone's video stream is made of. Pure values; a packet's bytes are shared, never changed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng {

enum class Codec { H264, H265, Av1 };

struct VideoFormat {
  Codec codec = Codec::H264;
  std::uint32_t width = 0, height = 0;      // pixels, as shown (rotation swaps them)
  bool operator==(const VideoFormat&) const = default;
};

struct Packet {
  std::int64_t pts_us = 0;                  // the device's clock, unchanged; meaningless for config packets
  bool key = false;
  bool config = false;                      // parameter sets (Annex B), to be put before the next key frame
  std::shared_ptr<const Bytes> data;
  MonotonicTime arrived;
};

// Stages are sinks: recorder, decoder and digester do not know each other; the session wires them.
// open/push/close are called from one thread (the link's); push must not block.
class PacketSink {
 public:
  virtual ~PacketSink() = default;
  virtual Status open(const VideoFormat& format) = 0;    // again on every change of size
  virtual Status push(const Packet& packet) = 0;
  virtual void close() = 0;
};

}  // namespace guzheng
