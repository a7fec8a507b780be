// Room training, adb side. One stream (OPEN … CLSE) of an adb connection, as a service sees it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng::training {

// What a stream needs of its connection. send() may be called from any thread.
class MessageSender {
 public:
  virtual ~MessageSender() = default;
  virtual bool send(std::uint32_t command, std::uint32_t arg0, std::uint32_t arg1, ByteView payload) = 0;
  [[nodiscard]] virtual std::uint32_t max_payload() const = 0;
};

// One thread reads and one writes at a time; close() from any. Each WRTE we send waits for the host's OKAY; a WRTE of
// the host is answered when a reader has taken its bytes, so at most one payload a stream is ever held.
class AdbStream {
 public:
  AdbStream(std::weak_ptr<MessageSender> sender, std::uint32_t local_id, std::uint32_t remote_id)
      : sender_(std::move(sender)), local_id_(local_id), remote_id_(remote_id) {}
  ~AdbStream();

  // At least one byte; 0 at the end of the stream. Timeout after `patience` (negative: none).
  Result<std::size_t> read_some(std::span<std::uint8_t> into, std::chrono::milliseconds patience = std::chrono::milliseconds(-1));
  Status read_exactly(std::span<std::uint8_t> into);           // Network when the stream ends before
  Status write_all(ByteView bytes);
  Status write_text(std::string_view text) { return write_all(as_bytes(text)); }
  void close();                                                // sends CLSE once
  [[nodiscard]] bool closed() const;
  // Called once, on the connection's thread, when the host closes or the connection ends; at once if it has already.
  void on_close(std::function<void()> listener);
  [[nodiscard]] std::uint32_t local_id() const { return local_id_; }

  // From the connection's reader thread.
  void accepted(std::uint32_t remote_id);                      // OKAY to an OPEN of ours, or to a WRTE
  bool received(Bytes payload);                                // false: the host broke flow control
  void ended();                                                // CLSE, or the connection is gone
  bool wait_opened(std::chrono::milliseconds patience);        // for streams that the phone opens

 private:
  void acknowledge();

  const std::weak_ptr<MessageSender> sender_;
  const std::uint32_t local_id_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // all below under mutex_
  std::uint32_t remote_id_;            // 0: the host has not answered our OPEN yet
  std::deque<std::uint8_t> held_;
  bool awaiting_okay_ = false;
  bool unacknowledged_ = false;        // held_ came in a WRTE that has had no OKAY yet
  bool ended_ = false, close_sent_ = false;
  std::function<void()> listener_;
};

}  // namespace guzheng::training
