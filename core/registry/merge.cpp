#include "core/registry/merge.h"

#include <algorithm>

#include "core/registry/match.h"

namespace guzheng {

namespace {

Subject filled_from(Subject out, const Subject& other) {
  const auto fill = [](std::string& field, const std::string& value) { if (field.empty()) field = value; };
  fill(out.short_name, other.name == out.name ? other.short_name : other.short_name.empty() ? other.name : other.short_name);
  fill(out.credit_code, other.credit_code), fill(out.number, other.number), fill(out.address, other.address), fill(out.region, other.region);
  fill(out.industry, other.industry), fill(out.licences, other.licences), fill(out.data_region, other.data_region), fill(out.category, other.category);
  if (out.kind == SubjectKind::Unknown) out.kind = other.kind;
  if (out.state == SubjectState::Unknown) out.state = other.state;
  if (out.sensitivity == Sensitivity::Unmarked) out.sensitivity = other.sensitivity;
  if (out.unit == 0) out.unit = other.unit;
  return out;
}

bool entry_there(const std::vector<Entry>& have, const Entry& one) {
  return std::any_of(have.begin(), have.end(), [&](const Entry& e) { return e.kind == one.kind && e.platform == one.platform && e.name == one.name && e.link == one.link; });
}

bool record_there(const std::vector<Record>& have, const Record& one) {
  return std::any_of(have.begin(), have.end(), [&](const Record& r) { return r.kind == one.kind && r.at == one.at && r.title == one.title && r.reference == one.reference; });
}

// In one batch, so that it is taken back as one.
Result<std::int64_t> take_over(SubjectStore& store, const Subject& from, const Subject& into, const Act& act) {
  constexpr int kMostRecords = 1'000'000;
  GZ_TRY_ASSIGN(const auto entries, store.entries(from.id));
  GZ_TRY_ASSIGN(const auto have_entries, store.entries(into.id));
  GZ_TRY_ASSIGN(const auto records, store.records(from.id, {}, kMostRecords));
  GZ_TRY_ASSIGN(const auto have_records, store.records(into.id, {}, kMostRecords));
  GZ_TRY_ASSIGN(auto session, store.begin_import("合并 " + std::to_string(from.id) + " → " + std::to_string(into.id), act));
  GZ_TRY(session->change(filled_from(into, from)));
  for (Entry entry : entries) {
    if (entry_there(have_entries, entry)) continue;
    entry.no = 0;
    GZ_TRY(session->put_entry(into.id, entry));
  }
  for (auto record = records.rbegin(); record != records.rend(); ++record)
    if (!record_there(have_records, *record)) GZ_TRY(session->add_record(into.id, *record));
  GZ_TRY(session->take_over_sensitive(from.id, into.id));
  GZ_TRY_ASSIGN(const auto batch, session->finish("{}"));
  return batch.id;
}

}  // namespace

Result<MergedSubjects> merge_subjects(SubjectStore& store, SubjectId from, SubjectId into, const Act& act) {
  if (from == into) return fail(ErrorKind::Invalid, "a subject cannot be merged with itself");
  GZ_TRY_ASSIGN(const Subject other, store.get(from));
  GZ_TRY_ASSIGN(const Subject stays, store.get(into));
  MergedSubjects out{from, into, incoming_key(other), 0, {}};
  GZ_TRY_ASSIGN(out.batch, take_over(store, other, stays, act));
  GZ_TRY_ASSIGN(const auto tags, store.tags_of(from));
  GZ_TRY_ASSIGN(const auto have, store.tags_of(into));
  for (const auto& tag : tags) {
    if (std::any_of(have.begin(), have.end(), [&](const Tag& t) { return t.id == tag.id; })) continue;
    GZ_TRY(store.set_tag(into, tag.id, true, act));
    out.tags.push_back(tag.id);
  }
  GZ_TRY(store.decide_match(out.decided, into, true, act));
  GZ_TRY(store.remove(from, act));
  return out;
}

Status unmerge_subjects(SubjectStore& store, const MergedSubjects& merged, const Act& act) {
  GZ_TRY(store.restore(merged.from, act));
  GZ_TRY(store.forget_decision(merged.decided, merged.into, act));
  for (const auto tag : merged.tags) GZ_TRY(store.set_tag(merged.into, tag, false, act));
  GZ_TRY(store.undo(merged.batch, act));
  return ok();
}

}  // namespace guzheng
