#include "tests/support/sounds.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
}

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <numbers>

#include "core/media/opus_pages.h"

namespace guzheng::test {

namespace {

constexpr int kRate = 48'000, kFrame = 960;

void must(bool good, const char* what) {
  if (good) return;
  std::fprintf(stderr, "test_sound: %s\n", what);
  std::abort();
}

struct FreeCodec { void operator()(AVCodecContext* c) const { avcodec_free_context(&c); } };
struct FreeFrame { void operator()(AVFrame* f) const { av_frame_free(&f); } };
struct FreePacket { void operator()(AVPacket* p) const { av_packet_free(&p); } };

}  // namespace

TestSound test_sound(double hertz, int packets, int channels) {
  const AVCodec* encoder = avcodec_find_encoder_by_name("libopus");
  must(encoder != nullptr, "no libopus");
  const std::unique_ptr<AVCodecContext, FreeCodec> codec(avcodec_alloc_context3(encoder));
  codec->sample_rate = kRate;
  codec->sample_fmt = AV_SAMPLE_FMT_S16;
  codec->bit_rate = 64'000;
  av_channel_layout_default(&codec->ch_layout, channels);
  must(avcodec_open2(codec.get(), encoder, nullptr) >= 0, "libopus does not open");
  const std::unique_ptr<AVFrame, FreeFrame> frame(av_frame_alloc());
  const std::unique_ptr<AVPacket, FreePacket> packet(av_packet_alloc());
  frame->nb_samples = kFrame;
  frame->format = AV_SAMPLE_FMT_S16;
  frame->sample_rate = kRate;
  must(av_channel_layout_copy(&frame->ch_layout, &codec->ch_layout) >= 0 && av_frame_get_buffer(frame.get(), 0) >= 0, "no memory");
  TestSound out;
  out.head.assign(codec->extradata, codec->extradata + codec->extradata_size);
  for (std::int64_t n = 0; static_cast<int>(out.packets.size()) < packets; ++n) {
    must(av_frame_make_writable(frame.get()) >= 0, "no memory");
    auto* samples = reinterpret_cast<std::int16_t*>(frame->data[0]);
    for (int i = 0; i < kFrame; ++i) {
      const double t = static_cast<double>(n * kFrame + i) / kRate;
      for (int c = 0; c < channels; ++c) samples[channels * i + c] = static_cast<std::int16_t>(10'000 * std::sin(2 * std::numbers::pi * hertz * t));
    }
    frame->pts = n * kFrame;
    must(avcodec_send_frame(codec.get(), frame.get()) >= 0, "encode");
    while (avcodec_receive_packet(codec.get(), packet.get()) >= 0) {
      out.packets.emplace_back(packet->data, packet->data + packet->size);
      av_packet_unref(packet.get());
    }
  }
  out.packets.resize(static_cast<std::size_t>(packets));
  return out;
}

Bytes sound_file(const TestSound& sound) {
  OpusPages pages(0);
  Bytes out = pages.headers(sound.head);
  for (const auto& packet : sound.packets) {
    const auto page = pages.page(packet);
    must(page.has_value(), "a packet that is none");
    append(out, *page);
  }
  return out;
}

double loudness(std::span<const std::int16_t> samples) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < samples.size(); i += 2) sum += static_cast<double>(samples[i]) * samples[i];
  return samples.size() < 2 ? 0 : std::sqrt(sum / static_cast<double>(samples.size() / 2));
}

double pitch(std::span<const std::int16_t> samples) {
  int rises = 0;
  for (std::size_t i = 2; i < samples.size(); i += 2)
    if (samples[i - 2] < 0 && samples[i] >= 0) ++rises;
  return samples.size() < 4 ? 0 : rises * static_cast<double>(kRate) / (static_cast<double>(samples.size()) / 2);
}

}  // namespace guzheng::test
