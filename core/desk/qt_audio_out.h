// Room desk. AudioOut by Qt Multimedia. One thread, `speaker`, has all devices: finding them and opening them may take long, and what plays must not
// falter while the window paints.
#pragma once

#include <QThread>

#include "core/desk/audio_out.h"

namespace guzheng {

// Outlives the outs it made. The thread begins with the first start().
class Speakers {
 public:
  Speakers() = default;
  ~Speakers();
  Speakers(const Speakers&) = delete;
  Speakers& operator=(const Speakers&) = delete;
  [[nodiscard]] std::unique_ptr<AudioOut> make();

 private:
  friend class QtAudioOut;
  QObject& on_thread();
  std::unique_ptr<QThread> thread_;
  QObject* place_ = nullptr;                 // lives on the thread; queued calls go to it
};

}  // namespace guzheng
