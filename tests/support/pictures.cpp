#include "tests/support/pictures.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>
}

#include <cstdio>
#include <cstdlib>

namespace guzheng::test {

namespace {

void must(bool fine, const char* what) {
  if (fine) return;
  std::fprintf(stderr, "test pictures: %s\n", what);
  std::abort();
}

struct ContextFree {
  void operator()(AVCodecContext* c) const { avcodec_free_context(&c); }
};
struct FrameFree {
  void operator()(AVFrame* f) const { av_frame_free(&f); }
};
struct PacketFree {
  void operator()(AVPacket* p) const { av_packet_free(&p); }
};
using Context = std::unique_ptr<AVCodecContext, ContextFree>;
using Picture = std::unique_ptr<AVFrame, FrameFree>;
using Packet = std::unique_ptr<AVPacket, PacketFree>;

Picture picture(AVPixelFormat format, int width, int height) {
  Picture p(av_frame_alloc());
  p->format = format;
  p->width = width;
  p->height = height;
  must(av_frame_get_buffer(p.get(), 0) == 0, "no picture buffer");
  return p;
}

}  // namespace

struct TestEncoder::Impl {
  Context context;
  Picture frame;
  Packet packet{av_packet_alloc()};
  Bytes config;
};

TestEncoder::TestEncoder(int width, int height, int key_every) : impl_(std::make_unique<Impl>()) {
  const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
  must(codec != nullptr, "no libx264");
  impl_->context.reset(avcodec_alloc_context3(codec));
  auto& c = *impl_->context;
  c.width = width;
  c.height = height;
  c.pix_fmt = AV_PIX_FMT_YUV420P;
  c.time_base = {1, 1'000'000};
  c.framerate = {30, 1};
  c.gop_size = key_every;
  c.max_b_frames = 0;
  c.thread_count = 1;
  c.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  av_opt_set(c.priv_data, "preset", "ultrafast", 0);
  av_opt_set(c.priv_data, "tune", "zerolatency", 0);
  av_opt_set(c.priv_data, "forced-idr", "1", 0);
  must(avcodec_open2(&c, codec, nullptr) == 0, "encoder does not open");
  impl_->config.assign(c.extradata, c.extradata + c.extradata_size);
  impl_->frame = picture(AV_PIX_FMT_YUV420P, width, height);
}

TestEncoder::~TestEncoder() = default;
TestEncoder::TestEncoder(TestEncoder&&) noexcept = default;
TestEncoder& TestEncoder::operator=(TestEncoder&&) noexcept = default;

const Bytes& TestEncoder::config() const { return impl_->config; }

Encoded TestEncoder::encode(std::uint64_t n, bool force_key, bool black) {
  AVFrame& f = *impl_->frame;
  must(av_frame_make_writable(&f) == 0, "picture is not writable");
  const int shift = static_cast<int>(n * 3);
  for (int y = 0; y < f.height; ++y)
    for (int x = 0; x < f.width; ++x)
      f.data[0][y * f.linesize[0] + x] = static_cast<std::uint8_t>(black ? 16 : 40 + ((x + y + shift) & 0x7f));
  for (int plane = 1; plane <= 2; ++plane)
    for (int y = 0; y < (f.height + 1) / 2; ++y)
      for (int x = 0; x < (f.width + 1) / 2; ++x)
        f.data[plane][y * f.linesize[plane] + x] = static_cast<std::uint8_t>(black ? 128 : 96 + ((y + shift * plane) & 0x3f));
  f.pts = static_cast<std::int64_t>(n) * 33'333;
  f.pict_type = force_key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
  must(avcodec_send_frame(impl_->context.get(), &f) == 0, "encoder takes no picture");
  must(avcodec_receive_packet(impl_->context.get(), impl_->packet.get()) == 0, "encoder gives no packet");
  AVPacket& p = *impl_->packet;
  Encoded out{Bytes(p.data, p.data + p.size), (p.flags & AV_PKT_FLAG_KEY) != 0};
  av_packet_unref(&p);
  return out;
}

Bytes test_png(int width, int height, bool black) {
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
  must(codec != nullptr, "no PNG encoder");
  const Context context(avcodec_alloc_context3(codec));
  context->width = width;
  context->height = height;
  context->pix_fmt = AV_PIX_FMT_RGB24;
  context->time_base = {1, 25};
  must(avcodec_open2(context.get(), codec, nullptr) == 0, "PNG encoder does not open");
  const Picture f = picture(AV_PIX_FMT_RGB24, width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      auto* pixel = f->data[0] + y * f->linesize[0] + x * 3;
      pixel[0] = static_cast<std::uint8_t>(black ? 0 : 64 + (x & 0x7f));
      pixel[1] = static_cast<std::uint8_t>(black ? 0 : 64 + (y & 0x7f));
      pixel[2] = static_cast<std::uint8_t>(black ? 0 : 200);
    }
  const Packet packet(av_packet_alloc());
  must(avcodec_send_frame(context.get(), f.get()) == 0, "PNG encoder takes no picture");
  must(avcodec_receive_packet(context.get(), packet.get()) == 0, "PNG encoder gives no packet");
  return Bytes(packet->data, packet->data + packet->size);
}

}  // namespace guzheng::test
