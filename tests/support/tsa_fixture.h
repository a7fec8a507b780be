// Test support. A real time-stamp authority behind HTTP and HTTPS (tests/identity/tsa_server.py), which can also be a bad one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/identity/http_tsa.h"

namespace guzheng::test {

class TsaServer {
 public:
  explicit TsaServer(std::filesystem::path folder);        // made here; its name is part of the authority's
  ~TsaServer();
  TsaServer(const TsaServer&) = delete;
  TsaServer& operator=(const TsaServer&) = delete;

  [[nodiscard]] std::string url(const std::string& path) const;
  [[nodiscard]] std::string https_url(const std::string& path) const;
  [[nodiscard]] std::string root() const;                  // PEM of the authority's root
  [[nodiscard]] std::string https_root() const;
  // An authority that asks `path`; "/switch": as behave() says at each request.
  [[nodiscard]] std::shared_ptr<TimestampAuthority> authority(const std::string& path = "/switch", int timeout_ms = 30'000) const;
  void behave(const std::string& path, double late_seconds = 1);
  [[nodiscard]] std::vector<std::string> asked() const;    // paths in the order they were answered by

 private:
  std::filesystem::path folder_;
  pid_t child_ = -1;
  int stdin_ = -1;
};

}  // namespace guzheng::test
