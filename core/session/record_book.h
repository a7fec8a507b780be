// Room session. What is known of the recording: its segments, and where a device PTS stands in the whole. Thread-safe.
#pragma once

#include <functional>
#include <mutex>

#include "core/media/recorder.h"
#include "core/media/sound_recorder.h"
#include "core/session/session.h"

namespace guzheng {

struct SegmentFacts {
  std::string path;                          // data/main/rec-0000.mp4
  VideoFormat format;
  std::int64_t origin_us = 0, first_us = 0, last_us = 0;     // device PTS
  std::uint64_t bytes = 0, packets = 0;
  std::string sha256;
  std::int64_t offset_us = 0;                // position of its origin
  bool closed = false;
};

class RecordBook {
 public:
  void opened(const SegmentFacts& segment);
  // Facts of the segment as it was closed, format and origin from its opening.
  SegmentFacts closed(const std::string& path, const FileDigests& digests, std::uint64_t packets, std::int64_t first_us,
                      std::int64_t last_us);
  // Where the newest recorded frame is asked for, from any thread. Before any segment opens.
  void follow(std::function<RecordPosition()> newest) { newest_ = std::move(newest); }
  void fail(const std::string& why);         // the recording stands still from here on
  [[nodiscard]] std::string failure() const;
  [[nodiscard]] std::optional<SegmentFacts> open_segment() const;
  [[nodiscard]] std::vector<SegmentFacts> segments() const;
  [[nodiscard]] std::int64_t recorded_ms() const;          // position of the newest recorded frame
  // Position of a frame, FORMAT.md 6: device time since the first segment's origin; where device time fell (the phone
  // started anew), the segment before it just ends. Milliseconds, rounded down.
  [[nodiscard]] std::int64_t position_ms(const std::string& segment, std::int64_t pts_us) const;
  void heard(const SoundClosed& sound);      // a stretch of sound, beside the film: rec-NNNN.ogg
  [[nodiscard]] Json values() const;         // values.json "recordings"

 private:
  std::function<RecordPosition()> newest_;
  mutable std::mutex mutex_;
  std::vector<SegmentFacts> segments_;       // all below: under mutex_
  std::vector<SoundClosed> sounds_;
  std::string failure_;
};

}  // namespace guzheng
