#include "core/central/records.h"

#include <algorithm>

namespace guzheng {

namespace {

#define GZ_RECORD_COLUMNS "kind, id, version, seq, station, person, at, gone, body"

CommonRecord record_at(const SqlRow& row) {
  const auto text = [&](std::size_t at) { return std::get<std::string>(row.at(at)); };
  const auto number = [&](std::size_t at) { return std::get<std::int64_t>(row.at(at)); };
  return {text(0), text(1), number(2), number(3), text(4), text(5), number(6), number(7) != 0, text(8)};
}

RecordOutcome record_refused(const RecordChange& change, const char* error, std::string why) {
  RecordOutcome out;
  out.word = RecordOutcome::Word::Refused;
  out.change = change.change;
  out.error = error;
  out.why = std::move(why);
  return out;
}

RecordOutcome record_taken(const RecordChange& change, std::int64_t version, std::int64_t sequence) {
  RecordOutcome out;
  out.change = change.change;
  out.version = version;
  out.sequence = sequence;
  return out;
}

}  // namespace

Result<RecordOutcome> CommonRecords::take_one(const RecordChange& change, const std::string& station, const std::string& unit, std::int64_t& last_sequence, std::size_t& answered) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT " GZ_RECORD_COLUMNS ", unit FROM record WHERE kind = ? AND id = ?", {change.kind, change.id}));
  if (!rows.empty() && std::get<std::string>(rows[0].at(9)) != unit) return record_refused(change, "other-unit", "this record is another unit's");
  GZ_TRY_ASSIGN(const auto told, database_.query("SELECT kind, id, version, seq, gone, body, station FROM record_version WHERE told_as = ?", {change.change}));
  if (!told.empty()) {
    const auto text = [&](std::size_t at) { return std::get<std::string>(told[0].at(at)); };
    const bool gone = std::get<std::int64_t>(told[0].at(4)) != 0;
    if (text(0) != change.kind || text(1) != change.id || text(6) != station || gone != change.gone || (!gone && text(5) != change.body))
      return record_refused(change, "change-id", "this change's id was told before for another change");
    return record_taken(change, std::get<std::int64_t>(told[0].at(2)), std::get<std::int64_t>(told[0].at(3)));
  }
  const auto now = rows.empty() ? CommonRecord{} : record_at(rows[0]);
  if (!rows.empty() && now.gone == change.gone && (now.gone || now.body == change.body)) return record_taken(change, now.version, now.sequence);
  if (now.version < change.base) return record_refused(change, "base", "this system never had version " + std::to_string(change.base) + " of this record");
  if (now.version > change.base) {
    RecordOutcome out;
    out.change = change.change;
    out.word = answered > 0 && answered + now.body.size() > kMostRecordBytes ? RecordOutcome::Word::Later : RecordOutcome::Word::Conflict;
    if (out.word == RecordOutcome::Word::Conflict) {
      answered += now.body.size();
      out.newest = now;
    }
    return out;
  }
  const std::string& body = change.gone ? now.body : change.body;
  const std::int64_t at = clock_.wall().ms, version = change.base + 1, sequence = ++last_sequence;
  GZ_TRY(database_.run("INSERT OR REPLACE INTO record(kind, id, version, seq, unit, station, person, at, gone, body) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       {change.kind, change.id, version, sequence, unit, station, change.person, at, std::int64_t{change.gone}, body}));
  GZ_TRY(database_.run("INSERT INTO record_version(kind, id, version, seq, unit, station, person, at, made_ms, gone, body, told_as) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                       {change.kind, change.id, version, sequence, unit, station, change.person, at, change.made_ms, std::int64_t{change.gone}, body, change.change}));
  return record_taken(change, version, sequence);
}

Result<CommonRecords::Taken> CommonRecords::take(const std::vector<RecordChange>& changes, const std::string& station, const std::string& unit) {
  if (unit.empty()) return fail(ErrorKind::Denied, "nobody has said which unit " + station + " works for");
  Taken out;
  GZ_TRY(database_.together([&]() -> Status {
    out = {};
    GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT coalesce(max(seq), 0) FROM record"));
    std::int64_t last = std::get<std::int64_t>(rows.at(0).at(0));
    std::size_t answered = 0;
    for (const auto& change : changes) {
      GZ_TRY_ASSIGN(auto outcome, take_one(change, station, unit, last, answered));
      if (outcome.word == RecordOutcome::Word::Refused) out.refusals.push_back({change.kind, change.id, outcome.error, outcome.why});
      out.outcomes.push_back(std::move(outcome));
    }
    return ok();
  }));
  return out;
}

Result<RecordPage> CommonRecords::page(const std::string& unit, std::int64_t since, const std::vector<std::string>& kinds, std::size_t limit) {
  constexpr std::size_t kAtOnce = 50;              // rows that are read at a time: bodies may be large
  if (unit.empty()) return fail(ErrorKind::Denied, "nobody has said which unit this station works for");
  std::string only;
  for (std::size_t i = 0; i < kinds.size(); ++i) only += i == 0 ? " AND kind IN (?" : ", ?";
  if (!only.empty()) only += ")";
  RecordPage out{{}, since, false};
  std::size_t bytes = 0;
  for (;;) {
    std::vector<SqlValue> values{unit, out.since};
    values.insert(values.end(), kinds.begin(), kinds.end());
    const auto wanted = std::min(kAtOnce, limit + 1 - out.records.size());
    values.emplace_back(static_cast<std::int64_t>(wanted));
    GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT " GZ_RECORD_COLUMNS " FROM record WHERE unit = ? AND seq > ?" + only + " ORDER BY seq LIMIT ?", values));
    for (const auto& row : rows) {
      auto record = record_at(row);
      out.more = out.records.size() == limit || (bytes > 0 && bytes + record.body.size() > kMostRecordBytes);
      if (out.more) return out;
      bytes += record.body.size();
      out.since = record.sequence;
      out.records.push_back(std::move(record));
    }
    if (rows.size() < wanted) return out;
  }
}

Result<std::vector<CommonRecord>> CommonRecords::versions(const std::string& kind, const std::string& id) {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT " GZ_RECORD_COLUMNS " FROM record_version WHERE kind = ? AND id = ? ORDER BY version", {kind, id}));
  std::vector<CommonRecord> out;
  for (const auto& row : rows) out.push_back(record_at(row));
  return out;
}

Result<std::int64_t> CommonRecords::count() {
  GZ_TRY_ASSIGN(const auto rows, database_.query("SELECT count(*) FROM record WHERE gone = 0"));
  return std::get<std::int64_t>(rows.at(0).at(0));
}

}  // namespace guzheng
