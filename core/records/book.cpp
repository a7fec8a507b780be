#include "core/records/book.h"

#include <fcntl.h>
#include <sys/file.h>

namespace guzheng {

namespace fs = std::filesystem;

namespace {

// Steps that were shipped are never changed. `told`: told and not answered. `held`: came from the central system and cannot be put here. Times are milliseconds since 1970.
const SqlMigrations& record_migrations() {
  static const SqlMigrations steps{
      "CREATE TABLE mark(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID; "
      "CREATE TABLE known(kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID; "
      "CREATE TABLE waiting(kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID; "
      "CREATE TABLE told(kind TEXT NOT NULL, id TEXT NOT NULL, change_id TEXT NOT NULL, base INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL, person TEXT NOT NULL, "
      "made_ms INTEGER NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID; "
      "CREATE TABLE refused(kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, why TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID; "
      "CREATE TABLE held(kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL, station TEXT NOT NULL, person TEXT NOT NULL, at_ms INTEGER NOT NULL, "
      "gone INTEGER NOT NULL, body TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID; "
      "CREATE TABLE conflict(number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, base_version INTEGER NOT NULL, their_version INTEGER NOT NULL, base TEXT NOT NULL, "
      "mine TEXT NOT NULL, theirs TEXT NOT NULL, their_station TEXT NOT NULL, their_person TEXT NOT NULL, their_at_ms INTEGER NOT NULL, found_ms INTEGER NOT NULL, decision TEXT NOT NULL, "
      "decided_by TEXT NOT NULL, outcome TEXT NOT NULL, decided_ms INTEGER NOT NULL); "
      "CREATE UNIQUE INDEX conflict_open ON conflict(kind, id) WHERE decision=''; "
      "CREATE TABLE conflict_earlier(number INTEGER NOT NULL, mine TEXT NOT NULL)"};
  return steps;
}

std::string text_in(const SqlRow& row, std::size_t at) { return std::get<std::string>(row.at(at)); }
std::int64_t number_in(const SqlRow& row, std::size_t at) { return std::get<std::int64_t>(row.at(at)); }

}  // namespace

Result<std::unique_ptr<RecordDeskBook>> RecordDeskBook::open(const fs::path& folder) {
  GZ_TRY(make_private_folder(folder));
  UniqueFd lock(::open((folder / "records.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!lock) return fail_errno("open the book of records in " + folder.string());
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return fail(ErrorKind::Exists, "another program keeps the records in " + folder.string() + " in common just now");
  GZ_TRY_ASSIGN(auto database, Database::open(folder / "records.sqlite", record_migrations()));
  return std::unique_ptr<RecordDeskBook>(new RecordDeskBook(std::move(database), std::move(lock)));
}

Result<std::string> RecordDeskBook::mark(const std::string& name) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT value FROM mark WHERE name=?", {name}));
  return rows.empty() ? std::string() : text_in(rows[0], 0);
}

Status RecordDeskBook::set_mark(const std::string& name, const std::string& mark) { return database_->run("INSERT OR REPLACE INTO mark(name,value) VALUES(?,?)", {name, mark}); }

Status RecordDeskBook::note_changed(const std::vector<RecordName>& names, const std::string& mark_name, const std::string& mark) {
  return database_->together([&]() -> Status {
    for (const auto& name : names) GZ_TRY(put_waiting(name));
    return set_mark(mark_name, mark);
  });
}

Result<KnownRecord> RecordDeskBook::known(const RecordName& record) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT version,body FROM known WHERE kind=? AND id=?", {record.kind, record.id}));
  return rows.empty() ? KnownRecord{} : KnownRecord{number_in(rows[0], 0), text_in(rows[0], 1)};
}

Status RecordDeskBook::put_known(const RecordName& record, const KnownRecord& now) {
  return database_->run("INSERT INTO known(kind,id,version,body) VALUES(?,?,?,?) ON CONFLICT(kind,id) DO UPDATE SET version=excluded.version, body=excluded.body WHERE excluded.version>=known.version",
                        {record.kind, record.id, now.version, now.body});
}

Status RecordDeskBook::know(const std::vector<std::pair<RecordName, KnownRecord>>& now, const std::string& mark_name, const std::string& mark) {
  if (now.empty() && mark_name.empty()) return ok();
  return database_->together([&]() -> Status {
    for (const auto& [record, known] : now) {
      GZ_TRY(put_known(record, known));
      GZ_TRY(database_->run("DELETE FROM held WHERE kind=? AND id=?", {record.kind, record.id}));
    }
    return mark_name.empty() ? ok() : set_mark(mark_name, mark);
  });
}

Status RecordDeskBook::put_waiting(const RecordName& record) { return database_->run("INSERT OR IGNORE INTO waiting(kind,id) VALUES(?,?)", {record.kind, record.id}); }

Result<std::vector<RecordName>> RecordDeskBook::waiting(std::size_t limit) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT kind,id FROM waiting w WHERE NOT EXISTS(SELECT 1 FROM conflict c WHERE c.kind=w.kind AND c.id=w.id AND c.decision='') "
                                                  "AND NOT EXISTS(SELECT 1 FROM told t WHERE t.kind=w.kind AND t.id=w.id) ORDER BY kind='tag', kind DESC, id LIMIT ?", {static_cast<std::int64_t>(limit)}));
  std::vector<RecordName> out;
  for (const auto& row : rows) out.push_back({text_in(row, 0), text_in(row, 1)});
  return out;
}

