// Room training, scrcpy side. What a client writes behind `com.genymobile.scrcpy.Server`. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/device/control.h"

namespace guzheng::training {

struct ServerOptions {
  ScrcpyVersion version;
  std::optional<std::uint32_t> scid;       // none: the socket's name is "scrcpy"
  bool tunnel_forward = false;
  bool video = true, audio = true, control = true;
  std::uint32_t max_size = 0;              // pixels of the longer side; 0: no limit
  double max_fps = 0;                      // 0: no limit
  std::uint32_t bit_rate = 8'000'000;
  double i_frame_interval_s = 10;
  bool send_dummy_byte = true, send_device_meta = true, send_codec_meta = true, send_frame_meta = true;
  bool list_only = false;                  // list_encoders=true and its kin
  std::vector<std::string> warnings;       // unknown keys, values we do not honour
  [[nodiscard]] std::string socket_name() const;       // "scrcpy_0000abcd"
};

// "3.0" … "3.3.4", "4.0", "4.1": what this phone speaks. Empty for everything else.
std::optional<ScrcpyVersion> served_version(std::string_view text);
// The arguments after the class name: the client's version, then key=value.
// Unsupported: not a served version; Invalid: a value out of its range.
Result<ServerOptions> parse_server_options(const std::vector<std::string>& arguments);

}  // namespace guzheng::training
