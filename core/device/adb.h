// Room device. Client of the adb *server* protocol (never spawns an adb binary: device.md says why).
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/device/cancel.h"
#include "core/device/stream.h"

namespace guzheng {

struct AdbDevice {
  std::string serial;
  std::string state;             // "device", "unauthorized", "offline", "no permissions", …
  std::string model, product, transport_id;
  bool operator==(const AdbDevice&) const = default;
};

struct ShellOutput {
  Bytes out, err;
  int exit_code = 0;
};

// Pure parsers: text in, values out.
std::vector<AdbDevice> parse_devices_l(std::string_view text);

// Each call opens its own stream through the transport; calls from several threads are fine.
class AdbServer {
 public:
  explicit AdbServer(std::shared_ptr<Transport> transport);
  Result<int> version();
  Result<std::vector<AdbDevice>> devices();
  // A device service ("shell,v2,raw:…", "exec:…", "sync:", "localabstract:…") as a stream.
  Result<std::unique_ptr<Stream>> open(const std::string& serial, const std::string& service);
  Result<ShellOutput> shell(const std::string& serial, const std::string& command, std::chrono::milliseconds limit);
  Result<Bytes> exec(const std::string& serial, const std::string& command, std::chrono::milliseconds limit,
                     std::size_t max_bytes = 64u << 20, const Cancel& cancel = {});
  Status push(const std::string& serial, ByteView file, const std::string& remote_path, unsigned mode = 0644);
  Result<Bytes> pull(const std::string& serial, const std::string& remote_path, std::size_t max_bytes = 512u << 20);
  // The same in pieces of at most 64 KiB, as they come: stops at the first error of `use`. `limit` bounds the whole call.
  Status pull(const std::string& serial, const std::string& remote_path, std::uint64_t max_bytes, std::chrono::milliseconds limit,
              const std::function<Status(ByteView)>& use, const Cancel& cancel = {});
  [[nodiscard]] const Transport& transport() const { return *transport_; }

 private:
  std::shared_ptr<Transport> transport_;
};

}  // namespace guzheng
