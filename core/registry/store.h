// Room registry. The subject library on disk: FOLDER/registry.sqlite and, made from it and always behind it, FOLDER/registry-index-N.sqlite.
// Ten million subjects, offline. The authority over subjects is the central server, the copy here can be fetched again: nothing here is evidence.
// Thread-safe, all of it blocks for the disk: not on the GUI thread. Readers do not wait for writers. Writers wait for each other, at most for one
// transaction of an import (some 50 ms). One process at a time (Exists: another has it open); others may read beside it (open_beside).
// The index follows: what is written is durable and can be browsed at once, and is found by search() after follow().
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/secret.h"
#include "core/registry/query.h"
#include "core/registry/subject.h"

namespace guzheng {

// Told before sensitive values are given out or looked for: puts a line into the operation log (custody/oplog.h: op.sensitive). When it fails, nothing
// is given out. `what` is "read", "find", "move" (two subjects are merged) or "take-back" (an undo takes values from subjects again); no value is ever in the body.
using SensitiveJournal = std::function<Status(const Json& body)>;

struct IndexProgress {
  std::int64_t indexed = 0, behind = 0;                          // subjects
};

struct UndoReport {
  std::int64_t removed = 0, restored = 0, untagged = 0;
  std::vector<SubjectId> kept;                                   // changed since by somebody else: left as they are (at most 10,000 are named)
  std::int64_t kept_count = 0;
};

class BulkSession;

class SubjectStore {
 public:
  // `key`: 32 bytes, from which the keys for sensitive fields are derived. `clock` must outlive the store. Makes what is not there (mode 0600).
  // Denied: the key is not the one that the library was made with. Unsupported: a newer program made it. Time does not depend on the size.
  static Result<std::unique_ptr<SubjectStore>> open(const std::filesystem::path& folder, Secret key, const Clock& clock, SensitiveJournal journal);
  ~SubjectStore();
  // Beside a program that has it open, or alone: takes no lock and writes nothing, so subjects, their entries and history, and what is due can be read while
  // somebody else writes; search() knows what was indexed when it was opened. Sensitive values are Denied. NotFound: there is no library yet.
  static Result<std::unique_ptr<const SubjectStore>> open_beside(const std::filesystem::path& folder, const Clock& clock);

  // One subject. Invalid: no name, or a field too long (4 KiB) or not UTF-8. NotFound: no such subject, or removed.
  Result<SubjectId> add(const SubjectRow& row, const Act& act);
  Status change(const Subject& subject, const Act& act);         // all of it; what differs is kept as before and after
  Status remove(SubjectId id, const Act& act);                   // no longer shown or found; restore() brings it back with all it had
  Status restore(SubjectId id, const Act& act);
  Result<int> put_entry(SubjectId id, const Entry& entry, const Act& act);        // no == 0: a new one; gives its number
  Status remove_entry(SubjectId id, int no, const Act& act);
  Result<std::int64_t> add_record(SubjectId id, const Record& record, const Act& act);

  Result<Subject> get(SubjectId id) const;
  Result<std::vector<Entry>> entries(SubjectId id) const;
  Result<std::vector<Record>> records(SubjectId id, std::optional<RecordKind> kind = {}, int limit = 200) const;     // newest first
  Result<std::vector<Change>> history(SubjectId id, int limit = 200) const;       // newest first; the last tells of its import when it came by one
  // By id, from the one after `after`; backwards: before it, nearest first. For tables that scroll: ids have few gaps.
  Result<std::vector<Subject>> page(SubjectId after, int limit, bool backwards = false) const;
  struct Bounds { SubjectId first = 0, last = 0; std::int64_t count = 0; };
  Result<Bounds> bounds() const;

  // Search (core/registry/query.h).
  Result<SearchAnswer> search(const SubjectQuery& query) const;
  Result<std::vector<std::pair<std::string, std::int64_t>>> categories(const SubjectFilter& filter) const;   // known categories with capped counts (A-5.3b)
  // All ids that fit, uncapped, in order; false from `each` ends it.
  Status each_match(const SubjectQuery& query, const std::function<bool(SubjectId)>& each) const;
  Status save_filter(const SavedFilter& filter, const Act& act); // one of the same name is replaced
  Status forget_filter(const std::string& name, const Act& act);
  Result<std::vector<SavedFilter>> saved_filters() const;

