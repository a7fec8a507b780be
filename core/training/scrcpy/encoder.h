// Room training, scrcpy side. H.264 as a phone's encoder gives it: Annex B, parameter sets apart, no delay.
// One thread.
#pragma once

#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/training/screen/screen.h"

namespace guzheng::training {

struct EncodedPacket {
  std::int64_t pts_us = 0;
  bool key = false;
  Bytes data;
};

class Encoder {
 public:
  Encoder();
  ~Encoder();
  // Multiples of 8; `bit_rate` in bits a second is the ceiling.
  Status open(std::uint32_t width, std::uint32_t height, int fps, std::uint32_t bit_rate);
  [[nodiscard]] const Bytes& config() const;                      // SPS and PPS
  // Scales the picture to the video's size if they differ. PTS must grow.
  Result<std::vector<EncodedPacket>> encode(const ScreenFrame& frame, std::int64_t pts_us, bool key);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng::training
