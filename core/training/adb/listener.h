// Room training, adb side. The TCP door that `adb connect` knocks at; loopback only.
#pragma once

#include <list>

#include "core/training/adb/connection.h"

namespace guzheng::training {

// Owns an accepting thread and one thread a connection. Several hosts may come side by side or one after another.
class AdbListener {
 public:
  explicit AdbListener(ConnectionSetup setup) : setup_(std::move(setup)) {}
  ~AdbListener() { stop(); }
  // Port 0 lets the system choose, never an odd one of 5555…5585: adb servers probe those as emulators.
  Result<std::uint16_t> start(std::uint16_t port);
  void stop();
  // The cable is pulled: every connection breaks, and connecting is refused until plug_in() takes the same port again.
  void unplug();
  void plug_in();

 private:
  void accept_loop();
  void accept_one();
  void wake();
  void follow_cable();             // closes or opens the door as plugged_ says
  struct Guest {
    std::shared_ptr<AdbConnection> connection;
    std::thread thread;
    std::shared_ptr<std::atomic<bool>> done;
  };
  void reap(bool all);

  const ConnectionSetup setup_;
  UniqueFd socket_;                // accepting thread once started
  UniqueFd wake_;
  std::uint16_t port_ = 0;
  std::thread thread_;
  std::atomic<bool> plugged_{true}, stopping_{false};
  std::mutex mutex_;
  std::list<Guest> guests_;        // under mutex_
  int count_ = 0;                  // accepting thread
};

}  // namespace guzheng::training
