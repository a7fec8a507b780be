#include <algorithm>
#include <map>

#include "core/base/json.h"
#include "core/push/push_file.h"
#include "core/registry/match.h"

namespace guzheng {

namespace {

constexpr std::int64_t kRowsACommit = 2'000;

std::string source_of(const std::string& id) { return "推送 " + id; }

// What the push says takes the place of what is known; what it leaves empty stays.
void overlay(std::string& known, const std::string& said) {
  if (!said.empty()) known = said;
}

Subject merged(Subject known, const Subject& said, std::int64_t unit) {
  overlay(known.name, said.name), overlay(known.short_name, said.short_name), overlay(known.credit_code, said.credit_code);
  overlay(known.number, said.number), overlay(known.address, said.address), overlay(known.region, said.region);
  overlay(known.industry, said.industry), overlay(known.licences, said.licences), overlay(known.data_region, said.data_region);
  overlay(known.category, said.category);
  if (said.kind != SubjectKind::Unknown) known.kind = said.kind;
  if (said.state != SubjectState::Unknown) known.state = said.state;
  if (said.sensitivity != Sensitivity::Unmarked) known.sensitivity = said.sensitivity;
  if (unit != 0) known.unit = unit;
  return known;
}

bool is_same_entry(const Entry& a, const Entry& b) { return a.kind == b.kind && a.platform == b.platform && a.name == b.name; }
bool is_same_record(const Record& a, const Record& b) { return a.kind == b.kind && a.at.ms == b.at.ms && a.title == b.title && a.reference == b.reference; }

class Taking {
 public:
  Taking(SubjectStore& store, BulkSession& session, PushTaken& out, const PushNoticeWords& words) : store_(store), session_(session), out_(out), words_(words) {}

  Status prepare() {
    GZ_TRY_ASSIGN(const auto units, store_.units());
    for (const auto& unit : units) units_[unit.code.empty() ? unit.name : unit.code] = unit.id;
    return ok();
  }

  // A row that an earlier run brought in: only its tags are still to come.
  Status taken_before(const PushRow& row) {
    GZ_TRY_ASSIGN(const auto known, match_subject(store_, row.subject, false));
    if (known.id != 0) tag(known.id, row.tags);
    return ok();
  }

  // `commit` makes what was added so far visible to the store.
  Status row(PushRow&& row, const std::function<Status()>& commit) {
    const bool named = !row.unit.code.empty() || !row.unit.name.empty();
    const auto unit = units_.find(row.unit.code.empty() ? row.unit.name : row.unit.code);
    if (named && unit == units_.end()) ++out_.without_unit;
    row.subject.unit = unit == units_.end() ? 0 : unit->second;
    for (auto& entry : row.entries) entry.unit = row.subject.unit;
    const std::string number = row.subject.credit_code.empty() ? row.subject.number : row.subject.credit_code;
    if (const SubjectId twin = number.empty() ? 0 : session_.added_under(number); twin != 0) {      // the index does not know it yet
      GZ_TRY(commit());
      return change(twin, row);
    }
    GZ_TRY_ASSIGN(const auto known, match_subject(store_, row.subject, false));
    if (known.id != 0) return change(known.id, row);
    GZ_TRY_ASSIGN(const SubjectId id, session_.add({row.subject, row.entries, {}}));
    for (const auto& record : row.records) GZ_TRY(session_.add_record(id, record));
    tag(id, row.tags);
    ++out_.added;
    return ok();
  }

  // Tags come last: a batch of rows has none.
  Status tags(const Act& act) {
    GZ_TRY_ASSIGN(const auto known, store_.tags());
    for (const auto& [name, ids] : tags_) {
      const auto it = std::find_if(known.begin(), known.end(), [&, &key = name](const Tag& one) { return one.group == key.first && one.name == key.second; });
      std::int64_t tag = it == known.end() ? 0 : it->id;
      if (tag == 0) { GZ_TRY_ASSIGN(tag, store_.put_tag({0, name.first, name.second, 0}, act)); }
      GZ_TRY(store_.tag_these(ids, tag, true, act));
    }
    return ok();
  }

