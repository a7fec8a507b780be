// Room device. Seam DeviceLink: one phone, as the session sees it. Implemented over adb (AdbLink); tests have a
// scripted one; both pass tests/device/link_contract.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <variant>

#include "core/device/adb.h"
#include "core/device/cancel.h"
#include "core/device/control.h"

namespace guzheng {

struct StreamVideoSize { std::uint32_t width = 0, height = 0; };      // at the start and on every rotation
struct StreamVideoPacket {
  std::int64_t pts_us = 0;
  bool key = false, config = false;
  Bytes data;
};
struct StreamAudioPacket {
  std::int64_t pts_us = 0;                // the device's clock, as the video's; meaningless for config
  bool config = false;                    // OpusHead of the stream, once before its packets
  Bytes data;
};
using VideoEvent = std::variant<StreamVideoSize, StreamVideoPacket>;

struct ScreenOptions {
  ScrcpyVersion version;
  std::string server_file;                // path of the scrcpy server to push; its digest must be accepted
  std::uint32_t max_size = 0;             // 0: the phone's own
  int max_fps = 60;
  std::uint32_t bit_rate = 8'000'000;
  std::string codec_options = "i-frame-interval=2";
  std::uint32_t scid = 0;                 // names the socket on the phone; random, at most 0x7fffffff, drawn by the session
  bool audio = false;                     // what the phone plays, as Opus
  bool video = true;                      // false: only the hands (send, next_message); next_video() is then Unsupported, and so is audio
  std::vector<std::string> accepted_server_digests;   // SHA-256 (hex) the policy accepts beside upstream's own
};

// A running screen session. next_video(), next_message() and next_audio() are called by one thread each, send() by any;
// stop() by any: it wakes them all (Cancelled) and ends the server on the phone.
class ScreenStream {
 public:
  virtual ~ScreenStream() = default;
  [[nodiscard]] virtual std::string device_name() const = 0;
  [[nodiscard]] virtual std::uint32_t codec_id() const = 0;           // 0x68323634 h264, …
  virtual Result<VideoEvent> next_video() = 0;                        // blocks; Network when the phone is gone
  virtual Status send(const ControlMessage& message) = 0;             // TCP_NODELAY
  virtual Result<DeviceMessage> next_message() = 0;                   // blocks
  // Blocks. Unsupported: no audio was asked for, or the phone gives none (in its words); the picture goes on.
  virtual Result<StreamAudioPacket> next_audio() { return fail(ErrorKind::Unsupported, "this stream has no audio"); }
  virtual void stop() = 0;
};

// Thread-safe: a screenshot, a hierarchy dump and a shell command may run side by side. A page that is asked for may be called off
// from another thread: the call ends with Cancelled (a connection to the adb server that is being made, after 5 s at worst).
class DeviceLink {
 public:
  virtual ~DeviceLink() = default;
  [[nodiscard]] virtual std::string serial() const = 0;
  [[nodiscard]] virtual std::string way() const = 0;                  // "adb 127.0.0.1:5037"
  virtual Result<ShellOutput> shell(const std::string& command, std::chrono::milliseconds limit) = 0;
  virtual Result<Bytes> screenshot(std::chrono::milliseconds limit, const Cancel& cancel = {}) = 0;     // PNG as the phone gives it
  virtual Result<std::string> hierarchy(std::chrono::milliseconds limit, const Cancel& cancel = {}) = 0;   // UI hierarchy XML; trailer stripped
  // A file of the phone in pieces, as they come; `use` may end it with an error of its own. Invalid: it is larger than `max_bytes`. Unsupported: a
  // link that fetches no files.
  virtual Status pull(const std::string& path, std::uint64_t max_bytes, std::chrono::milliseconds limit,
                      const std::function<Status(ByteView)>& use, const Cancel& cancel = {}) {
    static_cast<void>(max_bytes), static_cast<void>(limit), static_cast<void>(use), static_cast<void>(cancel);
    return fail(ErrorKind::Unsupported, path + ": this link fetches no files");
  }
  // Blocks until the phone's server runs: a second as a rule, at worst some 30 s. Denied: the server file's digest is not
  // accepted; Unsupported: version or encoder; Network or Timeout: with what the server said last.
  virtual Result<std::unique_ptr<ScreenStream>> start_screen(const ScreenOptions& options) = 0;
};

std::unique_ptr<DeviceLink> adb_link(std::shared_ptr<AdbServer> server, std::string serial);

}  // namespace guzheng
