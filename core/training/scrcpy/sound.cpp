#include "core/training/scrcpy/sound.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
}

#include <array>
#include <cmath>
#include <numbers>
#include <thread>

#include "core/training/scrcpy/wire.h"

namespace guzheng::training {

namespace {

constexpr int kRate = 48'000, kFrame = 960;                      // 20 ms
constexpr std::int64_t kFrameUs = 20'000, kNoteSamples = kRate / 2;

struct FreeCodec { void operator()(AVCodecContext* c) const { avcodec_free_context(&c); } };
struct FreeFrame { void operator()(AVFrame* f) const { av_frame_free(&f); } };
struct FreePacket { void operator()(AVPacket* p) const { av_packet_free(&p); } };

// A chime of three notes, each dying away: what the live room plays, sample by sample.
std::int16_t chime(std::int64_t sample) {
  constexpr std::array notes{523.25, 659.25, 783.99};
  const double t = static_cast<double>(sample % kNoteSamples) / kRate;
  const double hertz = notes[static_cast<std::size_t>(sample / kNoteSamples) % notes.size()];
  return static_cast<std::int16_t>(12'000 * std::exp(-4 * t) * std::sin(2 * std::numbers::pi * hertz * t));
}

class OpusEncoder {
 public:
  Status open() {
    const AVCodec* codec = avcodec_find_encoder_by_name("libopus");
    if (codec == nullptr) return fail(ErrorKind::Unsupported, "libavcodec has no libopus");
    codec_.reset(avcodec_alloc_context3(codec));
    codec_->sample_rate = kRate;
    codec_->sample_fmt = AV_SAMPLE_FMT_S16;
    codec_->bit_rate = 128'000;
    av_channel_layout_default(&codec_->ch_layout, 2);
    if (avcodec_open2(codec_.get(), codec, nullptr) < 0) return fail(ErrorKind::Unsupported, "libopus does not open");
    frame_.reset(av_frame_alloc());
    frame_->nb_samples = kFrame;
    frame_->format = AV_SAMPLE_FMT_S16;
    frame_->sample_rate = kRate;
    av_channel_layout_copy(&frame_->ch_layout, &codec_->ch_layout);
    if (av_frame_get_buffer(frame_.get(), 0) < 0) return fail(ErrorKind::Io, "no memory for sound");
    packet_.reset(av_packet_alloc());
    return ok();
  }
  [[nodiscard]] ByteView head() const { return {codec_->extradata, static_cast<std::size_t>(codec_->extradata_size)}; }     // OpusHead

  Result<Bytes> encode(std::int64_t first_sample, bool sounds) {
    if (av_frame_make_writable(frame_.get()) < 0) return fail(ErrorKind::Io, "no memory for sound");
    auto* out = reinterpret_cast<std::int16_t*>(frame_->data[0]);
    for (int i = 0; i < kFrame; ++i) out[2 * i] = out[2 * i + 1] = sounds ? chime(first_sample + i) : std::int16_t{0};
    frame_->pts = first_sample;
    if (avcodec_send_frame(codec_.get(), frame_.get()) < 0 || avcodec_receive_packet(codec_.get(), packet_.get()) < 0)
      return fail(ErrorKind::Bug, "the sound encoder gave nothing");
    Bytes bytes(packet_->data, packet_->data + packet_->size);
    av_packet_unref(packet_.get());
    return bytes;
  }

 private:
  std::unique_ptr<AVCodecContext, FreeCodec> codec_;
  std::unique_ptr<AVFrame, FreeFrame> frame_;
  std::unique_ptr<AVPacket, FreePacket> packet_;
};

}  // namespace

Status SoundSender::send_packet(std::int64_t pts_us, bool config, ByteView data) {
  Bytes out;
  if (options_.send_frame_meta) out = frame_header(options_.version, pts_us, config, false, static_cast<std::uint32_t>(data.size()));
  append(out, data);
  return socket_->write_all(out);
}

Status SoundSender::run(const std::atomic<bool>& stopping) {
  OpusEncoder encoder;
  GZ_TRY(encoder.open());
  GZ_TRY(send_packet(0, true, encoder.head()));
  const std::int64_t began = clock_.monotonic().us;
  for (std::int64_t n = 0; !stopping && !socket_->closed(); ++n) {
    const std::int64_t pts = began + n * kFrameUs, now = clock_.monotonic().us;
    if (pts > now) std::this_thread::sleep_for(std::chrono::microseconds(pts - now));
    const bool sounds = screen_.frame()->hierarchy.find("cn.guzheng.mall:id/live_input") != std::string::npos;
    GZ_TRY_ASSIGN(const Bytes packet, encoder.encode(n * kFrame, sounds));
    GZ_TRY(send_packet(pts, false, packet));
  }
  return ok();
}

}  // namespace guzheng::training
