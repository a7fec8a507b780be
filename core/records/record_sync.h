// Room records. Keeps what lies at this desk in common with other stations over the central system (issue 7: down and up with versions; conflicts are shown and decided by a
// person, never lost; a desk works without the line for weeks). A run tells what changed here and puts here what changed there. Where both changed nothing is written over:
// it becomes a conflict, which stays until a person decides it. Ended at any point the next run goes on; nothing is told or put twice.
// Thread-safe. Blocks for disk and network: not on the GUI thread. While a run waits for the network decisions can be made.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "core/base/clock.h"
#include "core/custody/oplog.h"
#include "core/records/book.h"
#include "core/records/fields.h"
#include "core/records/source.h"
#include "core/sync/central_link.h"

namespace guzheng {

struct RecordRun {
  std::int64_t down = 0, up = 0;                   // put here, taken there
  std::int64_t conflicts = 0, equal = 0;           // found in this run; came to the same by themselves
  std::int64_t refused = 0, held = 0;              // see RecordTrouble
};

class RecordSync {
 public:
  // All must outlive it. `log`: the station's operation log, for decisions.
  RecordSync(RecordDeskBook& book, std::vector<RecordSource*> sources, OperationLog& log, const Clock& clock) : book_(book), sources_(std::move(sources)), log_(log), clock_(clock) {}

  // `station`: of this desk, for changes of which nobody knows who made them. `stopped` is asked between steps (Cancelled). Other errors: of the link, of a source, of the book; what was
  // done so far stays done.
  Result<RecordRun> run(CentralLink& link, const std::string& station, const std::function<bool()>& stopped = {});

  // Open ones with both sides as they are now.
  Result<std::vector<RecordConflict>> conflicts();
  struct Decision {
    enum class Side { Mine, Theirs, Fields } side = Side::Mine;
    std::vector<std::string> theirs_of;            // Fields: those that come from theirs
  };
  // `seen`: the conflict as the person saw it. `who`: name and badge, which stands in the operation log before anything is done. Exists: one of both sides has changed since: look
  // again. NotFound: it is not open. Invalid: no such field.
  Status decide(const RecordConflict& seen, const Decision& decision, const std::string& who);

 private:
  RecordSource* of(const std::string& kind) const;
  Status collect(const std::function<bool()>& stopped);
  Status settle_equal(RecordRun& run);
  Status absorb(const CommonRecord& record, RecordRun& run);
  Result<bool> absorb_once(const CommonRecord& record, RecordSource& source, RecordRun& run);      // false: what lies here moved meanwhile
  Result<bool> same_thing(const CommonRecord& record, RecordSource& source);
  Result<bool> conflict_goes_on(const CommonRecord& record, RecordSource& source, RecordRun& run);
  Status pull(CentralLink& link, RecordRun& run, const std::function<bool()>& stopped);
  Status push(CentralLink& link, const std::string& station, RecordRun& run, const std::function<bool()>& stopped);
  Status tell(CentralLink& link, RecordRun& run, const std::function<bool()>& stopped);
  Result<std::size_t> prepare(const std::string& station, RecordRun& run);
  Status answered(const std::vector<RecordChange>& changes, const std::vector<RecordOutcome>& outcomes, RecordRun& run);

  RecordDeskBook& book_;
  const std::vector<RecordSource*> sources_;
  OperationLog& log_;
  const Clock& clock_;
  std::mutex running_;                             // one run at a time
  std::mutex mutex_;                               // steps on this desk; never while the network is waited for
  std::vector<std::pair<RecordName, KnownRecord>> fresh_;        // under mutex_: is so at this desk, and not in the book yet; a kill in between finds it so again
};

}  // namespace guzheng
