#include "core/site/site_book.h"

namespace guzheng {

const SqlMigrations& site_migrations() {
  static const SqlMigrations steps{
      "CREATE TABLE look(node TEXT NOT NULL, at_ms INTEGER NOT NULL, answered INTEGER NOT NULL, milli_celsius INTEGER, mains INTEGER, charge INTEGER, "
      "mbit INTEGER, disk_free INTEGER, clock_apart_ms INTEGER, adb INTEGER, troubles TEXT NOT NULL, PRIMARY KEY(node, at_ms)) WITHOUT ROWID",
      "CREATE TABLE thing(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, asset TEXT NOT NULL UNIQUE, name TEXT NOT NULL, serial TEXT NOT NULL, "
      "entered_ms INTEGER NOT NULL, entered_by TEXT NOT NULL); "
      "CREATE TABLE move(thing INTEGER NOT NULL REFERENCES thing(id), number INTEGER NOT NULL, at_ms INTEGER NOT NULL, act TEXT NOT NULL, who TEXT NOT NULL, "
      "place TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY(thing, number)) WITHOUT ROWID"};
  return steps;
}

Result<std::shared_ptr<Database>> open_site_book(const std::filesystem::path& state) {
  GZ_TRY_ASSIGN(auto database, Database::open(state / "site.sqlite", site_migrations()));
  return std::shared_ptr<Database>(std::move(database));
}

}  // namespace guzheng
