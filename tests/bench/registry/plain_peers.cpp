#include "tests/bench/registry/plain_peers.h"

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <map>

#include "core/base/clock.h"

namespace guzheng::bench {

namespace {

void run(sqlite3* db, const char* sql) {
  char* error = nullptr;
  if (sqlite3_exec(db, sql, nullptr, nullptr, &error) == SQLITE_OK) return;
  std::fprintf(stderr, "peer: %s: %s\n", sql, error);
  std::exit(1);
}

sqlite3_stmt* prepared(sqlite3* db, const char* sql) {
  sqlite3_stmt* out = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &out, nullptr) == SQLITE_OK) return out;
  std::fprintf(stderr, "peer: %s: %s\n", sql, sqlite3_errmsg(db));
  std::exit(1);
}

void bind(sqlite3_stmt* s, int at, const std::string& text) { sqlite3_bind_text(s, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT); }

sqlite3_stmt* g_insert = nullptr;

}  // namespace

PlainPeers::PlainPeers(const std::filesystem::path& file) {
  if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) std::exit(1);
  run(db_, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768");
  run(db_, "CREATE TABLE plain(id INTEGER PRIMARY KEY, region TEXT, name TEXT, short_name TEXT, credit TEXT, address TEXT)");
  run(db_, "CREATE VIRTUAL TABLE tri USING fts5(name, short_name, credit, address, content='plain', content_rowid='id', tokenize='trigram')");
  g_insert = prepared(db_, "INSERT INTO plain VALUES(?,?,?,?,?,?)");
}
PlainPeers::~PlainPeers() {
  sqlite3_finalize(g_insert);
  sqlite3_close(db_);
}
void PlainPeers::begin() { run(db_, "BEGIN"); }
void PlainPeers::commit() { run(db_, "COMMIT"); }

void PlainPeers::add(std::int64_t id, const std::string& region, const std::string& name, const std::string& short_name, const std::string& credit, const std::string& address) {
  sqlite3_bind_int64(g_insert, 1, id);
  bind(g_insert, 2, region);
  bind(g_insert, 3, name);
  bind(g_insert, 4, short_name);
  bind(g_insert, 5, credit);
  bind(g_insert, 6, address);
  sqlite3_step(g_insert);
  sqlite3_reset(g_insert);
}

double PlainPeers::build_trigram() {
  const SystemClock clock;
  const auto begun = clock.monotonic();
  run(db_, "INSERT INTO tri(tri) VALUES('rebuild')");
  return static_cast<double>(clock.monotonic().us - begun.us) / 1e6;
}

int PlainPeers::ask(const char* sql, const std::string& first, const std::string& second) {
  sqlite3_stmt* s = prepared(db_, sql);
  bind(s, 1, first);
  bind(s, 2, second);
  int count = 0;
  while (count < 1001 && sqlite3_step(s) == SQLITE_ROW) ++count;
  sqlite3_finalize(s);
  return count;
}

int PlainPeers::by_like(const std::string& text, const std::string& region) {
  return ask("SELECT id FROM plain WHERE (name LIKE ?1 OR short_name LIKE ?1 OR credit LIKE ?1 OR address LIKE ?1) AND region LIKE ?2 ORDER BY id LIMIT 1001", "%" + text + "%", region + "%");
}

int PlainPeers::by_trigram(const std::string& text, const std::string& region) {
  return ask("SELECT plain.id FROM tri JOIN plain ON plain.id=tri.rowid WHERE tri MATCH ?1 AND region LIKE ?2 ORDER BY tri.rowid LIMIT 1001", "\"" + text + "\"", region + "%");
}

}  // namespace guzheng::bench
