#include "core/registry/query.h"
#include "core/registry/store_impl.h"

namespace guzheng {

namespace {

constexpr std::int64_t kDayMs = 24ll * 3600 * 1000;
constexpr int kShortestCycle = 30, kLongestCycle = 45;           // A-5.2c

Result<RefreshCycle> read_cycle(StoreSql& sql) {
  RefreshCycle out;
  GZ_TRY_ASSIGN(const auto ordinary, sql.number("SELECT value FROM meta WHERE key='ordinary_days'"));
  GZ_TRY_ASSIGN(const auto abnormal, sql.number("SELECT value FROM meta WHERE key='abnormal_days'"));
  out.ordinary_days = static_cast<int>(ordinary.value_or(out.ordinary_days));
  out.abnormal_days = static_cast<int>(abnormal.value_or(out.abnormal_days));
  return out;
}

Result<std::int64_t> due_before(StoreSql& sql, const Clock& clock, bool abnormal) {
  GZ_TRY_ASSIGN(const auto cycle, read_cycle(sql));
  return clock.wall().ms - (abnormal ? cycle.abnormal_days : cycle.ordinary_days) * kDayMs;
}

// Entries of subjects that were removed are not asked for.
#define GZ_ENTRY_AT "SELECT e.subject,e.no,e.kind,e.checked_ms,e.reach,e.abnormal,e.unit,e.name,e.platform,e.link,e.category,e.why FROM entry e JOIN subject s ON s.id=e.subject "

Result<Entry> entry_of(StoreSql& sql, SubjectId id, int no) {
  GZ_TRY_ASSIGN(const Subject subject, present(sql, id));
  GZ_TRY_ASSIGN(const auto have, read_entries(sql, id));
  for (const auto& entry : have)
    if (entry.no == no) return entry;
  return fail(ErrorKind::NotFound, "subject " + std::to_string(id) + " has no entry " + std::to_string(no));
}

}  // namespace

std::int64_t overdue_days(const Entry& entry, const RefreshCycle& cycle, WallTime now) {
  if (entry.checked.ms == 0) return 0;
  const std::int64_t due = entry.checked.ms + (entry.abnormal ? cycle.abnormal_days : cycle.ordinary_days) * kDayMs;
  return now.ms <= due ? 0 : (now.ms - due + kDayMs - 1) / kDayMs;
}

Result<RefreshCycle> SubjectStore::cycle() const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return read_cycle(reader->main);
}

Status SubjectStore::set_cycle(const RefreshCycle& cycle, const Act& act) {
  GZ_TRY(check_act(act));
  if (cycle.ordinary_days < kShortestCycle || cycle.ordinary_days > kLongestCycle) return fail(ErrorKind::Invalid, "the refresh cycle is 30 to 45 days, not " + std::to_string(cycle.ordinary_days));
  if (cycle.abnormal_days < 1 || cycle.abnormal_days > kLongestCycle) return fail(ErrorKind::Invalid, "the abnormal library's cycle is 1 to 45 days, not " + std::to_string(cycle.abnormal_days));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const auto old, read_cycle(sql));
    GZ_TRY(sql.run("INSERT OR REPLACE INTO meta(key,value) VALUES('ordinary_days',?)", cycle.ordinary_days));
    GZ_TRY(sql.run("INSERT OR REPLACE INTO meta(key,value) VALUES('abnormal_days',?)", cycle.abnormal_days));
    GZ_TRY_ASSIGN(const auto before, json_text({{"ordinary_days", old.ordinary_days}, {"abnormal_days", old.abnormal_days}}));
    GZ_TRY_ASSIGN(const auto after, json_text({{"ordinary_days", cycle.ordinary_days}, {"abnormal_days", cycle.abnormal_days}}));
    return impl_->log(sql, act, 0, "cycle", before, after);
  }, false);
}

