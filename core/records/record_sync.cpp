#include "core/records/record_sync.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/base/digest.h"
#include "core/base/random.h"

namespace guzheng {

namespace {

constexpr const char* kCursor = "central";
constexpr std::size_t kTellAtOnce = 50;
constexpr int kMostTurns = 5;                      // that one record moves under our hands

Status went_on(const std::function<bool()>& stopped) { return stopped && stopped() ? Status(fail(ErrorKind::Cancelled, "keeping records in common was stopped; the next run goes on")) : ok(); }

// As the wire takes it: one line of at most 400 bytes.
std::string plain_person(const std::string& text, const std::string& station) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  constexpr std::size_t kMost = 200;
  if (out.size() > kMost) {
    out.resize(kMost);
    while (!out.empty() && !is_utf8(out)) out.pop_back();
  }
  return out.empty() ? station : out;
}

std::string said_of(const CommonRecord& record) { return "同步 " + record.station + " v" + std::to_string(record.version); }
std::string body_there(const CommonRecord& record) { return record.gone ? std::string() : record.body; }
std::string digest_said(const std::string& body) { return body.empty() ? std::string() : sha256_hex(as_bytes(body)); }

}  // namespace

RecordSource* RecordSync::of(const std::string& kind) const {
  for (auto* source : sources_) {
    const auto kinds = source->kinds();
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return source;
  }
  return nullptr;
}

Status RecordSync::collect(const std::function<bool()>& stopped) {
  for (auto* source : sources_) {
    for (bool more = true; more;) {
      GZ_TRY(went_on(stopped));
      const std::lock_guard lock(mutex_);
      GZ_TRY_ASSIGN(auto mark, book_.mark(source->name()));
      auto changed = source->changed_since(mark);
      if (!changed && changed.error().kind == ErrorKind::Invalid && !mark.empty()) changed = source->changed_since("");        // restored from a backup: all of it is looked at again
      if (!changed) return fail(changed.error());
      if (changed->mark != mark || !changed->names.empty()) GZ_TRY(book_.note_changed(changed->names, source->name(), changed->mark));
      more = changed->more;
    }
  }
  return ok();
}

// A decision that was broken off, or the same edit made at both ends.
Status RecordSync::settle_equal(RecordRun& run) {
  const std::lock_guard lock(mutex_);
  GZ_TRY_ASSIGN(const auto open, book_.conflicts(true, 1'000'000));
  for (auto conflict : open) {
    auto* source = of(conflict.record.kind);
    if (source == nullptr) continue;
    GZ_TRY_ASSIGN(const auto local, source->read(conflict.record));
    if (local.body != conflict.theirs) continue;
    conflict.decision = "equal";
    conflict.outcome = local.body;
    conflict.decided_at = clock_.wall();
    GZ_TRY(book_.close_conflict(conflict, false));
    ++run.equal;
  }
  return ok();
}

// Somebody made the same subject here before either was told: from now on they are one record, and what differs is for a person to decide.
Result<bool> RecordSync::same_thing(const CommonRecord& record, RecordSource& source) {
  GZ_TRY_ASSIGN(const auto twin, source.twin(record.kind, body_there(record)));
  if (twin.empty() || twin == record.id) return false;
  GZ_TRY_ASSIGN(const bool told, book_.ever_told({record.kind, twin}));
  if (told) return false;
  GZ_TRY(source.rename({record.kind, twin}, record.id));
  GZ_TRY(book_.renamed({record.kind, twin}, record.id));
  return true;
}

// True: there is an open one about it, which knows now what is there.
Result<bool> RecordSync::conflict_goes_on(const CommonRecord& record, RecordSource& source, RecordRun& run) {
  GZ_TRY_ASSIGN(auto open, book_.conflict_of({record.kind, record.id}));
  if (!open) return false;
  GZ_TRY_ASSIGN(const auto local, source.read(open->record));
  open->mine = local.body;
  open->theirs = body_there(record);
  open->their_version = record.version;
  open->their_station = record.station;
  open->their_person = record.person;
  open->their_at = {record.at_ms};
  if (open->mine != open->theirs) return book_.see_again(*open) ? Result<bool>(true) : Result<bool>(fail(ErrorKind::Io, "a conflict could not be kept"));
  open->decision = "equal";
  open->outcome = open->mine;
  open->decided_at = clock_.wall();
  GZ_TRY(book_.close_conflict(*open, false));
  ++run.equal;
  return true;
}

