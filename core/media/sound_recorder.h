// Room media. Writes the phone's Opus packets, unchanged, into Ogg segments beside the film (A-7.3b, 录音). A segment is one stretch of sound: it
// ends where the stream ends, or where the device's clock and the samples counted so far part by more than 200 ms, so that a place in the file
// stands for a time of the device's clock: origin_us + samples / 48 kHz, within these 200 ms.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "core/base/digest.h"
#include "core/media/byte_sink.h"
#include "core/media/opus_pages.h"

namespace guzheng {

struct SoundOpened {
  std::string name;                  // "rec-0000.ogg"
  std::int64_t origin_us = 0;        // device PTS of its first packet
  std::int64_t jump_us = 0;          // how far the clock left the samples of the stretch before; 0: another reason
};
struct SoundClosed {
  std::string name;
  FileDigests digests;               // taken from the bytes as they left
  std::uint64_t packets = 0;
  std::int64_t origin_us = 0, duration_us = 0;   // of all its samples
};

// Told on the thread that gives the packets. opened() returns before the segment's first byte is written. An error stops the recorder.
class SoundListener {
 public:
  virtual ~SoundListener() = default;
  virtual Status sound_opened(const SoundOpened&) = 0;
  virtual Status sound_closed(const SoundClosed&) = 0;
};

// One thread, except sync() and proven_bytes(). After an error every call gives it again: what stands is kept, nothing is added.
class SoundRecorder {
 public:
  SoundRecorder(std::filesystem::path folder, SoundListener& listener, SinkFactory files = append_files())
      : folder_(std::move(folder)), listener_(listener), files_(std::move(files)) {}
  Status config(ByteView opus_head);                 // a stream begins; Protocol: no OpusHead
  Status packet(std::int64_t pts_us, ByteView data);
  Status close();                                    // the stream ended
  Status sync();                                     // any thread
  [[nodiscard]] std::uint64_t proven_bytes() const;  // of a segment that a failure left open: what a good sync has covered

 private:
  Status begin(std::int64_t pts_us, std::int64_t jump_us);
  Status end();
  Status write(ByteView bytes);
  Status failed(Status why);
  [[nodiscard]] std::uint64_t written() const;

  const std::filesystem::path folder_;
  SoundListener& listener_;
  const SinkFactory files_;
  Bytes head_;
  std::uint32_t number_ = 0;
  std::optional<OpusPages> pages_;
  std::optional<TripleDigester> digester_;
  SoundClosed current_;
  std::optional<Error> failed_;
  mutable std::mutex mutex_;
  std::unique_ptr<ByteSink> sink_;                   // changes under mutex_, held by sync() too
  std::uint64_t written_ = 0, proven_ = 0;           // under mutex_
  std::optional<Error> sync_failed_;                 // under mutex_, for good (base/file.h)
};

}  // namespace guzheng
