// Room desk. Seam AudioOut: a way to a loudspeaker, and the switch that the window shows for it. In the program Qt Multimedia plays (qt_audio_out.h);
// tests give one that remembers.
#pragma once

#include <QObject>
#include <atomic>
#include <functional>
#include <memory>
#include <span>

#include "core/base/result.h"

namespace guzheng {

// Fills all of `out` (48 kHz, two channels interleaved); its first frame is heard about `delay_us` from now. On the loudspeaker's thread; must not block.
using PcmSource = std::function<void(std::span<std::int16_t> out, std::int64_t delay_us)>;

// GUI thread; no call waits for the device.
class AudioOut {
 public:
  virtual ~AudioOut() = default;
  // `told`, on any thread: ok once it plays; NotFound: this computer has no sound device; any other error also later, when the device went away.
  virtual void start(PcmSource source, std::function<void(const Status&)> told) = 0;
  virtual void stop() = 0;                   // when it returns neither is called any more
};

// The switch: on or off, how loud, and why nothing is heard. Off by itself where there is no sound device. GUI thread.
class SpeakerDesk : public QObject {
  Q_OBJECT
 public:
  enum class State { Silent, Starting, Playing, NoDevice, Failed };
  // Null: no sound device.
  explicit SpeakerDesk(std::unique_ptr<AudioOut> out);
  ~SpeakerDesk() override;

  // There is something to hear, from now on. `listening`: told on this thread whether it is listened to.
  void open(PcmSource source, std::function<void(bool)> listening = {});
  void close();                              // source and listener are not called any more
  void set_on(bool on);
  [[nodiscard]] bool on() const { return on_; }
  void set_volume(int percent);              // 0 … 100
  [[nodiscard]] int volume() const { return volume_->load(); }
  [[nodiscard]] State state() const { return state_; }

 signals:
  void changed();

 private:
  void start();
  void stop(State state);
  void told(std::uint64_t start, const Status& status);

  const std::unique_ptr<AudioOut> out_;
  const std::shared_ptr<std::atomic<int>> volume_ = std::make_shared<std::atomic<int>>(80);
  PcmSource source_;
  std::function<void(bool)> listening_;
  bool on_ = true;
  State state_ = State::Silent;
  std::uint64_t starts_ = 0;                 // an answer to an older start counts for nothing
};

// As loud as `percent` sounds to an ear. Pure.
void scale_pcm(std::span<std::int16_t> samples, int percent);

}  // namespace guzheng
