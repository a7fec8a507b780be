// Room central. What stations keep in common (wire/records.h; issue 7): the newest version of each record in the table `record`, every version that ever was in
// `record_version`, so that nothing that was overwritten is lost. A record belongs to the unit of the station that first told it; stations of other units neither see nor change it.
// Thread-safe. Blocks for the database.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/sql/database.h"
#include "core/wire/records.h"

namespace guzheng {

class CommonRecords {
 public:
  // Its tables are those of central/schema.h; both must outlive it.
  CommonRecords(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  struct Refusal {
    std::string kind, id, error, why;
  };
  struct Taken {
    std::vector<RecordOutcome> outcomes;           // one a change, in their order
    std::vector<Refusal> refusals;                 // for the access log
  };
  // All that is taken of a batch is taken in one transaction. A change that was told before gets the answer it got; one that changes nothing gets the newest version.
  // Which sequence comes next is read in that transaction: Database::together() lets one transaction of all servers in at a time, until it is kept, so a
  // lower sequence never shows after a higher one, and a station that asks for what is new since a sequence misses nothing.
  Result<Taken> take(const std::vector<RecordChange>& changes, const std::string& station, const std::string& unit);
  // Of that unit, after `since`. `kinds` empty: all. At most `limit` and about kMostRecordBytes of bodies, one at least.
  Result<RecordPage> page(const std::string& unit, std::int64_t since, const std::vector<std::string>& kinds, std::size_t limit);
  // Every version of one record, oldest first: whoever asks must be allowed to see it.
  Result<std::vector<CommonRecord>> versions(const std::string& kind, const std::string& id);
  Result<std::int64_t> count();                    // that are not gone

 private:
  Result<RecordOutcome> take_one(const RecordChange& change, const std::string& station, const std::string& unit, std::int64_t& last_sequence, std::size_t& answered);

  Database& database_;
  const Clock& clock_;
};

}  // namespace guzheng
