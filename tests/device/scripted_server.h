// Device tests' own tool: a TCP server on loopback that plays the adb server as a test says.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/file.h"
#include "core/device/adb.h"

namespace guzheng::test {

class Connection {
 public:
  explicit Connection(int fd) : fd_(fd) {}
  std::string request();                 // [hex4][text]; empty at the end of the connection
  Bytes read(std::size_t count);         // shorter at the end
  void write(ByteView bytes);
  void write(std::string_view text) { write(as_bytes(text)); }
  // host:transport:… and the service after it, both answered OKAY; returns "SERIAL|service".
  std::string accept_service();

 private:
  int fd_;
};

class ScriptedServer {
 public:
  // Called in a thread of its own for each connection, which ends when it returns.
  explicit ScriptedServer(std::function<void(Connection&)> serve);
  ~ScriptedServer();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::shared_ptr<Transport> transport() const { return tcp_transport("127.0.0.1", port_); }
  [[nodiscard]] AdbServer adb() const { return AdbServer(transport()); }

 private:
  void accept_all();
  std::function<void(Connection&)> serve_;
  UniqueFd listener_;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::vector<std::thread> threads_;     // under mutex_
  std::vector<int> open_;                // under mutex_
  bool ended_ = false;                   // under mutex_
  std::thread acceptor_;
};

// A port on loopback where nobody listens.
std::uint16_t closed_port();
std::string counted(std::string_view text);     // [hex4][text]

}  // namespace guzheng::test
