// Room session. Thread `anchor`: time stamps over the journal's head (FORMAT.md 7), at each capture and every minute.
// A head that gets no token at once is journalled as pending and asked again before any newer one, so that tokens never
// go back in time, and on its own as soon as an authority is worth asking again; late tokens lie in ID.after/. When one is
// long in coming a gap says so. Where a second authority answers its token lies beside the first one's as `.2.tsr`; it is
// asked for when the anchor's line stands, and nothing waits for it.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <thread>

#include "core/custody/witness.h"
#include "core/seal/stamp_desk.h"
#include "core/session/gap_book.h"
#include "core/session/reporter.h"

namespace guzheng {

class AnchorDesk {
 public:
  AnchorDesk(Ledger& ledger, GapBook& gaps, const Bureau& bureau, const Reporter& tell, std::int64_t every_ms,
             std::function<void()> each_minute)
      : ledger_(ledger), gaps_(gaps), stamps_(bureau, ledger.clock()), tell_(tell), every_ms_(every_ms), each_minute_(std::move(each_minute)), newest_head_(ledger.clock().wall()) {}
  ~AnchorDesk() { stop(); }
  // Before start(): the token over `content` that line 0 will name. `second` is put beside it where another authority answers.
  struct Beacon {
    Stamped first;
    std::optional<Stamped> second;
  };
  Result<Beacon> stamp_beacon(ByteView content);
  // Before start(): who else is told each head, once its line is on the disk; null: nobody. `package`: the id that the heads are of.
  void tell_to(std::shared_ptr<Witness> witness, std::string package) {
    witness_ = std::move(witness);
    package_ = std::move(package);
  }
  void start() { thread_ = std::thread([this] { run(); }); }
  void request();                            // any thread: the head as it is now gets a stamp soon
  // Serves what was asked for, then joins. From here on, with stamp_final() and the seal's stamp, authorities have four
  // seconds in all: what is not there by then is pending.
  void stop();

  // After stop(): a last anchor when the last request was not served, and a gap for what is still pending.
  Status settle();
  // final.head and its token; call after the last line. False: no token.
  Result<bool> stamp_final();
  StampDesk& stamps() { return stamps_; }    // for the seal
  [[nodiscard]] WallTime final_time() const { return final_; }           // of final.head.tsr; 0: none

  [[nodiscard]] WallTime last() const;       // time of the newest token; 0: none
  struct Newest {
    WallTime token;                          // what it says
    WallTime came;                           // workstation's clock when it was there
  };
  [[nodiscard]] Newest newest() const;       // both 0: none
  [[nodiscard]] bool pending() const;

 private:
  struct Waiting {
    std::uint64_t seq = 0;
    WallTime line_time;
  };
  void run();
  [[nodiscard]] std::chrono::milliseconds patience() const;              // until the thread looks up unasked
  void anchor();
  Result<Stamped> token(ByteView content, const StampBounds& bounds);
  Status put_second(const Stamped& first, const std::string& path, ByteView content, WallTime line);
  void unsaid(const Error& error, std::initializer_list<std::string> files);
  bool serve_waiting();
  void mind_lateness();
  void say_late(WallTime since);
  void tell(TimelineEvent::Type type, const std::string& text);

  Ledger& ledger_;
  GapBook& gaps_;
  StampDesk stamps_;
  const Reporter& tell_;
  const std::int64_t every_ms_;
  std::function<void()> each_minute_;
  std::shared_ptr<Witness> witness_;         // null: none
  std::string package_;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool asked_ = false, stopping_ = false;    // under mutex_
  Newest newest_;                            // under mutex_
  std::vector<Waiting> waiting_;             // under mutex_; only the anchor thread changes it
  int gap_ = 0;                              // anchor thread: number of the open gap
  WallTime newest_head_;                     // anchor thread: time of the line it stamped last; before that, of the begin
  WallTime in_bag_, second_in_bag_;          // anchor thread: newest tokens of both series, which may not go back
  WallTime final_;                           // of final.head.tsr
  MonotonicTime last_minute_;                // anchor thread
};

std::string head_name(std::uint64_t seq);    // "00000042.head"

// How every journal begins: tst/beacon with its tokens and line tsa.beacon; or tsa.none with the reason, which is told too (empty).
struct BeaconLine {
  std::string tsr_sha256;                    // of beacon.tsr
  WallTime time;                             // that it says
};
Result<std::optional<BeaconLine>> write_beacon(AnchorDesk& anchors, Ledger& ledger, const Reporter& tell);

}  // namespace guzheng
