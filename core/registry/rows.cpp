#include "core/registry/rows.h"

#include <algorithm>

namespace guzheng {

Subject subject_at(const SqlStatement& row) {
  Subject out;
  out.id = row.integer(0);
  out.kind = static_cast<SubjectKind>(row.integer(1));
  out.state = static_cast<SubjectState>(row.integer(2));
  out.sensitivity = static_cast<Sensitivity>(row.integer(3));
  out.unit = row.integer(4);
  out.region = row.text(5);
  out.industry = row.text(6);
  out.credit_code = row.text(7);
  out.number = row.text(8);
  out.name = row.text(9);
  out.short_name = row.text(10);
  out.category = row.text(11);
  out.data_region = row.text(12);
  out.address = row.text(13);
  out.licences = row.text(14);
  return out;
}

Entry entry_at(const SqlStatement& row, int from) {
  Entry out;
  out.no = static_cast<int>(row.integer(from));
  out.kind = static_cast<EntryKind>(row.integer(from + 1));
  out.checked = {row.integer(from + 2)};
  out.reach = static_cast<Reach>(row.integer(from + 3));
  out.abnormal = row.integer(from + 4) != 0;
  out.unit = row.integer(from + 5);
  out.name = row.text(from + 6);
  out.platform = row.text(from + 7);
  out.link = row.text(from + 8);
  out.category = row.text(from + 9);
  out.why = row.text(from + 10);
  return out;
}

Result<std::optional<Subject>> read_subject(StoreSql& sql, SubjectId id, bool gone_too) {
  std::optional<Subject> out;
  GZ_TRY(sql.each("SELECT " GZ_SUBJECT_COLUMNS " FROM subject WHERE id=? AND gone<=?", [&](const SqlStatement& row) { out = subject_at(row); return false; }, id, gone_too));
  return out;
}

Result<std::vector<Entry>> read_entries(StoreSql& sql, SubjectId id) {
  std::vector<Entry> out;
  GZ_TRY(sql.each("SELECT " GZ_ENTRY_COLUMNS " FROM entry WHERE subject=? ORDER BY no", [&](const SqlStatement& row) { out.push_back(entry_at(row)); return true; }, id));
  return out;
}

Status insert_subject(StoreSql& sql, const Subject& s, std::int64_t batch) {
  return sql.run("INSERT INTO subject(" GZ_SUBJECT_COLUMNS ",gone,batch) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,?)", s.id, s.kind, s.state, s.sensitivity, s.unit, s.region,
                 s.industry, s.credit_code, s.number, s.name, s.short_name, s.category, s.data_region, s.address, s.licences, batch);
}

Status update_subject(StoreSql& sql, const Subject& s) {
  return sql.run("UPDATE subject SET kind=?,state=?,sensitivity=?,unit=?,region=?,industry=?,credit=?,number=?,name=?,short_name=?,category=?,data_region=?,address=?,licences=? WHERE id=?",
                 s.kind, s.state, s.sensitivity, s.unit, s.region, s.industry, s.credit_code, s.number, s.name, s.short_name, s.category, s.data_region, s.address, s.licences, s.id);
}

Status write_entry(StoreSql& sql, SubjectId subject, const Entry& e) {
  return sql.run("INSERT OR REPLACE INTO entry(subject," GZ_ENTRY_COLUMNS ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", subject, e.no, e.kind, e.checked, e.reach, e.abnormal, e.unit, e.name,
                 e.platform, e.link, e.category, e.why);
}

}  // namespace guzheng
