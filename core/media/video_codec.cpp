#include "core/media/video_codec.h"

#include <cstring>

namespace guzheng {

Status VideoCodec::open(Codec codec, ByteView extradata) {
  av::be_quiet();
  config_.reset();
  const AVCodec* decoder = avcodec_find_decoder(av::codec_id(codec));
  if (decoder == nullptr) return fail(ErrorKind::Unsupported, "no decoder for this video");
  context_.reset(avcodec_alloc_context3(decoder));
  if (!context_) return fail(ErrorKind::Bug, "no memory for a decoder");
  context_->flags |= AV_CODEC_FLAG_LOW_DELAY;
  context_->thread_count = 1;                // frame threads would hold pictures back
  context_->pkt_timebase = {1, 1'000'000};
  if (!extradata.empty()) {
    context_->extradata = static_cast<std::uint8_t*>(av_mallocz(extradata.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    if (context_->extradata == nullptr) return fail(ErrorKind::Bug, "no memory for a decoder");
    std::memcpy(context_->extradata, extradata.data(), extradata.size());
    context_->extradata_size = static_cast<int>(extradata.size());
  }
  const int rc = avcodec_open2(context_.get(), decoder, nullptr);
  if (rc < 0) {
    context_.reset();
    return fail(av::error(ErrorKind::Unsupported, "open the decoder", rc));
  }
  return ok();
}

void VideoCodec::flush() {
  if (context_) avcodec_flush_buffers(context_.get());
}

Result<const AVFrame*> VideoCodec::decode(ByteView packet, bool key, std::int64_t pts_us) {
  if (!context_) return fail(ErrorKind::Invalid, "a packet before the stream was opened");
  const std::size_t front = config_ ? config_->size() : 0;
  av_packet_unref(packet_.get());
  if (av_new_packet(packet_.get(), static_cast<int>(front + packet.size())) < 0)
    return fail(ErrorKind::Bug, "no memory for a packet");
  if (front > 0) std::memcpy(packet_->data, config_->data(), front);
  std::memcpy(packet_->data + front, packet.data(), packet.size());
  config_.reset();
  packet_->pts = packet_->dts = pts_us;
  packet_->flags = key ? AV_PKT_FLAG_KEY : 0;
  int rc = avcodec_send_packet(context_.get(), packet_.get());
  if (rc < 0) return fail(av::error(ErrorKind::Protocol, "decode", rc));
  av_frame_unref(picture_.get());
  rc = avcodec_receive_frame(context_.get(), picture_.get());
  if (rc < 0) return fail(av::error(ErrorKind::Protocol, "decode", rc));
  return picture_.get();
}

}  // namespace guzheng
