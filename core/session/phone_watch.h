// Room session. Thread `watch`: looks at the phone while it is used, beside everything else.
//   where typing goes   asked after each input that may move the focus, when the phone has had time to move it, and every two
//                       seconds; an answer that is outstanding, older than five seconds or unclear counts as unknown
//   locked, display off a gap `phone-locked` while it lasts (FORMAT.md 5.5)
//   black page          a gap `black-page` while the film, or a screenshot, is all black and the phone is not locked
// What the phone does not say is not claimed.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <thread>

#include "core/media/decoder.h"
#include "core/session/gap_book.h"
#include "core/session/phone_state.h"
#include "core/session/reporter.h"

namespace guzheng {

class PhoneWatch {
 public:
  struct Parts {
    DeviceLink& link;
    const Clock& clock;
    GapBook& gaps;
    const Reporter& tell;
    const LatestFrame& frames;
    std::function<bool()> flowing;                 // packets of the present stream have come
    std::function<void(Editor)> editor_changed;    // on this thread, when the answer is another one
  };
  explicit PhoneWatch(Parts parts) : parts_(std::move(parts)) {}
  ~PhoneWatch() { stop(); }
  void start() { thread_ = std::thread([this] { run(); }); }
  void stop();                                     // ends its open gaps

  void moved();                                    // hand thread: an input that may move the focus has gone to the phone
  void black_shot(const std::string& name);        // capture thread: this screenshot is all black
  [[nodiscard]] Editor editor() const;             // any thread, cheap

 private:
  void run();
  void look_at_editor();
  void look_at_lock();
  void look_at_film();
  void set_gap(int& gap, bool open, const std::string& reason);

  Parts parts_;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;                          // under mutex_, as all to the next comment
  Editor editor_ = Editor::Unknown;
  std::int64_t moved_us_ = 0, asked_us_ = -1;      // newest input that may have moved the focus; when editor_ was asked for
  std::string black_shot_;
  Editor told_ = Editor::Unknown;                  // watch thread, as all below
  bool locked_ = false;
  int lock_gap_ = 0, black_gap_ = 0;               // numbers of open gaps
  int black_looks_ = 0;
};

}  // namespace guzheng
