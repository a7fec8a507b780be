#include "core/registry/store_impl.h"

namespace guzheng {

namespace {

Result<std::string> text_of(const Json& json) {
  if (json.empty()) return std::string();
  return json_text(json);
}

Json row_json(const SubjectRow& row) {
  Json out = subject_json(row.subject);
  for (const auto& entry : row.entries) out["entries"].push_back(entry_json(entry));
  if (!row.sensitive.empty()) out["sensitive"] = row.sensitive.size();          // how many, never what
  return out;
}

}  // namespace

Result<Subject> present(StoreSql& sql, SubjectId id) {
  GZ_TRY_ASSIGN(auto subject, read_subject(sql, id));
  if (!subject) return fail(ErrorKind::NotFound, "there is no subject " + std::to_string(id));
  return std::move(*subject);
}

Status SubjectStore::Impl::know_category(StoreSql& sql, const std::string& category) {
  if (category.empty() || categories_known.contains(category)) return ok();
  GZ_TRY(sql.run("INSERT OR IGNORE INTO category(name) VALUES(?)", category));
  categories_known.insert(category);
  return ok();
}

Status SubjectStore::Impl::put_sensitive_rows(StoreSql& sql, SubjectId id, const std::vector<SensitiveValue>& values) {
  int no = 0;
  for (const auto& value : values) {
    GZ_TRY_ASSIGN(const auto sealed, key.seal(id, value));
    GZ_TRY(sql.run("INSERT INTO secret(subject,no,kind,digest,sealed) VALUES(?,?,?,?,?)", id, ++no, value.kind, key.digest_of(value), sealed));
  }
  return ok();
}

Status SubjectStore::Impl::add_row(StoreSql& sql, const SubjectRow& row, SubjectId id, std::int64_t batch) {
  Subject subject = row.subject;
  subject.id = id;
  GZ_TRY(insert_subject(sql, subject, batch));
  GZ_TRY(know_category(sql, subject.category));
  int no = 0;
  for (Entry entry : row.entries) {
    entry.no = ++no;
    GZ_TRY(write_entry(sql, id, entry));
    GZ_TRY(know_category(sql, entry.category));
  }
  GZ_TRY(put_sensitive_rows(sql, id, row.sensitive));
  ++count;
  return ok();
}

Result<bool> SubjectStore::Impl::change_row(StoreSql& sql, const Subject& subject, const Act& act, std::int64_t batch) {
  GZ_TRY_ASSIGN(const Subject old, present(sql, subject.id));
  const auto [before, after] = json_difference(subject_json(old), subject_json(subject));
  if (after.empty()) return false;
  GZ_TRY(keep_old(sql, subject.id));
  GZ_TRY(update_subject(sql, subject));
  GZ_TRY(know_category(sql, subject.category));
  GZ_TRY_ASSIGN(const auto was, text_of(before));
  GZ_TRY_ASSIGN(const auto is, text_of(after));
  GZ_TRY(log(sql, act, subject.id, "subject", was, is, batch));
  return true;
}

Result<int> SubjectStore::Impl::put_entry_row(StoreSql& sql, SubjectId id, Entry entry, const Act& act, std::int64_t batch) {
  GZ_TRY_ASSIGN(const Subject subject, present(sql, id));
  GZ_TRY_ASSIGN(const auto have, read_entries(sql, id));
  std::string before;
  if (entry.no == 0) {
    // a number that a removed entry had is not given again: its changes speak of it
    GZ_TRY_ASSIGN(const auto used, sql.number("SELECT max(CAST(substr(what,7) AS INTEGER)) FROM change WHERE subject=? AND what LIKE 'entry %'", id));
    entry.no = static_cast<int>(std::max<std::int64_t>(used.value_or(0), have.empty() ? 0 : have.back().no)) + 1;
  } else {
    const auto old = std::find_if(have.begin(), have.end(), [&](const Entry& e) { return e.no == entry.no; });
    if (old == have.end()) return fail(ErrorKind::NotFound, "subject " + std::to_string(id) + " has no entry " + std::to_string(entry.no));
    if (*old == entry) return entry.no;
    GZ_TRY_ASSIGN(before, json_text(entry_json(*old)));
  }
  GZ_TRY(keep_old(sql, id));
  GZ_TRY(write_entry(sql, id, entry));
  GZ_TRY(know_category(sql, entry.category));
  GZ_TRY_ASSIGN(const auto after, json_text(entry_json(entry)));
  GZ_TRY(log(sql, act, id, entry_word(entry.no), before, after, batch));
  return entry.no;
}

Result<std::int64_t> SubjectStore::Impl::add_record_row(StoreSql& sql, SubjectId id, Record record, const Act& act, std::int64_t batch) {
  GZ_TRY_ASSIGN(const Subject subject, present(sql, id));
  GZ_TRY(sql.run("INSERT INTO record(subject,kind,at_ms,batch,title,text,source,reference) VALUES(?,?,?,?,?,?,?,?)", id, record.kind, record.at, batch, record.title, record.text,
                 record.source, record.reference));
  record.id = sql.connection().last_row();
  GZ_TRY_ASSIGN(const auto after, json_text(record_json(record)));
  GZ_TRY(log(sql, act, id, "record", "", after, batch));
  return record.id;
}

Result<SubjectId> SubjectStore::add(const SubjectRow& row, const Act& act) {
  GZ_TRY(check_act(act));
  GZ_TRY(check_subject(row.subject));
  for (const auto& entry : row.entries) GZ_TRY(check_entry(entry));
  for (const auto& value : row.sensitive) GZ_TRY(check_sensitive(value));
  SubjectId id = 0;
  const Status done = impl_->write([&](StoreSql& sql) -> Status {
    id = impl_->take_id();
    GZ_TRY(impl_->add_row(sql, row, id, 0));
    GZ_TRY_ASSIGN(const auto after, json_text(row_json(row)));
    return impl_->log(sql, act, id, "subject", "", after);
  });
  if (!done) return fail(done.error());
  return id;
}

Status SubjectStore::change(const Subject& subject, const Act& act) {
  GZ_TRY(check_act(act));
  GZ_TRY(check_subject(subject));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const bool differs, impl_->change_row(sql, subject, act, 0));
    static_cast<void>(differs);
    return ok();
  });
}

