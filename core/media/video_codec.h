// Room media, private to the room. One FFmpeg video decoder with low delay: one packet in, one picture out.
#pragma once

#include "core/media/av.h"
#include "core/media/packet.h"

namespace guzheng {

// One thread.
class VideoCodec {
 public:
  // `extradata`: parameter sets of a file (avcC); empty for a live stream, whose sets come by set_config().
  Status open(Codec codec, ByteView extradata = {});
  // Parameter sets (Annex B): put before the next packet that starts a group.
  void set_config(std::shared_ptr<const Bytes> config) { config_ = std::move(config); }
  // The picture belongs to the codec and lives until the next call.
  Result<const AVFrame*> decode(ByteView packet, bool key, std::int64_t pts_us);
  void flush();
  [[nodiscard]] static bool damaged(const AVFrame& picture) {
    return picture.decode_error_flags != 0 || (picture.flags & AV_FRAME_FLAG_CORRUPT) != 0;
  }

 private:
  av::CodecPtr context_;
  av::PacketPtr packet_{av_packet_alloc()};
  av::FramePtr picture_{av_frame_alloc()};
  std::shared_ptr<const Bytes> config_;
};

}  // namespace guzheng
