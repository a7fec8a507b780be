// Room vault. The operation log's daily time stamp (A-7.2a, A-8.6): others than this station vouch for what stood in the log, so that cutting
// off its end or writing it anew is found. Beside `operations.log`, in `operations.stamps/`, one head a day:
//   YYYYMMDD-NNNNNNNN.head        digest of line NNNNNNNN with its LF, and LF: noted by the day's first program, without a network
//   YYYYMMDD-NNNNNNNN.head.tsr    TimeStampResp over that file, `openssl ts -verify -data …head -in …head.tsr`
// A head is of what stood in the log when it was noted: what came later that day is covered by the next day's.
// Both are written once and read-only; a line `op.log-stamp` of the log names each token, so that taking the newest away is found too. A head
// without its token waits; tokens come oldest first. All functions block; none on the GUI thread. Several programs may call them at once.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/file.h"
#include "core/custody/oplog.h"
#include "core/seal/stamp_desk.h"

namespace guzheng {

// One head of the log, noted on `day`.
struct LogStamp {
  std::string day;                     // "20261121", in the station's zone
  std::uint64_t line = 0;
  std::string name;                    // "20261121-00000042.head"
  WallTime line_time;                  // 0: that line is not in the log
  bool pending = false;                // its token has not come: `info` is empty
  StampInfo info;
  // Milliseconds from the line to its token, or to `now` while it waits.
  [[nodiscard]] std::int64_t lag_ms(WallTime now) const { return line_time.ms == 0 ? 0 : (pending ? now.ms : info.time.ms) - line_time.ms; }
};

std::filesystem::path log_stamps_folder(const std::filesystem::path& log);
// Is today's head not yet noted, or does one wait for its token? Looks at names only; false for a log that is not there.
bool log_stamp_due(const std::filesystem::path& log, const Clock& clock);
// Oldest first; asks nobody. Tokens are read for what they say (check_log_stamps judges them).
Result<std::vector<LogStamp>> log_stamps(const std::filesystem::path& log);

struct LogStampsFetched {
  std::vector<LogStamp> came, pending;
  Error problem{ErrorKind::Cancelled, ""};       // why, when something is still missing
};
// Notes today's head and fetches what is missing, until one is not given: the others are not asked for in vain. `who`: as the log's line
// says it. Blocks for as long as `desk` lets authorities take (StampDesk::close_within).
Result<LogStampsFetched> stamp_log(const std::filesystem::path& log, StampDesk& desk, const Clock& clock, std::string_view who);

// What the stamps say of the log. Every `broken` is one sentence in English.
struct LogStampsCheck {
  std::vector<LogStamp> stamps;        // of good form
  std::vector<std::string> broken;     // cut off, written anew, a token that does not hold or was taken away
  // Days before today whose last lines neither a token nor a head that waits for one covers: nobody but this station vouches for them.
  std::vector<std::string> bare_days;
  std::vector<std::pair<std::string, std::int64_t>> late_days;   // days without a head of their own that a later token covers, and how many ms after their last line
  std::uint64_t unstamped = 0;         // lines behind the last token, today's too: cut off, they would be missed by nobody else
  std::optional<WallTime> unstamped_since;       // the first of them
};
// Today is not asked for its head: it may come yet. `tsa_root_pem`: all authorities' roots; "": tokens are not asked whom they rest on.
Result<LogStampsCheck> check_log_stamps(const std::filesystem::path& log, const std::string& tsa_root_pem, const Clock& clock);

// While it lives no head and no token is added: who copies log and stamps gets those that belong together. Does nothing where none are.
class LogStampsHeld {
 public:
  explicit LogStampsHeld(const std::filesystem::path& log);

 private:
  UniqueFd fd_;                        // closing it gives the lock back
};

}  // namespace guzheng
