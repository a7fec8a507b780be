// Test support. A private adb server and phones on loopback, all ended by their process ids when the fixture goes.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/device/adb.h"

namespace guzheng::test {

// A TCP port of loopback that nobody listens on now.
std::uint16_t free_port();

// A program that runs beside the test. The destructor asks it to end, and ends it if it does not.
class Program {
 public:
  // `variables` are added to the environment; an empty value takes one away. Output of both kinds goes to `log`.
  Program(const std::vector<std::string>& argv, const std::map<std::string, std::string>& variables,
          const std::filesystem::path& log);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  [[nodiscard]] bool running();
  [[nodiscard]] std::string output() const;
  void end();                          // SIGTERM, after a while SIGKILL
  void kill();                         // SIGKILL at once

 private:
  void wait(int signal);
  int pid_ = -1;
  std::filesystem::path log_;
};

// `adb nodaemon server` on a free port, with a home and keys of its own: neither the user's server nor his keys are
// touched. A failure to start aborts the test program with what the programs said.
class AdbFixture {
 public:
  AdbFixture();
  ~AdbFixture();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::shared_ptr<AdbServer> server() const;
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  // Starts a training phone and waits until the server sees it as `state`; returns its serial ("127.0.0.1:PORT").
  std::string add_phone(const std::filesystem::path& program, std::vector<std::string> arguments = {},
                        const std::string& state = "device");
  void pull_cable(const std::string& serial);    // that phone's program is gone at once
  // A file to give as scrcpy's server, and its digest: the training phone runs its own whatever is pushed.
  [[nodiscard]] std::filesystem::path server_file() const { return folder_ / "scrcpy-server"; }
  [[nodiscard]] std::string server_digest() const;

 private:
  [[nodiscard]] std::string state_of(const std::string& serial) const;
  void ask(const std::string& request) const;
  std::filesystem::path folder_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Program> adb_;
  std::map<std::string, std::unique_ptr<Program>> phones_;     // by serial; ended before the server
};

}  // namespace guzheng::test
