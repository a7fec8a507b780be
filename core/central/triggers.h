// Room central. Triggered captures 触发取证 (A-8.3e, A-AnC, A-7.2b): orders that an officer signed (wire/trigger.h), checked before they are taken, in a queue out of which one worker at
// a time takes one; what became of each, and when. A worker that is gone gives its order back when its lease has run out; after so many attempts the order has failed and says so.
// From the package on, central/reviews.h goes on with it.
// Thread-safe. Blocks for the database; several servers may share it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/central/people.h"
#include "core/sql/database.h"
#include "core/wire/trigger.h"

namespace guzheng {

struct TriggerSettings {
  std::int64_t lease_ms = 60'000;                  // a worker that says nothing for so long is taken for gone
  int attempts = 3;                                // so often an order is given out
  std::int64_t retry_ms = 30'000;                  // after an attempt that failed
};

// Queued: nobody has it. Taken: a worker has. Captured: it was sealed, the package is on its way or here (then ReviewInbox says more). Failed, Lapsed (the deadline passed
// before anybody took it), Withdrawn: nothing more is done.
enum class TriggerState { Queued, Taken, Captured, Failed, Lapsed, Withdrawn };
std::string_view to_string(TriggerState state);    // "queued", "taken", …

struct CaptureEvent {
  WallTime at;
  std::string what;                                // "asked", "taken", "again", "late", "captured", "received", "confirmed", …
  std::string who;                                 // station, or badge; "" the system itself
  std::string package, why;
};

struct Trigger {
  std::int64_t number = 0;
  TriggerOrder order;
  std::string text;                                // what was signed
  Bytes signature;
  std::string signed_by, asked_by;                 // badge; badge or station
  WallTime asked_at;
  TriggerState state = TriggerState::Queued;
  int attempts = 0;
  std::string holder, package, why;                // holder: the station that has or had it
};

// What a worker gets: nobody else has it while the lease is renewed in time.
struct TakenTrigger {
  std::int64_t number = 0;
  SignedTrigger signed_order;
  std::string lease;
  std::int64_t lease_ms = 0;                       // from now
};

// What came of an attempt.
struct TriggerOutcome {
  enum class Result { Captured, Again, Failed } result = Result::Failed;
  std::string lease, package, why;                 // package: of Captured; of Again where something was sealed all the same
};

// A line for the chained access log: op.central-trigger and its like.
using CentralNote = std::function<void(std::string_view kind, const Json& body)>;

class TriggerQueue {
 public:
  static constexpr int kPage = 50;
  static constexpr std::size_t kLongestWhy = 2000;
  // All must outlive it; `crl_pem`: the revocation list as it is now. `note` may be null.
  TriggerQueue(Database& database, CentralPeople& people, std::string root_pem, std::function<std::string()> crl_pem, const Clock& clock, TriggerSettings settings, CentralNote note)
      : database_(database), people_(people), root_pem_(std::move(root_pem)), crl_pem_(std::move(crl_pem)), clock_(clock), settings_(settings), note_(std::move(note)) {}

  // `asked_by`: a person's badge, or a station's id. The same order again: what became of it so far. Invalid, Denied: as check_trigger; and Denied when its signer is no officer or
  // leader of its unit whom this system knows, or when who brings it is of another unit. Exists: another order has its id.
  Result<Trigger> ask(const SignedTrigger& trigger, const std::string& asked_by);
  // The oldest that this station may do with this phone; nothing: none. The order is checked anew: a signer who was revoked meanwhile orders nothing.
  Result<std::optional<TakenTrigger>> take(const std::string& station, const TriggerPhone& phone);
  // Renews; answers milliseconds from now. NotFound: no such order was given to that station. Exists: it is no longer its.
  Result<std::int64_t> renew(std::int64_t number, const std::string& station, const std::string& lease);
  // The same told again: ok. Exists: another worker has the order, or it is settled; a package is noted as "late" all the same. Invalid: no package of that station.
  Result<Trigger> settle(std::int64_t number, const std::string& station, const TriggerOutcome& outcome);
  // By an officer or leader of its unit. Exists: it is no longer queued. NotFound, Denied.
  Result<Trigger> withdraw(std::int64_t number, const CentralPerson& person, const std::string& why);

  Result<Trigger> read(std::int64_t number);       // NotFound
  // Newest first, kPage at most, below that number (0: from the newest on). `unit`: nothing: of all.
  Result<std::vector<Trigger>> list(const std::optional<std::string>& unit, std::int64_t below);
  Result<std::vector<CaptureEvent>> history(const Trigger& trigger);      // with its package's, by time
  // What time alone changes: leases and deadlines that ran out. Also done by take() and list().
  Status tidy();

 private:
  struct Row;
  using Notes = std::vector<Json>;                 // lines for the access log: written once the transaction is kept
  Status together(const std::function<Status(Notes&)>& work);
  Result<Row> row(std::int64_t number);
  Result<std::vector<Row>> rows(const std::string& where, const std::vector<SqlValue>& values);
  Status tidy_within(Notes& notes);
  Status give_back(Notes& notes, const Row& row, const CaptureEvent& event);
  Status event(Notes& notes, std::int64_t number, const CaptureEvent& event);
  Status may_ask(const CheckedTrigger& checked, const std::string& asked_by);
  [[nodiscard]] WallTime now() const { return clock_.wall(); }

  Database& database_;
  CentralPeople& people_;
  const std::string root_pem_;
  const std::function<std::string()> crl_pem_;
  const Clock& clock_;
  const TriggerSettings settings_;
  const CentralNote note_;
};

// Within a transaction: the next line of what happened to `subject`.
Status add_capture_event(Database& database, const std::string& subject, const CaptureEvent& event);
Result<std::vector<CaptureEvent>> capture_events(Database& database, const std::string& subject);

// Who may order captures for a unit, withdraw them and file cases: its officers and leaders. Pure.
bool may_order_capture(const CentralPerson& person, const std::string& unit);

}  // namespace guzheng
