#include "core/desk/mark_desk.h"

#include <algorithm>

namespace guzheng {
namespace {

Status do_decide(SubjectStore& store, const MarkRule& rule, MarkDesk::Decision decision, const Act& act) {
  return decision == MarkDesk::Decision::Open ? forget_mark_choice(store, rule, act) : choose_mark(store, rule, decision == MarkDesk::Decision::Agree, act);
}

bool same_place(const MarkRule& a, const MarkRule& b) { return a.by == b.by && a.value == b.value; }

// As it was decided before, and nothing else, of this category or region.
Status put_back(SubjectStore& store, const MarkRule& rule, const std::vector<MarkChoice>& before, const Act& act) {
  GZ_TRY_ASSIGN(const auto now, mark_choices(store));
  for (const auto& one : now)
    if (same_place(one.rule, rule)) GZ_TRY(forget_mark_choice(store, one.rule, act));
  for (const auto& one : before)
    if (same_place(one.rule, rule)) GZ_TRY(choose_mark(store, one.rule, one.agreed, act));
  return ok();
}

}  // namespace

MarkDesk::MarkDesk(SubjectDesk& desk) : desk_(desk) {
  working_.setMaxThreadCount(1);
  working_.setThreadPriority(QThread::LowPriority);
}

void MarkDesk::stop() {
  stop_->store(true);
  working_.waitForDone();
}

std::int64_t MarkDesk::to_mark() const {
  std::int64_t levels = 0, regions = 0;              // one subject may get both
  for (const auto& one : survey_.proposals)
    if (one.choice && one.choice->agreed) (one.rule.by == MarkRule::By::Category ? levels : regions) += one.bare;
  return levels + regions;
}

void MarkDesk::begin(bool marking) {
  running_ = true;
  marking_ = marking;
  done_ = 0;
  stop_->store(false);
  emit running_changed();
}

std::function<bool(std::int64_t)> MarkDesk::progress() {
  return [this, stop = stop_](std::int64_t done) {
    post(this, [this, done] {
      done_ = done;
      emit progressed();
    });
    return !stop->load();
  };
}

void MarkDesk::look() {
  if (running_ || desk_.stopped() || !desk_.is_open()) return;
  begin(false);
  run_then(working_, this, [store = desk_.store(), tell = progress()] { return survey_marks(*store, {}, tell); }, [this](const Result<MarkSurvey>& survey) {
    running_ = false;
    if (survey) survey_ = *survey;
    emit running_changed();
    if (survey) emit surveyed();
    else if (survey.error().kind != ErrorKind::Cancelled) emit failed(survey.error());
  });
}

void MarkDesk::decide(const MarkRule& rule, Decision decision) {
  if (running_ || desk_.stopped()) return;
  if (!desk_.may_change()) return emit failed({ErrorKind::Denied, "nobody is logged in, or the library is not open"});
  using Before = Result<std::vector<MarkChoice>>;
  desk_.hop(SubjectDesk::Pool::Write, [rule, decision, act = desk_.act("标识规则")](SubjectStore& store) -> Before {
    GZ_TRY_ASSIGN(auto before, mark_choices(store));
    GZ_TRY(do_decide(store, rule, decision, act));
    return before;
  }, this, std::function<void(const Before&)>([this, rule, decision](const Before& before) {
    if (!before) return emit failed(before.error());
    decided(rule, *before, decision);
  }));
}

void MarkDesk::decided(const MarkRule& rule, const std::vector<MarkChoice>& before, Decision decision) {
  desk_.keep_undo([rule, before](SubjectStore& store, const Act& act) { return put_back(store, rule, before, act); });
  const bool category = rule.by == MarkRule::By::Category;
  desk_.station().record("op.subjects", Json{{"act", "mark-rule"}, {"by", category ? "category" : "region"}, {"value", rule.value}, {"mark", category ? std::string(to_string(rule.sensitivity)) : rule.data_region},
                                             {"decision", decision == Decision::Agree ? "agree" : decision == Decision::Refuse ? "refuse" : "open"}});
  look();
}

void MarkDesk::mark() {
  if (running_ || desk_.stopped()) return;
  if (!desk_.may_change()) return emit failed({ErrorKind::Denied, "nobody is logged in, or the library is not open"});
  begin(true);
  run_then(working_, this, [store = desk_.store(), act = desk_.act("按规则标识"), tell = progress()]() -> Result<MarkedAlike> {
    GZ_TRY_ASSIGN(const auto choices, mark_choices(*store));
    return mark_alike(*store, {}, agreed_marks(choices), act, tell);
  }, [this](const Result<MarkedAlike>& done) {
    running_ = marking_ = false;
    emit running_changed();
    if (!done) return emit failed(done.error());
    if (done->marked > 0) {
      desk_.keep_undo([batch = done->batch](SubjectStore& store, const Act& act) -> Status {
        GZ_TRY(store.undo(batch, act));
        return ok();
      });
      desk_.station().record("op.subjects", Json{{"act", "marks"}, {"batch", done->batch}, {"marked", done->marked}});
      desk_.tell_changed(0);
    }
    emit marked(done->marked);
    look();
  });
}

}  // namespace guzheng
