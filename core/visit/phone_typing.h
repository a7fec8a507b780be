// Room visit, inside. Text typed into a phone in any script: the phone's own shell types keys only, and no key makes a Chinese character. It is pasted
// through a screen session without picture, so it also stands on the phone's clipboard: nothing secret is typed here.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/device/link.h"

namespace guzheng {

class PhoneTyping {
 public:
  // Blocks until the phone's server runs (see DeviceLink::start_screen, whose errors it gives).
  static Result<std::unique_ptr<PhoneTyping>> start(DeviceLink& link, ScreenOptions options);
  ~PhoneTyping();
  // Into whatever has the focus; returns once the phone says that the text is on its clipboard. Timeout: it never said so. One call at a time.
  Status type(const std::string& utf8);

 private:
  explicit PhoneTyping(std::unique_ptr<ScreenStream> stream);
  void listen();
  std::unique_ptr<ScreenStream> stream_;
  std::mutex mutex_;
  std::condition_variable heard_;
  std::uint64_t sent_ = 0, taken_ = 0;           // numbers of texts; under mutex_
  std::optional<Error> ended_;                   // under mutex_
  std::jthread thread_;                          // drains what the phone says; a full line would hold the phone up
};

}  // namespace guzheng
