// Room media, private to the room. Owners of FFmpeg's objects, and its errors as ours.
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/imgutils.h>
#include <libswscale/swscale.h>
}

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/media/packet.h"

namespace guzheng::av {

struct FreeCodec { void operator()(AVCodecContext* c) const { avcodec_free_context(&c); } };
struct FreeFrame { void operator()(AVFrame* f) const { av_frame_free(&f); } };
struct FreePacket { void operator()(AVPacket* p) const { av_packet_free(&p); } };
struct FreeScaler { void operator()(SwsContext* s) const { sws_freeContext(s); } };
struct CloseInput { void operator()(AVFormatContext* f) const { avformat_close_input(&f); } };
using CodecPtr = std::unique_ptr<AVCodecContext, FreeCodec>;
using FramePtr = std::unique_ptr<AVFrame, FreeFrame>;
using PacketPtr = std::unique_ptr<AVPacket, FreePacket>;
using ScalerPtr = std::unique_ptr<SwsContext, FreeScaler>;
using InputPtr = std::unique_ptr<AVFormatContext, CloseInput>;

// It prints to stderr otherwise; what matters comes back as an error.
inline void be_quiet() {
  static const bool done = (av_log_set_level(AV_LOG_QUIET), true);
  static_cast<void>(done);
}

inline AVCodecID codec_id(Codec codec) {
  switch (codec) {
    case Codec::H264: return AV_CODEC_ID_H264;
    case Codec::H265: return AV_CODEC_ID_HEVC;
    case Codec::Av1: return AV_CODEC_ID_AV1;
  }
  return AV_CODEC_ID_NONE;
}

inline Error error(ErrorKind kind, std::string_view step, int code) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(code, text, sizeof text);
  return {kind, std::string(step) + ": " + text};
}

}  // namespace guzheng::av
