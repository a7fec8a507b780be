// Room session. Gaps (间断): each has a begin line, an end line and a number; what is open at the end is closed. Thread-safe.
#pragma once

#include <mutex>

#include "core/session/ledger.h"

namespace guzheng {

struct Gap {
  int number = 0;
  std::string reason;
  WallTime begin, end;
  std::int64_t packets = 0;                  // lost; -1: cannot be known
  bool open = true;
};

// Words of gaps in which the film lacks no packets (FORMAT.md 5.5).
inline constexpr std::string_view kGapStampLate = "stamp-late", kGapPause = "pause", kGapBlack = "black-page", kGapLocked = "phone-locked", kGapNoSound = "no-sound";

class GapBook {
 public:
  explicit GapBook(Ledger& ledger) : ledger_(ledger) {}
  Result<Gap> begin(const std::string& reason);
  Result<Gap> end(int number, std::int64_t packets);       // NotFound when it is not open
  Status close_all(std::int64_t packets = -1);
  void restore(std::vector<Gap> gaps);                     // after a crash
  [[nodiscard]] std::vector<Gap> all() const;
  [[nodiscard]] bool film_interrupted() const;             // one is open that is of the film: a late stamp is not, nor a pause
  [[nodiscard]] Json values() const;                       // values.json "gaps"

 private:
  Result<Gap> end_locked(Gap& gap, std::int64_t packets);
  Ledger& ledger_;
  mutable std::mutex mutex_;
  std::vector<Gap> gaps_;                    // under mutex_
};

}  // namespace guzheng