Result<bool> RecordSync::absorb_once(const CommonRecord& record, RecordSource& source, RecordRun& run) {
  const RecordName name{record.kind, record.id};
  const std::string theirs = body_there(record);
  GZ_TRY_ASSIGN(const auto known, book_.known(name));
  GZ_TRY_ASSIGN(const auto local, source.read(name));
  if (local.body == theirs) {
    fresh_.emplace_back(name, KnownRecord{record.version, theirs});
    return true;
  }
  if (known.version == 0 && local.body.empty()) {
    GZ_TRY_ASSIGN(const bool renamed, same_thing(record, source));
    if (renamed) return false;
  }
  if (local.body == known.body) {
    GZ_TRY_ASSIGN(const auto put, source.put(name, local.body, theirs, record.person, said_of(record)));
    if (put == RecordSource::Put::Differs) return false;
    fresh_.emplace_back(name, KnownRecord{record.version, theirs});
    if (put == RecordSource::Put::Kept) GZ_TRY(book_.wait(name));
    else ++run.down;
    return true;
  }
  GZ_TRY_ASSIGN([[maybe_unused]] const auto number, book_.open_conflict({0, name, known.version, record.version, known.body, local.body, theirs, record.station, record.person, {record.at_ms}, clock_.wall(), "", "", "", {}}));
  GZ_TRY(book_.wait(name));
  ++run.conflicts;
  return true;
}

Status RecordSync::absorb(const CommonRecord& record, RecordRun& run) {
  const RecordName name{record.kind, record.id};
  const auto hold = [&](const std::string& why) -> Status {
    ++run.held;
    return book_.hold(record, why);
  };
  GZ_TRY_ASSIGN(const auto known, book_.known(name));
  if (known.version >= record.version) return ok();
  auto* source = of(record.kind);
  if (source == nullptr) return hold("this program keeps no '" + record.kind + "' in common");
  GZ_TRY_ASSIGN(const bool conflict, conflict_goes_on(record, *source, run));
  if (conflict) return ok();
  for (int turn = 0; turn < kMostTurns; ++turn) {
    const auto done = absorb_once(record, *source, run);
    if (!done && done.error().kind == ErrorKind::Invalid) return hold(done.error().what);
    if (!done) return fail(done.error());
    if (*done) return ok();
  }
  return hold("it is being changed here all the time");
}

Status RecordSync::pull(CentralLink& link, RecordRun& run, const std::function<bool()>& stopped) {
  {
    const std::lock_guard lock(mutex_);
    GZ_TRY_ASSIGN(const auto held, book_.held(1000));
    for (const auto& record : held) {
      GZ_TRY_ASSIGN(const auto known, book_.known({record.kind, record.id}));
      if (known.version >= record.version) GZ_TRY(book_.unhold({record.kind, record.id}));
      else GZ_TRY(absorb(record, run));
    }
    GZ_TRY(book_.know(std::exchange(fresh_, {})));
  }
  for (bool more = true; more;) {
    GZ_TRY(went_on(stopped));
    GZ_TRY_ASSIGN(const auto mark, book_.mark(kCursor));
    GZ_TRY_ASSIGN(const auto page, link.records(mark.empty() ? 0 : std::stoll(mark)));
    const std::lock_guard lock(mutex_);
    fresh_.clear();
    for (const auto& record : page.records) GZ_TRY(absorb(record, run));
    if (std::to_string(page.since) != mark) GZ_TRY(book_.know(std::exchange(fresh_, {}), kCursor, std::to_string(page.since)));
    more = page.more && !page.records.empty();
  }
  return ok();
}

