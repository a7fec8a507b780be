// Room central. Is what was receipted still there, in both stores, as it was (A-7.4c, A-8.6)? Every object that the evidence log names is read whole from both stores and held to the
// log's digest. A copy that is gone, altered, unreadable, or whose record or retention is not what it was, is made anew from the other; what was damaged is put aside (in a bucket: stays as
// an older version), never overwritten.
// Where neither copy is right what lies behind one in its own bucket may still be; else nothing is touched, and it is told. The log is audited, receipts are held to it, objects that nothing names are told and left alone.
// Where a package is planned to be kept for longer than its stores lock it (central/keeping.h), the lock is moved on towards that end, at most kLockAhead from now: further it could not be taken back.
// A scrub that was called off or killed goes on where it stood; its outcome stays in the database (last_scrub).
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/central/evidence_log.h"
#include "core/store/object_store.h"

namespace guzheng {

struct ScrubFinding {
  enum class What {
    Repaired,      // this store's copy, from the other
    Unrepaired,    // this store's copy is not right, the other is, and this one could not be made anew
    Lost,          // no copy is right: evidence is lost, or damaged
    Unnamed,       // an object that no receipt names
    Receipt,       // what the database holds of a receipt is not what the log says of it, or is gone
  } what = What::Repaired;
  std::string object, store;                       // store: "" for Lost and Receipt
  std::string package;
  std::string why;                                 // "missing", "altered", "unreadable", "record", "retention"; with what the store says of it (such as a delete marker that somebody put over it); of Lost: of
                                                   // both stores; of Unrepaired: what hindered it, too
};
std::string_view to_string(ScrubFinding::What what);             // "repaired", "unrepaired", "lost", "unnamed", "receipt"
Json scrub_line(const ScrubFinding& finding);                    // body of op.central-scrub-found

struct ScrubCount {
  std::int64_t objects = 0, bytes = 0;             // entries looked at; bytes read of both stores
  std::int64_t repaired = 0, unrepaired = 0, lost = 0;           // copies, copies, objects
  std::int64_t expired = 0;                        // entries whose retention is over and of which no copy is left
  std::int64_t unnamed = 0, receipts = 0;
};
struct ScrubRun {
  std::int64_t number = 0;
  WallTime began, ended;                           // ended: 0 while it is not at its end
  ScrubCount count;
  std::string log_problem;                         // of the evidence log; "": it holds
  [[nodiscard]] bool whole() const { return log_problem.empty() && count.lost == 0 && count.unrepaired == 0 && count.receipts == 0; }
};
Json scrub_line(const ScrubRun& run);                            // body of op.central-scrub

// All must outlive the run.
struct ScrubParts {
  Database* database = nullptr;
  EvidenceLog* log = nullptr;
  ObjectStore *first = nullptr, *second = nullptr;
  const Clock* clock = nullptr;
  std::string roots_pem;                           // the bureau's: the newest checkpoint's signature is held to them
  std::uint64_t bytes_a_second = 0;                // of both stores together; 0: as fast as they are
  // Sleeps so long, or looks whether to go on when it is 0. False: called off.
  std::function<bool(std::chrono::milliseconds)> pause;
  // A line of the chained access log. Of one run the first kMostScrubLines findings get one.
  std::function<void(std::string_view kind, const Json& body)> note;
  std::function<void(const ScrubFinding&)> found;                // null: findings go into the engineers' log
};
inline constexpr std::int64_t kMostScrubLines = 10'000;
inline constexpr int kLockAheadDays = 90, kLockLeastDays = 45;   // a lock that ends sooner than the latter is moved on to the former

// Blocks for as long as it takes to read both stores. Beside a server that works: what is being ingested meanwhile is left alone.
// Cancelled, and a store or database that is away: not at its end; the next call goes on there.
Result<ScrubRun> run_scrub(const ScrubParts& parts);
// The newest; nothing: there was none.
Result<std::optional<ScrubRun>> last_scrub(Database& database);

}  // namespace guzheng
