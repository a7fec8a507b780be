// Room device. Bytes to and from somewhere: a TCP socket now, an SSH channel later (seam Transport).
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

// A bidirectional byte stream. One thread reads, one thread writes (they may differ); cancel() may come from any
// thread, wakes both and makes every later call fail with Cancelled.
class Stream {
 public:
  virtual ~Stream() = default;
  // At least one byte, or 0 at the end of the stream; Timeout after `patience` (negative: no limit).
  virtual Result<std::size_t> read_some(std::span<std::uint8_t> into, std::chrono::milliseconds patience) = 0;
  virtual Status write_all(ByteView bytes) = 0;
  virtual void cancel() = 0;
};

// Exactly into.size() bytes; Network when the stream ends before. `patience` bounds the whole call.
Status read_exactly(Stream& stream, std::span<std::uint8_t> into, std::chrono::milliseconds patience);

// Seam: a way to the adb server of a node. Thread-safe.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual Result<std::unique_ptr<Stream>> connect() = 0;
  [[nodiscard]] virtual std::string description() const = 0;     // "127.0.0.1:5037"
};

// TCP with TCP_NODELAY; connect gives up after 5 s.
std::unique_ptr<Transport> tcp_transport(std::string host, std::uint16_t port);

}  // namespace guzheng
