// Notices: what matching found, for the unit that watches over the subject.
#include "core/registry/store_impl.h"

namespace guzheng {

Status SubjectStore::Impl::raise_notice_row(StoreSql& sql, SubjectId id, const std::string& text, std::int64_t batch) {
  GZ_TRY_ASSIGN(const Subject subject, present(sql, id));
  return sql.run("INSERT INTO notice(unit,subject,at_ms,seen_ms,text,batch) VALUES(?,?,?,0,?,?)", subject.unit, id, clock.wall(), text, batch);
}

Status SubjectStore::raise_notice(SubjectId id, const std::string& text) {
  GZ_TRY(check_text_field("text", text, true));
  return impl_->write([&](StoreSql& sql) { return impl_->raise_notice_row(sql, id, text, 0); }, false);
}

Result<std::vector<SubjectStore::Notice>> SubjectStore::notices(std::optional<std::int64_t> unit, bool unseen_only, int limit) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<Notice> out;
  const auto take = [&](const SqlStatement& row) {
    out.push_back({row.integer(0), row.integer(1), row.integer(2), std::string(row.text(3)), {row.integer(4)}, {row.integer(5)}, std::string(row.text(6)), std::string(row.text(7))});
    return true;
  };
#define GZ_NOTICES "SELECT n.id,n.unit,n.subject,n.text,n.at_ms,n.seen_ms,n.seen_by,coalesce(s.name,'') FROM notice n LEFT JOIN subject s ON s.id=n.subject "
  GZ_TRY(unit ? reader->main.each(GZ_NOTICES "WHERE n.unit=?1 AND (?2=0 OR n.seen_ms=0) ORDER BY n.id DESC LIMIT ?3", take, *unit, unseen_only, limit)
              : reader->main.each(GZ_NOTICES "WHERE ?1=0 OR n.seen_ms=0 ORDER BY n.id DESC LIMIT ?2", take, unseen_only, limit));
  return out;
}

Result<std::int64_t> SubjectStore::unseen_notices(std::optional<std::int64_t> unit) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  GZ_TRY_ASSIGN(const auto count, unit ? reader->main.number("SELECT count(*) FROM notice WHERE unit=? AND seen_ms=0", *unit) : reader->main.number("SELECT count(*) FROM notice WHERE seen_ms=0"));
  return count.value_or(0);
}

Status SubjectStore::see_notices(const std::vector<std::int64_t>& ids, const Act& act) {
  GZ_TRY(check_act(act));
  return impl_->write([&](StoreSql& sql) -> Status {
    for (const auto id : ids) {
      GZ_TRY(sql.run("UPDATE notice SET seen_ms=?, seen_by=? WHERE id=? AND seen_ms=0", impl_->clock.wall(), act.who, id));
      if (sql.connection().changed() == 0) continue;
      GZ_TRY_ASSIGN(const auto subject, sql.number("SELECT subject FROM notice WHERE id=?", id));
      GZ_TRY_ASSIGN(const auto after, json_text({{"notice", id}}));
      GZ_TRY(impl_->log(sql, act, subject.value_or(0), "notice", "", after));
    }
    return ok();
  }, false);
}

Status SubjectStore::see_notice(std::int64_t id, const Act& act) {
  {
    GZ_TRY_ASSIGN(const auto reader, impl_->read());
    GZ_TRY_ASSIGN(const auto there, reader->main.number("SELECT 1 FROM notice WHERE id=? AND seen_ms=0", id));
    if (!there) return fail(ErrorKind::NotFound, "there is no unseen notice " + std::to_string(id));
  }
  return see_notices({id}, act);
}

Result<std::string> SubjectStore::watched_as(SubjectId id) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::string out;
  const auto take = [&](const SqlStatement& row) { out = row.text(0); return false; };
  GZ_TRY(reader->main.each("SELECT name FROM tag JOIN tagged ON tagged.tag=tag.id WHERE tagged.subject=? AND grp=? ORDER BY name LIMIT 1", take, id, kWatchGroup));
  if (out.empty()) GZ_TRY(reader->main.each("SELECT '异常库' FROM entry WHERE subject=? AND abnormal=1 LIMIT 1", take, id));
  return out;
}

}  // namespace guzheng
