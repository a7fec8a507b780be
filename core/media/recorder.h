// Room media. Writes the phone's packets, unchanged, into fragmented MP4 segments (A-7.3b): one fragment a packet,
// PTS relative to the segment's first packet, time scale 1,000,000; a killed program loses at most two frames.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/base/digest.h"
#include "core/media/byte_sink.h"
#include "core/media/packet.h"

namespace guzheng {

struct SegmentOpened {
  std::string name;                  // "rec-0000.mp4"
  std::int64_t origin_us = 0;        // device PTS of its first packet
  VideoFormat format;
};
struct SegmentClosed {
  std::string name;
  FileDigests digests;               // taken from the bytes as they left
  std::uint64_t packets = 0;
  std::int64_t first_us = 0, last_us = 0;   // device PTS
};
struct PtsBump {
  std::string segment;
  std::uint64_t packet = 0;          // number within the segment
  std::int64_t from_us = 0, to_us = 0;
};
struct RecordGap {
  std::string reason;                // "queue-full", …
  std::uint64_t packets = 0;         // lost so far (0 at the begin)
};

// Told on the record thread, in order; recorder_failed() also on the thread whose sync() failed, and then perhaps twice. opened() returns before the segment's first byte is written, so that the
// journal line stands first. An error stops the recorder.
class RecorderListener {
 public:
  virtual ~RecorderListener() = default;
  virtual Status segment_opened(const SegmentOpened&) = 0;
  virtual Status segment_closed(const SegmentClosed&) = 0;
  virtual Status pts_bumped(const PtsBump&) = 0;
  virtual Status gap_began(const RecordGap&) = 0;
  virtual Status gap_ended(const RecordGap&) = 0;
  virtual void need_key_frame() = 0;               // ask the phone: RESET_VIDEO
  virtual void recorder_failed(const Error&) = 0;  // disk full, …: recording stands still, what stands is kept
};

struct RecorderLimits {
  std::int64_t segment_us = 10'000'000;            // close at the next key frame after this
  std::int64_t force_us = 30'000'000;              // no key frame until here: need_key_frame()
  std::uint64_t force_bytes = 48u << 20;
  std::size_t queue_bytes = 64u << 20;
};

// Where the newest frame stands that is whole in its file, so that a line may speak of it even if the program is killed
// next: the position of a capture in the recording. One packet behind what was pushed.
struct RecordPosition {
  std::string segment;               // empty before the first frame is in a file
  std::int64_t pts_us = 0;           // its device PTS
};

// Owns the record thread. push() only queues. stop() writes what is queued, closes the segment and joins.
class Recorder final : public PacketSink {
 public:
  // Segments are created in `folder` as rec-NNNN.mp4, numbering from `first_number`.
  // `files` makes each segment's file; tests give one that fails.
  Recorder(std::filesystem::path folder, RecorderListener& listener, RecorderLimits limits = {}, int first_number = 0,
           SinkFactory files = append_files());
  ~Recorder() override;
  Status open(const VideoFormat& format) override;
  Status push(const Packet& packet) override;
  void close() override;             // the stream ended or broke: closes the segment; open() may follow
  void stop();
  [[nodiscard]] RecordPosition position() const;     // any thread
  // fdatasync of the open segment; called once a second by the flush thread, and before a line names a frame. A failure ends the
  // recording for good, and recorder_failed() has been called when it returns: no later sync could be believed (base/file.h).
  Status sync();
  // Of a segment that a failure left open: how many of its bytes a good sync has covered. What follows may be gone, whatever a
  // read says. After stop().
  [[nodiscard]] std::uint64_t proven_bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
