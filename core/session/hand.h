// Room session. Thread `hand`: takes inputs in the order of the calls, writes the journal line, then sends. Moves go out in
// batches of at most 16 ms, far below the 100 ms that the format allows: the hand feels no delay. What is typed stands in the
// journal in clear only when the phone has said that no password field has the focus; nothing waits for its answer.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "core/base/queue.h"
#include "core/session/input_body.h"
#include "core/session/layout_book.h"
#include "core/session/phone_watch.h"
#include "core/session/reporter.h"
#include "core/session/secrets.h"
#include "core/session/stream_keeper.h"

namespace guzheng {

class Hand {
 public:
  Hand(Ledger& ledger, SecretBook& secrets, StreamKeeper& stream, PhoneWatch& watch, LayoutBook& layouts, const Reporter& tell)
      : ledger_(ledger), secrets_(secrets), stream_(stream), watch_(watch), layouts_(layouts), tell_(tell) {}
  ~Hand() { stop(); }
  void start();
  // Any thread, never blocks. `by` is for reset-video: "officer", "recorder".
  void push(const ControlMessage& message, bool secret, const char* by = "officer");
  bool finish_within(std::chrono::milliseconds patience);  // takes nothing more; true: all that was queued is carried out
  void stop();                               // what is queued is still carried out
  // Any thread. Waits until what was pushed before is carried out or dropped; false: it still waits after `patience`.
  bool wait_within(std::chrono::milliseconds patience);
  // Any thread. An act that goes to the phone by another way than the control socket (a link through its shell), behind what was pushed before and
  // never in a pause: its line first, then `act`. Invalid: the session is paused; Network: the phone is not connected. Nothing is done then.
  Status act_beside(const Json& body, const std::function<Status()>& act);
  // Any thread. A pause: what is queued is carried out for as long as `patience`, then `line` is written, and from there on no input
  // has a line (the recorder's own asking for a key frame apart): what still waited is dropped, and told.
  Status hold(std::chrono::milliseconds patience, const std::function<Status()>& line);
  Status release(const std::function<Status()>& line);     // `line` is written first; when that fails the pause goes on
  [[nodiscard]] std::uint64_t sent() const { return sent_; }         // those that may change the page, before they go
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }   // those that did not reach the phone, each told as trouble

 private:
  struct Item {
    ControlMessage message;
    MonotonicTime at;
    bool secret = false;
    const char* by = "";
  };
  void run();
  void carried_out(std::size_t items);
  [[nodiscard]] bool may_pass(const Item& item) const;      // under gate_
  void act(const Item& item);
  void name_element(const Item& item, Json& body) const;
  [[nodiscard]] bool is_secret(const Item& item) const;
  void move(Item first);
  std::optional<JournalHead> write(const Item& item, const Json& body);    // told when it fails or comes into a pause
  // `line`: of the journal, that says it; a note follows when it did not go. False then.
  bool send(const ControlMessage& message, std::uint64_t line);
  void page_may_move(bool focus);
  [[nodiscard]] std::int64_t gesture_ms(const TouchEvent& touch, MonotonicTime at) const;

  Ledger& ledger_;
  SecretBook& secrets_;
  StreamKeeper& stream_;
  PhoneWatch& watch_;
  LayoutBook& layouts_;
  const Reporter& tell_;
  BoundedQueue<Item> queue_{4096};
  std::thread thread_;
  std::atomic<std::uint64_t> sent_{0}, dropped_{0};
  std::mutex mutex_;
  std::condition_variable ended_;
  bool running_ = false;                     // under mutex_
  std::uint64_t pushed_ = 0, carried_out_ = 0;              // under mutex_
  std::mutex gate_;                          // held while a line is written
  bool held_back_ = false, drop_told_ = false;              // under gate_
  std::optional<Item> held_;                 // hand thread: read, not yet done
  std::map<std::uint64_t, MonotonicTime> began_;            // hand thread: start of each pointer's gesture
  MonotonicTime last_batch_;                 // hand thread
};

}  // namespace guzheng
