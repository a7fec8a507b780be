// Room device, private. One channel of an SSH connection, shared by whoever reads and writes it and the connection's thread.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>

#include "core/device/byte_queue.h"
#include "core/device/deadline.h"
#include "core/device/ssh_handles.h"

namespace guzheng::ssh {

// What is to be opened: a way to `host`:`port` as the node sees them, or `command` on the node.
struct ChannelWish {
  std::string host;
  std::uint16_t port = 0;
  std::string command;                     // not empty: a program
};

// Bounded both ways: what the reader has not taken stays with libssh and then with the node (the channel's window), what the node does
// not take makes the writer wait.
class Channel {
 public:
  explicit Channel(ChannelWish wanted) : wish(std::move(wanted)) {}

  // Readers and writers; `wake` makes the connection's thread look.
  Status wait_open(std::chrono::milliseconds patience);
  Result<std::size_t> read_some(std::span<std::uint8_t> into, std::chrono::milliseconds patience, const std::function<void()>& wake);
  Status write_all(ByteView bytes, const std::function<void()>& wake);
  void cancel();                           // final
  void end_input();                        // EOF to the far side once all is written
  [[nodiscard]] std::string errors();      // what a program said on stderr
  [[nodiscard]] int exit_code();

  // The connection's thread. false: over, its handle is gone.
  bool step(ssh_session session);
  void lose(const Error& error);           // the connection is gone

  const ChannelWish wish;

 private:
  enum class Stage { New, Opening, Asking, Open, Over };
  void end(std::unique_lock<std::mutex>& lock, std::optional<Error> why);
  bool open(ssh_session session, std::unique_lock<std::mutex>& lock);
  bool ask(ssh_session session, std::unique_lock<std::mutex>& lock);
  bool send(ssh_session session, std::unique_lock<std::mutex>& lock);
  bool receive(ssh_session session, std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable changed_;
  // all under mutex_
  Stage stage_ = Stage::New;
  bool cancelled_ = false, input_ended_ = false, eof_sent_ = false;
  std::optional<Error> error_;             // why it ended; none: the far side ended it
  ByteQueue in_;
  Bytes out_;
  std::string errors_;
  int exit_code_ = -1;
  // connection's thread only
  struct Free { void operator()(ssh_channel c) const { ssh_channel_free(c); } };
  std::unique_ptr<ssh_channel_struct, Free> handle_;
};

}  // namespace guzheng::ssh
