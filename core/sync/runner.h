// Room sync. Sends what a vault holds by itself: several packages at once, each over a link of its own, within one bandwidth limit; what an officer put first goes
// first, then the oldest. A line that is away costs one try now and then, and is told once; what was begun goes on where it stood.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/sync/sync.h"
#include "core/sync/token_bucket.h"

namespace guzheng {

// A package as its vault has it.
struct SyncCandidate {
  std::filesystem::path bag;
  std::string fingerprint;
  std::uint64_t bytes = 0;                         // about as many as will be sent
  bool ready = true;                               // false: not in vault form yet, cannot be sent
};

enum class SyncPhase {
  NotReady,                                        // not encrypted yet
  Queued,
  Packing,                                         // its ZIP is being made
  Sending,
  Verifying,                                       // sent whole; the central system verifies it
  Synced,
  Refused,                                         // by the central system, which says why
  Hindered,                                        // this package alone, and why; tried again by and by
  Distrusted,                                      // the receipt that came does not hold; asked for again by and by
};
std::string_view to_string(SyncPhase phase);       // "not-ready", "queued", …

struct SyncItem {
  std::string package, why, zip_sha256;
  SyncPhase phase = SyncPhase::Queued;
  std::uint64_t done = 0, total = 0;               // bytes; total: about, until the ZIP is made
  std::int64_t index = -1;                         // Synced: in the evidence log
  bool first = false;                              // put first by an officer
  [[nodiscard]] bool settled() const { return phase == SyncPhase::Synced || phase == SyncPhase::Refused; }
};

// Why nothing can be sent to anybody just now.
struct SyncAway {
  Error error;                                     // Network, Timeout; Denied: the system does not let this station in. Of the queue: Exists: another program sends
  WallTime since;
  std::int64_t next_try_s = 0;                     // seconds until it is tried again
};

struct SyncStatus {
  bool open = false;                               // the queue could be opened and the vault was looked through once
  bool paused = false;                             // by an officer; kept over restarts
  bool resting = false;                            // not automatic, and nobody asked
  int in_hand = 0;                                 // packages that are worked on this moment
  std::optional<SyncAway> away;
  std::uint64_t bytes_per_second = 0, bytes_left = 0;
  std::optional<std::int64_t> seconds_left;        // none: nothing moves
  std::vector<SyncItem> items;                     // what is under way or waits, in its order; then what is settled, newest first
};

struct SyncEvent {
  enum class Kind {
    Sent,                                          // whole; being verified
    Synced,
    Refused,
    Hindered,                                      // with item.why; once for each reason
    Distrusted,                                    // likewise
    Away, Back,                                    // once each time
  } kind = Kind::Sent;
  SyncItem item;                                   // not Away, Back
  std::filesystem::path bag;                       // likewise
  Error error;                                     // Away
};

struct RunnerParts {
  SyncParts queue;
  // Opens a link; `stopped` as CentralLink::open. Called on sending threads.
  std::function<Result<std::unique_ptr<CentralLink>>(std::function<bool()> stopped)> link;
  // All packages of the vault, oldest first. Called on the queue's thread.
  std::function<Result<std::vector<SyncCandidate>>()> packages;
  // On the runner's threads, one call at a time, while nothing of the runner is locked: it may call the runner, except stop().
  std::function<void(const SyncEvent&)> tell;
  int at_once = 2;                                 // 1 to 8; fewer where the limit leaves each less than 6 KiB/s
  std::uint64_t bytes_per_second = 0;              // of all together; 0: no limit
  bool automatic = true;                           // false: nothing is sent before send_now()
  std::int64_t look_ms = 60'000;                   // the vault is looked through again
  std::int64_t pause_ms = 5'000, longest_pause_ms = 300'000;     // between tries while the system is away: doubled each time
  std::int64_t ask_ms = 500;                       // a package that is being verified is asked after: doubled each time up to 60 times that
};

// Thread-safe. Threads: "queue" (one; looks through the vault, opens the queue) and "send" (at_once; a package each). Parts outlive it.
class SyncRunner {
 public:
  explicit SyncRunner(RunnerParts parts);          // begins at once; a queue that cannot be opened is told in status() and tried again
  ~SyncRunner();                                   // stop()
  SyncRunner(const SyncRunner&) = delete;
  SyncRunner& operator=(const SyncRunner&) = delete;

  // What is under way stops where it stands, within about a second: at most a piece of each is sent again. Blocks until the threads have ended.
  void stop();
  void look();                                     // the vault changed: look now
  void pause();                                    // after the pieces that are under way; stays so over restarts
  void resume();
  void send_now();                                 // resume(), and a system that was away is tried now; not automatic: until nothing is left to do
  void put_first(const std::string& package);      // before all others; an upload under way makes room after its piece
  void again(const std::string& package);          // refused, hindered or distrusted: tried once more now
  [[nodiscard]] SyncStatus status() const;
  // Goes up with everything that status() would tell otherwise.
  [[nodiscard]] std::uint64_t revision() const;
  Result<KeptReceipt> receipt(const std::filesystem::path& bag) const;          // reads disk
  // Waits until revision() is another than `seen`, or so many milliseconds.
  void wait_changed(std::uint64_t seen, std::int64_t ms) const;

 private:
  struct Item;
  void queue_thread();
  void send_thread();
  bool open_queue();
  void look_through();
  void merge(const std::vector<SyncCandidate>& candidates, const std::map<std::string, std::string>& editions, const std::vector<SyncedPackage>& known, const std::map<std::string, std::int64_t>& places);
  Item* next_ready(std::int64_t now_us, std::int64_t& wait_us);
  void work_on(Item& item, CentralLink& link);
  void took_step(Item& item, const Result<SyncStep>& step);
  void hinder(Item& item, SyncPhase phase, const Error& error, std::vector<SyncEvent>& events);
  void line_failed(Item& item, const Error& error, std::vector<SyncEvent>& events);
  void line_is_up(std::vector<SyncEvent>& events);
  bool stands(Item& item, std::uint64_t at, std::uint64_t total);
  std::size_t valve(std::size_t wanted);
  void tell(std::vector<SyncEvent>& events);
  void changed();                                  // locked
  [[nodiscard]] bool may_send() const;             // locked
  [[nodiscard]] bool any_left() const;             // locked
  [[nodiscard]] std::int64_t now_us() const;
  [[nodiscard]] std::uint64_t rate() const;        // locked; bytes a second, over the last seconds

  const RunnerParts parts_;
  int senders_ = 1;
  mutable std::mutex mutex_;
  std::mutex telling_;
  mutable std::condition_variable moved_;          // anything changed
  std::condition_variable valve_moved_;
  std::unique_ptr<Sync> sync_;                     // set once, by the queue's thread
  std::map<std::string, std::shared_ptr<Item>> items_;
  std::vector<std::string> order_;                 // oldest first
  std::optional<SyncAway> away_, closed_;          // closed_: the queue cannot be opened, or the vault not be read
  std::int64_t away_until_us_ = 0, pause_ms_ = 0;
  int line_failures_ = 0, idle_ = 0, yielding_ = 0;
  bool probing_ = false;
  bool stop_ = false, look_ = true, paused_ = false, asked_ = false, looked_ = false;
  std::uint64_t revision_ = 1;
  TokenBucket bucket_;
  mutable std::deque<std::pair<std::int64_t, std::uint64_t>> sent_;             // when, how many bytes
  std::vector<std::thread> threads_;
};

}  // namespace guzheng
