// Room tasks. What the book's results say together: by task, unit, violation, platform, field, month; and the risk of each subject, with the rule
// that gave it. Blocks for the disk, up to seconds on a large book: never on the GUI thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tasks/task_book.h"

namespace guzheng {

enum class AnalysisBy { Task, Unit, Violation, Platform, Field, Month };

struct AnalysisFilter {
  std::optional<std::int64_t> task;
  std::string unit;                        // who handles it
  std::optional<Day> from, until;          // of the day a result was found; both ends included
  int limit = 200;                         // rows, 1 to 1000
};

struct AnalysisRow {
  std::string key;                         // number or name of the task, the unit, … "2026-09"; "" where nothing was written
  std::int64_t results = 0;
  std::int64_t open = 0, violation = 0, no_violation = 0, merged = 0;      // of what is closed: what it turned out to be
  std::int64_t in_time = 0, late = 0;      // closed by, or after, the due day
  std::int64_t overdue = 0;                // open past it
};
// Most results first; months rising.
Result<std::vector<AnalysisRow>> analyse(TaskBook& book, AnalysisBy by, const AnalysisFilter& filter = {});

// What one subject's results of the rule's months come to.
struct SubjectRecord {
  std::string subject;                     // id in the library; "" when it is not linked
  std::string name, credit_code;
  int violations = 0, penalties = 0, open = 0, overdue = 0, cleared = 0;   // penalties: of those violations
  int kinds = 0;                           // different violations that were confirmed
};

// Points for each; the sum is kept between 0 and 100.
struct RiskRule {
  int violation = 20, penalty = 15, more_kinds = 10, open = 5, overdue = 5, cleared = -5;      // more_kinds: for each kind of violation beyond the first
  int high = 60, middle = 30;              // from so many points on
  int months = 24;                         // results found in this time count
};
enum class RiskLevel { Low, Middle, High };
enum class RiskFactorKind { Violation, Penalty, MoreKinds, Open, Overdue, Cleared };
std::string_view to_string(RiskLevel level);                   // "low", "middle", "high"
std::string_view to_string(RiskFactorKind kind);

struct RiskFactor {
  RiskFactorKind kind;
  int count = 0, points = 0;               // points of all of them together
  bool operator==(const RiskFactor&) const = default;
};
struct SubjectRisk {
  SubjectRecord record;
  int points = 0;
  RiskLevel level = RiskLevel::Low;
  std::vector<RiskFactor> factors;         // those that counted: the rule as it was applied
};
SubjectRisk risk_of(const SubjectRecord& record, const RiskRule& rule);    // pure

// Most points first; subjects without a point are left out. One subject: by id, else credit code, else name.
Result<std::vector<SubjectRisk>> subject_risks(TaskBook& book, const RiskRule& rule = {}, int limit = 200);

// What officers have confirmed: closed results with what they turned out to be, for tags and models. By day of closing, then id.
struct Confirmation {
  std::int64_t result = 0;
  std::string subject, name, credit_code, violation, field;
  ClueOutcome outcome = ClueOutcome::Open;
  Day closed;
};
Result<std::vector<Confirmation>> confirmations_since(TaskBook& book, Day since, int limit = 1000);

}  // namespace guzheng
