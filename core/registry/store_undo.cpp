#include "core/registry/store_impl.h"
#include "core/registry/whole_imports.h"

namespace guzheng {

namespace {

constexpr int kAtOnce = 2000, kTagStepsAtOnce = 10'000;
constexpr std::size_t kMostNamed = 10'000;
constexpr std::int64_t kAnewFrom = 200'000;                      // so many subjects less: the index is made anew rather than mended

struct UndoStep {
  std::int64_t id = 0;
  SubjectId subject = 0;
  std::string what, before, after;
};

class Undo {
 public:
  Undo(SubjectStore::Impl& impl, Batch batch, const Act& act) : impl_(impl), batch_(std::move(batch)), act_{act.who, "undo of batch " + std::to_string(batch_.id) + (act.why.empty() ? "" : ": " + act.why)} {}

  Status changes(const std::function<bool(std::int64_t, std::int64_t)>& progress);
  Status additions(const std::function<bool(std::int64_t, std::int64_t)>& progress);
  Status tags(const std::function<bool(std::int64_t, std::int64_t)>& progress);
  Status begin();
  Status end();
  UndoReport report;

 private:
  Status one(StoreSql& sql, const UndoStep& step);
  Status subject_back(StoreSql& sql, const UndoStep& step);
  Status entry_back(StoreSql& sql, const UndoStep& step);
  Status record_back(StoreSql& sql, const UndoStep& step);
  Status sensitive_back(StoreSql& sql, const UndoStep& step);
  Status take_away(StoreSql& sql, SubjectId id);
  Status went_on(const std::function<bool(std::int64_t, std::int64_t)>& progress) {
    if (progress && !progress(report.removed + report.restored + report.untagged + report.kept_count, batch_.added + batch_.changed))
      return fail(ErrorKind::Cancelled, "the undo of batch " + std::to_string(batch_.id) + " was stopped; it goes on when it is called again");
    return ok();
  }
  void keep(SubjectId id) {
    ++report.kept_count;
    if (report.kept.size() < kMostNamed) report.kept.push_back(id);
  }
  [[nodiscard]] std::string how_far() const { return "undone_to " + std::to_string(batch_.id); }
  [[nodiscard]] bool anew() const { return batch_.added >= kAnewFrom; }

  // Within the transaction that took them: without its line in the journal nothing of it happens.
  Status journal_values() {
    if (values_ == 0) return ok();
    return impl_.journal({{"what", "take-back"}, {"batch", batch_.id}, {"source", batch_.source}, {"subjects", robbed_}, {"fields", values_}, {"who", act_.who}, {"why", act_.why}});
  }

