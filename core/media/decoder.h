// Room media. Decodes for the eye: newest frame wins, late frames are dropped, never the recording's.
#pragma once

#include <functional>
#include <memory>

#include "core/media/packet.h"

namespace guzheng {

// A picture in BGRA, 4 bytes a pixel (B first, alpha 255); rows are `stride` bytes apart, a multiple of 64, and the
// buffer has a tail of 64 bytes (swscale writes beyond a row's end). Immutable once published, freely shared.
struct Frame {
  std::uint32_t width = 0, height = 0, stride = 0;
  std::int64_t pts_us = 0;
  MonotonicTime arrived, decoded;
  std::shared_ptr<const Bytes> pixels;
  std::uint64_t serial = 0;
};

// One slot between decoder and viewer: a newer frame replaces an unshown one (A-8.3g: what the officer sees is now).
class LatestFrame {
 public:
  void publish(std::shared_ptr<const Frame> frame);              // decode thread
  [[nodiscard]] std::shared_ptr<const Frame> take();             // viewer; empty when nothing new since the last take
  [[nodiscard]] std::shared_ptr<const Frame> peek() const;       // newest frame, shown or not
  // Called on the decode thread when the slot goes from empty to full: posts one wake-up, no more until take().
  void on_ready(std::function<void()> wake);

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Frame> fresh_, newest_;
  std::function<void()> wake_;
};

// Owns the decode thread. push() queues; when the queue is full it drops up to the next key frame and says so once
// through on_trouble. FFmpeg with low delay: one packet in, one frame out.
class Decoder final : public PacketSink {
 public:
  explicit Decoder(LatestFrame& out);
  ~Decoder() override;
  Status open(const VideoFormat& format) override;
  Status push(const Packet& packet) override;
  void close() override;
  void stop();
  void on_trouble(std::function<void(const Error&)> listener);   // set before open(); called on the decode thread

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
