// Room records. A desk's book of what it keeps in common with other stations, in FOLDER/records.sqlite: what was last seen of each record, how far the desk has read, what
// is to be told, what was told and not answered yet, and conflicts with both sides and what they come from, also long after they were decided. Nothing of it is evidence; without
// it everything is read anew, and what differs here becomes a conflict.
// Thread-safe; blocks for the disk. One program at a time (Exists).
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/records/source.h"
#include "core/sql/database.h"
#include "core/wire/records.h"

namespace guzheng {

struct KnownRecord {
  std::int64_t version = 0;                        // 0: the central system has none
  std::string body;                                // "": none, or gone
};

struct RecordConflict {
  std::int64_t number = 0;
  RecordName record;
  std::int64_t base_version = 0, their_version = 0;
  std::string base, mine, theirs;                  // bodies; "": there was none, or it was taken away
  std::string their_station, their_person;
  WallTime their_at, found_at;
  std::string decision;                            // "": open; "mine", "theirs", "fields", "equal" (both had come to the same by themselves)
  std::string decided_by, outcome;                 // outcome: the body that was decided for
  WallTime decided_at;
};

// What the central system does not take, and what came from there and cannot be put here.
struct RecordTrouble {
  RecordName record;
  std::string why;
  bool from_there = false;
};

struct RecordTotals {
  std::int64_t waiting = 0, conflicts = 0, refused = 0, held = 0;          // to be told; open; not taken there; not put here
  std::int64_t known = 0;                          // in common, not gone
};

class RecordDeskBook {
 public:
  // Makes what is not there (mode 0600).
  static Result<std::unique_ptr<RecordDeskBook>> open(const std::filesystem::path& folder);

  Result<std::string> mark(const std::string& name);             // "": none
  // All of it or nothing: that these may have changed, and where to go on.
  Status note_changed(const std::vector<RecordName>& names, const std::string& mark_name, const std::string& mark);
  Status set_mark(const std::string& name, const std::string& mark);

  Result<KnownRecord> known(const RecordName& record);
  // All of it or nothing, with where to go on when `mark_name` is not empty. An older version than is known changes nothing; what was held is not any more.
  Status know(const std::vector<std::pair<RecordName, KnownRecord>>& now, const std::string& mark_name = {}, const std::string& mark = {});

  // To be told: without an open conflict and not told already. Tags last: whoever takes one away has told before that nobody carries it.
  Result<std::vector<RecordName>> waiting(std::size_t limit);
  Status wait(const RecordName& record);
  Status wait_no_more(const std::vector<RecordName>& records);   // they are as they are there
  Status begin_telling(const std::vector<RecordChange>& changes);          // they wait no more, and are told until an answer is kept
  Result<std::vector<RecordChange>> telling(std::size_t limit);
  Status took(const std::vector<std::pair<RecordChange, std::int64_t>>& taken);          // with the versions they are
  Status refused(const RecordChange& change, const std::string& why, WallTime at);
  Status untell(const RecordChange& change);
  Status renamed(const RecordName& from, const std::string& to);
  Result<bool> ever_told(const RecordName& record);

  Status hold(const CommonRecord& record, const std::string& why);
  Result<std::vector<CommonRecord>> held(std::size_t limit);
  Status unhold(const RecordName& record);

  // One open conflict a record. Gives its number.
  Result<std::int64_t> open_conflict(const RecordConflict& conflict);
  Status see_again(const RecordConflict& conflict);              // both sides as they are now; what was here before is kept with it
  Result<std::vector<std::string>> earlier(std::int64_t number); // what was here while it was open, oldest first, without what is now
  Result<std::optional<RecordConflict>> conflict_of(const RecordName& record);   // the open one
  Result<RecordConflict> conflict(std::int64_t number);          // NotFound
  Result<std::vector<RecordConflict>> conflicts(bool open_only, std::size_t limit = 200);      // open ones oldest first, else newest first
  // With what is known from then on; `tell`: what is here is to be told.
  Status close_conflict(const RecordConflict& decided, bool tell);

  Result<std::vector<RecordTrouble>> troubles(std::size_t limit = 200);
  Result<RecordTotals> totals();

 private:
  RecordDeskBook(std::unique_ptr<Database> database, UniqueFd lock) : lock_(std::move(lock)), database_(std::move(database)) {}
  Status put_known(const RecordName& record, const KnownRecord& now);      // within a transaction
  Status put_waiting(const RecordName& record);
  Status keep_mine(const RecordConflict& conflict);
  Result<std::vector<RecordConflict>> conflicts_where(const std::string& where, const std::vector<SqlValue>& values);

  const UniqueFd lock_;
  const std::unique_ptr<Database> database_;
};

}  // namespace guzheng
