#include "core/training/scrcpy/encoder.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
}

namespace guzheng::training {

namespace {
template <auto Free>
struct PointerFreer {
  template <typename T>
  void operator()(T* p) const {
    Free(&p);
  }
};
struct ScalerFreer {
  void operator()(SwsContext* p) const { sws_freeContext(p); }
};
}  // namespace

struct Encoder::Impl {
  std::unique_ptr<AVCodecContext, PointerFreer<avcodec_free_context>> codec;
  std::unique_ptr<AVFrame, PointerFreer<av_frame_free>> picture;
  std::unique_ptr<AVPacket, PointerFreer<av_packet_free>> packet;
  std::unique_ptr<SwsContext, ScalerFreer> scaler;
  std::uint32_t from_width = 0, from_height = 0;
  Bytes config;

  Status prepare(const ScreenFrame& frame);
};

Encoder::Encoder() : impl_(std::make_unique<Impl>()) {}
Encoder::~Encoder() = default;
const Bytes& Encoder::config() const { return impl_->config; }

Status Encoder::open(std::uint32_t width, std::uint32_t height, int fps, std::uint32_t bit_rate) {
  av_log_set_level(AV_LOG_ERROR);              // x264 writes its statistics to stderr otherwise
  const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
  if (codec == nullptr) return fail(ErrorKind::Unsupported, "libavcodec has no libx264");
  impl_->codec.reset(avcodec_alloc_context3(codec));
  auto* c = impl_->codec.get();
  c->width = static_cast<int>(width);
  c->height = static_cast<int>(height);
  c->pix_fmt = AV_PIX_FMT_YUV420P;
  c->time_base = {1, 1'000'000};
  c->framerate = {fps, 1};
  c->gop_size = 1 << 30;                       // key frames come when asked for
  c->max_b_frames = 0;
  c->thread_count = 1;
  c->rc_max_rate = bit_rate;
  c->rc_buffer_size = static_cast<int>(bit_rate);
  c->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_LOW_DELAY;
  av_opt_set(c->priv_data, "preset", "ultrafast", 0);
  av_opt_set(c->priv_data, "tune", "zerolatency", 0);
  av_opt_set(c->priv_data, "crf", "20", 0);
  av_opt_set(c->priv_data, "forced-idr", "1", 0);
  av_opt_set(c->priv_data, "x264-params", "log-level=none", 0);
  if (avcodec_open2(c, codec, nullptr) < 0) return fail(ErrorKind::Unsupported, "libx264 does not open");
  impl_->config.assign(c->extradata, c->extradata + c->extradata_size);
  impl_->picture.reset(av_frame_alloc());
  impl_->picture->format = c->pix_fmt;
  impl_->picture->width = c->width;
  impl_->picture->height = c->height;
  if (av_frame_get_buffer(impl_->picture.get(), 64) < 0) return fail(ErrorKind::Io, "no memory for the encoder");
  impl_->packet.reset(av_packet_alloc());
  impl_->scaler.reset();
  return ok();
}

Status Encoder::Impl::prepare(const ScreenFrame& frame) {
  if (!scaler || from_width != frame.width || from_height != frame.height) {
    from_width = frame.width;
    from_height = frame.height;
    scaler.reset(sws_getContext(static_cast<int>(frame.width), static_cast<int>(frame.height), AV_PIX_FMT_BGRA, codec->width,
                                codec->height, AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
    if (!scaler) return fail(ErrorKind::Unsupported, "no scaler for this size");
  }
  if (av_frame_make_writable(picture.get()) < 0) return fail(ErrorKind::Io, "no memory for the encoder");
  const std::uint8_t* rows[] = {frame.pixels->data()};
  const int strides[] = {static_cast<int>(frame.stride)};
  sws_scale(scaler.get(), rows, strides, 0, static_cast<int>(frame.height), picture->data, picture->linesize);
  return ok();
}

Result<std::vector<EncodedPacket>> Encoder::encode(const ScreenFrame& frame, std::int64_t pts_us, bool key) {
  GZ_TRY(impl_->prepare(frame));
  impl_->picture->pts = pts_us;
  impl_->picture->pict_type = key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
  if (avcodec_send_frame(impl_->codec.get(), impl_->picture.get()) < 0) return fail(ErrorKind::Bug, "the encoder refused a frame");
  std::vector<EncodedPacket> out;
  auto* packet = impl_->packet.get();
  while (avcodec_receive_packet(impl_->codec.get(), packet) == 0) {
    out.push_back({packet->pts, (packet->flags & AV_PKT_FLAG_KEY) != 0, Bytes(packet->data, packet->data + packet->size)});
    av_packet_unref(packet);
  }
  return out;
}

}  // namespace guzheng::training
