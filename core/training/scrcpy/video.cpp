#include "core/training/scrcpy/video.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/digest.h"
#include "core/training/scrcpy/encoder.h"
#include "core/training/scrcpy/wire.h"

namespace guzheng::training {

namespace {
constexpr auto kRepeatAfter = std::chrono::milliseconds(100);     // as MediaCodec is told by scrcpy's server
constexpr auto kPatience = std::chrono::milliseconds(50);
}  // namespace

VideoSize video_size(std::uint32_t screen_width, std::uint32_t screen_height, std::uint32_t max_size) {
  std::uint32_t width = screen_width & ~7u, height = screen_height & ~7u;
  const auto longer = std::max(width, height);
  if (max_size == 0 || longer <= max_size) return {width, height};
  const bool upright = height >= width;
  auto& major = upright ? height : width;
  auto& minor = upright ? width : height;
  minor = std::max(8u, static_cast<std::uint32_t>(std::uint64_t{minor} * max_size / major + 4) & ~7u);
  major = max_size & ~7u;
  return {width, height};
}

VideoSender::VideoSender(const ServerOptions& options, const Switches& switches, PhoneScreen& screen, const Clock& clock,
                         std::shared_ptr<AdbStream> socket)
    : options_(options), switches_(switches), screen_(screen), clock_(clock), socket_(std::move(socket)) {
  if (!switches.packet_log.empty()) packet_log_.open(switches.packet_log, std::ios::app);
}

VideoSize VideoSender::size() const {
  const auto packed = size_.load();
  return {static_cast<std::uint32_t>(packed >> 32), static_cast<std::uint32_t>(packed)};
}

Status VideoSender::send_packet(std::int64_t pts_us, bool config, bool key, const Bytes& data) {
  Bytes out;
  if (options_.send_frame_meta) out = frame_header(options_.version, pts_us, config, key, static_cast<std::uint32_t>(data.size()));
  append(out, data);
  GZ_TRY(socket_->write_all(out));
  if (packet_log_.is_open())
    packet_log_ << fmt::format("{} {} {} {}\n", config ? 0 : pts_us, data.size(), config ? "config" : key ? "1" : "0", sha256_hex(data))
                << std::flush;
  return ok();
}

// One life of the encoder: until the screen turns, a reset is asked for, or the end.
Status VideoSender::stream_one_size(const ScreenFrame& first, bool& headers_sent) {
  const auto size = video_size(first.width, first.height, options_.max_size);
  const int fps = options_.max_fps > 0 ? std::min(switches_.fps, std::max(1, static_cast<int>(options_.max_fps))) : switches_.fps;
  Encoder encoder;
  GZ_TRY(encoder.open(size.width, size.height, fps, options_.bit_rate));
  if (options_.send_codec_meta) {
    if (!headers_sent) GZ_TRY(socket_->write_all(codec_header(options_.version, size.width, size.height)));
    GZ_TRY(socket_->write_all(session_packet(options_.version, size.width, size.height)));
  }
  headers_sent = true;
  size_ = std::uint64_t{size.width} << 32 | size.height;
  GZ_TRY(send_packet(0, true, false, encoder.config()));

  const std::int64_t spacing = options_.max_fps > 0 ? static_cast<std::int64_t>(1e6 / options_.max_fps) : 0;
  const auto key_every = static_cast<std::int64_t>(options_.i_frame_interval_s * 1e6);
  std::int64_t last_key = 0, last_sent = 0, next_due = 0;
  std::uint64_t shown = 0;
  int repeats = 0;
  while (!stopping_ && !reset_ && !socket_->closed()) {
    auto frame = screen_.frame(shown, std::min(kPatience, kRepeatAfter));
    if (frame->width != first.width || frame->height != first.height) return ok();
    const auto now = clock_.monotonic().us;
    if (now < next_due) {                                       // the frame that is newest then will be sent
      std::this_thread::sleep_for(std::chrono::microseconds(next_due - now));
      continue;
    }
    const bool fresh = frame->serial > shown;
    const bool again = switches_.repeat_frames < 0 || repeats < switches_.repeat_frames;
    if (!fresh && (!again || now - last_sent < kRepeatAfter.count() * 1000)) continue;
    repeats = fresh ? 0 : repeats + 1;
    // A picture that stood long before this encoder began is new to it now, as a compositor's first buffer is.
    const bool recent = fresh && now - frame->painted_us < kRepeatAfter.count() * 1000;
    const auto pts = std::max(recent ? frame->painted_us : now, last_pts_ + 1);
    const bool key = shown == 0 || pts - last_key >= key_every;
    shown = frame->serial;
    last_sent = now;
    if (spacing > 0) next_due = std::max(next_due + spacing, now - spacing / 8);
    GZ_TRY_ASSIGN(const auto packets, encoder.encode(*frame, pts, key));
    last_pts_ = pts;
    if (key) last_key = pts;
    for (const auto& packet : packets) GZ_TRY(send_packet(packet.pts_us, false, packet.key, packet.data));
  }
  return socket_->closed() ? Status(fail(ErrorKind::Network, "the client went away")) : ok();
}

Status VideoSender::run() {
  bool headers_sent = false;
  while (!stopping_) {
    reset_ = false;
    const auto first = screen_.frame();
    GZ_TRY(stream_one_size(*first, headers_sent));
  }
  return ok();
}

}  // namespace guzheng::training