  // Brings the index nearer, by at most `most` subjects (a transaction for each call, on a thread for each index file). Call until behind is 0; on the bulk thread. Edits by hand
  // are brought in at once unless a follow() runs, which then takes them first.
  Result<IndexProgress> follow(std::int64_t most = 100'000);
  Result<IndexProgress> index_progress() const;
  Status settle();                                               // merges the index after a large import: makes search faster; may take minutes

  // Batches. One bulk session at a time (Exists).
  Result<std::unique_ptr<BulkSession>> begin_import(const std::string& source, const Act& act);
  Result<std::unique_ptr<BulkSession>> resume_import(std::int64_t batch);         // one that is Open, after a crash: goes on after its mark
  Result<std::vector<Batch>> batches(int limit = 100) const;     // newest first
  Result<Batch> batch(std::int64_t id) const;
  // Takes back all that a batch did; what somebody changed since is kept and named. A crash within: call again. `progress` false: stops, call again.
  Result<UndoReport> undo(std::int64_t batch, const Act& act, const std::function<bool(std::int64_t done, std::int64_t of)>& progress = {});

  // Tags.
  Result<std::int64_t> put_tag(const Tag& tag, const Act& act);  // id == 0: a new one. Exists: group and name are another's
  Status remove_tag(std::int64_t tag, const Act& act);           // Denied while subjects carry it
  Result<std::vector<Tag>> tags() const;                         // by group and name
  Result<std::vector<Tag>> tags_of(SubjectId id) const;
  Status set_tag(SubjectId id, std::int64_t tag, bool on, const Act& act);
  Result<std::int64_t> tag_all(const SubjectQuery& query, std::int64_t tag, bool on, const Act& act);     // gives the batch, for undo()
  Result<std::int64_t> tag_these(const std::vector<SubjectId>& ids, std::int64_t tag, bool on, const Act& act);

  // Supervision units (A-5.2a).
  Result<std::int64_t> put_unit(const Unit& unit, const Act& act);
  Result<std::vector<Unit>> units() const;
  Status set_unit_rules(const std::vector<UnitRule>& rules, const Act& act);      // the whole table
  Result<std::vector<UnitRule>> unit_rules() const;
  // A hit of matching, for the unit concerned. Imports and pushes raise theirs in the transaction of what was matched: BulkSession::raise_notice.
  struct Notice { std::int64_t id = 0, unit = 0; SubjectId subject = 0; std::string text; WallTime at, seen; std::string seen_by, subject_name; };
  Status raise_notice(SubjectId subject, const std::string& text);                // to the subject's unit; 0 when it has none
  // Newest first. `unit` empty: of all units; 0: of subjects without one.
  Result<std::vector<Notice>> notices(std::optional<std::int64_t> unit, bool unseen_only = true, int limit = 200) const;
  Result<std::int64_t> unseen_notices(std::optional<std::int64_t> unit = {}) const;
  Status see_notice(std::int64_t id, const Act& act);            // who and when are kept with it. NotFound: not there, or seen already
  Status see_notices(const std::vector<std::int64_t>& ids, const Act& act);       // those of them that nobody has seen, as one
  // Why a subject is watched: its tag of the group kWatchGroup, or "异常库" when an entry is in it; "": it is not.
  Result<std::string> watched_as(SubjectId id) const;

  // Keeping fresh (A-5.2b, A-5.2c).
  Result<RefreshCycle> cycle() const;
  Status set_cycle(const RefreshCycle& cycle, const Act& act);   // Invalid: ordinary not 30–45, abnormal not 1–45
  struct EntryAt { SubjectId subject = 0; Entry entry; };
  // Due before now, longest ago first (never checked: first of all). `abnormal`: of that library, by its own cycle.
  Result<std::vector<EntryAt>> overdue(bool abnormal, int limit = 200) const;
  Result<std::pair<std::int64_t, bool>> overdue_count(bool abnormal) const;       // capped like search
  Result<std::vector<EntryAt>> abnormal_entries(int limit = 200) const;
  // The result of a check, with its time. It moves nothing by itself.
  Status checked(SubjectId id, int no, Reach reach, const Act& act);
  // As checked(), by a look that was made at a time of its own, and the move that follows from it, in one transaction. False: the entry is not (any more) as
  // `was`, or has gone, and nothing was done. Invalid: a move without a reason, or to where it is already.
  struct CheckResult {
    Reach reach = Reach::Unchecked;
    WallTime at;
    std::optional<bool> abnormal;                                // into that library, out of it; empty: it stays
    std::string why;                                             // the move's reason
  };
  Result<bool> keep_check(SubjectId id, const Entry& was, const CheckResult& result, const Act& act);
  // Into the abnormal library or out of it. Invalid: without a reason, or it is there already.
  Status set_abnormal(SubjectId id, int no, bool abnormal, const Act& act);       // the reason is act.why

  // Sensitive fields: journalled (see SensitiveJournal).
  Status set_sensitive(SubjectId id, const std::vector<SensitiveValue>& values, const Act& act);          // all of them
  Result<std::vector<SensitiveValue>> sensitive(SubjectId id, const Act& act) const;
  Result<std::vector<SubjectId>> find_sensitive(const SensitiveValue& value, const Act& act) const;       // exact, after normalising digits

  // Matching (core/registry/match.h does the thinking).
  Result<std::vector<SubjectId>> by_credit_code(const std::string& code) const;
  Result<std::vector<SubjectId>> by_number(const std::string& number) const;
  Result<std::vector<SubjectId>> by_name(const std::string& name) const;          // equal after normalising
  Result<std::vector<SubjectId>> by_address(const std::string& address) const;
  Result<std::vector<SubjectId>> by_link(const std::string& link) const;          // an entry's
  Status decide_match(const std::string& incoming, SubjectId id, bool same, const Act& act);              // remembered for good
  Status forget_decision(const std::string& incoming, SubjectId id, const Act& act);                      // as if it had never been decided; NotFound
  Result<std::optional<bool>> match_decision(const std::string& incoming, SubjectId id) const;
  Result<std::vector<SubjectId>> confirmed_matches(const std::string& incoming) const;

  [[nodiscard]] WallTime now() const;                            // by the store's clock; any thread
  // Follows the chain of all changes. Tampered: which one does not fit.
  Result<std::int64_t> verify_changes() const;

  // As long as it lives, all that this thread asks of the store is seen as at one moment, which many small questions in turn are faster with. What is
  // written meanwhile, also by this thread, shows afterwards only. Not long (the write-ahead log grows meanwhile), not from within a callback of the store, one at
  // a time on a thread (a further one does nothing), and it ends on its thread.
  class Reading {
   public:
    explicit Reading(const SubjectStore& store);
    ~Reading();
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

   private:
    friend class SubjectStore;
    struct Held;
    static thread_local const Held* here_;
    std::unique_ptr<Held> held_;
  };

  struct Impl;                                                   // shared by the room's files
  Impl& impl() const { return *impl_; }

 private:
  explicit SubjectStore(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// An import under way. Belongs to one thread. What it has committed is durable, can be browsed, and is undone as a whole by SubjectStore::undo().
// Destroyed without finish(): what was not committed is gone, the batch stays Open (resume_import or undo).
class BulkSession {
 public:
  ~BulkSession();
  [[nodiscard]] std::int64_t batch() const;
  // Written in transactions of a few thousand rows; an error of one row may therefore come with a later call (it names the subject). `mark` of the last commit_at() before is what resume_import gives.
  Result<SubjectId> add(const SubjectRow& row);
  Status change(const Subject& subject);                         // before and after are kept under the batch
  Status put_entry(SubjectId id, const Entry& entry);            // no == 0: a new one, which gets its number when it is committed
  Status add_record(SubjectId id, const Record& record);
  // Values the subject has not: they come beside those that it has. `fill_only`: none of a kind of which it has one already. Taken back with the batch.
  Status add_sensitive(SubjectId id, const std::vector<SensitiveValue>& values, bool fill_only);
  // Those of `from` that `into` has not, sealed anew for it. Journalled as "move" before they are opened; no value leaves the store. Taken back with the batch.
  Status take_over_sensitive(SubjectId from, SubjectId into);
  // As SubjectStore::raise_notice, in the transaction of the steps around it. An undo of the batch takes it away as long as nobody has read it.
  Status raise_notice(SubjectId id, const std::string& text);
  // All up to here is durable with `mark` (where the source was read up to): added rows and mark are one transaction.
  Status commit_at(const std::string& mark);
  // What this session has added and the index has not seen yet, by credit code or else number; 0: none. Costs 24 to 48 bytes a row until the session ends.
  [[nodiscard]] SubjectId added_under(const std::string& credit_code_or_number) const;
  Result<Batch> finish(const std::string& summary);              // the batch is Done

  struct Impl;
  explicit BulkSession(std::unique_ptr<Impl> impl);

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