 private:
  Status change(SubjectId id, const PushRow& row) {
    GZ_TRY_ASSIGN(const auto known, store_.get(id));
    GZ_TRY_ASSIGN(const auto entries, store_.entries(id));
    GZ_TRY_ASSIGN(const auto records, store_.records(id, {}, 10'000));
    const Subject now = merged(known, row.subject, row.subject.unit);
    bool differs = now != known, told = false;
    if (differs) GZ_TRY(session_.change(now));
    for (Entry entry : row.entries) {
      const auto it = std::find_if(entries.begin(), entries.end(), [&](const Entry& one) { return is_same_entry(one, entry); });
      if (it != entries.end()) {
        entry.no = it->no;
        if (entry.unit == 0) entry.unit = it->unit;
        if (it->checked.ms > entry.checked.ms) entry.checked = it->checked, entry.reach = it->reach, entry.abnormal = it->abnormal, entry.why = it->why;
        if (entry == *it) continue;
      }
      GZ_TRY(session_.put_entry(id, entry));
      differs = true;
    }
    for (const auto& record : row.records) {
      if (std::any_of(records.begin(), records.end(), [&](const Record& one) { return is_same_record(one, record); })) continue;
      GZ_TRY(session_.add_record(id, record));
      if (words_) GZ_TRY(session_.raise_notice(id, words_({id, record.kind, record.title, "", out_.seen.by})));
      told = differs = true;
    }
    if (words_ && !told) {
      GZ_TRY_ASSIGN(const auto watched, store_.watched_as(id));
      if (!watched.empty()) GZ_TRY(session_.raise_notice(id, words_({id, RecordKind::Credit, "", watched, out_.seen.by})));
    }
    tag(id, row.tags);
    ++(differs ? out_.changed : out_.same);
    return ok();
  }

  void tag(SubjectId id, const std::vector<Tag>& tags) {
    for (const auto& one : tags) tags_[{one.group, one.name}].push_back(id);
  }

  SubjectStore& store_;
  BulkSession& session_;
  PushTaken& out_;
  const PushNoticeWords& words_;
  std::map<std::string, std::int64_t> units_;
  std::map<std::pair<std::string, std::string>, std::vector<SubjectId>> tags_;
};

struct Begun {
  std::unique_ptr<BulkSession> session;
  std::int64_t taken = 0;                        // rows that an earlier, stopped run has brought in
  Json counts;
};

Result<Begun> begin(SubjectStore& store, const std::string& id, const Act& act) {
  GZ_TRY_ASSIGN(const auto batches, store.batches(1'000'000));
  for (const auto& batch : batches) {
    if (batch.source != source_of(id) || batch.state == BatchState::Undone) continue;
    if (batch.state == BatchState::Done) return fail(ErrorKind::Exists, "this push was imported already, as batch " + std::to_string(batch.id) + " by " + batch.who);
    if (batch.state == BatchState::Undoing) return fail(ErrorKind::Exists, "this push is being taken back (batch " + std::to_string(batch.id) + "): let that end first");
    Begun out;
    GZ_TRY_ASSIGN(out.session, store.resume_import(batch.id));
    const auto mark = parse_json(batch.mark);
    if (mark) out.counts = *mark, out.taken = integer_at(*mark, "rows");
    return out;
  }
  Begun out;
  GZ_TRY_ASSIGN(out.session, store.begin_import(source_of(id), act));
  return out;
}

// Matching asks the index: what is stored must stand in it.
Status bring_index(SubjectStore& store) {
  for (std::int64_t behind = 1; behind > 0;) {
    GZ_TRY_ASSIGN(const auto now, store.follow());
    behind = now.behind;
  }
  return ok();
}

Result<std::string> counted(std::int64_t rows, const PushTaken& out) {
  return canonical_json({{"added", out.added}, {"changed", out.changed}, {"rows", rows}, {"same", out.same}, {"without_unit", out.without_unit}});
}

}  // namespace

Result<PushTaken> take_push(SubjectStore& store, const std::filesystem::path& file, const PushTrust& trust, const Act& act, const PushProgress& progress, const PushNoticeWords& words) {
  PushTaken out;
  GZ_TRY_ASSIGN(out.seen, check_push(file, trust));
  GZ_TRY(bring_index(store));
  GZ_TRY_ASSIGN(auto begun, begin(store, out.seen.id, act));
  out.batch = begun.session->batch();
  out.added = integer_at(begun.counts, "added"), out.changed = integer_at(begun.counts, "changed"), out.same = integer_at(begun.counts, "same");
  out.without_unit = integer_at(begun.counts, "without_unit");
  Taking taking(store, *begun.session, out, words);
  GZ_TRY(taking.prepare());
  const auto taken = read_push(file, trust, [&](std::int64_t number, PushRow&& row) -> Status {
    if (number <= begun.taken) return taking.taken_before(row);
    const auto commit = [&](std::int64_t rows) -> Status {
      GZ_TRY_ASSIGN(const auto mark, counted(rows, out));
      return begun.session->commit_at(mark);
    };
    GZ_TRY(taking.row(std::move(row), [&] { return commit(number - 1); }));
    if (number % kRowsACommit == 0) GZ_TRY(commit(number));
    if (progress && !progress(number, out.seen.subjects)) return fail(ErrorKind::Cancelled, "the import of the push was stopped; calling it again goes on where it was");
    return ok();
  });
  if (!taken) return Failure(taken.error());
  if (taken->sha256 != out.seen.sha256) return fail(ErrorKind::Tampered, "the push was exchanged while it was read: take the batch " + std::to_string(out.batch) + " back");
  GZ_TRY_ASSIGN(const auto summary, counted(out.seen.subjects, out));
  GZ_TRY(begun.session->commit_at(summary));
  GZ_TRY(begun.session->finish(summary));
  begun.session.reset();
  GZ_TRY(bring_index(store));
  GZ_TRY(taking.tags(act));
  return out;
}

}  // namespace guzheng
