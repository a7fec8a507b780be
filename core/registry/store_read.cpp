#include "core/registry/store_impl.h"

namespace guzheng {

Result<Subject> SubjectStore::get(SubjectId id) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return present(reader->main, id);
}

Result<std::vector<Entry>> SubjectStore::entries(SubjectId id) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  return read_entries(reader->main, id);
}

Result<std::vector<Record>> SubjectStore::records(SubjectId id, std::optional<RecordKind> kind, int limit) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<Record> out;
  const auto take = [&](const SqlStatement& row) {
    out.push_back({row.integer(0), static_cast<RecordKind>(row.integer(1)), {row.integer(2)}, std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5)), std::string(row.text(6))});
    return true;
  };
  const int wanted = kind ? static_cast<int>(*kind) : -1;
  GZ_TRY(reader->main.each("SELECT id,kind,at_ms,title,text,source,reference FROM record WHERE subject=?1 AND (?2<0 OR kind=?2) ORDER BY at_ms DESC, id DESC LIMIT ?3", take, id, wanted, limit));
  return out;
}

Result<std::vector<Subject>> SubjectStore::page(SubjectId after, int limit, bool backwards) const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  std::vector<Subject> out;
  const auto take = [&](const SqlStatement& row) { out.push_back(subject_at(row)); return true; };
  GZ_TRY(backwards ? reader->main.each("SELECT " GZ_SUBJECT_COLUMNS " FROM subject WHERE id<? AND gone=0 ORDER BY id DESC LIMIT ?", take, after, limit)
                   : reader->main.each("SELECT " GZ_SUBJECT_COLUMNS " FROM subject WHERE id>? AND gone=0 ORDER BY id LIMIT ?", take, after, limit));
  return out;
}

Result<SubjectStore::Bounds> SubjectStore::bounds() const {
  GZ_TRY_ASSIGN(const auto reader, impl_->read());
  Bounds out;
  GZ_TRY_ASSIGN(const auto first, reader->main.number("SELECT id FROM subject WHERE gone=0 ORDER BY id LIMIT 1"));
  GZ_TRY_ASSIGN(const auto last, reader->main.number("SELECT id FROM subject WHERE gone=0 ORDER BY id DESC LIMIT 1"));
  GZ_TRY_ASSIGN(const auto count, reader->main.number("SELECT value FROM meta WHERE key='count'"));
  out.first = first.value_or(0);
  out.last = last.value_or(0);
  out.count = count.value_or(0);
  return out;
}

}  // namespace guzheng
