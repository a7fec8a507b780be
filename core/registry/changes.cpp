#include "core/base/digest.h"
#include "core/registry/document.h"
#include "core/registry/store_impl.h"

namespace guzheng {

namespace {

// Each link covers the one before and every column of its row.
Result<Bytes> link_of(ByteView before, const Change& change) {
  GZ_TRY_ASSIGN(const auto text, canonical_json(Json::array({change.id, change.at.ms, change.subject, change.batch, change.who, change.why, change.what, change.before, change.after})));
  Digester digester(DigestKind::Sha256);
  digester.update(before);
  digester.update(as_bytes(text));
  return digester.finish();
}

Change change_at(const SqlStatement& row) {
  Change out;
  out.id = row.integer(0);
  out.at = {row.integer(1)};
  out.subject = row.integer(2);
  out.batch = row.integer(3);
  out.who = row.text(4);
  out.why = row.text(5);
  out.what = row.text(6);
  out.before = row.text(7);
  out.after = row.text(8);
  return out;
}

#define GZ_CHANGE_COLUMNS "id,at_ms,subject,batch,who,why,what,before,after"

}  // namespace

Status check_act(const Act& act) {
  GZ_TRY(check_text_field("who", act.who, true));
  return check_text_field("why", act.why);
}

Result<std::string> json_text(const Json& json) { return canonical_json(json); }

Status SubjectStore::Impl::log(StoreSql& sql, const Act& act, SubjectId subject, const std::string& what, const std::string& before, const std::string& after, std::int64_t batch) {
  const Change change{next_change, clock.wall(), act.who, act.why, subject, what, before, after, batch};
  GZ_TRY_ASSIGN(auto link, link_of(chain, change));
  GZ_TRY(sql.run("INSERT INTO change(" GZ_CHANGE_COLUMNS ",chain) VALUES(?,?,?,?,?,?,?,?,?,?)", change.id, change.at, subject, batch, act.who, act.why, what, before, after, link));
  chain = std::move(link);
  ++next_change;
  return ok();
}

Status SubjectStore::Impl::keep_old(StoreSql& sql, SubjectId subject) {
  std::string old;
  GZ_TRY_ASSIGN(const auto now, read_subject(sql, subject));
  if (now) {
    GZ_TRY_ASSIGN(const auto have, read_entries(sql, subject));
    old = index_document(*now, have);
  }
  return sql.run("INSERT OR IGNORE INTO pending(subject,old) VALUES(?,?)", subject, old);
}

Result<std::vector<Change>> SubjectStore::history(SubjectId id, int limit) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<Change> out;
  GZ_TRY(reader->main.each("SELECT " GZ_CHANGE_COLUMNS " FROM change WHERE subject=? ORDER BY id DESC LIMIT ?", [&](const SqlStatement& row) { out.push_back(change_at(row)); return true; }, id, limit));
  GZ_TRY_ASSIGN(const auto came_by, reader->main.number("SELECT batch FROM subject WHERE id=?", id));
  if (came_by.value_or(0) == 0 || static_cast<int>(out.size()) == limit) return out;
  GZ_TRY_ASSIGN(const auto import, batch(*came_by));
  Change first{0, import.begun, import.who, "", id, "batch", "", import.source, import.id};
  out.push_back(std::move(first));
  return out;
}

Result<std::int64_t> SubjectStore::verify_changes() const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  Bytes link(32, 0);
  std::int64_t count = 0;
  Status whole = ok();
  GZ_TRY(reader->main.each("SELECT " GZ_CHANGE_COLUMNS ",chain FROM change ORDER BY id", [&](const SqlStatement& row) {
    const Change change = change_at(row);
    auto wanted = link_of(link, change);
    const ByteView have = row.bytes(9);
    if (!wanted) whole = fail(wanted.error());
    else if (change.id != count + 1 || !std::equal(have.begin(), have.end(), wanted->begin(), wanted->end()))
      whole = fail(ErrorKind::Tampered, "change " + std::to_string(change.id) + " of the subject library is not what was written, or one before it is missing");
    if (!whole) return false;
    link = std::move(*wanted);
    ++count;
    return true;
  }));
  if (!whole) return fail(whole.error());
  return count;
}

}  // namespace guzheng
