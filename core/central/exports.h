// Room central. Handing out a package as it was received takes two persons (A-8.2, issue 7): one of its unit asks with a reason, a leader of that unit who is
// another person decides, and only who asked may fetch it, for a day. Who asked, who decided and why stays in the database for good; every request stands in the
// chained access log. What is handed out is the ZIP that the workstation sent: encrypted for its readers, as it was.
// Thread-safe. Blocks for the database.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/central/people.h"

namespace guzheng {

enum class ExportState { Asked, Approved, Refused, Over };       // Over: approved, and its time has passed
std::string_view to_string(ExportState state);                   // "asked", "approved", "refused", "over"

struct ExportRequest {
  std::int64_t number = 0;
  std::string zip_sha256, package, unit;
  std::string asked_by, asked_at, reason;          // badge; time as text
  ExportState state = ExportState::Asked;
  std::string decided_by, decided_at, why;         // "" until it is decided
  WallTime until;                                  // of an approved one
};

// A reason that somebody gives: one line, bounded. Invalid: it is none, or missing where it is `needed`. Pure.
Status check_reason(const std::string& text, bool needed);

class Exports {
 public:
  static constexpr std::int64_t kOpenMs = 24 * 3'600'000LL;
  static constexpr std::size_t kLongestText = 1000;              // bytes of a reason

  Exports(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  // Denied: that person may not, `unit` being the package's. Invalid: no reason, or too long a one. Exists: asked by the same person and not decided yet.
  Result<ExportRequest> ask(const CentralPerson& person, const std::string& package, const std::string& zip_sha256, const std::string& unit, const std::string& reason);
  // Denied: not that person's to decide, such as their own. Exists: it is decided. NotFound. Invalid: refused without a reason.
  Result<ExportRequest> decide(const CentralPerson& person, std::int64_t number, bool approve, const std::string& why);
  // What that person may know of: those of their unit; an auditor all. Newest first, at most 200.
  Result<std::vector<ExportRequest>> list(const CentralPerson& person);
  // To fetch it now. Denied: asked by somebody else, not approved, over. NotFound.
  Result<ExportRequest> to_fetch(const CentralPerson& person, std::int64_t number);

 private:
  Result<ExportRequest> read(std::int64_t number);
  ExportRequest request_of(const SqlRow& row) const;
  [[nodiscard]] std::string now() const { return format_time(clock_.wall(), clock_.zone_minutes()); }

  Database& database_;
  const Clock& clock_;
};

}  // namespace guzheng
