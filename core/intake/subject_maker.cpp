#include "core/intake/subject_maker.h"

#include "core/codes/text_form.h"
#include "core/registry/unit_rules.h"

namespace guzheng {

namespace {

// The enumerator of a word, or nothing with a note.
template <typename Kind, typename Find>
Kind word_of(const std::vector<std::string>& values, IntakeField field, Find find, Kind none, std::vector<NoteItem>& items) {
  if (values[field].empty()) return none;
  if (const auto found = find(values[field])) return *found;
  items.push_back({intake_fields()[field], "unknown-word", "", values[field], "", false});
  return none;
}

constexpr std::pair<IntakeField, RecordKind> kRecordFields[] = {
    {kComplaint, RecordKind::Complaint}, {kCase, RecordKind::Case}, {kPenalty, RecordKind::Penalty}, {kInspection, RecordKind::Inspection}, {kCredit, RecordKind::Credit}};

std::vector<Record> records_of(const std::vector<std::string>& values, const std::string& source, WallTime now) {
  std::vector<Record> out;
  const std::string day = day_form(values[kRecordDay]);
  const WallTime at = day.empty() ? now : parse_time(day + "T00:00:00.000+08:00").value_or(now);
  for (const auto& [field, kind] : kRecordFields) {
    if (values[field].empty()) continue;
    Record record;
    record.kind = kind;
    record.at = at;
    record.title = values[field];
    record.source = source;
    out.push_back(std::move(record));
  }
  return out;
}

struct TextMember {
  std::string Subject::* member;
  IntakeField field;
};
constexpr TextMember kTextMembers[] = {{&Subject::name, kName},         {&Subject::short_name, kShortName}, {&Subject::credit_code, kCreditCode}, {&Subject::number, kNumber},
                                       {&Subject::address, kAddress},   {&Subject::region, kRegion},        {&Subject::industry, kIndustry},      {&Subject::licences, kLicences},
                                       {&Subject::category, kCategory}, {&Subject::data_region, kDataRegion}};

}  // namespace

MadeSubject make_subject(const std::vector<std::string>& values, const std::vector<UnitRule>& rules, const std::string& source, WallTime now, std::vector<NoteItem>& items) {
  MadeSubject out;
  Subject& subject = out.row.subject;
  for (const auto& [member, field] : kTextMembers) subject.*member = values[field];
  subject.kind = word_of(values, kKind, subject_kind, SubjectKind::Unknown, items);
  subject.state = word_of(values, kState, subject_state, SubjectState::Unknown, items);
  subject.sensitivity = word_of(values, kSensitivity, sensitivity_of, Sensitivity::Unmarked, items);
  if (!values[kEntryKind].empty() || !values[kEntryName].empty() || !values[kEntryLink].empty()) {
    Entry entry;
    entry.kind = word_of(values, kEntryKind, entry_kind, EntryKind::WebShop, items);
    entry.name = values[kEntryName];
    entry.platform = values[kEntryPlatform];
    entry.link = values[kEntryLink];
    entry.category = values[kEntryCategory];
    entry.unit = propose_unit(rules, subject.region, subject.industry, entry.platform);
    out.row.entries.push_back(std::move(entry));
  }
  subject.unit = propose_unit(rules, subject.region, subject.industry, values[kEntryPlatform]);
  if (!values[kPhone].empty()) out.row.sensitive.push_back({SensitiveKind::Phone, values[kPhone]});
  if (!values[kIdentity].empty()) out.row.sensitive.push_back({SensitiveKind::IdentityNumber, values[kIdentity]});
  out.records = records_of(values, source, now);
  return out;
}

Subject merged_subject(const Subject& into, const Subject& incoming, bool update, std::vector<NoteItem>& items) {
  Subject out = into;
  const auto wanted = [&](bool empty_there, bool empty_here, bool equal) { return !empty_here && !equal && (empty_there || update); };
  const auto tell = [&](IntakeField field, bool empty_there, std::string before, std::string after) {
    items.push_back({intake_fields()[field], empty_there ? "filled" : "updated", "", std::move(before), std::move(after), false});
  };
  for (const auto& [member, field] : kTextMembers) {
    if (!wanted((into.*member).empty(), (incoming.*member).empty(), into.*member == incoming.*member)) continue;
    tell(field, (into.*member).empty(), into.*member, incoming.*member);
    out.*member = incoming.*member;
  }
  const auto merge_word = [&](auto member, IntakeField field, auto none) {
    if (!wanted(into.*member == none, incoming.*member == none, into.*member == incoming.*member)) return;
    tell(field, into.*member == none, std::string(to_string(into.*member)), std::string(to_string(incoming.*member)));
    out.*member = incoming.*member;
  };
  merge_word(&Subject::kind, kKind, SubjectKind::Unknown);
  merge_word(&Subject::state, kState, SubjectState::Unknown);
  merge_word(&Subject::sensitivity, kSensitivity, Sensitivity::Unmarked);
  if (out.unit == 0) out.unit = incoming.unit;
  return out;
}

bool same_entry(const Entry& a, const Entry& b) {
  if (!a.link.empty() && !b.link.empty()) return a.link == b.link;
  return a.kind == b.kind && a.name == b.name && a.platform == b.platform;
}

}  // namespace guzheng
