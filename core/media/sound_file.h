// Room media. A recorded stretch of sound (rec-NNNN.ogg) to be heard from any place in it. Foreign bytes: whatever they are, what does not decode is silence.
#pragma once

#include <span>
#include <string>

#include "core/media/opus_decoder.h"

namespace guzheng {

// One thread.
class SoundFile {
 public:
  // Takes the file's bytes. Invalid: nothing of it stands.
  static Result<SoundFile> open(Bytes bytes, const std::string& name);
  SoundFile(SoundFile&&) noexcept;
  SoundFile& operator=(SoundFile&&) noexcept;
  ~SoundFile();

  [[nodiscard]] std::int64_t frames() const;           // of all packets, as granule positions count
  // Fills `out` with the frames from `from` on; silence before the first and after the last. Going on where the last call ended is cheap; elsewhere the
  // decoder starts 200 ms before (RFC 7845, 4.6).
  void read(std::int64_t from, std::span<std::int16_t> out);

 private:
  SoundFile();
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
