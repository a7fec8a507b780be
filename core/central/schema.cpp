#include "core/central/schema.h"

namespace guzheng {

namespace {

constexpr std::string_view kFirstStep = R"(
CREATE TABLE log_entry(number INTEGER PRIMARY KEY, entry TEXT NOT NULL);
CREATE TABLE log_node(level INTEGER NOT NULL, place INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(level, place)) WITHOUT ROWID;
CREATE TABLE log_checkpoint(size INTEGER PRIMARY KEY, text TEXT NOT NULL, signature BLOB NOT NULL);

CREATE TABLE received(zip_sha256 TEXT PRIMARY KEY, package TEXT NOT NULL, fingerprint TEXT NOT NULL, station TEXT NOT NULL, object TEXT NOT NULL,
                      log_number INTEGER NOT NULL UNIQUE, receipt TEXT NOT NULL);
CREATE INDEX received_package ON received(package);
CREATE TABLE refused(number INTEGER PRIMARY KEY, at TEXT NOT NULL, station TEXT NOT NULL, package TEXT NOT NULL, zip_sha256 TEXT NOT NULL, kind TEXT NOT NULL,
                     why TEXT NOT NULL);

CREATE TABLE upload(id TEXT PRIMARY KEY, station TEXT NOT NULL, staged TEXT NOT NULL, length INTEGER NOT NULL, metadata TEXT NOT NULL, expires_ms INTEGER NOT NULL,
                    state TEXT NOT NULL, zip_sha256 TEXT NOT NULL, kind TEXT NOT NULL, why TEXT NOT NULL);
CREATE INDEX upload_station ON upload(station, state);
)";

// What the client said of it before: the package's id, and the digest that the ZIP will have.
constexpr std::string_view kAnnounced = R"(
ALTER TABLE upload ADD COLUMN package TEXT NOT NULL DEFAULT '';
ALTER TABLE upload ADD COLUMN expected TEXT NOT NULL DEFAULT '';
CREATE INDEX upload_expected ON upload(station, expected);
)";

// Times are milliseconds since 1970; ended_ms 0: not at its end, and `next_entry` of the evidence log is where it goes on.
constexpr std::string_view kScrubs = R"(
CREATE TABLE scrub(number INTEGER PRIMARY KEY, began_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL, next_entry INTEGER NOT NULL, objects INTEGER NOT NULL, bytes INTEGER NOT NULL,
                   repaired INTEGER NOT NULL, unrepaired INTEGER NOT NULL, lost INTEGER NOT NULL, expired INTEGER NOT NULL, unnamed INTEGER NOT NULL, receipts INTEGER NOT NULL,
                   log_problem TEXT NOT NULL);
)";

constexpr std::string_view kHeads = R"(
CREATE TABLE journal_head(package TEXT NOT NULL, seq INTEGER NOT NULL, head TEXT NOT NULL, station TEXT NOT NULL, statement TEXT NOT NULL, signature BLOB NOT NULL, PRIMARY KEY(package, seq));
)";

// People with their roles, which unit a station works for, and what was asked to be handed out.
constexpr std::string_view kPeople = R"(
CREATE TABLE person(badge TEXT PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL, role TEXT NOT NULL);
CREATE TABLE station_unit(station TEXT PRIMARY KEY, unit TEXT NOT NULL);
CREATE TABLE export_request(number INTEGER PRIMARY KEY, zip_sha256 TEXT NOT NULL, package TEXT NOT NULL, unit TEXT NOT NULL, asked_by TEXT NOT NULL, asked_at TEXT NOT NULL, reason TEXT NOT NULL,
                            state TEXT NOT NULL, decided_by TEXT NOT NULL, decided_at TEXT NOT NULL, why TEXT NOT NULL, until_ms INTEGER NOT NULL);
)";

constexpr std::string_view kLeases = "CREATE TABLE lease(name TEXT PRIMARY KEY, holder TEXT NOT NULL, until_ms INTEGER NOT NULL);";

// What stations keep in common (subjects, tags, tasks, results, notices): the newest of each. `seq` rises with every change of any record, so that a station asks for what is new
// since; `gone` 1: taken away, its body is what was last there. `at` is milliseconds since 1970.
constexpr std::string_view kRecords = R"(
CREATE TABLE record(kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL, unit TEXT NOT NULL, station TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL,
                    gone INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(kind, id));
