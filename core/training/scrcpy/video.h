// Room training, scrcpy side. The video thread: screen → encoder → socket.
#pragma once

#include <atomic>
#include <functional>
#include <fstream>
#include <memory>

#include "core/training/adb/stream.h"
#include "core/training/scrcpy/options.h"
#include "core/training/screen/screen.h"

namespace guzheng::training {

// The video's size: the screen's, fitted into max_size, both sides multiples of 8.
struct VideoSize {
  std::uint32_t width = 0, height = 0;
  bool operator==(const VideoSize&) const = default;
};
VideoSize video_size(std::uint32_t screen_width, std::uint32_t screen_height, std::uint32_t max_size);

class VideoSender {
 public:
  VideoSender(const ServerOptions& options, const Switches& switches, PhoneScreen& screen, const Clock& clock,
              std::shared_ptr<AdbStream> socket);
  // Until the socket closes or stop(); the error says why.
  Status run();
  void stop() { stopping_ = true; }
  void reset() { reset_ = true; }                            // RESET_VIDEO: any thread
  // The size that touches must name; 0×0 before the first frame. Any thread.
  [[nodiscard]] VideoSize size() const;

 private:
  Status stream_one_size(const ScreenFrame& first, bool& headers_sent);
  Status send_packet(std::int64_t pts_us, bool config, bool key, const Bytes& data);

  const ServerOptions& options_;
  const Switches& switches_;
  PhoneScreen& screen_;
  const Clock& clock_;
  const std::shared_ptr<AdbStream> socket_;
  std::ofstream packet_log_;                                 // video thread
  std::int64_t last_pts_ = 0;                                // video thread
  std::atomic<bool> stopping_{false}, reset_{false};
  std::atomic<std::uint64_t> size_{0};                       // width << 32 | height
};

}  // namespace guzheng::training
