// Room custody. The station's operation log 操作日志 (A-7.2a, A-8.6): what officers and programs did with evidence.
// The journal's line form with kinds of its own, `op.*`; one file, written by every program of the station at once.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/custody/journal.h"

namespace guzheng {

// op.start op.stop op.login op.session op.seal op.verify op.export op.report op.print op.open op.recover
// op.delete-refused op.log-stamp …: `op.` and lower-case letters, digits, hyphens. Bodies are JSON objects.
bool is_operation_kind(std::string_view kind);

// Appends under flock(2), so that window and command line may write the same log; each line is one write(2)
// and is synced. Thread-safe. Blocks for the disk: not on the GUI thread.
// A failed sync is final for the file that it happened to (custody/journal.h): the line, an `op.sync-failed` that says so and all that stood
// before are written into a new file, which takes the old one's place; other programs go over to it with their next line. When that
// fails too append() fails, the line is cut off again, and every later append() writes anew until one gets through.
class OperationLog {
 public:
  // Opens or makes the log (mode 0600). `clock` must outlive it.
  static Result<std::unique_ptr<OperationLog>> open(const std::filesystem::path& path, const Clock& clock);
  Result<JournalHead> append(std::string_view kind, const Json& body);
  // Of the last whole line; empty: there is none yet. Tampered: that line is damaged, the next append() makes a head again.
  Result<std::optional<JournalHead>> head();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  class Held;                    // mutex_ and the file's lock
  OperationLog(std::filesystem::path path, UniqueFd fd, const Clock& clock);
  Result<JournalHead> append_locked(std::string_view kind, std::string_view body);
  Result<JournalHead> write_line(const JournalHead& last, bool first, std::string_view kind, std::string_view body);
  Status put(const JournalHead& last, const JournalHead& now, const std::string& line);
  Status write_anew(std::uint64_t proven, const JournalHead& last, const JournalHead& now, const std::string& line);
  Status reopen();

  const std::filesystem::path path_;
  const Clock& clock_;
  std::mutex mutex_;
  UniqueFd fd_;                  // guarded by mutex_ and the file's lock
  std::optional<Error> failed_;  // guarded by mutex_: the sync of this file that failed, and nothing has been written anew since
};

struct OperationLogReading {
  std::vector<JournalLine> lines;              // every line that can be read, also after a break
  std::optional<std::uint64_t> broken_at;      // number (from 0) of the first line that breaks form or chain
  std::string why;                             // English, one sentence; empty when whole
};

// Reads the whole log; a damaged one is a reading that says where, not an error. An absent one is empty.
Result<OperationLogReading> read_operation_log(const std::filesystem::path& path);

}  // namespace guzheng
