// Room training, scrcpy side. The audio thread: what the phone plays → Opus → socket. The live room plays a chime, every other page is silent;
// silence is sent too, as Android's playback capture does.
#pragma once

#include <atomic>
#include <memory>

#include "core/training/adb/stream.h"
#include "core/training/scrcpy/options.h"
#include "core/training/screen/screen.h"

namespace guzheng::training {

class SoundSender {
 public:
  SoundSender(const ServerOptions& options, PhoneScreen& screen, const Clock& clock, std::shared_ptr<AdbStream> socket)
      : options_(options), screen_(screen), clock_(clock), socket_(std::move(socket)) {}
  // Until the socket closes or `stopping`; the error says why.
  Status run(const std::atomic<bool>& stopping);

 private:
  Status send_packet(std::int64_t pts_us, bool config, ByteView data);

  const ServerOptions& options_;
  PhoneScreen& screen_;
  const Clock& clock_;
  const std::shared_ptr<AdbStream> socket_;
};

}  // namespace guzheng::training
