#include "core/desk/tag_desk.h"

namespace guzheng {
namespace {

struct TurnOutcome {
  Status done;
  std::vector<std::int64_t> batches;
};

TurnOutcome turn_all(SubjectStore& store, const SubjectChoice& choice, const std::vector<TagTurn>& turns, const Act& act) {
  TurnOutcome out;
  for (const auto& one : turns) {
    auto batch = choice.all ? store.tag_all(*choice.all, one.tag, one.on, act) : store.tag_these(choice.ids, one.tag, one.on, act);
    if (!batch) {
      out.done = fail(batch.error());
      break;
    }
    out.batches.push_back(*batch);
  }
  return out;
}

Result<std::int64_t> tag_in_library(SubjectStore& store, const Tag& tag, const Act& act) {
  if (tag.id != 0) return tag.id;
  GZ_TRY_ASSIGN(const auto library, store.tags());
  for (const auto& one : library)
    if (one.group == tag.group && one.name == tag.name) return one.id;
  return store.put_tag(tag, act);
}

TurnOutcome apply_plans(SubjectStore& store, const std::vector<TagPlan>& plans, const Act& act) {
  TurnOutcome out;
  out.done = [&]() -> Status {
    for (const auto& plan : plans) {
      GZ_TRY_ASSIGN(const auto tag, tag_in_library(store, plan.tag, act));
      GZ_TRY_ASSIGN(const auto batch, store.tag_these(plan.subjects, tag, plan.on, act));
      out.batches.push_back(batch);
    }
    return ok();
  }();
  return out;
}

SubjectDesk::Undo undo_of(const std::vector<std::int64_t>& batches) {
  return [batches](SubjectStore& store, const Act& act) -> Status {
    for (auto batch = batches.rbegin(); batch != batches.rend(); ++batch) { GZ_TRY(store.undo(*batch, act)); }
    return ok();
  };
}

}  // namespace

void TagDesk::put(const Tag& tag, QObject* to, Told<std::int64_t> told) {
  desk_.hop(SubjectDesk::Pool::Write, [tag, act = desk_.act("标签库")](SubjectStore& store) { return store.put_tag(tag, act); }, this,
            std::function<void(const Result<std::int64_t>&)>([this, to = QPointer<QObject>(to), told = std::move(told)](const Result<std::int64_t>& id) {
              if (id) desk_.tell_changed(0);
              if (to && told) told(id);
            }));
}

void TagDesk::remove(const Tag& tag, QObject* to, Told<void> told) {
  desk_.hop(SubjectDesk::Pool::Write, [tag, act = desk_.act("标签库")](SubjectStore& store) { return store.remove_tag(tag.id, act); }, this,
            std::function<void(const Status&)>([this, tag, to = QPointer<QObject>(to), told = std::move(told)](const Status& done) {
              if (done) {
                desk_.keep_undo([tag](SubjectStore& store, const Act& act) -> Status {
                  GZ_TRY(store.put_tag({0, tag.group, tag.name}, act));
                  return ok();
                });
                desk_.tell_changed(0);
              }
              if (to && told) told(done);
            }));
}

void TagDesk::turn(const SubjectChoice& choice, const std::vector<TagTurn>& turns, QObject* to, Told<void> told) {
  if (!desk_.may_change()) {
    if (told) told(fail(ErrorKind::Denied, "nobody is logged in"));
    return;
  }
  desk_.hop(SubjectDesk::Pool::Write, [choice, turns, act = desk_.act("标签")](SubjectStore& store) { return turn_all(store, choice, turns, act); }, this,
            std::function<void(const TurnOutcome&)>([this, subjects = choice.ids.size(), all = choice.all.has_value(), to = QPointer<QObject>(to), told = std::move(told)](const TurnOutcome& out) {
              turned(out.done, out.batches, all ? Json::object() : Json{{"subjects", subjects}}, to, told);
            }));
}

void TagDesk::apply(const std::vector<TagPlan>& plans, QObject* to, Told<void> told) {
  if (!desk_.may_change()) {
    if (told) told(fail(ErrorKind::Denied, "nobody is logged in"));
    return;
  }
  desk_.hop(SubjectDesk::Pool::Write, [plans, act = desk_.act("监测确认")](SubjectStore& store) { return apply_plans(store, plans, act); }, this,
            std::function<void(const TurnOutcome&)>([this, to = QPointer<QObject>(to), told = std::move(told), tags = plans.size()](const TurnOutcome& out) {
              turned(out.done, out.batches, Json{{"by", "confirmations"}, {"tags", tags}}, to, told);
            }));
}

void TagDesk::turned(const Status& done, const std::vector<std::int64_t>& batches, Json what, const QPointer<QObject>& to, const Told<void>& told) {
  if (!batches.empty()) {
    desk_.keep_undo(undo_of(batches));
    what["act"] = "tag";
    what["batch"] = batches.front();
    desk_.station().record("op.subject", std::move(what));
    desk_.tell_changed(0);
  }
  if (to && told) told(done);
}

}  // namespace guzheng
