// Room registry, inside. What the store's files share.
//
// The index lies in two files, which two threads make at the same time: blocks of 4,096 subjects in turn. What is found comes from both, in order.
// How it follows. New subjects have ids above all older ones, so "indexed to" is one number. A subject that is changed leaves its old document
// in `pending` in the transaction that changes it, unless one is there already: that is what the index still holds. follow() takes pending ones out
// and in again while no writer is at work, then reads new ones from a snapshot taken before it lets writers on; each step of the index remembers,
// in its own transaction, how far it got. Tags have marks of their own, added to a subject's and taken from them without its document: a tag that is
// turned leaves in `tag_pending` whether the index has it, and while anything is in there searches for tags ask the library. What may be lost is only the index as a whole: another generation number makes it anew.
// More than a few new ones do not go through FTS5's table but are sorted beside it and written as segments of it (sql/fts_segment.h), over a connection of
// their own, since FTS5 keeps in mind what it read of its structure as long as no other connection writes; FTS5 merges them after each step.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <set>
#include <variant>

#include "core/base/file.h"
#include "core/registry/rows.h"
#include "core/registry/sensitive_key.h"
#include "core/registry/store.h"
#include "core/registry/store_sql.h"

namespace guzheng {

inline constexpr std::size_t kIndexShards = 2;
inline std::size_t shard_of(SubjectId id) { return static_cast<std::size_t>(id >> 12) % kIndexShards; }

struct StoreReader {
  StoreSql main;
  std::vector<StoreSql> index;                                   // one for each shard
};
// One snapshot of the library for all that is read in its scope: a statement alone takes and gives back a lock on the file each time.
class ReadSpan {
 public:
  explicit ReadSpan(StoreSql& sql) : sql_(sql), begun_(sql.connection().run("BEGIN").has_value()) {}
  ReadSpan(const ReadSpan&) = delete;
  ReadSpan& operator=(const ReadSpan&) = delete;
  ~ReadSpan() {
    if (begun_) sql_.connection().rollback();
  }

 private:
  StoreSql& sql_;
  const bool begun_;
};

// In order of the ids, from all shards. `each` may not call this again with the same reader.
Status each_found(StoreReader& reader, const std::string& expression, SubjectId after, const std::function<bool(SubjectId)>& each);

inline constexpr std::int64_t kSoonAtMost = 1000;                // brought in by whoever changed something
Status index_one(StoreSql& index, SubjectId id, const std::string& document);
std::string tags_document(const std::vector<std::int64_t>& tags);

struct IndexShard {
  // Guarded by indexing. `bulk` writes segments beside the table (sql/fts_segment.h), which `writer`, whose FTS5 it is, then finds: never in one transaction.
  std::unique_ptr<StoreSql> writer, bulk, source;
  std::atomic<std::int64_t> indexed_to{0}, seq{0}, tag_seq{0}, generation{0};
};

struct SubjectStore::Impl {
  Impl(std::filesystem::path where, const Clock& time, SensitiveJournal sink) : folder(std::move(where)), clock(time), journal(std::move(sink)) {}

  const std::filesystem::path folder;
  const Clock& clock;
  const SensitiveJournal journal;
  SensitiveKey key;
  UniqueFd lock;                                                 // of the folder, against other processes

  std::mutex writing;
  std::unique_ptr<StoreSql> writer;                              // guarded by writing, as are the next four lines
  Bytes chain;
  std::int64_t next_change = 1, count = 0;
  std::set<std::string, std::less<>> categories_known;           // are in the table; forgotten when a transaction fails

  std::mutex numbering;
  SubjectId next_id = 1;                                         // guarded by numbering
  std::atomic<SubjectId> bulk_floor{std::numeric_limits<SubjectId>::max()};      // the first id given to an import and not committed yet
  std::atomic<bool> bulk_open{false};

  std::mutex indexing;                                           // taken before writing
  std::array<IndexShard, kIndexShards> shards;
  std::atomic<bool> sorted_many{false};                          // by follow(), in memory that is not needed once it has caught up
  std::atomic<bool> index_stale{false};                          // an undo is under way that the index will be made anew after

