// Room session. Thread `anchor`: time stamps over the journal's head (FORMAT.md 7), at each capture and every minute.
// A head that gets no token at once is journalled as pending and asked again before any newer one, so that tokens never
// go back in time; late tokens lie in ID.after/. When one is long in coming a gap says so.
#pragma once

#include <condition_variable>
#include <functional>
#include <thread>

#include "core/session/gap_book.h"
#include "core/session/reporter.h"

namespace guzheng {

class AnchorDesk {
 public:
  AnchorDesk(Ledger& ledger, GapBook& gaps, const Bureau& bureau, const Reporter& tell, std::int64_t every_ms,
             std::function<void()> each_minute)
      : ledger_(ledger), gaps_(gaps), bureau_(bureau), tell_(tell), every_ms_(every_ms), each_minute_(std::move(each_minute)), newest_head_(ledger.clock().wall()) {}
  ~AnchorDesk() { stop(); }
  void start() { thread_ = std::thread([this] { run(); }); }
  void request();                            // any thread: the head as it is now gets a stamp soon
  void stop();                               // serves what was asked for, then joins

  // After stop(): a last anchor when the last request was not served, and a gap for what is still pending.
  Status settle();
  // final.head and its token; call after the last line. False: no token.
  Result<bool> stamp_final();

  [[nodiscard]] WallTime last() const;       // time of the newest token; 0: none
  [[nodiscard]] bool pending() const;

 private:
  struct Waiting {
    std::uint64_t seq = 0;
    WallTime line_time;
  };
  void run();
  void anchor();
  Result<Bytes> token(ByteView content);     // whole TimeStampResp, its imprint checked
  bool serve_waiting();
  void mind_lateness();
  void say_late(WallTime since);
  void tell(TimelineEvent::Type type, const std::string& text);

  Ledger& ledger_;
  GapBook& gaps_;
  const Bureau& bureau_;
  const Reporter& tell_;
  const std::int64_t every_ms_;
  std::function<void()> each_minute_;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool asked_ = false, stopping_ = false;    // under mutex_
  WallTime last_;                            // under mutex_
  std::vector<Waiting> waiting_;             // under mutex_; only the anchor thread changes it
  int gap_ = 0;                              // anchor thread: number of the open gap
  WallTime newest_head_;                     // anchor thread: time of the line it stamped last; before that, of the begin
};

// Asks the bureau's first authority for a stamp over SHA-256(content) and checks form and imprint.
Result<Bytes> fetch_stamp(const Bureau& bureau, ByteView content);
std::string head_name(std::uint64_t seq);    // "00000042.head"

}  // namespace guzheng
