#include "core/patrol/finding.h"

#include <algorithm>

#include "core/base/json.h"

namespace guzheng {

namespace {

constexpr int kMostTries = 5;                    // against whoever changes the entry meanwhile

// Checks before this one, in a row, that could not reach the entry: its history, newest first, up to a check that said something else.
Result<int> failed_in_a_row(const SubjectStore& store, SubjectId subject, const Entry& entry) {
  if (entry.reach != Reach::Unreachable) return 0;
  GZ_TRY_ASSIGN(const auto changes, store.history(subject, 1'000));
  int out = 0;
  for (const auto& change : changes) {
    if (change.what != "entry " + std::to_string(entry.no)) continue;
    const auto before = parse_json(change.before.empty() ? "{}" : change.before), after = parse_json(change.after.empty() ? "{}" : change.after);
    if (!before || !after || integer_at(*before, "checked_ms") == integer_at(*after, "checked_ms")) continue;      // a move, or a hand's change
    if (text_at(*after, "reach") != to_string(Reach::Unreachable)) break;
    ++out;
  }
  return std::max(out, 1);                       // one that came unreachable with its import has no history
}

Result<std::optional<Entry>> entry_now(const SubjectStore& store, SubjectId subject, int no) {
  const auto there = store.get(subject);
  if (!there && there.error().kind == ErrorKind::NotFound) return std::optional<Entry>();          // removed while it was looked at
  GZ_TRY(there);
  GZ_TRY_ASSIGN(const auto entries, store.entries(subject));
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& one) { return one.no == no; });
  return found == entries.end() ? std::optional<Entry>() : std::optional(*found);
}

}  // namespace

Result<PatrolMove> move_for(const SubjectStore& store, SubjectId subject, const Entry& entry, const Judgement& now, int failures) {
  GZ_TRY_ASSIGN(const int before, failed_in_a_row(store, subject, entry));
  PatrolRules rules;
  rules.failures = failures;
  return move_of(entry, now, before, rules);
}

Result<std::optional<PatrolMove>> keep_finding(SubjectStore& store, const PatrolFinding& finding, int failures, const Act& act) {
  for (int i = 0; i < kMostTries; ++i) {
    GZ_TRY_ASSIGN(const auto now, entry_now(store, finding.subject, finding.entry.no));
    if (!now || now->name != finding.entry.name || now->link != finding.entry.link || now->checked.ms >= finding.at.ms) return std::optional<PatrolMove>();
    GZ_TRY_ASSIGN(const PatrolMove move, move_for(store, finding.subject, *now, finding.judgement, failures));
    SubjectStore::CheckResult result{finding.judgement.reach, finding.at, {}, {}};
    if (move != PatrolMove::None) {
      result.abnormal = move == PatrolMove::In;
      result.why = std::string(kPatrolWhy) + (move == PatrolMove::In ? finding.judgement.why : "恢复正常");
    }
    GZ_TRY_ASSIGN(const bool done, store.keep_check(finding.subject, *now, result, act));
    if (done) return std::optional(move);
  }
  return fail(ErrorKind::Exists, "entry " + std::to_string(finding.entry.no) + " of subject " + std::to_string(finding.subject) + " is changed by somebody else all the time");
}

}  // namespace guzheng
