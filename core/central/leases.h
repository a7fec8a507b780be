// Room central. Who of several servers over one database works on something just now: rows of that database that run out by themselves when their server is
// gone. One that is stopped for so long and wakes up again finds by still() that another has gone on.
// Thread-safe; blocks for the database. Servers' clocks may differ by some seconds (they are set by NTP): a lease is taken over kMargin after it ran out.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "core/base/clock.h"
#include "core/sql/database.h"

namespace guzheng {

class Leases {
 public:
  static constexpr std::int64_t kHoldMs = 12'000, kMargin = 3'000;

  // Its table is that of central/schema.h; both must outlive it. A thread "lease" renews what is held every third of `hold_ms`.
  static Result<std::unique_ptr<Leases>> open(Database& database, const Clock& clock, std::int64_t hold_ms = kHoldMs);
  ~Leases();                                       // gives back what is held
  Leases(const Leases&) = delete;
  Leases& operator=(const Leases&) = delete;

  // False: another has it. Taken twice by this server: true; keeping its own threads apart is for the caller.
  Result<bool> take(const std::string& name);
  // False: it ran out, and another took it or may take it at any moment. Renews it.
  Result<bool> still(const std::string& name);
  // What cannot be given back now runs out by itself.
  void give(const std::string& name);

 private:
  Leases(Database& database, const Clock& clock, std::int64_t hold_ms, std::string holder) : database_(database), clock_(clock), hold_ms_(hold_ms), holder_(std::move(holder)) {}
  void renew();                                    // thread "lease"

  Database& database_;
  const Clock& clock_;
  const std::int64_t hold_ms_;
  const std::string holder_;                       // of this process; another one each time
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stop_ = false;                              // under mutex_
  std::thread thread_;
};

}  // namespace guzheng
