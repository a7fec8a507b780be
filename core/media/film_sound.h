// Room media. The sound of a recording in step with its film: the film leads, sound follows wherever it stands.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/media/sound_file.h"

namespace guzheng {

// A stretch of sound and where its first frame stands in the film (µs from the film's first picture; may be negative).
struct SoundStretch {
  std::string path;
  std::int64_t place_us = 0, duration_us = 0;
};

// Where the film stands: at `place_us` when the clock said `clock_us`, going on at its own pace, or standing still.
struct FilmClock {
  bool running = false;
  std::int64_t clock_us = 0, place_us = 0;
};

// Owns the thread `track`, which reads and decodes ahead, at most 400 ms of samples. What is read is never more than 40 ms off the film: more than that is
// jumped over (seek, pause, a clock of the sound card that runs otherwise). Where no stretch lies there is silence.
class FilmSound {
 public:
  using Read = std::function<Result<Bytes>(const std::string& path)>;       // on the thread `track`
  static constexpr std::int64_t kOffUs = 40'000;

  explicit FilmSound(const Clock& clock);
  ~FilmSound();
  // Any thread; forgets what was there. `trouble`: on the thread `track`, once for each stretch that cannot be read; it is silent then.
  void open(std::vector<SoundStretch> stretches, Read read, std::function<void(const Error&)> trouble = {});
  void follow(const FilmClock& film);        // any thread
  // Fills all of `out`; the first frame is heard `delay_us` from now. The loudspeaker's thread; waits at most for a copy.
  void read(std::span<std::int16_t> out, std::int64_t delay_us);
  [[nodiscard]] std::int64_t ready_us() const;           // decoded ahead; any thread

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
