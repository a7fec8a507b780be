#include <algorithm>

#include "core/registry/store_impl.h"
#include "core/registry/whole_imports.h"

namespace guzheng {

namespace {

constexpr std::size_t kTaggedAtOnce = 10'000;

Status check_tag(StoreSql& sql, std::int64_t tag) {
  GZ_TRY_ASSIGN(const auto there, sql.number("SELECT 1 FROM tag WHERE id=?", tag));
  if (!there) return fail(ErrorKind::NotFound, "there is no tag " + std::to_string(tag));
  return ok();
}

Result<std::vector<Tag>> tags_from(StoreSql& sql, SubjectId subject) {
  std::vector<Tag> out;
  const auto take = [&](const SqlStatement& row) { out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), row.integer(3)}); return true; };
  GZ_TRY(subject == 0 ? sql.each("SELECT id,grp,name,count FROM tag ORDER BY grp, name", take)
                      : sql.each("SELECT id,grp,name,count FROM tag JOIN tagged ON tagged.tag=tag.id WHERE tagged.subject=? ORDER BY grp, name", take, subject));
  return out;
}

}  // namespace

Status SubjectStore::Impl::turn_tag(StoreSql& sql, SubjectId id, std::int64_t tag, bool on, bool there, bool& turned) {
  GZ_TRY(!on     ? sql.run("DELETE FROM tagged WHERE tag=? AND subject=?", tag, id)
         : there ? sql.run("INSERT OR IGNORE INTO tagged(tag,subject) VALUES(?,?)", tag, id)
                 : sql.run("INSERT OR IGNORE INTO tagged(tag,subject) SELECT ?1,id FROM subject WHERE id=?2", tag, id));
  turned = sql.connection().changed() > 0;
  if (!turned) return ok();
  return sql.run("INSERT OR IGNORE INTO tag_pending(tag,subject,was) VALUES(?,?,?)", tag, id, !on);
}

Status SubjectStore::Impl::count_tag(StoreSql& sql, std::int64_t tag, std::int64_t more) {
  return more == 0 ? ok() : sql.run("UPDATE tag SET count=count+? WHERE id=?", more, tag);
}

Result<std::int64_t> SubjectStore::put_tag(const Tag& tag, const Act& act) {
  GZ_TRY(check_act(act));
  GZ_TRY(check_text_field("tag", tag.name, true));
  GZ_TRY(check_text_field("group", tag.group));
  std::int64_t id = tag.id;
  const Status done = impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const auto same, sql.number("SELECT id FROM tag WHERE grp=? AND name=?", tag.group, tag.name));
    if (same && *same != id) return fail(ErrorKind::Exists, "there is a tag \"" + tag.name + "\" in that group already");
    if (id == 0) {
      GZ_TRY(sql.run("INSERT INTO tag(grp,name,count) VALUES(?,?,0)", tag.group, tag.name));
      id = sql.connection().last_row();
    } else {
      GZ_TRY(check_tag(sql, id));
      GZ_TRY(sql.run("UPDATE tag SET grp=?, name=? WHERE id=?", tag.group, tag.name, id));
    }
    GZ_TRY_ASSIGN(const auto after, json_text({{"tag", id}, {"group", tag.group}, {"name", tag.name}}));
    return impl_->log(sql, act, 0, "tag library", "", after);
  }, false);
  if (!done) return fail(done.error());
  return id;
}

Status SubjectStore::remove_tag(std::int64_t tag, const Act& act) {
  GZ_TRY(check_act(act));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY(check_tag(sql, tag));
    GZ_TRY_ASSIGN(const auto used, sql.number("SELECT count FROM tag WHERE id=?", tag));
    if (used.value_or(0) > 0) return fail(ErrorKind::Denied, std::to_string(*used) + " subjects carry this tag; take it from them first");
    GZ_TRY(sql.run("DELETE FROM tag WHERE id=?", tag));
    return impl_->log(sql, act, 0, "tag library", "{\"tag\":" + std::to_string(tag) + "}", "");
  }, false);
}

Result<std::vector<Tag>> SubjectStore::tags() const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return tags_from(reader->main, 0);
}

Result<std::vector<Tag>> SubjectStore::tags_of(SubjectId id) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return id == 0 ? Result<std::vector<Tag>>(std::vector<Tag>()) : tags_from(reader->main, id);
}

Status SubjectStore::set_tag(SubjectId id, std::int64_t tag, bool on, const Act& act) {
  GZ_TRY(check_act(act));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const Subject subject, present(sql, id));
    GZ_TRY(check_tag(sql, tag));
    bool turned = false;
    GZ_TRY(impl_->turn_tag(sql, id, tag, on, true, turned));
    if (!turned) return ok();
    GZ_TRY(impl_->count_tag(sql, tag, on ? 1 : -1));
    GZ_TRY_ASSIGN(const auto text, json_text({{"tag", tag}}));
    return impl_->log(sql, act, id, "tag", on ? "" : text, on ? text : "");
  }, false);
}

Result<std::int64_t> SubjectStore::tag_these(const std::vector<SubjectId>& ids, std::int64_t tag, bool on, const Act& act) {
  GZ_TRY(check_act(act));
  std::int64_t batch = 0, changed = 0;
  for (std::size_t from = 0; from < ids.size() || batch == 0; from += kTaggedAtOnce) {
    const bool last = from + kTaggedAtOnce >= ids.size();
    const Status done = impl_->write([&](StoreSql& sql) -> Status {
      GZ_TRY(check_tag(sql, tag));
      if (batch == 0) {
        GZ_TRY(sql.run("INSERT INTO batch(kind,state,begun_ms,ended_ms,first,last,added,changed,who,source,mark,summary) VALUES(?,?,?,0,0,0,0,0,?,?,'','')", BatchKind::Tagging, BatchState::Open,
                       impl_->clock.wall(), act.who, std::string(on ? "tag " : "untag ") + std::to_string(tag)));
        batch = sql.connection().last_row();
      }
      GZ_TRY_ASSIGN(const auto whole, WholeImports::of(sql));
      const std::int64_t before = changed;
      for (std::size_t at = from; at < std::min(from + kTaggedAtOnce, ids.size()); ++at) {
        bool turned = false;
        GZ_TRY(impl_->turn_tag(sql, ids[at], tag, on, whole.has(ids[at]), turned));
        if (!turned) continue;
        GZ_TRY(sql.run("INSERT INTO tag_step(batch,subject,tag,turned) VALUES(?,?,?,?)", batch, ids[at], tag, on));
        ++changed;
      }
      GZ_TRY(impl_->count_tag(sql, tag, on ? changed - before : before - changed));
      GZ_TRY(sql.run("UPDATE batch SET changed=?, state=?, ended_ms=? WHERE id=?", changed, last ? BatchState::Done : BatchState::Open, impl_->clock.wall(), batch));
      if (!last) return ok();
      GZ_TRY_ASSIGN(const auto after, json_text({{"batch", batch}, {"tag", tag}, {"on", on}, {"subjects", changed}}));
      return impl_->log(sql, act, 0, "batch", "", after, batch);
    }, last);
    if (!done) return fail(done.error());
  }
  return batch;
}

Result<std::int64_t> SubjectStore::tag_all(const SubjectQuery& query, std::int64_t tag, bool on, const Act& act) {
  std::vector<SubjectId> ids;
  SubjectQuery all = query;
  all.after = 0;
  GZ_TRY(each_match(all, [&](SubjectId id) { ids.push_back(id); return true; }));
  return tag_these(ids, tag, on, act);
}

}  // namespace guzheng
