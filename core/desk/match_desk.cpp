#include "core/desk/match_desk.h"

#include <algorithm>
#include <set>

#include "core/registry/match.h"
#include "core/registry/merge.h"

namespace guzheng {
namespace {

struct PairsFound {
  std::vector<AlikePair> pairs;
  bool all = true;
};

Result<PairsFound> alike_pairs(const SubjectStore& store, const std::vector<SubjectId>& ids, const RefreshCycle& cycle, WallTime now, const std::function<bool(int)>& progress) {
  PairsFound out;
  std::set<std::pair<SubjectId, SubjectId>> seen;
  int asked = 0;
  for (const auto id : ids) {
    if (!progress(asked++)) return fail(ErrorKind::Cancelled, "another question was asked");
    const auto subject = store.get(id);
    if (!subject) continue;                // removed meanwhile
    GZ_TRY_ASSIGN(const auto alike, alike_subjects(store, *subject));
    for (const auto& one : alike) {
      if (!seen.insert(std::minmax(id, one.id)).second) continue;
      if (out.pairs.size() == static_cast<std::size_t>(MatchDesk::kMostPairs)) return out.all = false, out;
      AlikePair pair;
      GZ_TRY_ASSIGN(pair.one, subject_sheet(store, id, cycle, now));
      GZ_TRY_ASSIGN(pair.other, subject_sheet(store, one.id, cycle, now));
      pair.likeness = one.likeness;
      out.pairs.push_back(std::move(pair));
    }
  }
  std::stable_sort(out.pairs.begin(), out.pairs.end(), [](const auto& a, const auto& b) { return a.likeness > b.likeness; });
  return out;
}

Result<std::vector<SubjectId>> added_by(const SubjectStore& store, std::int64_t number) {
  GZ_TRY_ASSIGN(const auto batch, store.batch(number));
  std::vector<SubjectId> out;
  if (batch.first == 0) return out;
  GZ_TRY_ASSIGN(const auto page, store.page(batch.first - 1, MatchDesk::kMostAsked));
  for (const auto& subject : page)
    if (subject.id <= batch.last) out.push_back(subject.id);
  return out;
}

}  // namespace

MatchDesk::MatchDesk(SubjectDesk& desk) : desk_(desk) {
  looking_.setMaxThreadCount(1);
  looking_.setThreadPriority(QThread::LowPriority);
}

void MatchDesk::stop() {
  ++*newest_;
  looking_.waitForDone();
}

void MatchDesk::ask(SubjectId subject) {
  run([subject](SubjectStore&) -> Result<std::vector<SubjectId>> { return std::vector<SubjectId>{subject}; });
}

void MatchDesk::ask_import(std::int64_t batch) {
  run([batch](SubjectStore& store) { return added_by(store, batch); });
}

void MatchDesk::again() {
  if (which_) run(which_);
}

void MatchDesk::run(std::function<Result<std::vector<SubjectId>>(SubjectStore&)> which) {
  which_ = std::move(which);
  const Number number = ++*newest_;
  if (!desk_.is_open() || desk_.stopped()) return;
  run_then(looking_, this, [this, which = which_, number, newest = newest_, store = desk_.store(), cycle = desk_.lists().cycle, now = desk_.now()]() -> Result<PairsFound> {
    GZ_TRY_ASSIGN(const auto ids, which(*store));
    const int of = static_cast<int>(ids.size());
    return alike_pairs(*store, ids, cycle, now, [&](int asked) {
      if (asked % 20 == 0) post(this, [this, asked, of] { emit progressed(asked, of); });
      return *newest == number;
    });
  }, [this, number](const Result<PairsFound>& found) {
    if (number != *newest_) return;
    if (found) emit this->found(found->pairs, found->all);
    else emit failed(found.error());
  });
}

template <typename Work>
void MatchDesk::decide(Work work, QObject* to, Told<void> told) {
  if (!desk_.may_change()) return told(fail(ErrorKind::Denied, "nobody is logged in"));
  using Outcome = Result<SubjectDesk::Undo>;
  desk_.hop(SubjectDesk::Pool::Write, std::move(work), this, std::function<void(const Outcome&)>([this, to = QPointer<QObject>(to), told = std::move(told)](const Outcome& undo) {
    if (undo) {
      desk_.keep_undo(*undo);
      desk_.tell_changed(0);
    }
    if (!to || !told) return;
    if (undo) told(ok());
    else told(fail(undo.error()));
  }));
}

void MatchDesk::reject(const AlikePair& pair, QObject* to, Told<void> told) {
  decide([key = incoming_key(pair.one.subject), id = pair.other.subject.id, act = desk_.act("比对：不是同一主体")](SubjectStore& store) -> Result<SubjectDesk::Undo> {
    GZ_TRY(store.decide_match(key, id, false, act));
    return SubjectDesk::Undo([key, id](SubjectStore& s, const Act& a) { return s.forget_decision(key, id, a); });
  }, to, std::move(told));
}

void MatchDesk::merge(SubjectId from, SubjectId into, QObject* to, Told<void> told) {
  decide([from, into, act = desk_.act("比对：是同一主体")](SubjectStore& store) -> Result<SubjectDesk::Undo> {
    GZ_TRY_ASSIGN(const auto merged, merge_subjects(store, from, into, act));
    return SubjectDesk::Undo([merged](SubjectStore& s, const Act& a) { return unmerge_subjects(s, merged, a); });
  }, to, std::move(told));
}

}  // namespace guzheng