// What waits becomes what is told, until a message is full. How many.
Result<std::size_t> RecordSync::prepare(const std::string& station, RecordRun& run) {
  const std::lock_guard lock(mutex_);
  GZ_TRY_ASSIGN(const auto names, book_.waiting(kTellAtOnce));
  std::vector<RecordChange> changes;
  std::vector<RecordName> same;
  std::size_t bytes = 0, looked = 0;
  for (const auto& name : names) {
    ++looked;
    auto* source = of(name.kind);
    if (source == nullptr) return fail(ErrorKind::Bug, "nothing keeps '" + name.kind + "' here");
    GZ_TRY_ASSIGN(const auto local, source->read(name));
    GZ_TRY_ASSIGN(const auto known, book_.known(name));
    if (local.body == known.body) {
      same.push_back(name);
      continue;
    }
    if (bytes > 0 && bytes + local.body.size() > kMostRecordBytes) break;
    RecordChange change{random_hex(16), name.kind, name.id, known.version, local.body.empty(), local.body, plain_person(local.person, station), local.at.ms};
    if (local.body.size() > kMostRecordBody) {
      ++run.refused;
      GZ_TRY(book_.begin_telling({change}));
      GZ_TRY(book_.refused(change, "it is larger than a record may be (" + std::to_string(kMostRecordBody) + " bytes)", clock_.wall()));
      continue;
    }
    bytes += local.body.size();
    changes.push_back(std::move(change));
  }
  GZ_TRY(book_.wait_no_more(same));
  if (!changes.empty()) GZ_TRY(book_.begin_telling(changes));
  return looked;
}

Status RecordSync::answered(const std::vector<RecordChange>& changes, const std::vector<RecordOutcome>& outcomes, RecordRun& run) {
  using Word = RecordOutcome::Word;
  std::vector<std::pair<RecordChange, std::int64_t>> taken;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (outcomes[i].change != changes[i].change) return fail(ErrorKind::Protocol, "the central system answers about another change");
    if (outcomes[i].word == Word::Taken) taken.emplace_back(changes[i], outcomes[i].version);
  }
  GZ_TRY(book_.took(taken));
  run.up += static_cast<std::int64_t>(taken.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto& [change, outcome] = std::tie(changes[i], outcomes[i]);
    if (outcome.word == Word::Refused) {
      ++run.refused;
      GZ_TRY(book_.refused(change, outcome.error + ": " + outcome.why, clock_.wall()));
    }
    if (outcome.word != Word::Conflict) continue;
    if (outcome.newest->kind != change.kind || outcome.newest->id != change.id) return fail(ErrorKind::Protocol, "the central system answers about another record");
    GZ_TRY(book_.wait({change.kind, change.id}));
    fresh_.clear();
    GZ_TRY(absorb(*outcome.newest, run));
    GZ_TRY(book_.know(std::exchange(fresh_, {})));
    GZ_TRY(book_.untell(change));
  }
  return ok();
}

Status RecordSync::tell(CentralLink& link, RecordRun& run, const std::function<bool()>& stopped) {
  for (;;) {
    GZ_TRY(went_on(stopped));
    GZ_TRY_ASSIGN(auto changes, book_.telling(kTellAtOnce));
    std::size_t bytes = 0;
    const auto full = std::find_if(changes.begin(), changes.end(), [&](const RecordChange& c) { return (bytes += c.body.size()) > kMostRecordBytes + kMostRecordBody; });
    changes.erase(full, changes.end());
    if (changes.empty()) return ok();
    GZ_TRY_ASSIGN(const auto outcomes, link.tell_records(changes));
    if (outcomes.size() != changes.size()) return fail(ErrorKind::Protocol, "the central system did not answer every change");
    const std::lock_guard lock(mutex_);
    GZ_TRY(answered(changes, outcomes, run));
    if (outcomes.front().word == RecordOutcome::Word::Later) return fail(ErrorKind::Protocol, "the central system puts everything off");
  }
}