CREATE UNIQUE INDEX record_seq ON record(seq);
)";

// Until when a package is planned to be kept beyond its stores' locks, and what was asked and decided of that. Times are milliseconds since 1970.
constexpr std::string_view kRetention = R"(
CREATE TABLE retention_plan(zip_sha256 TEXT PRIMARY KEY, kind TEXT NOT NULL, until_ms INTEGER NOT NULL, request INTEGER NOT NULL);
CREATE TABLE retention_request(number INTEGER PRIMARY KEY, zip_sha256 TEXT NOT NULL, package TEXT NOT NULL, unit TEXT NOT NULL, kind_before TEXT NOT NULL, until_before_ms INTEGER NOT NULL,
                               kind TEXT NOT NULL, until_ms INTEGER NOT NULL, asked_by TEXT NOT NULL, asked_at TEXT NOT NULL, reason TEXT NOT NULL, state TEXT NOT NULL, decided_by TEXT NOT NULL,
                               decided_at TEXT NOT NULL, why TEXT NOT NULL);
)";

// Every version of every record, the newest too: what was overwritten is here. `told_as`: the id its station drew for the change; `made_ms`: when, by the station's clock.
constexpr std::string_view kRecordVersions = R"(
CREATE TABLE record_version(kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, seq INTEGER NOT NULL, unit TEXT NOT NULL, station TEXT NOT NULL, person TEXT NOT NULL,
                            at INTEGER NOT NULL, made_ms INTEGER NOT NULL, gone INTEGER NOT NULL, body TEXT NOT NULL, told_as TEXT NOT NULL UNIQUE, PRIMARY KEY(kind, id, version));
CREATE INDEX record_unit ON record(unit, seq);
)";

// Triggered captures (central/triggers.h) and automatic captures that wait for their review (central/reviews.h), with what happened to each: `subject` is "order/7" or
// "package/ID". Times are milliseconds since 1970; 0: not yet.
constexpr std::string_view kTriggers = R"(
CREATE TABLE capture_order(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, unit TEXT NOT NULL, station TEXT NOT NULL, phone_kind TEXT NOT NULL, phone_node TEXT NOT NULL,
                           phone_serial TEXT NOT NULL, body TEXT NOT NULL, signature BLOB NOT NULL, script TEXT NOT NULL, signed_by TEXT NOT NULL, asked_by TEXT NOT NULL,
                           asked_ms INTEGER NOT NULL, deadline_ms INTEGER NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, after_ms INTEGER NOT NULL, holder TEXT NOT NULL,
                           lease TEXT NOT NULL, lease_ms INTEGER NOT NULL, package TEXT NOT NULL, why TEXT NOT NULL);
CREATE INDEX capture_order_state ON capture_order(state, unit);
CREATE INDEX capture_order_package ON capture_order(package);
CREATE TABLE automatic_capture(package TEXT PRIMARY KEY, station TEXT NOT NULL, fingerprint TEXT NOT NULL, received_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL, state TEXT NOT NULL,
                               review INTEGER NOT NULL, reviewed_by TEXT NOT NULL, reviewed_at TEXT NOT NULL, why TEXT NOT NULL, case_no TEXT NOT NULL, case_by TEXT NOT NULL,
                               case_ms INTEGER NOT NULL, kept_until_ms INTEGER NOT NULL);
CREATE INDEX automatic_capture_state ON automatic_capture(state, until_ms);
CREATE TABLE capture_event(subject TEXT NOT NULL, seq INTEGER NOT NULL, at_ms INTEGER NOT NULL, what TEXT NOT NULL, who TEXT NOT NULL, package TEXT NOT NULL, why TEXT NOT NULL,
                           PRIMARY KEY(subject, seq));
)";

}  // namespace

const SqlMigrations& central_schema() {
  static const SqlMigrations steps{kFirstStep, kAnnounced, kScrubs, kHeads, kPeople, kLeases, kRecords, kRetention, kRecordVersions, kTriggers};
  return steps;
}

}  // namespace guzheng