  SubjectStore::Impl& impl_;
  const Batch batch_;
  const Act act_;
  std::int64_t robbed_ = 0, values_ = 0;                         // subjects that lost sensitive values in this step, and how many values
};

Status Undo::subject_back(StoreSql& sql, const UndoStep& step) {
  GZ_TRY_ASSIGN(const auto now, read_subject(sql, step.subject));
  GZ_TRY_ASSIGN(const auto before, parse_json(step.before));
  GZ_TRY_ASSIGN(const auto after, parse_json(step.after));
  if (!now) return keep(step.subject), ok();
  const Json have = subject_json(*now);
  Json back = Json::object();
  for (const auto& [key, value] : after.items())
    if (have.value(key, Json()) == value && before.contains(key)) back[key] = before[key];
  if (back.size() < after.size()) keep(step.subject);            // somebody changed one of these since: that one stays
  GZ_TRY_ASSIGN(const Subject restored, subject_from(back, *now));
  GZ_TRY_ASSIGN(const bool differs, impl_.change_row(sql, restored, act_, 0));
  if (differs) ++report.restored;
  return ok();
}

Status Undo::entry_back(StoreSql& sql, const UndoStep& step) {
  const int no = std::stoi("0" + step.what.substr(std::string_view("entry ").size()));
  GZ_TRY_ASSIGN(const auto have, read_entries(sql, step.subject));
  const auto now = std::find_if(have.begin(), have.end(), [&](const Entry& e) { return e.no == no; });
  GZ_TRY_ASSIGN(const auto is, now == have.end() ? Result<std::string>(std::string()) : json_text(entry_json(*now)));
  if (is != step.after) return keep(step.subject), ok();
  GZ_TRY(impl_.keep_old(sql, step.subject));
  if (step.before.empty()) {
    GZ_TRY(sql.run("DELETE FROM entry WHERE subject=? AND no=?", step.subject, no));
  } else {
    GZ_TRY_ASSIGN(const auto before, parse_json(step.before));
    GZ_TRY_ASSIGN(Entry old, entry_from(before, {}));
    old.no = no;
    GZ_TRY(write_entry(sql, step.subject, old));
  }
  ++report.restored;
  return impl_.log(sql, act_, step.subject, step.what, step.after, step.before);
}

Status Undo::record_back(StoreSql& sql, const UndoStep& step) {
  GZ_TRY_ASSIGN(const auto after, parse_json(step.after));
  GZ_TRY(sql.run("DELETE FROM record WHERE id=? AND subject=?", integer_at(after, "id"), step.subject));
  if (sql.connection().changed() == 0) return ok();
  ++report.restored;
  return impl_.log(sql, act_, step.subject, "record", step.after, "");
}

// Values that somebody wrote anew since are theirs: they no longer name the batch.
Status Undo::sensitive_back(StoreSql& sql, const UndoStep& step) {
  GZ_TRY_ASSIGN(const auto had, sql.number("SELECT count(*) FROM secret WHERE subject=?", step.subject));
  GZ_TRY(sql.run("DELETE FROM secret WHERE subject=? AND batch=?", step.subject, batch_.id));
  const auto gone = sql.connection().changed();
  if (gone == 0) return keep(step.subject), ok();
  ++report.restored;
  ++robbed_;
  values_ += gone;
  GZ_TRY_ASSIGN(const auto before, json_text({{"values", had.value_or(0)}}));
  GZ_TRY_ASSIGN(const auto after, json_text({{"values", had.value_or(0) - gone}}));
  return impl_.log(sql, act_, step.subject, "sensitive", before, after);
}

Status Undo::one(StoreSql& sql, const UndoStep& step) {
  // what the batch did to a subject that it added itself goes with that subject
  GZ_TRY_ASSIGN(const auto added, sql.number("SELECT 1 FROM subject WHERE id=? AND batch=?", step.subject, batch_.id));
  if (added) return ok();
  if (step.what == "subject") return subject_back(sql, step);
  if (step.what.starts_with("entry ")) return entry_back(sql, step);
  if (step.what == "record") return record_back(sql, step);
  if (step.what == "sensitive") return sensitive_back(sql, step);
  return ok();
}

// Newest first. Each chunk is one transaction, which also notes how far it came: under the batch's number, since another undo may come between.
Status Undo::changes(const std::function<bool(std::int64_t, std::int64_t)>& progress) {
  for (;;) {
    std::size_t found = 0;
    const Status written = impl_.write([&](StoreSql& sql) -> Status {
      GZ_TRY_ASSIGN(const auto mark, sql.number("SELECT value FROM meta WHERE key=?", how_far()));
      const std::int64_t below = mark.value_or(std::numeric_limits<std::int64_t>::max());
      std::vector<UndoStep> steps;
      GZ_TRY(sql.each("SELECT id,subject,what,before,after FROM change WHERE batch=? AND batch>0 AND id<? ORDER BY id DESC LIMIT ?", [&](const SqlStatement& row) {
        steps.push_back({row.integer(0), row.integer(1), std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))});
        return true;
      }, batch_.id, below, kAtOnce));
      found = steps.size();
      robbed_ = values_ = 0;
      for (const auto& step : steps) GZ_TRY(one(sql, step));
      GZ_TRY(journal_values());
      return steps.empty() ? ok() : sql.run("INSERT OR REPLACE INTO meta(key,value) VALUES(?,?)", how_far(), steps.back().id);
    }, false);
    GZ_TRY(written);
    if (found == 0) return ok();
    GZ_TRY(went_on(progress));
  }
}