Status RecordDeskBook::wait(const RecordName& record) { return put_waiting(record); }

Status RecordDeskBook::wait_no_more(const std::vector<RecordName>& records) {
  if (records.empty()) return ok();
  return database_->together([&]() -> Status {
    for (const auto& record : records) {
      GZ_TRY(database_->run("DELETE FROM refused WHERE kind=? AND id=?", {record.kind, record.id}));
      GZ_TRY(database_->run("DELETE FROM waiting WHERE kind=? AND id=?", {record.kind, record.id}));
    }
    return ok();
  });
}

Status RecordDeskBook::begin_telling(const std::vector<RecordChange>& changes) {
  return database_->together([&]() -> Status {
    for (const auto& c : changes) {
      GZ_TRY(database_->run("DELETE FROM waiting WHERE kind=? AND id=?", {c.kind, c.id}));
      GZ_TRY(database_->run("INSERT INTO told(kind,id,change_id,base,gone,body,person,made_ms) VALUES(?,?,?,?,?,?,?,?)", {c.kind, c.id, c.change, c.base, std::int64_t{c.gone}, c.body, c.person, c.made_ms}));
    }
    return ok();
  });
}

Result<std::vector<RecordChange>> RecordDeskBook::telling(std::size_t limit) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT change_id,kind,id,base,gone,body,person,made_ms FROM told ORDER BY kind='tag', kind DESC, id LIMIT ?", {static_cast<std::int64_t>(limit)}));
  std::vector<RecordChange> out;
  for (const auto& row : rows) out.push_back({text_in(row, 0), text_in(row, 1), text_in(row, 2), number_in(row, 3), number_in(row, 4) != 0, text_in(row, 5), text_in(row, 6), number_in(row, 7)});
  return out;
}

Status RecordDeskBook::untell(const RecordChange& c) { return database_->run("DELETE FROM told WHERE kind=? AND id=? AND change_id=?", {c.kind, c.id, c.change}); }

Status RecordDeskBook::took(const std::vector<std::pair<RecordChange, std::int64_t>>& taken) {
  if (taken.empty()) return ok();
  return database_->together([&]() -> Status {
    for (const auto& [c, version] : taken) {
      GZ_TRY(put_known({c.kind, c.id}, {version, c.body}));
      GZ_TRY(database_->run("DELETE FROM refused WHERE kind=? AND id=?", {c.kind, c.id}));
      GZ_TRY(untell(c));
    }
    return ok();
  });
}

Status RecordDeskBook::refused(const RecordChange& c, const std::string& why, WallTime at) {
  return database_->together([&]() -> Status {
    GZ_TRY(database_->run("INSERT OR REPLACE INTO refused(kind,id,body,why,at_ms) VALUES(?,?,?,?,?)", {c.kind, c.id, c.body, why, at.ms}));
    return untell(c);
  });
}

Result<bool> RecordDeskBook::ever_told(const RecordName& record) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT 1 FROM known WHERE kind=?1 AND id=?2 UNION ALL SELECT 1 FROM told WHERE kind=?1 AND id=?2 LIMIT 1", {record.kind, record.id}));
  return !rows.empty();
}

Status RecordDeskBook::renamed(const RecordName& from, const std::string& to) {
  return database_->together([&]() -> Status {
    GZ_TRY(database_->run("DELETE FROM waiting WHERE kind=? AND id=?", {from.kind, from.id}));
    return put_waiting({from.kind, to});
  });
}

Status RecordDeskBook::hold(const CommonRecord& r, const std::string& why) {
  return database_->run("INSERT OR REPLACE INTO held(kind,id,version,seq,station,person,at_ms,gone,body,why) VALUES(?,?,?,?,?,?,?,?,?,?)",
                        {r.kind, r.id, r.version, r.sequence, r.station, r.person, r.at_ms, std::int64_t{r.gone}, r.body, why});
}

Result<std::vector<CommonRecord>> RecordDeskBook::held(std::size_t limit) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT kind,id,version,seq,station,person,at_ms,gone,body FROM held ORDER BY seq LIMIT ?", {static_cast<std::int64_t>(limit)}));
  std::vector<CommonRecord> out;
  for (const auto& row : rows) out.push_back({text_in(row, 0), text_in(row, 1), number_in(row, 2), number_in(row, 3), text_in(row, 4), text_in(row, 5), number_in(row, 6), number_in(row, 7) != 0, text_in(row, 8)});
  return out;
}

Status RecordDeskBook::unhold(const RecordName& record) { return database_->run("DELETE FROM held WHERE kind=? AND id=?", {record.kind, record.id}); }

