// Test support. Moving pictures as H.264 (Annex B, parameter sets apart, as a phone sends them) and still ones as PNG.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/bytes.h"

namespace guzheng::test {

struct Encoded {
  Bytes data;
  bool key = false;
};

// libx264, ultrafast and zerolatency: one picture in, one packet out. Aborts the test program when it cannot work.
class TestEncoder {
 public:
  TestEncoder(int width, int height, int key_every = 30);
  ~TestEncoder();
  TestEncoder(TestEncoder&&) noexcept;
  TestEncoder& operator=(TestEncoder&&) noexcept;
  [[nodiscard]] const Bytes& config() const;              // SPS and PPS with start codes
  // Picture number `n` of a moving pattern, or a black one.
  Encoded encode(std::uint64_t n, bool force_key = false, bool black = false);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

Bytes test_png(int width, int height, bool black = false);

}  // namespace guzheng::test