Status Undo::take_away(StoreSql& sql, SubjectId id) {
  if (!anew()) GZ_TRY(impl_.keep_old(sql, id));
  GZ_TRY_ASSIGN(const auto there, sql.number("SELECT 1 FROM subject WHERE id=? AND gone=0", id));
  GZ_TRY(sql.run("DELETE FROM entry WHERE subject=?", id));
  GZ_TRY(sql.run("DELETE FROM record WHERE subject=?", id));
  GZ_TRY(sql.run("DELETE FROM secret WHERE subject=?", id));
  GZ_TRY(sql.run("UPDATE tag SET count=count-1 WHERE id IN (SELECT tag FROM tagged WHERE subject=?)", id));
  GZ_TRY(sql.run("DELETE FROM tagged WHERE subject=?", id));
  GZ_TRY(sql.run("DELETE FROM subject WHERE id=?", id));
  if (there) --impl_.count;
  ++report.removed;
  return ok();
}

Status Undo::additions(const std::function<bool(std::int64_t, std::int64_t)>& progress) {
  SubjectId after = batch_.first - 1;
  while (after < batch_.last) {
    const Status written = impl_.write([&](StoreSql& sql) -> Status {
      std::vector<SubjectId> ids;
      GZ_TRY(sql.each("SELECT id FROM subject WHERE id>? AND id<=? AND batch=? ORDER BY id LIMIT ?", [&](const SqlStatement& row) { ids.push_back(row.integer(0)); return true; },
                      after, batch_.last, batch_.id, kAtOnce));
      for (const auto id : ids) {
        GZ_TRY_ASSIGN(const auto changed, sql.number("SELECT 1 FROM change WHERE subject=? AND batch<>? LIMIT 1", id, batch_.id));
        if (changed) keep(id);
        else GZ_TRY(take_away(sql, id));
      }
      after = ids.empty() ? batch_.last : ids.back();
      return ok();
    }, false);
    GZ_TRY(written);
    GZ_TRY(went_on(progress));
  }
  return ok();
}

// A batch turns one tag one way, so a stretch of its steps is turned back by whole statements.
struct TagStretch {
  std::int64_t steps = 0, tag = 0;
  bool turned = false;
  SubjectId first = 0, last = 0;
};

Result<TagStretch> next_stretch(StoreSql& sql, std::int64_t batch) {
  TagStretch out;
  GZ_TRY(sql.each("SELECT count(*),max(tag),max(turned),min(subject),max(subject) FROM (SELECT subject,tag,turned FROM tag_step WHERE batch=? ORDER BY subject LIMIT ?)", [&](const SqlStatement& row) {
    out = {row.integer(0), row.integer(1), row.integer(2) != 0, row.integer(3), row.integer(4)};
    return false;
  }, batch, kTagStepsAtOnce));
  return out;
}

Status untag_stretch(StoreSql& sql, std::int64_t batch, const TagStretch& stretch) {
  GZ_TRY(sql.run("INSERT OR IGNORE INTO tag_pending(tag,subject,was) SELECT t.tag,t.subject,1 FROM tag_step s JOIN tagged t ON t.tag=s.tag AND t.subject=s.subject WHERE s.batch=? AND s.subject<=?", batch, stretch.last));
  return sql.run("DELETE FROM tagged WHERE tag=? AND subject IN (SELECT subject FROM tag_step WHERE batch=? AND subject<=?)", stretch.tag, batch, stretch.last);
}

// `whole`: every subject from the first to the last is known to be in the library.
Status tag_stretch(StoreSql& sql, std::int64_t batch, const TagStretch& stretch, bool whole) {
  GZ_TRY(sql.run("INSERT OR IGNORE INTO tag_pending(tag,subject,was) SELECT s.tag,s.subject,0 FROM tag_step s WHERE s.batch=?1 AND s.subject<=?2 AND "
                 "NOT EXISTS(SELECT 1 FROM tagged t WHERE t.tag=s.tag AND t.subject=s.subject) AND (?3 OR EXISTS(SELECT 1 FROM subject WHERE id=s.subject))", batch, stretch.last, whole));
  return sql.run("INSERT OR IGNORE INTO tagged(tag,subject) SELECT s.tag,s.subject FROM tag_step s WHERE s.batch=?1 AND s.subject<=?2 AND (?3 OR EXISTS(SELECT 1 FROM subject WHERE id=s.subject))", batch, stretch.last, whole);
}

