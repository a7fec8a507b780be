// STATE/tasks.sqlite. Steps that were shipped are never changed.
#include "core/tasks/task_book.h"

namespace guzheng {

const SqlMigrations& task_migrations() {
  static const SqlMigrations steps{
      // task_wait and result_wait hold what a desk's counts and filters ask beside who and when, so that these read no rows
      // wait_unit, wait_duty: who has it on the desk; NULL: nobody, it is over. sort_day: the due day, else 9999999 of a task, the day it was found of a result.
      "CREATE TABLE task(id INTEGER PRIMARY KEY, number TEXT NOT NULL, name TEXT NOT NULL, source TEXT NOT NULL, category INTEGER, state INTEGER NOT NULL, "
      "org TEXT NOT NULL, unit TEXT NOT NULL, version INTEGER NOT NULL, last_day INTEGER, wanted INTEGER NOT NULL, delivered INTEGER NOT NULL, "
      "last_number INTEGER NOT NULL, head TEXT NOT NULL, wait_unit TEXT, wait_duty INTEGER, due INTEGER, sort_day INTEGER NOT NULL, "
      "results INTEGER NOT NULL DEFAULT 0, open_results INTEGER NOT NULL DEFAULT 0, sheet TEXT NOT NULL); "
      "CREATE INDEX task_wait ON task(wait_unit, wait_duty, sort_day, id, due, category, state) WHERE wait_duty IS NOT NULL; "
      "CREATE INDEX task_day ON task(sort_day, id); "
      "CREATE INDEX task_state ON task(state, sort_day, id); "
      "CREATE INDEX task_category ON task(category, sort_day, id); "
      "CREATE TABLE sheet_version(task INTEGER NOT NULL REFERENCES task(id), version INTEGER NOT NULL, sheet TEXT NOT NULL, PRIMARY KEY(task, version)) WITHOUT ROWID; "
      "CREATE TABLE numbered(year INTEGER NOT NULL, rule TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY(year, rule)) WITHOUT ROWID; "
      "CREATE TABLE result(id INTEGER PRIMARY KEY, task INTEGER NOT NULL REFERENCES task(id), serial INTEGER NOT NULL, link TEXT NOT NULL, snapshot TEXT NOT NULL, "
      "subject TEXT NOT NULL, operator_name TEXT NOT NULL, credit_code TEXT NOT NULL, platform TEXT NOT NULL, violation TEXT NOT NULL, field TEXT NOT NULL, "
      "note TEXT NOT NULL, found_by TEXT NOT NULL, outside_number TEXT NOT NULL, found_day INTEGER NOT NULL, "
      "state INTEGER NOT NULL, org TEXT NOT NULL, unit TEXT NOT NULL, accepted INTEGER NOT NULL, outcome INTEGER NOT NULL, dispatched INTEGER, due INTEGER, extended INTEGER, "
      "measures INTEGER NOT NULL, merged_into INTEGER NOT NULL, closed_day INTEGER, last_number INTEGER NOT NULL, head TEXT NOT NULL, wait_unit TEXT, wait_duty INTEGER, "
      "sort_day INTEGER NOT NULL); "
      "CREATE UNIQUE INDEX result_serial ON result(task, serial); "
      "CREATE INDEX result_task ON result(task, sort_day, id); "
      "CREATE INDEX result_wait ON result(wait_unit, wait_duty, sort_day, id, due, state) WHERE wait_duty IS NOT NULL; "
      "CREATE INDEX result_day ON result(sort_day, id); "
      "CREATE INDEX result_state ON result(state, sort_day, id); "
      "CREATE INDEX result_subject ON result(subject, sort_day, id) WHERE subject<>''; "
      "CREATE INDEX result_running ON result(task, due) WHERE wait_duty IS NOT NULL AND due IS NOT NULL; "
      "CREATE TABLE evidence(result INTEGER NOT NULL REFERENCES result(id), number INTEGER NOT NULL, package TEXT NOT NULL, PRIMARY KEY(result, number)) WITHOUT ROWID; "
      "CREATE TABLE clue(id INTEGER PRIMARY KEY, source INTEGER NOT NULL, told_by TEXT NOT NULL, outside_number TEXT NOT NULL, received INTEGER NOT NULL, "
      "subject TEXT NOT NULL, operator_name TEXT NOT NULL, link TEXT NOT NULL, content TEXT NOT NULL, documents TEXT NOT NULL, state INTEGER NOT NULL, org TEXT NOT NULL, "
      "task INTEGER NOT NULL, last_number INTEGER NOT NULL, head TEXT NOT NULL); "
      "CREATE INDEX clue_state ON clue(state, received, id); "
      "CREATE TABLE act(id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, badge TEXT NOT NULL, body TEXT NOT NULL, digest TEXT NOT NULL UNIQUE, signature BLOB NOT NULL, "
      "log_seq INTEGER NOT NULL, log_digest TEXT NOT NULL); "
      "CREATE TABLE move(kind INTEGER NOT NULL, item INTEGER NOT NULL, number INTEGER NOT NULL, act INTEGER NOT NULL REFERENCES act(id), digest TEXT NOT NULL, body TEXT NOT NULL, "
      "PRIMARY KEY(kind, item, number)) WITHOUT ROWID; "
      "CREATE TABLE notice(id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, unit TEXT NOT NULL, duty INTEGER NOT NULL, kind INTEGER NOT NULL, item INTEGER NOT NULL, "
      "items INTEGER NOT NULL, move INTEGER NOT NULL, told_by TEXT NOT NULL); "
      "CREATE INDEX notice_desk ON notice(unit, duty, id); "
      "CREATE TABLE notice_read(badge TEXT NOT NULL, notice INTEGER NOT NULL, PRIMARY KEY(badge, notice)) WITHOUT ROWID; "
      "CREATE TABLE seen(badge TEXT NOT NULL, kind INTEGER NOT NULL, item INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY(badge, kind, item)) WITHOUT ROWID; "
      "CREATE TABLE document(sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, bytes BLOB NOT NULL); "
      "CREATE TABLE calendar_notice(year INTEGER PRIMARY KEY, text TEXT NOT NULL, at_ms INTEGER NOT NULL, badge TEXT NOT NULL); "
      "CREATE VIRTUAL TABLE task_words USING fts5(body, content='', detail=none, tokenize=\"unicode61 remove_diacritics 0\"); "
      "CREATE VIRTUAL TABLE result_words USING fts5(body, content='', detail=none, tokenize=\"unicode61 remove_diacritics 0\")",
      // Texts of a row within the indexes that lists run along: a search for a common word reads neighbouring index entries, and no rows.
      "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID; "
      "CREATE INDEX task_number ON task(number) WHERE number<>''; "
      "ALTER TABLE task ADD COLUMN words TEXT GENERATED ALWAYS AS (number||' '||name||' '||source) VIRTUAL; "
      "ALTER TABLE result ADD COLUMN words TEXT GENERATED ALWAYS AS (operator_name||' '||violation||' '||platform||' '||field||' '||credit_code||' '||outside_number) VIRTUAL; "
      "CREATE INDEX task_text ON task(sort_day, id, words); "
      "CREATE INDEX task_wait_text ON task(wait_unit, wait_duty, sort_day, id, due, category, state, words) WHERE wait_duty IS NOT NULL; "
      "CREATE INDEX result_text ON result(sort_day, id, words); "
      "CREATE INDEX result_wait_text ON result(wait_unit, wait_duty, sort_day, id, due, state, words) WHERE wait_duty IS NOT NULL; "
      // What the analysis asks of each result, so that it reads no rows either
      "CREATE INDEX result_sums ON result(found_day, task, unit, state, outcome, wait_duty, due, closed_day, violation, platform, field)"};
  return steps;
}

}  // namespace guzheng
