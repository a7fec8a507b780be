// Room session. What is known of the recording: its segments, and where a device PTS stands in the whole. Thread-safe.
#pragma once

#include <mutex>

#include "core/media/recorder.h"
#include "core/session/session.h"

namespace guzheng {

struct SegmentFacts {
  std::string path;                          // data/main/rec-0000.mp4
  VideoFormat format;
  std::int64_t origin_us = 0, first_us = 0, last_us = 0;     // device PTS
  std::uint64_t bytes = 0, packets = 0;
  std::string sha256;
  bool closed = false;
};

class RecordBook {
 public:
  void opened(const SegmentFacts& segment);
  // Facts of the segment as it was closed, format and origin from its opening.
  SegmentFacts closed(const std::string& path, const FileDigests& digests, std::uint64_t packets, std::int64_t first_us,
                      std::int64_t last_us);
  void seen(std::int64_t pts_us);            // newest packet that was handed to the recorder
  void fail(const std::string& why);         // the recording stands still from here on
  [[nodiscard]] std::string failure() const;
  [[nodiscard]] std::optional<SegmentFacts> open_segment() const;
  [[nodiscard]] std::vector<SegmentFacts> segments() const;
  [[nodiscard]] std::int64_t recorded_ms() const;
  // Milliseconds from the begin of the recording, segment after segment.
  [[nodiscard]] std::int64_t position_ms(const std::string& segment, std::int64_t pts_us) const;
  [[nodiscard]] Json values() const;         // values.json "recordings"

 private:
  mutable std::mutex mutex_;
  std::vector<SegmentFacts> segments_;       // all below: under mutex_
  std::int64_t newest_us_ = 0;
  std::string failure_;
};

}  // namespace guzheng