  mutable std::mutex pooling;
  mutable std::vector<std::unique_ptr<StoreReader>> pool;        // guarded by pooling

  // A reader for the time of a call, or that of the SubjectStore::Reading which this thread is in.
  class Lease {
   public:
    Lease(const Impl& from, std::unique_ptr<StoreReader> reader) : from_(&from), own_(std::move(reader)), reader_(own_.get()) {}
    explicit Lease(StoreReader& of_reading) : from_(nullptr), reader_(&of_reading) {}
    Lease(Lease&&) = default;
    ~Lease();
    StoreReader* operator->() const { return reader_; }
    StoreReader& operator*() const { return *reader_; }

   private:
    const Impl* from_;
    std::unique_ptr<StoreReader> own_;
    StoreReader* reader_;
  };
  Result<Lease> read() const;

  // One transaction: everything that `work` does, or nothing. `by_hand`: the index is brought nearer at once.
  Status write(const std::function<Status(StoreSql&)>& work, bool by_hand = true);
  SubjectId take_id();
  SubjectId take_bulk_id();
  Status log(StoreSql& sql, const Act& act, SubjectId subject, const std::string& what, const std::string& before, const std::string& after, std::int64_t batch = 0);
  Status keep_old(StoreSql& sql, SubjectId subject);             // before it is changed in what the index knows

  Status follow_pending(std::int64_t most, bool& more);          // under indexing and writing
  Status follow_tags(bool& more);                                // under indexing and writing
  Status follow_new(SubjectId to);                               // under indexing, from snapshots that were taken
  Status follow_shard(std::size_t number, SubjectId to);
  Status start_anew(IndexShard& shard, std::int64_t wanted);     // under indexing and writing
  Status follow_once(std::int64_t most);                         // under indexing
  void follow_soon();
  Result<IndexProgress> progress(StoreSql& main) const;

  // Pieces of writing that imports and hands share; within write().
  Status add_row(StoreSql& sql, const SubjectRow& row, SubjectId id, std::int64_t batch);
  Result<bool> change_row(StoreSql& sql, const Subject& subject, const Act& act, std::int64_t batch);          // false: nothing differs
  Result<int> put_entry_row(StoreSql& sql, SubjectId id, Entry entry, const Act& act, std::int64_t batch);
  Result<std::int64_t> add_record_row(StoreSql& sql, SubjectId id, Record record, const Act& act, std::int64_t batch);
  Status raise_notice_row(StoreSql& sql, SubjectId id, const std::string& text, std::int64_t batch);
  Status add_sensitive_rows(StoreSql& sql, SubjectId id, const std::vector<SensitiveValue>& values, bool fill_only, const Act& act, std::int64_t batch);
  Status take_over_sensitive_rows(StoreSql& sql, SubjectId from, SubjectId into, const Act& act, std::int64_t batch);
  Status put_sensitive_rows(StoreSql& sql, SubjectId id, const std::vector<SensitiveValue>& values);
  Status know_category(StoreSql& sql, const std::string& category);
  // `there`: the subject is known to be in the library. The tag's count is the caller's to change.
  Status turn_tag(StoreSql& sql, SubjectId id, std::int64_t tag, bool on, bool there, bool& turned);
  Status count_tag(StoreSql& sql, std::int64_t tag, std::int64_t more);

  Status each_id(StoreReader& reader, const SubjectQuery& query, const std::function<bool(SubjectId)>& each) const;
  Result<std::vector<SubjectId>> lookup(StoreReader& reader, const std::string& expression, const std::function<bool(const Subject&, const std::vector<Entry>&)>& is) const;
};

Status check_act(const Act& act);
Status check_sensitive(const SensitiveValue& value);
Result<std::string> json_text(const Json& json);
Result<Subject> present(StoreSql& sql, SubjectId id);             // NotFound when gone or never there
inline std::string entry_word(int no) { return "entry " + std::to_string(no); }

}  // namespace guzheng