Status Undo::tags(const std::function<bool(std::int64_t, std::int64_t)>& progress) {
  for (bool more = true; more;) {
    std::int64_t turned = 0;
    const Status written = impl_.write([&](StoreSql& sql) -> Status {
      GZ_TRY_ASSIGN(const auto stretch, next_stretch(sql, batch_.id));
      more = stretch.steps > 0;
      if (!more) return ok();
      GZ_TRY_ASSIGN(const auto imports, WholeImports::of(sql));
      GZ_TRY(stretch.turned ? untag_stretch(sql, batch_.id, stretch) : tag_stretch(sql, batch_.id, stretch, imports.has(stretch.first, stretch.last)));
      turned = sql.connection().changed();
      GZ_TRY(impl_.count_tag(sql, stretch.tag, stretch.turned ? -turned : turned));
      return sql.run("DELETE FROM tag_step WHERE batch=? AND subject<=?", batch_.id, stretch.last);
    }, false);
    GZ_TRY(written);
    report.untagged += turned;
    GZ_TRY(went_on(progress));
  }
  return ok();
}

Status Undo::begin() {
  if (batch_.state == BatchState::Undoing) return ok();
  return impl_.write([&](StoreSql& sql) -> Status {
    return sql.run("UPDATE batch SET state=? WHERE id=?", BatchState::Undoing, batch_.id);
  }, false);
}

Status Undo::end() {
  return impl_.write([&](StoreSql& sql) -> Status {
    if (anew()) {
      GZ_TRY_ASSIGN(const auto generation, sql.number("SELECT value FROM meta WHERE key='generation'"));
      GZ_TRY(sql.run("INSERT OR REPLACE INTO meta(key,value) VALUES('generation',?)", generation.value_or(0) + 1));
    }
    GZ_TRY(sql.run("DELETE FROM meta WHERE key=?", how_far()));
    GZ_TRY(sql.run("DELETE FROM notice WHERE batch=? AND batch>0 AND seen_ms=0", batch_.id));        // one that was read stays
    GZ_TRY(sql.run("UPDATE batch SET state=?, ended_ms=? WHERE id=?", BatchState::Undone, impl_.clock.wall(), batch_.id));
    GZ_TRY_ASSIGN(const auto before, json_text({{"batch", batch_.id}, {"source", batch_.source}, {"removed", report.removed}, {"restored", report.restored}, {"untagged", report.untagged}, {"kept", report.kept_count}}));
    return impl_.log(sql, act_, 0, "batch", before, "");
  });
}

}  // namespace

Result<UndoReport> SubjectStore::undo(std::int64_t id, const Act& act, const std::function<bool(std::int64_t, std::int64_t)>& progress) {
  GZ_TRY(check_act(act));
  GZ_TRY_ASSIGN(Batch what, batch(id));
  if (what.state == BatchState::Undone) return fail(ErrorKind::Invalid, "batch " + std::to_string(id) + " was taken back already");
  // an open import would go on writing; another undo would mistake the mark of this one
  if (impl_->bulk_open.exchange(true)) return fail(ErrorKind::Exists, "an import or another undo is under way");
  if (what.kind == BatchKind::Import) impl_->index_stale = true;
  Undo undo(*impl_, what, act);
  const Status done = [&]() -> Status {
    GZ_TRY(undo.begin());
    if (what.kind == BatchKind::Tagging) GZ_TRY(undo.tags(progress));
    else {
      GZ_TRY(undo.changes(progress));
      if (what.first > 0) GZ_TRY(undo.additions(progress));
    }
    return undo.end();
  }();
  impl_->bulk_open = false;
  if (!done) return fail(done.error());
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  GZ_TRY_ASSIGN(const auto others, reader->main.number("SELECT 1 FROM batch WHERE state=? AND kind=?", BatchState::Undoing, BatchKind::Import));
  impl_->index_stale = others.has_value();
  return undo.report;
}

}  // namespace guzheng