Status SubjectStore::remove(SubjectId id, const Act& act) {
  GZ_TRY(check_act(act));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const Subject subject, present(sql, id));
    GZ_TRY(impl_->keep_old(sql, id));
    GZ_TRY(sql.run("UPDATE subject SET gone=1 WHERE id=?", id));
    --impl_->count;
    GZ_TRY_ASSIGN(const auto before, json_text(subject_json(subject)));
    return impl_->log(sql, act, id, "subject", before, "");
  });
}

Status SubjectStore::restore(SubjectId id, const Act& act) {
  GZ_TRY(check_act(act));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const auto subject, read_subject(sql, id, true));
    GZ_TRY_ASSIGN(const auto there, read_subject(sql, id));
    if (!subject || there) return fail(ErrorKind::NotFound, "there is no removed subject " + std::to_string(id));
    GZ_TRY(impl_->keep_old(sql, id));
    GZ_TRY(sql.run("UPDATE subject SET gone=0 WHERE id=?", id));
    ++impl_->count;
    GZ_TRY_ASSIGN(const auto after, json_text(subject_json(*subject)));
    return impl_->log(sql, act, id, "subject", "", after);
  });
}

Result<int> SubjectStore::put_entry(SubjectId id, const Entry& entry, const Act& act) {
  GZ_TRY(check_act(act));
  GZ_TRY(check_entry(entry));
  int no = 0;
  const Status done = impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(no, impl_->put_entry_row(sql, id, entry, act, 0));
    return ok();
  });
  if (!done) return fail(done.error());
  return no;
}

Status SubjectStore::remove_entry(SubjectId id, int no, const Act& act) {
  GZ_TRY(check_act(act));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const auto have, read_entries(sql, id));
    const auto old = std::find_if(have.begin(), have.end(), [&](const Entry& e) { return e.no == no; });
    if (old == have.end()) return fail(ErrorKind::NotFound, "subject " + std::to_string(id) + " has no entry " + std::to_string(no));
    GZ_TRY(impl_->keep_old(sql, id));
    GZ_TRY(sql.run("DELETE FROM entry WHERE subject=? AND no=?", id, no));
    GZ_TRY_ASSIGN(const auto before, json_text(entry_json(*old)));
    return impl_->log(sql, act, id, entry_word(no), before, "");
  });
}

Result<std::int64_t> SubjectStore::add_record(SubjectId id, const Record& record, const Act& act) {
  GZ_TRY(check_act(act));
  GZ_TRY(check_record(record));
  std::int64_t made = 0;
  const Status done = impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(made, impl_->add_record_row(sql, id, record, act, 0));
    return ok();
  }, false);
  if (!done) return fail(done.error());
  return made;
}

}  // namespace guzheng
