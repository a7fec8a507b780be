#include "core/registry/store_impl.h"

namespace guzheng {

namespace {

std::string word_of_kind(SensitiveKind kind) { return kind == SensitiveKind::Phone ? "phone" : "identity-number"; }

using SealedRows = std::vector<std::pair<SensitiveKind, Bytes>>;

Result<SealedRows> sealed_of(StoreSql& sql, SubjectId id) {
  SealedRows out;
  GZ_TRY(sql.each("SELECT kind,sealed FROM secret WHERE subject=? ORDER BY no", [&](const SqlStatement& row) {
    out.emplace_back(static_cast<SensitiveKind>(row.integer(0)), Bytes(row.bytes(1).begin(), row.bytes(1).end()));
    return true;
  }, id));
  return out;
}

// Only after the journal has its line.
Result<std::vector<SensitiveValue>> opened(const SensitiveKey& key, SubjectId id, const SealedRows& rows) {
  std::vector<SensitiveValue> out;
  for (const auto& [kind, sealed] : rows) {
    GZ_TRY_ASSIGN(auto value, key.open(id, kind, sealed));
    out.push_back(std::move(value));
  }
  return out;
}

}  // namespace

Status check_sensitive(const SensitiveValue& value) {
  GZ_TRY(check_text_field("sensitive", value.value, true));
  if (value.value.size() > 100) return fail(ErrorKind::Invalid, "a sensitive field is longer than 100 bytes");
  if (normal_sensitive(value).empty()) return fail(ErrorKind::Invalid, "a phone or identity number has digits");
  return ok();
}

Status SubjectStore::set_sensitive(SubjectId id, const std::vector<SensitiveValue>& values, const Act& act) {
  GZ_TRY(check_act(act));
  for (const auto& value : values) GZ_TRY(check_sensitive(value));
  return impl_->write([&](StoreSql& sql) -> Status {
    GZ_TRY_ASSIGN(const Subject subject, present(sql, id));
    GZ_TRY_ASSIGN(const auto had, sql.number("SELECT count(*) FROM secret WHERE subject=?", id));
    GZ_TRY(sql.run("DELETE FROM secret WHERE subject=?", id));
    GZ_TRY(impl_->put_sensitive_rows(sql, id, values));
    GZ_TRY_ASSIGN(const auto before, json_text({{"values", had.value_or(0)}}));
    GZ_TRY_ASSIGN(const auto after, json_text({{"values", values.size()}}));      // how many, never what
    return impl_->log(sql, act, id, "sensitive", before, after);
  }, false);
}

Status SubjectStore::Impl::add_sensitive_rows(StoreSql& sql, SubjectId id, const std::vector<SensitiveValue>& values, bool fill_only, const Act& act, std::int64_t batch) {
  GZ_TRY_ASSIGN(const Subject subject, present(sql, id));
  GZ_TRY_ASSIGN(const auto had, sql.number("SELECT count(*) FROM secret WHERE subject=?", id));
  GZ_TRY_ASSIGN(const auto last, sql.number("SELECT max(no) FROM secret WHERE subject=?", id));
  std::int64_t no = last.value_or(0), added = 0;
  for (const auto& value : values) {
    const auto digest = key.digest_of(value);
    GZ_TRY_ASSIGN(const auto same, sql.number("SELECT 1 FROM secret WHERE subject=? AND digest=?", id, digest));
    GZ_TRY_ASSIGN(const auto other, sql.number("SELECT 1 FROM secret WHERE subject=? AND kind=? AND batch<>? LIMIT 1", id, value.kind, batch));
    if (same || (fill_only && other)) continue;
    GZ_TRY_ASSIGN(const auto sealed, key.seal(id, value));
    GZ_TRY(sql.run("INSERT INTO secret(subject,no,kind,digest,sealed,batch) VALUES(?,?,?,?,?,?)", id, ++no, value.kind, digest, sealed, batch));
    ++added;
  }
  if (added == 0) return ok();
  GZ_TRY_ASSIGN(const auto before, json_text({{"values", had.value_or(0)}}));
  GZ_TRY_ASSIGN(const auto after, json_text({{"values", had.value_or(0) + added}}));
  return log(sql, act, id, "sensitive", before, after, batch);
}

Status SubjectStore::Impl::take_over_sensitive_rows(StoreSql& sql, SubjectId from, SubjectId into, const Act& act, std::int64_t batch) {
  GZ_TRY_ASSIGN(const Subject other, present(sql, from));
  GZ_TRY_ASSIGN(const auto rows, sealed_of(sql, from));
  if (rows.empty()) return ok();
  GZ_TRY(journal({{"what", "move"}, {"subject", into}, {"from", from}, {"name", other.name}, {"fields", rows.size()}, {"who", act.who}, {"why", act.why}}));
  GZ_TRY_ASSIGN(const auto values, opened(key, from, rows));
  return add_sensitive_rows(sql, into, values, false, act, batch);
}

Result<std::vector<SensitiveValue>> SubjectStore::sensitive(SubjectId id, const Act& act) const {
  GZ_TRY(check_act(act));
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  GZ_TRY_ASSIGN(const Subject subject, present(reader->main, id));
  GZ_TRY_ASSIGN(const auto rows, sealed_of(reader->main, id));
  GZ_TRY(impl_->journal({{"what", "read"}, {"subject", id}, {"name", subject.name}, {"fields", rows.size()}, {"who", act.who}, {"why", act.why}}));
  return opened(impl_->key, id, rows);
}

Result<std::vector<SubjectId>> SubjectStore::find_sensitive(const SensitiveValue& value, const Act& act) const {
  GZ_TRY(check_act(act));
  GZ_TRY(check_sensitive(value));
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<SubjectId> out;
  GZ_TRY(reader->main.each("SELECT DISTINCT s.id FROM secret x JOIN subject s ON s.id=x.subject WHERE x.digest=? AND s.gone=0 ORDER BY s.id", [&](const SqlStatement& row) {
    out.push_back(row.integer(0));
    return true;
  }, impl_->key.digest_of(value)));
  GZ_TRY(impl_->journal({{"what", "find"}, {"kind", word_of_kind(value.kind)}, {"hits", out.size()}, {"who", act.who}, {"why", act.why}}));
  return out;
}

}  // namespace guzheng
