// Room custody. The append-only, hash-chained journal (A-7.2a): every act, in order, written before it is done.
// Line: seq(8 digits) SP sha256-of-previous-line-with-its-LF(64 hex, zeros for line 0) SP time(29) SP kind SP body LF.
// core/seal/FORMAT.md is the authority on the bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace guzheng {

struct JournalLine {
  std::uint64_t seq = 0;
  std::string previous;          // 64 hex
  WallTime time;
  std::string kind;              // one of journal_kinds(), e.g. "session.open"
  std::string body;              // without LF
  std::string digest;            // SHA-256 (hex) of this line with its LF: the chain's head after it
};

// One line with or without its LF. Pure; refuses anything but the one spelling.
Result<JournalLine> parse_journal_line(std::string_view line);
// The whole file: chain, numbering, times that never go back, one zone. Pure text in, lines out.
Result<std::vector<JournalLine>> parse_journal(std::string_view text);

const std::vector<std::string_view>& journal_kinds();
// Is `body` in the form of its kind? JSON bodies are objects in canonical spelling. Invalid otherwise. Pure.
Status check_journal_body(std::string_view kind, std::string_view body);
// Text from outside (clipboard, notes) made fit for a JSON body: what is no UTF-8, U+007F and U+0080–9F become U+FFFD.
std::string journal_text(std::string_view text);

// The head after a line: what gets time-stamped and told to witnesses.
struct JournalHead {
  std::uint64_t seq = 0;
  std::string digest;            // 64 hex
  WallTime time;
};

// Writes one journal. append() and sync() may be called from any thread: lines are numbered in the order of the calls,
// and when append() returns the bytes are with the kernel (a killed program loses none). sync() is fdatasync.
// A failed sync. The kernel may have dropped any line since the last good one, and would not say so again. Those lines are still
// in memory: the journal is written anew into another file (what was proven, then these), synced and put in the old one's place;
// sync() then succeeds and failed_sync() tells what happened, for the journal itself and the package's state. When that fails too,
// append() refuses every line, so that nothing is done that cannot be recorded, and each sync() tries to write it anew.
class Journal {
 public:
  static Result<std::unique_ptr<Journal>> create(const std::filesystem::path& path, const Clock& clock);
  // Continues a journal after a crash: `lines` are its whole lines (parse_journal of what stands), the file must
  // end with the last of them.
  static Result<std::unique_ptr<Journal>> reopen(const std::filesystem::path& path, const Clock& clock,
                                                 const JournalLine& last);
  Result<JournalHead> append(std::string_view kind, std::string_view body);
  Result<JournalHead> append(std::string_view kind, const Json& body);      // canonical JSON
  // without these two a string would be as near to Json as to string_view
  Result<JournalHead> append(std::string_view kind, const std::string& body) { return append(kind, std::string_view(body)); }
  Result<JournalHead> append(std::string_view kind, const char* body) { return append(kind, std::string_view(body)); }
  Status sync();
  Status close();
  [[nodiscard]] std::optional<Error> failed_sync() const;     // the first one, mended or not
  [[nodiscard]] JournalHead head() const;
  // Called after each line, under the journal's lock, on the appending thread: must be quick and must not append.
  void on_line(std::function<void(const JournalLine&)> listener);

 private:
  Journal(AppendFile file, const Clock& clock);
  Status write_whole(std::string_view line);     // under mutex_
  Status sync_file();                            // under syncing_
  Status write_anew();                           // under syncing_ and mutex_
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::mutex syncing_;           // taken before mutex_: one sync at a time, so that nobody syncs a file that is being replaced
  AppendFile file_;              // guarded by mutex_ for writing, by syncing_ for syncing, by both when it is replaced
  std::uint64_t proven_ = 0;     // guarded by mutex_: bytes that a good sync has covered
  std::string unproven_;         // guarded by mutex_: the lines after those
  std::optional<Error> failed_;  // guarded by mutex_: the first sync that failed
  bool unmended_ = false;        // guarded by mutex_: since then nothing has been written anew
  JournalHead head_;             // guarded by mutex_
  bool empty_ = true;            // guarded by mutex_
  bool torn_ = false;            // guarded by mutex_: half a line stands and cannot be cut off; nothing more is written
  std::function<void(const JournalLine&)> listener_;
};

}  // namespace guzheng
