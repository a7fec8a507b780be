// Room device. Which phones the adb server sees, told as it changes: host:track-devices says most changes at once, but
// Debian's server (29) does not say when a network phone goes offline, so the list is also asked for every second.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/device/adb.h"

namespace guzheng {

// Owns one thread. `changed` is called on it: with the whole list at the start and on every change, or with the error
// when the server is gone: once, until the list comes back or another kind of error comes. Tries again every second, and every ten
// seconds a node that refuses us or that we refuse: each try stands in its log.
class DeviceTracker {
 public:
  using Changed = std::function<void(const Result<std::vector<AdbDevice>>&)>;
  DeviceTracker(std::shared_ptr<Transport> transport, Changed changed);
  ~DeviceTracker();                 // stop()
  void stop();                      // returns when the thread has ended; not to be called from `changed`

 private:
  void run();
  Status follow();
  Status tell_if_changed();
  std::shared_ptr<Transport> transport_;
  Changed changed_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopped_ = false;                          // under mutex_
  std::shared_ptr<Stream> stream_;                // under mutex_: what stop() cancels
  std::optional<ErrorKind> said_error_;           // tracker thread only, as the next
  std::optional<std::vector<AdbDevice>> told_;
  std::thread thread_;
};

}  // namespace guzheng
