// Room device, private to the room: the scrcpy server running on the phone, as its shell socket shows it.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/device/stream.h"

namespace guzheng {

// Drains the shell socket in its own thread (an undrained one would stall the server) and keeps the last words said.
// The server lives as long as the socket: stop() ends both. All functions: any thread.
class ServerProcess {
 public:
  explicit ServerProcess(std::unique_ptr<Stream> shell);
  ~ServerProcess();                                       // stop()
  void stop();
  // True when the server ended within `patience`.
  bool ended_within(std::chrono::milliseconds patience);
  // The tail of what the server printed, one line, for an error's text.
  [[nodiscard]] std::string last_words() const;

 private:
  void drain();
  void keep(ByteView piece);
  std::unique_ptr<Stream> shell_;
  mutable std::mutex mutex_;
  std::condition_variable end_;
  bool ended_ = false;                                    // under mutex_
  std::string tail_;                                      // under mutex_
  std::mutex join_;
  std::thread thread_;
};

}  // namespace guzheng