Result<std::vector<SubjectStore::EntryAt>> SubjectStore::overdue(bool abnormal, int limit) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  GZ_TRY_ASSIGN(const auto before, due_before(reader->main, impl_->clock, abnormal));
  std::vector<EntryAt> out;
  GZ_TRY(reader->main.each(GZ_ENTRY_AT "WHERE e.abnormal=? AND e.checked_ms<? AND s.gone=0 ORDER BY e.checked_ms, e.subject, e.no LIMIT ?", [&](const SqlStatement& row) {
    out.push_back({row.integer(0), entry_at(row, 1)});
    return true;
  }, abnormal, before, limit));
  return out;
}

Result<std::pair<std::int64_t, bool>> SubjectStore::overdue_count(bool abnormal) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  GZ_TRY_ASSIGN(const auto before, due_before(reader->main, impl_->clock, abnormal));
  GZ_TRY_ASSIGN(const auto count, reader->main.number("SELECT count(*) FROM (SELECT 1 FROM entry e JOIN subject s ON s.id=e.subject WHERE e.abnormal=? AND e.checked_ms<? AND s.gone=0 LIMIT ?)",
                                                      abnormal, before, kCountCap + 1));
  return std::pair(std::min(count.value_or(0), kCountCap), count.value_or(0) > kCountCap);
}

Result<std::vector<SubjectStore::EntryAt>> SubjectStore::abnormal_entries(int limit) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<EntryAt> out;
  GZ_TRY(reader->main.each(GZ_ENTRY_AT "WHERE e.abnormal=1 AND s.gone=0 ORDER BY e.checked_ms, e.subject, e.no LIMIT ?", [&](const SqlStatement& row) {
    out.push_back({row.integer(0), entry_at(row, 1)});
    return true;
  }, limit));
  return out;
}

Status SubjectStore::checked(SubjectId id, int no, Reach reach, const Act& act) {
  GZ_TRY(check_act(act));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(Entry entry, entry_of(sql, id, no));
    entry.reach = reach;
    entry.checked = impl_->clock.wall();
    GZ_TRY_ASSIGN(const int same, impl_->put_entry_row(sql, id, entry, act, 0));
    static_cast<void>(same);
    return ok();
  });
}

Result<bool> SubjectStore::keep_check(SubjectId id, const Entry& was, const CheckResult& result, const Act& act) {
  GZ_TRY(check_act(act));
  if (result.abnormal && (result.why.empty() || *result.abnormal == was.abnormal)) return fail(ErrorKind::Invalid, "a move by a check needs a reason, and somewhere to go");
  bool done = false;
  const Status written = impl_->write([&](StoreSql& sql) -> Status {
    const auto now = entry_of(sql, id, was.no);
    if (!now && now.error().kind == ErrorKind::NotFound) return ok();
    GZ_TRY(now);
    if (*now != was) return ok();
    Entry entry = was;
    entry.reach = result.reach;
    entry.checked = result.at;
    GZ_TRY(impl_->put_entry_row(sql, id, entry, act, 0));
    if (result.abnormal) {
      entry.abnormal = *result.abnormal;
      entry.why = result.why;
      GZ_TRY(impl_->put_entry_row(sql, id, entry, {act.who, result.why}, 0));
    }
    done = true;
    return ok();
  });
  if (!written) return fail(written.error());
  return done;
}

WallTime SubjectStore::now() const { return impl_->clock.wall(); }

Status SubjectStore::set_abnormal(SubjectId id, int no, bool abnormal, const Act& act) {
  GZ_TRY(check_act(act));
  if (act.why.empty()) return fail(ErrorKind::Invalid, "moving an entry into the abnormal library or out of it needs a reason");
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(Entry entry, entry_of(sql, id, no));
    if (entry.abnormal == abnormal) return fail(ErrorKind::Invalid, std::string("the entry is ") + (abnormal ? "in" : "not in") + " the abnormal library already");
    entry.abnormal = abnormal;
    entry.why = act.why;
    GZ_TRY_ASSIGN(const int same, impl_->put_entry_row(sql, id, entry, act, 0));
    static_cast<void>(same);
    return ok();
  });
}

}  // namespace guzheng
