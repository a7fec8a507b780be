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
  [[nodiscard]] std::uint64_t proven_bytes() const;        // Recorder::proven_bytes
  [[nodiscard]] RecordPosition position() const;
  Status sync();

 private:
  Status take_picture(const Packet& packet);
  Status synced();                             // under writer_mutex_
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
  mutable std::mutex writer_mutex_;            // held by sync() and while the segment ends
  std::optional<Error> sync_failed_;           // under writer_mutex_: for good, see base/file.h
  std::uint64_t proven_bytes_ = 0;             // under writer_mutex_: of the open segment, what a good sync has covered
  mutable std::mutex position_mutex_;
  RecordPosition position_;                    // under position_mutex_
};

}  // namespace guzheng
