// Room central. Until when a package is kept (A-7.4c, A-8.1, A-8.3e), and who may change that (issue 7: two persons).
// What the stores lock nobody shortens: neither we, nor the bureau, nor whoever runs the service. Beyond the lock a plan may keep a package longer, as evidence of a case or as an automatic capture;
// the scrub moves the lock on towards it, some months ahead at a time (central/scrub.h). A plan is made longer by one person of the package's unit. To make it shorter, or evidence of a case a mere
// automatic capture, takes two: one of the unit asks with a reason, a leader of that unit who is another person decides. It is never shorter than the clause says (case: three years, automatic: 30 days,
// from the day it was received), nor than the stores lock it. Every request and decision is a line of the chained access log before it counts, and stays in the database for good.
// Thread-safe. Blocks for database and disk.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/central/people.h"

namespace guzheng {

enum class KeepClass { Automatic, Case };
std::string_view to_string(KeepClass kind);        // "automatic", "case"
std::optional<KeepClass> keep_class_from(std::string_view word);

// The earliest end that the clause allows, in the zone that times are written in. Pure.
WallTime least_keep(KeepClass kind, WallTime received_at, int zone_minutes);

// What is known of a package, by who asks.
struct KeepFacts {
  std::string zip_sha256, package, unit;
  KeepClass kind = KeepClass::Case;                // as it was received
  WallTime received_at;
  WallTime locked_until;                           // the later of both stores, as they say it now
};
struct KeepPlan {
  KeepClass kind = KeepClass::Case;
  WallTime until;                                  // never before the lock
  bool operator==(const KeepPlan&) const = default;
};

enum class KeepState { Lengthened, Asked, Approved, Refused };   // Lengthened: by one person, at once
std::string_view to_string(KeepState state);       // "lengthened", "asked", "approved", "refused"

struct KeepRequest {
  std::int64_t number = 0;
  std::string zip_sha256, package, unit;
  KeepPlan before, wanted;
  std::string asked_by, asked_at, reason;          // badge; time as text
  KeepState state = KeepState::Asked;
  std::string decided_by, decided_at, why;         // "" until it is decided
};

class Keeping {
 public:
  static constexpr int kMostYears = 50;            // from now; a slip of the pen is no plan

  // `note`: a line of the chained access log; when it fails nothing is changed.
  using Note = std::function<Status(std::string_view kind, const Json& body)>;
  Keeping(Database& database, const Clock& clock, Note note) : database_(database), clock_(clock), note_(std::move(note)) {}

  Result<KeepPlan> plan(const KeepFacts& facts);
  // Longer: done at once. Shorter, or of a lower class: asked for. Denied: that person may not; or below the lock. Invalid: no reason, or one too long; below the clause's minimum, beyond kMostYears,
  // or what is planned already. Exists: asked for already and not decided.
  Result<KeepRequest> ask(const CentralPerson& person, const KeepFacts& facts, const KeepPlan& wanted, const std::string& reason);
  // `facts`: of the request's package, as they are now. Denied: not that person's to decide, such as their own; or the lock has moved on meanwhile. Exists: it is decided, or another plan was made since it
  // was asked. NotFound. Invalid: refused without a reason.
  Result<KeepRequest> decide(const CentralPerson& person, std::int64_t number, bool approve, const std::string& why, const KeepFacts& facts);
  // As Exports::list.
  Result<std::vector<KeepRequest>> list(const CentralPerson& person);
  Result<KeepRequest> request(const CentralPerson& person, std::int64_t number);     // NotFound, also what that person may not see

 private:
  Result<KeepRequest> read(std::int64_t number);
  Status put_plan(const KeepRequest& request);
  Status tell(std::string_view act, const KeepRequest& request, const std::string& by, const std::string& why);
  [[nodiscard]] Status check(const KeepFacts& facts, const KeepPlan& wanted) const;
  [[nodiscard]] std::string now() const { return format_time(clock_.wall(), clock_.zone_minutes()); }

  Database& database_;
  const Clock& clock_;
  const Note note_;
};

// Until when that package is planned to be kept; nothing: no plan but the lock.
Result<std::optional<WallTime>> planned_until(Database& database, const std::string& zip_sha256);

}  // namespace guzheng
