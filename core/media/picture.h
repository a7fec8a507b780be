// Room media, private to the room. FFmpeg's pictures as BGRA Frames.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/base/bytes.h"
#include "core/media/av.h"
#include "core/media/decoder.h"

namespace guzheng {

// Hands out pixel buffers and takes them back when the last Frame that uses one is gone: a fresh 10 MB buffer for each
// picture costs more than decoding it. Thread-safe; buffers may outlive the pool.
class PixelPool {
 public:
  std::shared_ptr<Bytes> get(std::size_t size);

 private:
  struct Shelf {
    std::mutex mutex;
    std::vector<std::unique_ptr<Bytes>> spare;   // under mutex
  };
  std::shared_ptr<Shelf> shelf_ = std::make_shared<Shelf>();
};

// One thread.
class PictureConverter {
 public:
  // Width, height, stride and pixels of the Frame are set. Scaled to `width`×`height` unless these are 0.
  Result<Frame> convert(const AVFrame& picture, int width = 0, int height = 0);

 private:
  PixelPool pool_;
  av::ScalerPtr scaler_;
};

}  // namespace guzheng
