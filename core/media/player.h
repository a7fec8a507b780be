// Room media. Plays a recorded segment back, for the page that shows evidence. Offline: blocks, reads the file.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/media/decoder.h"

namespace guzheng {

// One thread. The file is never written. Time stamps are those of the file: microseconds from the segment's start.
class SegmentReader {
 public:
  // NotFound, Invalid (no recording of ours or without a whole picture). A cut file gives the pictures that stand.
  static Result<SegmentReader> open(const std::filesystem::path& path);
  // Of bytes in memory, for evidence that lies encrypted: they are copied into memory of the reader's own, never onto a disk.
  static Result<SegmentReader> open(ByteView bytes, const std::string& name);
  ~SegmentReader();
  SegmentReader(SegmentReader&&) noexcept;
  SegmentReader& operator=(SegmentReader&&) noexcept;
  [[nodiscard]] const std::vector<std::int64_t>& pts_us() const;   // of every picture, rising
  [[nodiscard]] std::int64_t duration_us() const;                  // from the first to the last picture
  [[nodiscard]] VideoFormat format() const;
  // The picture shown at that time: the newest not after it (the first for an earlier time).
  Result<Frame> frame_at(std::int64_t pts_us);
  // The picture after the one given last; the first at the beginning; NotFound at the end.
  Result<Frame> next();

 private:
  SegmentReader();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
