// Room media, private to the room. Decides where segments begin and end and which time each packet is stored at
// (evidence-package: "Recording"). Tells the listener before each act.
#pragma once

#include <filesystem>
#include <mutex>
#include <optional>

#include "core/media/recorder.h"
#include "core/media/segment_writer.h"

namespace guzheng {

// Record thread only, except position() and sync(). After an error nothing more may be given to it.
class Segmenter {
 public:
  Segmenter(std::filesystem::path folder, RecorderListener& listener, RecorderLimits limits, int first_number,
            SinkFactory files);
  Status open(const VideoFormat& format);      // a change of size ends the segment
  Status take(const Packet& packet);
  Status close();                              // the stream ended: its clock and parameter sets end with it
  void abandon();                              // after an error: what stands is kept, nothing is added
  [[nodiscard]] RecordPosition position() const;
  Status sync();

 private:
  Status take_picture(const Packet& packet);
  Status begin_segment(std::int64_t pts_us);
  Status end_segment();
  Status lose(const char* reason);
  Status end_loss();
  void publish();                              // the newest packet that is in its file
  void ask_if_overdue(std::int64_t pts_us);
  [[nodiscard]] bool due_for_new_segment(std::int64_t pts_us) const;

  const std::filesystem::path folder_;
  RecorderListener& listener_;
  const RecorderLimits limits_;
  const SinkFactory files_;
  int number_;
  VideoFormat format_;
  std::shared_ptr<const Bytes> config_;        // empty: none yet
  SegmentClosed current_;                      // of the open segment
  std::optional<std::int64_t> last_us_;        // stored time of the newest packet, across segments of one stream
  std::int64_t ask_after_us_ = 0;
  std::optional<RecordGap> loss_;              // packets that no segment can take
  std::unique_ptr<SegmentWriter> writer_;      // record thread; the pointer changes under writer_mutex_
  std::mutex writer_mutex_;                    // held by sync() and while the segment ends
  mutable std::mutex position_mutex_;
  RecordPosition position_;                    // under position_mutex_
};

}  // namespace guzheng
