#include "core/registry/schema.h"

namespace guzheng {

// Rows are only ever appended by an import: no second B-tree over them is touched at random, which would cost more than all the rest at ten million.
// Exact values (codes, names, links) are found through marks in the index instead, which merges what is new in sorted runs.
const SqlMigrations& registry_migrations() {
  static const SqlMigrations steps{
      "CREATE TABLE subject(id INTEGER PRIMARY KEY, gone INTEGER NOT NULL, batch INTEGER NOT NULL, kind INTEGER NOT NULL, state INTEGER NOT NULL, "
      "sensitivity INTEGER NOT NULL, unit INTEGER NOT NULL, region TEXT NOT NULL, industry TEXT NOT NULL, credit TEXT NOT NULL, number TEXT NOT NULL, "
      "name TEXT NOT NULL, short_name TEXT NOT NULL, category TEXT NOT NULL, data_region TEXT NOT NULL, address TEXT NOT NULL, licences TEXT NOT NULL);"
      "CREATE TABLE entry(subject INTEGER NOT NULL, no INTEGER NOT NULL, kind INTEGER NOT NULL, checked_ms INTEGER NOT NULL, reach INTEGER NOT NULL, "
      "abnormal INTEGER NOT NULL, unit INTEGER NOT NULL, name TEXT NOT NULL, platform TEXT NOT NULL, link TEXT NOT NULL, category TEXT NOT NULL, "
      "why TEXT NOT NULL, PRIMARY KEY(subject, no)) WITHOUT ROWID;"
      "CREATE INDEX entry_due ON entry(abnormal, checked_ms, subject, no);"
      "CREATE TABLE record(id INTEGER PRIMARY KEY, subject INTEGER NOT NULL, kind INTEGER NOT NULL, at_ms INTEGER NOT NULL, batch INTEGER NOT NULL, "
      "title TEXT NOT NULL, text TEXT NOT NULL, source TEXT NOT NULL, reference TEXT NOT NULL);"
      "CREATE INDEX record_subject ON record(subject, at_ms);"
      "CREATE TABLE change(id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, subject INTEGER NOT NULL, batch INTEGER NOT NULL, who TEXT NOT NULL, "
      "why TEXT NOT NULL, what TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, chain BLOB NOT NULL);"
      "CREATE INDEX change_subject ON change(subject, id); CREATE INDEX change_batch ON change(batch, id) WHERE batch>0;"
      "CREATE TRIGGER change_stays BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'changes are only appended'); END;"
      "CREATE TRIGGER change_kept BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'changes are only appended'); END;"
      "CREATE TABLE batch(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, state INTEGER NOT NULL, begun_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL, "
      "first INTEGER NOT NULL, last INTEGER NOT NULL, added INTEGER NOT NULL, changed INTEGER NOT NULL, who TEXT NOT NULL, source TEXT NOT NULL, "
      "mark TEXT NOT NULL, summary TEXT NOT NULL);"
      "CREATE TABLE tag(id INTEGER PRIMARY KEY, grp TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, UNIQUE(grp, name));"
      "CREATE TABLE tagged(tag INTEGER NOT NULL, subject INTEGER NOT NULL, PRIMARY KEY(tag, subject)) WITHOUT ROWID;"
      "CREATE INDEX tagged_subject ON tagged(subject, tag);"
      "CREATE TABLE tag_step(batch INTEGER NOT NULL, subject INTEGER NOT NULL, tag INTEGER NOT NULL, turned INTEGER NOT NULL, PRIMARY KEY(batch, subject, tag)) WITHOUT ROWID;"
      "CREATE TABLE unit(id INTEGER PRIMARY KEY, name TEXT NOT NULL, code TEXT NOT NULL);"
      "CREATE TABLE unit_rule(id INTEGER PRIMARY KEY, region TEXT NOT NULL, industry TEXT NOT NULL, platform TEXT NOT NULL, unit INTEGER NOT NULL);"
      "CREATE TABLE notice(id INTEGER PRIMARY KEY, unit INTEGER NOT NULL, subject INTEGER NOT NULL, at_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL, text TEXT NOT NULL);"
      "CREATE INDEX notice_unit ON notice(unit, id);"
      "CREATE TABLE decision(incoming TEXT NOT NULL, subject INTEGER NOT NULL, same INTEGER NOT NULL, at_ms INTEGER NOT NULL, who TEXT NOT NULL, PRIMARY KEY(incoming, subject)) WITHOUT ROWID;"
      "CREATE TABLE saved_filter(name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE category(name TEXT PRIMARY KEY) WITHOUT ROWID;"
      "CREATE TABLE secret(subject INTEGER NOT NULL, no INTEGER NOT NULL, kind INTEGER NOT NULL, digest BLOB NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY(subject, no)) WITHOUT ROWID;"
      "CREATE INDEX secret_digest ON secret(digest, subject);"
      "CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
      "CREATE TABLE pending(seq INTEGER PRIMARY KEY AUTOINCREMENT, subject INTEGER NOT NULL UNIQUE, old TEXT NOT NULL);",
      // who read a notice; which batch raised it or brought a sensitive value, so that it goes when the batch is taken back
      "ALTER TABLE notice ADD COLUMN seen_by TEXT NOT NULL DEFAULT ''; ALTER TABLE notice ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;"
      "CREATE INDEX notice_unseen ON notice(unit, id) WHERE seen_ms=0; CREATE INDEX notice_batch ON notice(batch) WHERE batch>0;"
      "ALTER TABLE secret ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;",
      "CREATE TABLE tag_pending(seq INTEGER PRIMARY KEY AUTOINCREMENT, tag INTEGER NOT NULL, subject INTEGER NOT NULL, was INTEGER NOT NULL, UNIQUE(tag, subject));",
      // ids under which stations keep subjects in common (exchange.h)
      "CREATE TABLE common(id TEXT PRIMARY KEY, subject INTEGER NOT NULL UNIQUE) WITHOUT ROWID;"};
  return steps;
}

// No positions of columns and no sizes of documents are kept, since nothing is ranked.
const SqlMigrations& registry_index_migrations() {
  static const SqlMigrations steps{
      "CREATE VIRTUAL TABLE find USING fts5(doc, content='', columnsize=0, tokenize='gz_bigrams');"
      "INSERT INTO find(find, rank) VALUES('hashsize', 8388608); INSERT INTO find(find, rank) VALUES('automerge', 8);"
      "INSERT INTO find(find, rank) VALUES('crisismerge', 24);"
      "CREATE TABLE state(id INTEGER PRIMARY KEY CHECK(id=1), generation INTEGER NOT NULL, indexed_to INTEGER NOT NULL, seq INTEGER NOT NULL);"
      "INSERT INTO state VALUES(1, 0, 0, 0);",
      // other tokens (sql/bigrams.h), and tags: all of it is made anew by following
      "DROP TABLE find;"
      "CREATE VIRTUAL TABLE find USING fts5(doc, content='', columnsize=0, tokenize='gz_bigrams');"
      "INSERT INTO find(find, rank) VALUES('hashsize', 8388608); INSERT INTO find(find, rank) VALUES('automerge', 8);"
      "INSERT INTO find(find, rank) VALUES('crisismerge', 24);"
      "ALTER TABLE state ADD COLUMN tag_seq INTEGER NOT NULL DEFAULT 0; UPDATE state SET indexed_to=0;",
      // segments written beside the table are merged by eight, too (store_follow.cpp)
      "INSERT INTO find(find) VALUES('delete-all'); INSERT INTO find(find, rank) VALUES('usermerge', 8); UPDATE state SET indexed_to=0;"
      GZ_LEAVE_ROOM ";",
      // fours of letters and digits (sql/bigrams.h)
      "INSERT INTO find(find) VALUES('delete-all'); UPDATE state SET indexed_to=0;" GZ_LEAVE_ROOM ";"};
  return steps;
}

}  // namespace guzheng
