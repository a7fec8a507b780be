// Room training, scrcpy side. One run of `app_process / com.genymobile.scrcpy.Server …`.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/training/local_sockets.h"
#include "core/training/scrcpy/sound.h"
#include "core/training/scrcpy/video.h"

namespace guzheng::training {

class ScrcpyServer {
 public:
  ScrcpyServer(ServerOptions options, const Switches& switches, PhoneScreen& screen, LocalSockets& sockets, const Clock& clock);
  // Opens the sockets, then streams until the client goes or stop(). `log` takes lines for the shell's output.
  Status run(const std::function<void(const std::string&)>& log);
  void stop();                                                // any thread, any time

 private:
  Status open_sockets();
  Status open_forward();
  Status open_reverse();
  void serve_control();
  void handle(const ControlMessage& message);
  void on_touch(const TouchEvent& event);
  bool take_pinch(const TouchEvent& event);                   // true: a touch of two fingers, which moves nothing else
  void on_scroll(const ScrollEvent& event);
  void on_set_clipboard(const SetClipboard& event);
  void answer(const DeviceMessage& message);
  [[nodiscard]] bool in_screen(std::int32_t x, std::int32_t y, std::uint16_t width, std::uint16_t height, double& sx, double& sy) const;
  [[nodiscard]] std::vector<std::shared_ptr<AdbStream>*> wanted();

  const ServerOptions options_;
  const Switches& switches_;
  PhoneScreen& screen_;
  LocalSockets& sockets_;
  const Clock& clock_;
  std::mutex mutex_;
  std::shared_ptr<AdbStream> video_, audio_, control_;        // under mutex_ until run() has opened them
  std::shared_ptr<LocalListener> listener_;                   // under mutex_
  std::shared_ptr<VideoSender> sender_;                       // under mutex_
  std::map<std::uint64_t, std::pair<double, double>> fingers_;        // control thread: those that are down
  double pinch_began_ = 0, pinch_now_ = 0;                    // control thread: their distance; 0: no pinch
  std::mutex answer_mutex_;                                   // one device message at a time
  std::atomic<bool> stopping_{false};
};

// What `app_process` prints and returns; blocks as long as the server runs. `on_stop` is handed a function that ends it.
int run_app_process(const std::vector<std::string>& arguments, const Switches& switches, PhoneScreen& screen, LocalSockets& sockets,
                    const Clock& clock, const std::function<void(const std::string&)>& out,
                    const std::function<void(const std::string&)>& err, const std::function<void(std::function<void()>)>& on_stop);

}  // namespace guzheng::training
