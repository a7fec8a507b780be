// Bench support. A phone whose recording is as long and as heavy as asked for, delivered faster than it would take: real
// pictures, padded with H.264 filler data (NAL type 12, which decoders skip) to the wanted weight.
#pragma once

#include <functional>

#include "tests/support/fake_link.h"

namespace guzheng::test {

struct BulkStream {
  std::int64_t seconds = 10;                 // of recording, by its time stamps
  int fps = 30;
  std::size_t packet_bytes = 20'000;         // about this many each
  // Bytes that stand in the segments: the stream keeps a few MiB ahead of them, so that nothing is dropped for speed. Any thread.
  std::function<std::uint64_t()> written;
  std::function<void()> delivered;           // called once, when the last packet has been handed out
};

// All but the screen is the scripted phone's (fake_link.h).
std::shared_ptr<DeviceLink> bulk_link(FakePhone phone, BulkStream stream);

}  // namespace guzheng::test
