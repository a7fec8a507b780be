// Test support. A tone as Opus packets, as a phone sends them, and as the file that the recorder makes of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/bytes.h"

namespace guzheng::test {

struct TestSound {
  Bytes head;                                // OpusHead
  std::vector<Bytes> packets;                // of 20 ms
};

// libopus. Two channels alike, or one. Aborts the test program when it cannot work.
TestSound test_sound(double hertz, int packets, int channels = 2);
Bytes sound_file(const TestSound& sound);    // Ogg, FORMAT.md 8.1

// Of interleaved stereo, left channel: root mean square, and how often a second it goes from below to above zero.
double loudness(std::span<const std::int16_t> samples);
double pitch(std::span<const std::int16_t> samples);

}  // namespace guzheng::test
