// Room intake, inside. One cleaned row after the other into the library: duplicates within the file, what the library has already, what is new
// . One thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>

#include "core/intake/import_file.h"
#include "core/intake/row_feed.h"
#include "core/registry/match.h"

namespace guzheng {

class RowWriter {
 public:
  struct Setup {
    const ImportPlace& place;
    OnMatch on_match = OnMatch::Fill;
    std::string source;                                          // the file's name
    bool match_library = true;                                   // false: it was empty when the import began
  };
  // `done`: rows that an earlier run has committed: they are looked at for their keys only.
  static Result<std::unique_ptr<RowWriter>> open(const Setup& setup, std::unique_ptr<BulkSession> session, const ImportMark& done);
  Status write(PreparedRow& row);
  Status commit();
  Result<Batch> finish();
  [[nodiscard]] const ImportCounts& counts() const { return counts_; }
  [[nodiscard]] std::int64_t batch() const { return session_->batch(); }

 private:
  struct Known {                                                 // added or changed since the last commit: the library does not show it yet
    Subject subject;
    std::vector<Entry> entries;
    std::vector<Record> records;                                 // only those of this import
  };
  RowWriter(const Setup& setup, std::unique_ptr<BulkSession> session, NoteWriter notes, const ImportMark& done);
  Status write_new(PreparedRow& row, RowNote& note);
  Result<bool> as_duplicate(const PreparedRow& row, RowNote& note);
  Result<bool> as_known(const MadeSubject& made, RowNote& note);
  Status add(MadeSubject& made, RowNote& note);
  Status merge(SubjectId id, const MadeSubject& made, bool update, RowNote& note);
  Status add_records(SubjectId id, const MadeSubject& made, bool known, std::uint64_t line);
  Result<SubjectId> find_again(const std::vector<std::string>& values) const;
  Result<Known*> known(SubjectId id);
  Status note_down(const RowNote& note);
  Status raise(const ImportHit& hit);

  const Setup setup_;
  std::unique_ptr<BulkSession> session_;
  NoteWriter notes_;
  SeenKeys seen_;
  std::unordered_map<SubjectId, Known> recent_;
  ImportCounts counts_;
  SubjectId first_added_ = 0;                                    // 0: nothing was added yet
  std::int64_t replayed_ = 0;                                    // rows of an earlier run still to pass over
  int steps_ = 0;                                                // since the last commit
  std::optional<SubjectStore::Reading> reading_;                 // over some rows, at most to the next commit: what is newer is in recent_
  int rows_of_reading_ = 0;
  void read_on();
};

}  // namespace guzheng
