#include "core/media/opus_decoder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "core/media/av.h"
#include "core/media/opus_pages.h"

namespace guzheng {

namespace {

// One sample of whatever form the decoder gives.
std::int16_t sample_at(const AVFrame& frame, int channel, int at) {
  const auto as_16 = [](float value) { return static_cast<std::int16_t>(std::lround(std::clamp(value, -1.0f, 1.0f) * 32'767.0f)); };
  const int channels = frame.ch_layout.nb_channels;
  switch (static_cast<AVSampleFormat>(frame.format)) {
    case AV_SAMPLE_FMT_S16: return reinterpret_cast<const std::int16_t*>(frame.data[0])[at * channels + channel];
    case AV_SAMPLE_FMT_S16P: return reinterpret_cast<const std::int16_t*>(frame.data[channel])[at];
    case AV_SAMPLE_FMT_FLT: return as_16(reinterpret_cast<const float*>(frame.data[0])[at * channels + channel]);
    case AV_SAMPLE_FMT_FLTP: return as_16(reinterpret_cast<const float*>(frame.data[channel])[at]);
    default: return 0;
  }
}

}  // namespace

struct OpusDecoder::Impl {
  av::CodecPtr codec;
  av::PacketPtr packet{av_packet_alloc()};
  av::FramePtr frame{av_frame_alloc()};
  std::vector<std::int16_t> samples;

  Status open(ByteView head) {
    av::be_quiet();
    codec.reset();
    if (!is_opus_head(head)) return fail(ErrorKind::Protocol, "sound that begins with no OpusHead of one or two channels");
    // libopus gives as many samples as a packet lasts, at once; FFmpeg's own decoder holds some back
    const AVCodec* decoder = avcodec_find_decoder_by_name("libopus");
    if (decoder == nullptr) decoder = avcodec_find_decoder(AV_CODEC_ID_OPUS);
    if (decoder == nullptr) return fail(ErrorKind::Unsupported, "this FFmpeg has no decoder for Opus");
    codec.reset(avcodec_alloc_context3(decoder));
    if (!codec) return fail(ErrorKind::Bug, "no memory for a decoder");
    codec->sample_rate = kPcmRate;
    av_channel_layout_default(&codec->ch_layout, head[9]);
    codec->request_sample_fmt = AV_SAMPLE_FMT_S16;
    codec->flags2 |= AV_CODEC_FLAG2_SKIP_MANUAL;               // pre-skip is played: a place in the file stays a time of the phone's clock
    codec->extradata = static_cast<std::uint8_t*>(av_mallocz(head.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    if (codec->extradata == nullptr) return fail(ErrorKind::Bug, "no memory for a decoder");
    std::memcpy(codec->extradata, head.data(), head.size());
    codec->extradata_size = static_cast<int>(head.size());
    if (const int rc = avcodec_open2(codec.get(), decoder, nullptr); rc < 0) {
      codec.reset();
      return fail(av::error(ErrorKind::Unsupported, "open the decoder of sound", rc));
    }
    return ok();
  }

  Status feed(ByteView bytes) {
    av_packet_unref(packet.get());
    if (av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) return fail(ErrorKind::Bug, "no memory for a packet");
    std::memcpy(packet->data, bytes.data(), bytes.size());
    if (const int rc = avcodec_send_packet(codec.get(), packet.get()); rc < 0) return fail(av::error(ErrorKind::Protocol, "decode sound", rc));
    return ok();
  }

  Result<std::span<const std::int16_t>> decode(ByteView bytes) {
    const std::int64_t lasts = opus_samples(bytes);
    if (!codec) return fail(ErrorKind::Invalid, "a packet of sound before its stream was opened");
    if (lasts == 0) return fail(ErrorKind::Protocol, "no Opus packet");
    GZ_TRY(feed(bytes));
    samples.clear();
    while (avcodec_receive_frame(codec.get(), frame.get()) >= 0) {
      const int right = frame->ch_layout.nb_channels > 1 ? 1 : 0;
      if (frame->sample_rate == kPcmRate && frame->ch_layout.nb_channels <= 2)
        for (int i = 0; i < frame->nb_samples; ++i) samples.insert(samples.end(), {sample_at(*frame, 0, i), sample_at(*frame, right, i)});
      av_frame_unref(frame.get());
    }
    if (samples.empty()) return fail(ErrorKind::Protocol, "a packet of sound that gives no sample");
    samples.resize(static_cast<std::size_t>(lasts) * kPcmChannels, 0);
    return std::span<const std::int16_t>(samples);
  }
};

OpusDecoder::OpusDecoder() : impl_(std::make_unique<Impl>()) {}
OpusDecoder::~OpusDecoder() = default;
OpusDecoder::OpusDecoder(OpusDecoder&&) noexcept = default;
OpusDecoder& OpusDecoder::operator=(OpusDecoder&&) noexcept = default;

Status OpusDecoder::open(ByteView opus_head) { return impl_->open(opus_head); }
Result<std::span<const std::int16_t>> OpusDecoder::decode(ByteView packet) { return impl_->decode(packet); }
void OpusDecoder::flush() {
  if (impl_->codec) avcodec_flush_buffers(impl_->codec.get());
}

}  // namespace guzheng
