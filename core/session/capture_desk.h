// Room session. 取证当前页面 (A-7.3b, A-8.3g). Two threads, so that a hierarchy dump that hangs or fails delays neither the
// next screenshot nor the pane:
//   capture  one at a time, in the order asked: description line, sync, position, screenshot, position, file, shot line
//   layout   the page's text and layout after its screenshot, under a time limit; its shot line comes when it came,
//            its absence is a note with the reason. A dump that another shot or an input overtook is not taken: it may
//            be of another page.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <thread>

#include "core/session/gap_book.h"
#include "core/session/items.h"
#include "core/session/reporter.h"

namespace guzheng {

struct ShotPosition {
  std::string segment;                       // data/main/rec-0000.mp4, "" outside the recording
  std::int64_t pts_us = 0;
};

class CaptureDesk {
 public:
  struct Parts {
    DeviceLink& link;
    Ledger& ledger;
    const RecordBook& record;
    const Reporter& tell;
    std::function<ShotPosition()> position;
    std::function<std::uint64_t()> inputs;   // how many have gone to the phone
    std::function<void()> anchor;            // asks for a time stamp
    std::function<void()> look_at_app;       // on the layout thread, after each shot: which app is in front
    std::function<void()> password_seen;     // the page's focused field is a password field
    std::function<void(const std::string&)> black_shot;      // this screenshot is all black
    std::function<Status()> film_to_disk;    // what position() speaks of stands on the disk afterwards, or the film has its gap
    std::function<bool()> secrets_typed;     // something has been typed that stands nowhere in clear
    std::function<Result<std::string>(std::chrono::milliseconds, const Cancel&)> layout;      // asks the phone for its page
  };
  explicit CaptureDesk(Parts parts) : parts_(std::move(parts)) {}
  ~CaptureDesk() { stop(); }
  void start(std::function<void()> first = {});            // `first`: on the capture thread, before any shot
  int capture(ItemDescription description);  // never blocks
  Status describe(int item, ItemDescription description);
  void set_long_page(const std::vector<int>& items, int long_page);
  void wait();                               // until shots and dumps asked for have ended
  bool wait_within(std::chrono::milliseconds patience);    // as wait(); false: the phone still owes some. Calls nothing off
  // As wait(); what the phone has not given by then is called off, and told like every page that could not be had: a note each.
  void finish_within(std::chrono::milliseconds patience);
  void stop();                               // finishes within kOwed, then joins
  static constexpr std::chrono::seconds kOwed{2};          // how long an end waits for what the phone owes
  [[nodiscard]] std::vector<CaptureItem> items() const;     // those whose screenshot is there, in order
  // Numbers of the screenshots that were asked for more than kOwed ago and are not there, and of those that were called off: pages
  // that the officer wanted and the package lacks. One that failed by itself is none: its failure was shown while there was time.
  [[nodiscard]] std::vector<int> owed() const;

 private:
  struct Job {
    int number = 0;
    ItemDescription description;
  };
  struct Layout {
    int number = 0;
    std::uint64_t inputs = 0;                // at the time of its shot
  };
  void run_captures(const std::function<void()>& first);
  void run_layouts();
  void shoot(const Job& job);
  Result<CaptureItem> take(const Job& job);
  [[nodiscard]] Cancel call_off() const;
  [[nodiscard]] bool idle() const;           // under mutex_
  void dump(const Layout& layout);
  Result<std::string> dump_file(const Layout& layout);
  Status still_there(const Layout& layout) const;          // Cancelled: the page may be another one
  void mark_black(const CaptureItem& item);
  void failed(int number, const Error& error);
  void prove(ShotPosition& before, ShotPosition& after) const;
  Result<FileDigests> keep(const std::string& path, ByteView bytes, const ShotPosition& before, const ShotPosition& after);

  Parts parts_;
  std::thread capture_thread_, layout_thread_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;                     // all below: under mutex_
  std::deque<Layout> layouts_;
  std::vector<CaptureItem> items_;
  std::map<int, std::int64_t> asked_us_;     // monotonic, by number: screenshots that are not there yet, and those called off
  Cancel call_off_;                          // of the pages that are asked for now
  int numbers_ = 0, shooting_ = 0;           // shooting_: newest item whose screenshot was begun
  bool capture_busy_ = false, layout_busy_ = false, stopping_ = false;
};

}  // namespace guzheng