Status RecordSync::push(CentralLink& link, const std::string& station, RecordRun& run, const std::function<bool()>& stopped) {
  for (;;) {
    GZ_TRY_ASSIGN(const auto looked, prepare(station, run));
    if (looked == 0) return ok();
    GZ_TRY(tell(link, run, stopped));
  }
}

Result<RecordRun> RecordSync::run(CentralLink& link, const std::string& station, const std::function<bool()>& stopped) {
  const std::lock_guard alone(running_);
  RecordRun out;
  GZ_TRY(collect(stopped));
  GZ_TRY(tell(link, out, stopped));                // whose answer was lost: before anything is read, or our own change would look like another's
  GZ_TRY(settle_equal(out));
  GZ_TRY(pull(link, out, stopped));
  GZ_TRY(push(link, station, out, stopped));
  for (auto* source : sources_) GZ_TRY(source->settle());
  return out;
}

Result<std::vector<RecordConflict>> RecordSync::conflicts() {
  const std::lock_guard lock(mutex_);
  GZ_TRY_ASSIGN(auto open, book_.conflicts(true));
  for (auto& conflict : open) {
    auto* source = of(conflict.record.kind);
    if (source == nullptr) continue;
    GZ_TRY_ASSIGN(const auto local, source->read(conflict.record));
    if (local.body == conflict.mine) continue;
    conflict.mine = local.body;
    GZ_TRY(book_.see_again(conflict));
  }
  return open;
}

Status RecordSync::decide(const RecordConflict& seen, const Decision& decision, const std::string& who) {
  using Side = Decision::Side;
  if (who.empty()) return fail(ErrorKind::Invalid, "a decision names nobody who made it");
  const std::lock_guard lock(mutex_);
  GZ_TRY_ASSIGN(auto now, book_.conflict(seen.number));
  if (!now.decision.empty()) return fail(ErrorKind::NotFound, "conflict " + std::to_string(seen.number) + " was decided already");
  auto* source = of(now.record.kind);
  if (source == nullptr) return fail(ErrorKind::Unsupported, "this program keeps no '" + now.record.kind + "' in common");
  GZ_TRY_ASSIGN(const auto local, source->read(now.record));
  const auto changed = [&] { return fail(ErrorKind::Exists, "conflict " + std::to_string(seen.number) + " has changed since it was shown: look again, then decide"); };
  if (local.body != seen.mine || now.theirs != seen.theirs || now.their_version != seen.their_version) return changed();
  now.mine = local.body;
  now.outcome = now.mine;
  if (decision.side == Side::Theirs) now.outcome = now.theirs;
  if (decision.side == Side::Fields) { GZ_TRY_ASSIGN(now.outcome, record_merged(now.mine, now.theirs, decision.theirs_of)); }
  now.decision = decision.side == Side::Mine ? "mine" : decision.side == Side::Theirs ? "theirs" : "fields";
  now.decided_by = who;
  now.decided_at = clock_.wall();
  Json line{{"base_version", now.base_version}, {"conflict", now.number}, {"decision", now.decision}, {"id", now.record.id}, {"kind", now.record.kind}, {"mine_sha256", digest_said(now.mine)},
            {"outcome_sha256", digest_said(now.outcome)}, {"their_station", now.their_station}, {"their_version", now.their_version}, {"theirs_sha256", digest_said(now.theirs)}, {"who", who}};
  if (decision.side == Side::Fields) line["theirs_of"] = decision.theirs_of;
  GZ_TRY(log_.append("op.record-decided", line));
  if (now.outcome != now.mine) {
    GZ_TRY_ASSIGN(const auto put, source->put(now.record, now.mine, now.outcome, who, "冲突 " + std::to_string(now.number) + " 的决定"));
    if (put == RecordSource::Put::Differs) return changed();
    if (put == RecordSource::Put::Kept) return fail(ErrorKind::Denied, "what is here cannot go while it is used: keep mine, or take it from what uses it");
  }
  return book_.close_conflict(now, now.outcome != now.theirs);
}

}  // namespace guzheng
