#include "core/media/png.h"

extern "C" {
#include <libavutil/crc.h>
}

#include <algorithm>
#include <cstring>

#include "core/media/av.h"
#include "core/media/picture.h"

namespace guzheng {

namespace {

constexpr std::string_view kSignature("\x89PNG\r\n\x1a\n", 8);
constexpr std::uint64_t kMaxPixels = 64'000'000;
constexpr std::size_t kChunkFrame = 12;            // [u32 length][type ×4] data [u32 CRC of type and data]

Failure broken(const char* why) { return fail(ErrorKind::Protocol, std::string("PNG: ") + why); }

std::uint32_t crc_of(ByteView bytes) {
  return av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), 0xffffffffu, bytes.data(), bytes.size()) ^ 0xffffffffu;
}

// The chunk at the front of `rest`, without its length.
Result<ByteView> next_chunk(ByteView rest) {
  if (rest.size() < kChunkFrame) return broken("cut off");
  const std::size_t length = read_be<std::uint32_t>(rest.data());
  if (length > rest.size() - kChunkFrame) return broken("cut off");
  const ByteView chunk = rest.subspan(4, 4 + length);
  if (read_be<std::uint32_t>(rest.data() + 8 + length) != crc_of(chunk)) return broken("a chunk's check sum is wrong");
  return chunk;
}

Result<av::FramePtr> decode_picture(ByteView png) {
  GZ_TRY_ASSIGN(const PngSize size, check_png(png));
  if (std::uint64_t{size.width} * size.height > kMaxPixels) return fail(ErrorKind::Unsupported, "PNG: too large a picture");
  const AVCodec* decoder = avcodec_find_decoder(AV_CODEC_ID_PNG);
  if (decoder == nullptr) return fail(ErrorKind::Unsupported, "FFmpeg has no PNG decoder");
  const av::CodecPtr context(avcodec_alloc_context3(decoder));
  const av::PacketPtr packet(av_packet_alloc());
  av::FramePtr picture(av_frame_alloc());
  context->thread_count = 1;
  int rc = avcodec_open2(context.get(), decoder, nullptr);
  if (rc >= 0) rc = av_new_packet(packet.get(), static_cast<int>(png.size()));
  if (rc < 0) return fail(av::error(ErrorKind::Bug, "PNG", rc));
  std::memcpy(packet->data, png.data(), png.size());
  rc = avcodec_send_packet(context.get(), packet.get());
  if (rc >= 0) rc = avcodec_receive_frame(context.get(), picture.get());
  if (rc < 0) return fail(av::error(ErrorKind::Protocol, "PNG", rc));
  return picture;
}

}  // namespace

Result<PngSize> check_png(ByteView png) {
  if (!as_text(png).starts_with(kSignature)) return broken("no PNG signature");
  if (png.size() > (256u << 20)) return broken("too many bytes");
  PngSize size;
  for (ByteView rest = png.subspan(kSignature.size());;) {
    GZ_TRY_ASSIGN(const ByteView chunk, next_chunk(rest));
    const auto type = as_text(chunk.first(4));
    const bool first = rest.size() == png.size() - kSignature.size();
    if (first != (type == "IHDR")) return broken("IHDR is not the first chunk");
    if (first) {
      if (chunk.size() != 4 + 13) return broken("IHDR of a wrong length");
      size = {read_be<std::uint32_t>(chunk.data() + 4), read_be<std::uint32_t>(chunk.data() + 8)};
      if (size.width == 0 || size.height == 0) return broken("no picture");
    }
    rest = rest.subspan(8 + chunk.size());
    if (type != "IEND") continue;
    if (!rest.empty()) return broken("bytes after the end");
    return size;
  }
}

Result<Frame> decode_png(ByteView png) {
  GZ_TRY_ASSIGN(const av::FramePtr picture, decode_picture(png));
  return PictureConverter().convert(*picture);
}

Result<Frame> thumbnail(ByteView png, std::uint32_t max_width) {
  GZ_TRY_ASSIGN(const av::FramePtr picture, decode_picture(png));
  const auto width = std::clamp<int>(static_cast<int>(std::min<std::uint32_t>(max_width, 1u << 15)), 1, picture->width);
  const auto height = std::max<std::int64_t>(1, std::int64_t{picture->height} * width / picture->width);
  return PictureConverter().convert(*picture, width, static_cast<int>(height));
}

Result<Bytes> encode_png(const Frame& frame) {
  if (!frame.pixels || frame.width == 0 || frame.height == 0 || std::uint64_t{frame.width} * frame.height > kMaxPixels) return fail(ErrorKind::Invalid, "PNG: no picture");
  const AVCodec* encoder = avcodec_find_encoder(AV_CODEC_ID_PNG);
  if (encoder == nullptr) return fail(ErrorKind::Unsupported, "FFmpeg has no PNG encoder");
  const av::CodecPtr context(avcodec_alloc_context3(encoder));
  const av::FramePtr picture(av_frame_alloc());
  const av::PacketPtr packet(av_packet_alloc());
  context->width = picture->width = static_cast<int>(frame.width);
  context->height = picture->height = static_cast<int>(frame.height);
  context->pix_fmt = AV_PIX_FMT_RGB24;
  picture->format = AV_PIX_FMT_RGB24;
  context->time_base = {1, 1};
  int rc = avcodec_open2(context.get(), encoder, nullptr);
  if (rc >= 0) rc = av_frame_get_buffer(picture.get(), 0);
  if (rc < 0) return fail(av::error(ErrorKind::Bug, "PNG", rc));
  for (std::uint32_t row = 0; row < frame.height; ++row) {
    const std::uint8_t* from = frame.pixels->data() + std::size_t{row} * frame.stride;
    std::uint8_t* to = picture->data[0] + std::ptrdiff_t{picture->linesize[0]} * row;
    for (std::uint32_t column = 0; column < frame.width; ++column, from += 4, to += 3) {
      to[0] = from[2];
      to[1] = from[1];
      to[2] = from[0];
    }
  }
  rc = avcodec_send_frame(context.get(), picture.get());
  if (rc >= 0) rc = avcodec_receive_packet(context.get(), packet.get());
  if (rc < 0) return fail(av::error(ErrorKind::Bug, "PNG", rc));
  return Bytes(packet->data, packet->data + packet->size);
}

double dark_share(const Frame& frame) {
  if (!frame.pixels || frame.width == 0 || frame.height == 0) return 0;
  std::uint64_t dark = 0;
  for (std::uint32_t y = 0; y < frame.height; ++y) {
    const std::uint8_t* pixel = frame.pixels->data() + std::size_t{y} * frame.stride;
    for (std::uint32_t x = 0; x < frame.width; ++x, pixel += 4)
      dark += pixel[0] <= 8 && pixel[1] <= 8 && pixel[2] <= 8 ? 1 : 0;
  }
  return static_cast<double>(dark) / (static_cast<double>(frame.width) * frame.height);
}

Result<bool> nearly_black_png(ByteView png) {
  GZ_TRY_ASSIGN(const Frame frame, decode_png(png));
  return nearly_black(frame);
}

}  // namespace guzheng
