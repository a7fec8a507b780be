#include "core/intake/row_writer.h"

#include <algorithm>

#include "core/base/log.h"

namespace guzheng {

namespace {

constexpr int kRowsOfReading = 256;                    // what hands change meanwhile is seen after so many
constexpr int kStepsToCommit = 3500;                   // below what the bulk session commits by itself: each commit has its mark

std::string_view reason_of(MatchBy by) {
  switch (by) {
    case MatchBy::Decision: return "same-by-decision";
    case MatchBy::CreditCode: return "same-by-credit-code";
    case MatchBy::Number: return "same-by-number";
    case MatchBy::Name: return "same-by-name";
    case MatchBy::Address: return "same-by-address";
  }
  return "same-by-name";
}

bool contradicting_codes(const Subject& a, const Subject& b) {
  return (!a.credit_code.empty() && !b.credit_code.empty() && a.credit_code != b.credit_code) || (!a.number.empty() && !b.number.empty() && a.number != b.number);
}

// One name may be two subjects; and a hash proves nothing.
bool really_same(const RowKey& key, const Subject& a, const Subject& b) {
  if (!key.by_code) return !contradicting_codes(a, b);
  return (!a.credit_code.empty() && a.credit_code == b.credit_code) || (!a.number.empty() && a.number == b.number);
}

}  // namespace

Result<std::unique_ptr<RowWriter>> RowWriter::open(const Setup& setup, std::unique_ptr<BulkSession> session, const ImportMark& done) {
  GZ_TRY_ASSIGN(auto notes, NoteWriter::open(notes_file(setup.place.folder, session->batch()), done.notes));
  GZ_TRY_ASSIGN(const auto batch, setup.place.store.batch(session->batch()));
  std::unique_ptr<RowWriter> out(new RowWriter(setup, std::move(session), std::move(notes), done));
  out->first_added_ = batch.first;
  return out;
}

RowWriter::RowWriter(const Setup& setup, std::unique_ptr<BulkSession> session, NoteWriter notes, const ImportMark& done)
    : setup_(setup), session_(std::move(session)), notes_(std::move(notes)), counts_(done.counts), replayed_(done.counts.rows) {}

void RowWriter::read_on() {
  if (reading_ && ++rows_of_reading_ < kRowsOfReading) return;
  reading_.reset();
  reading_.emplace(setup_.place.store);
  rows_of_reading_ = 0;
}

Status RowWriter::write(PreparedRow& row) {
  if (replayed_ > 0) {                                 // decided and committed by an earlier run; its subject is looked up when it is needed
    --replayed_;
    for (const auto& key : row.keys) seen_.put(key.hash, 0, static_cast<std::int64_t>(row.clean.line));
    return ok();
  }
  RowNote note;
  note.line = row.clean.line;
  note.name = row.clean.values.empty() ? "" : row.clean.values[kName];
  note.items = std::move(row.clean.items);
  ++counts_.rows;
  if (row.clean.dropped) note.outcome = RowOutcome::Dropped;
  else { GZ_TRY(write_new(row, note)); }
  GZ_TRY(note_down(note));
  return steps_ >= kStepsToCommit ? commit() : ok();
}

Status RowWriter::write_new(PreparedRow& row, RowNote& note) {
  if (setup_.match_library) read_on();
  note.items.insert(note.items.end(), std::make_move_iterator(row.words.begin()), std::make_move_iterator(row.words.end()));
  GZ_TRY_ASSIGN(bool done, as_duplicate(row, note));
  if (!done && setup_.match_library) { GZ_TRY_ASSIGN(done, as_known(row.made, note)); }
  if (!done) { GZ_TRY(add(row.made, note)); }
  if (note.outcome == RowOutcome::Dropped) return ok();
  for (const auto& key : row.keys) seen_.put(key.hash, note.subject, static_cast<std::int64_t>(note.line));
  return ok();
}

Result<SubjectId> RowWriter::find_again(const std::vector<std::string>& values) const {
  const SubjectStore& store = setup_.place.store;
  std::vector<SubjectId> found;
  if (!values[kCreditCode].empty()) { GZ_TRY_ASSIGN(found, store.by_credit_code(values[kCreditCode])); }
  if (found.empty() && !values[kNumber].empty()) { GZ_TRY_ASSIGN(found, store.by_number(values[kNumber])); }
  if (found.empty()) { GZ_TRY_ASSIGN(found, store.by_name(values[kName])); }
  return found.empty() ? SubjectId{0} : found.back();
}

Result<bool> RowWriter::as_duplicate(const PreparedRow& row, RowNote& note) {
  for (const auto& key : row.keys) {
    const SeenKeys::Seen* first = seen_.find(key.hash);
    if (!first) continue;
    SubjectId id = first->subject;
    const std::uint64_t line = first->line;
    if (id == 0) { GZ_TRY_ASSIGN(id, find_again(row.clean.values)); }
    if (id == 0) continue;                             // the first was not taken after all
    const auto there = known(id);
    if (!there && there.error().kind == ErrorKind::NotFound) continue;         // somebody removed it meanwhile
    if (!there) return fail(there.error());
    if (!really_same(key, (*there)->subject, row.made.row.subject)) continue;
    note.same_as = line;
    note.items.push_back({"", "same-in-file", "", "", "", key.then == CleaningRule::Then::Tell});
    if (key.then == CleaningRule::Then::Tell) return false;
    if (key.then == CleaningRule::Then::Drop) {
      note.outcome = RowOutcome::Dropped;
      return true;
    }
    GZ_TRY(merge(id, row.made, false, note));
    return true;
  }
  return false;
}

Result<bool> RowWriter::as_known(const MadeSubject& made, RowNote& note) {
  GZ_TRY_ASSIGN(const auto match, match_subject(setup_.place.store, made.row.subject, false));
  if (match.id == 0 && match.also.empty()) return false;
  if (!match.also.empty()) {
    std::string ids = match.id ? std::to_string(match.id) : "";
    for (std::size_t i = 0; i < match.also.size() && i < 10; ++i) ids += (ids.empty() ? "" : ", ") + std::to_string(match.also[i]);
    note.outcome = RowOutcome::Dropped;
    note.items.push_back({"", "several-match", "", ids, "", false});
    return true;
  }
  note.items.push_back({"", std::string(reason_of(match.by)), "", "", "", false});
  if (setup_.on_match == OnMatch::Skip) {
    note.outcome = RowOutcome::Merged;
    note.subject = match.id;
    return true;
  }
  GZ_TRY(merge(match.id, made, setup_.on_match == OnMatch::Update, note));
  if (!setup_.place.notice_words) return true;
  GZ_TRY_ASSIGN(const auto watched, setup_.place.store.watched_as(match.id));
  if (made.records.empty() && !watched.empty()) GZ_TRY(raise({match.id, note.line, RecordKind::Credit, "", setup_.source, watched}));
  return true;
}

Result<RowWriter::Known*> RowWriter::known(SubjectId id) {
  if (const auto found = recent_.find(id); found != recent_.end()) return &found->second;
  Known known;
  GZ_TRY_ASSIGN(known.subject, setup_.place.store.get(id));
  GZ_TRY_ASSIGN(known.entries, setup_.place.store.entries(id));
  return &recent_.emplace(id, std::move(known)).first->second;
}

Status RowWriter::add(MadeSubject& made, RowNote& note) {
  const auto id = session_->add(made.row);
  if (!id && id.error().kind == ErrorKind::Invalid) {
    note.outcome = RowOutcome::Dropped;
    note.items.push_back({"", "refused", "", id.error().what, "", false});
    return ok();
  }
  if (!id) return fail(id.error());
  note.outcome = RowOutcome::Added;
  note.subject = *id;
  if (first_added_ == 0) first_added_ = *id;
  ++steps_;
  Known& fresh = recent_[*id];
  fresh.subject = std::move(made.row.subject);
  fresh.subject.id = *id;
  fresh.entries = std::move(made.row.entries);
  return add_records(*id, made, false, note.line);
}

Status RowWriter::merge(SubjectId id, const MadeSubject& made, bool update, RowNote& note) {
  GZ_TRY_ASSIGN(Known* there, known(id));
  note.outcome = RowOutcome::Merged;
  note.subject = id;
  Subject merged = merged_subject(there->subject, made.row.subject, update, note.items);
  if (!(merged == there->subject)) {
    GZ_TRY(session_->change(merged));
    ++steps_;
    there->subject = std::move(merged);
  }
  for (const auto& entry : made.row.entries) {
    if (std::any_of(there->entries.begin(), there->entries.end(), [&](const Entry& other) { return same_entry(entry, other); })) continue;
    GZ_TRY(session_->put_entry(id, entry));
    ++steps_;
    note.items.push_back({intake_fields()[kEntryName], "filled", "", "", entry.name.empty() ? entry.link : entry.name, false});
    there->entries.push_back(entry);
  }
  if (!made.row.sensitive.empty()) {
    GZ_TRY(session_->add_sensitive(id, made.row.sensitive, !update));
    ++steps_;
    for (const auto& one : made.row.sensitive)
      note.items.push_back({intake_fields()[one.kind == SensitiveKind::Phone ? kPhone : kIdentity], update ? "sensitive-added" : "sensitive-filled", "", "", one.value, false});
  }
  return add_records(id, made, true, note.line);
}

Status RowWriter::add_records(SubjectId id, const MadeSubject& made, bool is_known, std::uint64_t line) {
  for (const auto& record : made.records) {
    const auto same = [&](const Record& other) { return other.kind == record.kind && other.title == record.title && other.source == record.source; };
    if (is_known) {
      const auto have = setup_.place.store.records(id, record.kind);
      if (!have && have.error().kind != ErrorKind::NotFound) return fail(have.error());
      if (have && std::any_of(have->begin(), have->end(), same)) continue;
    }
    auto& fresh = recent_[id].records;
    if (std::any_of(fresh.begin(), fresh.end(), same)) continue;
    GZ_TRY(session_->add_record(id, record));
    fresh.push_back(record);
    ++steps_;
    const bool was_there = first_added_ == 0 || id < first_added_;       // before this import
    if (was_there && setup_.place.notice_words) GZ_TRY(raise({id, line, record.kind, record.title, setup_.source, ""}));
  }
  return ok();
}

// In the transaction of the row: who was told of it and what is in the library never part.
Status RowWriter::raise(const ImportHit& hit) {
  const auto raised = session_->raise_notice(hit.subject, setup_.place.notice_words(hit));
  if (!raised && raised.error().kind == ErrorKind::Invalid) return log_warn("intake", "no notice for a subject: " + raised.error().what), ok();
  ++steps_;
  return raised;
}

Status RowWriter::note_down(const RowNote& note) {
  const bool corrected = std::any_of(note.items.begin(), note.items.end(), [](const NoteItem& item) { return !item.doubt && !item.field.empty(); });
  const bool doubted = std::any_of(note.items.begin(), note.items.end(), [](const NoteItem& item) { return item.doubt; });
  switch (note.outcome) {
    case RowOutcome::Added: ++counts_.added; break;
    case RowOutcome::Merged: ++counts_.merged; break;
    case RowOutcome::Dropped: ++counts_.dropped; break;
  }
  if (note.outcome != RowOutcome::Dropped) counts_.corrected += corrected, counts_.doubted += doubted;
  if (note.outcome == RowOutcome::Added && note.items.empty()) return ok();
  return notes_.write(note);
}

Status RowWriter::commit() {
  if (replayed_ > 0) return ok();
  reading_.reset();
  GZ_TRY(notes_.sync());                               // before the mark that counts on it
  GZ_TRY(session_->commit_at(mark_text({counts_, notes_.size()})));
  steps_ = 0;
  recent_.clear();
  return ok();
}

Result<Batch> RowWriter::finish() {
  GZ_TRY(commit());
  Json summary = counts_json(counts_);
  summary["schema"] = "guzheng-import-summary/1";
  return session_->finish(summary.dump());
}

}  // namespace guzheng