Result<std::int64_t> RecordDeskBook::open_conflict(const RecordConflict& c) {
  GZ_TRY(database_->run("INSERT INTO conflict(kind,id,base_version,their_version,base,mine,theirs,their_station,their_person,their_at_ms,found_ms,decision,decided_by,outcome,decided_ms) "
                        "VALUES(?,?,?,?,?,?,?,?,?,?,?,'','','',0)",
                        {c.record.kind, c.record.id, c.base_version, c.their_version, c.base, c.mine, c.theirs, c.their_station, c.their_person, c.their_at.ms, c.found_at.ms}));
  GZ_TRY_ASSIGN(const auto made, conflict_of(c.record));
  return made ? Result<std::int64_t>(made->number) : Result<std::int64_t>(fail(ErrorKind::Io, "a conflict was not kept"));
}

Status RecordDeskBook::keep_mine(const RecordConflict& c) {
  return database_->run("INSERT INTO conflict_earlier(number,mine) SELECT number,mine FROM conflict WHERE number=? AND mine<>?", {c.number, c.mine});
}

Status RecordDeskBook::see_again(const RecordConflict& c) {
  return database_->together([&]() -> Status {
    GZ_TRY(keep_mine(c));
    return database_->run("UPDATE conflict SET their_version=?, mine=?, theirs=?, their_station=?, their_person=?, their_at_ms=? WHERE number=? AND decision=''",
                          {c.their_version, c.mine, c.theirs, c.their_station, c.their_person, c.their_at.ms, c.number});
  });
}

Result<std::vector<std::string>> RecordDeskBook::earlier(std::int64_t number) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT mine FROM conflict_earlier WHERE number=? ORDER BY rowid", {number}));
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(text_in(row, 0));
  return out;
}

Result<std::vector<RecordConflict>> RecordDeskBook::conflicts_where(const std::string& where, const std::vector<SqlValue>& values) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT number,kind,id,base_version,their_version,base,mine,theirs,their_station,their_person,their_at_ms,found_ms,decision,decided_by,outcome,decided_ms FROM conflict " + where, values));
  std::vector<RecordConflict> out;
  for (const auto& row : rows)
    out.push_back({number_in(row, 0), {text_in(row, 1), text_in(row, 2)}, number_in(row, 3), number_in(row, 4), text_in(row, 5), text_in(row, 6), text_in(row, 7), text_in(row, 8), text_in(row, 9), {number_in(row, 10)},
                   {number_in(row, 11)}, text_in(row, 12), text_in(row, 13), text_in(row, 14), {number_in(row, 15)}});
  return out;
}

Result<std::optional<RecordConflict>> RecordDeskBook::conflict_of(const RecordName& record) {
  GZ_TRY_ASSIGN(auto found, conflicts_where("WHERE kind=? AND id=? AND decision=''", {record.kind, record.id}));
  return found.empty() ? std::optional<RecordConflict>() : std::optional<RecordConflict>(std::move(found[0]));
}

Result<RecordConflict> RecordDeskBook::conflict(std::int64_t number) {
  GZ_TRY_ASSIGN(auto found, conflicts_where("WHERE number=?", {number}));
  if (found.empty()) return fail(ErrorKind::NotFound, "there is no conflict " + std::to_string(number));
  return std::move(found[0]);
}

Result<std::vector<RecordConflict>> RecordDeskBook::conflicts(bool open_only, std::size_t limit) {
  return conflicts_where(open_only ? "WHERE decision='' ORDER BY number LIMIT ?" : "ORDER BY number DESC LIMIT ?", {static_cast<std::int64_t>(limit)});
}

Status RecordDeskBook::close_conflict(const RecordConflict& c, bool tell) {
  return database_->together([&]() -> Status {
    GZ_TRY(keep_mine(c));
    GZ_TRY(database_->run("UPDATE conflict SET mine=?, decision=?, decided_by=?, outcome=?, decided_ms=? WHERE number=?", {c.mine, c.decision, c.decided_by, c.outcome, c.decided_at.ms, c.number}));
    GZ_TRY(put_known(c.record, {c.their_version, c.theirs}));
    return tell ? put_waiting(c.record) : ok();
  });
}

Result<std::vector<RecordTrouble>> RecordDeskBook::troubles(std::size_t limit) {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT kind,id,why,0 FROM refused UNION ALL SELECT kind,id,why,1 FROM held ORDER BY 4,1,2 LIMIT ?", {static_cast<std::int64_t>(limit)}));
  std::vector<RecordTrouble> out;
  for (const auto& row : rows) out.push_back({{text_in(row, 0), text_in(row, 1)}, text_in(row, 2), number_in(row, 3) != 0});
  return out;
}

Result<RecordTotals> RecordDeskBook::totals() {
  GZ_TRY_ASSIGN(const auto rows, database_->query("SELECT (SELECT count(*) FROM waiting)+(SELECT count(*) FROM told), (SELECT count(*) FROM conflict WHERE decision=''), (SELECT count(*) FROM refused), "
                                                  "(SELECT count(*) FROM held), (SELECT count(*) FROM known WHERE body<>'')"));
  return RecordTotals{number_in(rows.at(0), 0), number_in(rows[0], 1), number_in(rows[0], 2), number_in(rows[0], 3), number_in(rows[0], 4)};
}

}  // namespace guzheng
