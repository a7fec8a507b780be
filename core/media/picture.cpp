#include "core/media/picture.h"

namespace guzheng {

namespace {
constexpr std::size_t kMaxSpare = 4, kTail = 64;

int colour_space(const AVFrame& p) {
  return p.colorspace == AVCOL_SPC_UNSPECIFIED ? SWS_CS_DEFAULT : static_cast<int>(p.colorspace);
}

bool is_rgb(AVPixelFormat format) { return format == AV_PIX_FMT_RGB24 || format == AV_PIX_FMT_RGBA; }
}  // namespace

std::shared_ptr<Bytes> PixelPool::get(std::size_t size) {
  std::unique_ptr<Bytes> buffer;
  {
    const std::lock_guard lock(shelf_->mutex);
    if (!shelf_->spare.empty()) {
      buffer = std::move(shelf_->spare.back());
      shelf_->spare.pop_back();
    }
  }
  if (!buffer || buffer->size() != size) buffer = std::make_unique<Bytes>(size);
  return {buffer.release(), [shelf = shelf_](Bytes* returned) {
            std::unique_ptr<Bytes> owner(returned);
            const std::lock_guard lock(shelf->mutex);
            if (shelf->spare.size() < kMaxSpare) shelf->spare.push_back(std::move(owner));
          }};
}

Result<Frame> PictureConverter::convert(const AVFrame& picture, int width, int height) {
  if (width == 0) width = picture.width;
  if (height == 0) height = picture.height;
  const auto format = static_cast<AVPixelFormat>(picture.format);
  scaler_.reset(sws_getCachedContext(scaler_.release(), picture.width, picture.height, format, width, height,
                                     AV_PIX_FMT_BGRA, width == picture.width ? SWS_POINT : SWS_AREA, nullptr, nullptr,
                                     nullptr));
  if (!scaler_) return fail(ErrorKind::Unsupported, "pictures of this pixel format cannot be shown");
  if (!is_rgb(format)) {
    const int* table = sws_getCoefficients(colour_space(picture));
    const int full_range = picture.color_range == AVCOL_RANGE_JPEG ? 1 : 0;
    sws_setColorspaceDetails(scaler_.get(), table, full_range, sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
  }
  Frame frame;
  frame.width = static_cast<std::uint32_t>(width);
  frame.height = static_cast<std::uint32_t>(height);
  frame.stride = (frame.width * 4 + 63) / 64 * 64;
  const auto pixels = pool_.get(std::size_t{frame.stride} * frame.height + kTail);
  std::uint8_t* const rows[4] = {pixels->data(), nullptr, nullptr, nullptr};
  const int strides[4] = {static_cast<int>(frame.stride), 0, 0, 0};
  if (sws_scale(scaler_.get(), picture.data, picture.linesize, 0, picture.height, rows, strides) != height)
    return fail(ErrorKind::Bug, "a picture was converted in part");
  frame.pixels = pixels;
  return frame;
}

}  // namespace guzheng
