// Room desk. Plays a package's recording: all segments as one film, on a thread of its own. GUI thread only.
// Positions are milliseconds from the recording's first picture, by the device's time stamps.
#pragma once

#include <QObject>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/desk/audio_out.h"
#include "core/desk/package_view.h"
#include "core/media/decoder.h"

namespace guzheng {

class PlayerDesk : public QObject {
  Q_OBJECT
 public:
  // `out`: where sound is heard; null: nowhere.
  explicit PlayerDesk(const Clock& clock, std::unique_ptr<AudioOut> out = nullptr);
  ~PlayerDesk() override;                  // ends the thread

  // Shows the first picture. Segments are read from `files` into memory one at a time, and never lie decrypted on a disk.
  // `sound` is played in step, at 1.0× only; where it goes on while the film stands still, the film waits for it.
  void open(const std::vector<FilmSegment>& film, std::shared_ptr<const PackageReader> files, std::vector<SoundStretch> sound = {});
  void close();
  void seek(std::int64_t position_ms);
  void set_playing(bool playing);
  void set_speed(double speed);                          // 1.0: as recorded
  [[nodiscard]] bool playing() const { return playing_shown_; }
  [[nodiscard]] bool has_sound() const { return has_sound_; }
  [[nodiscard]] SpeakerDesk& speaker() { return speaker_; }
  [[nodiscard]] std::int64_t position_ms() const { return position_ms_; }
  [[nodiscard]] std::int64_t duration_ms() const { return duration_ms_; }
  [[nodiscard]] std::shared_ptr<const Frame> take_frame() { return latest_.take(); }

 signals:
  void frame_ready();
  void moved(qint64 position_ms);
  void playing_changed(bool playing);
  void failed(const guzheng::Error& error);
  void sound_failed(const guzheng::Error& error);        // a stretch of it cannot be read; the film goes on

 private:
  struct Wish {                            // what the window wants; guarded by mutex_
    std::vector<FilmSegment> film;
    std::vector<SoundStretch> sound;
    std::shared_ptr<const PackageReader> files;
    bool film_changed = false, seek_wanted = false, playing = false, quit = false;
    std::int64_t seek_ms = 0;
    double speed = 1.0;
  };
  class Projector;                         // the thread's own state
  class Run;
  void run();
  void show_playing(bool playing);

  const Clock& clock_;
  FilmSound track_;
  SpeakerDesk speaker_;
  LatestFrame latest_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Wish wish_;
  std::int64_t position_ms_ = 0, duration_ms_ = 0;       // GUI thread
  bool playing_shown_ = false, has_sound_ = false;       // GUI thread
  std::thread thread_;
};

}  // namespace guzheng
