// Room central. The central server's configuration: one TOML file, read as strictly as a station's policy (identity/policy.h): every problem is told at
// once with its line. resources/central/central.example.toml is the annotated form.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/central/ingest.h"
#include "core/central/triggers.h"
#include "core/central/uploads.h"
#include "core/httpd/server.h"
#include "core/identity/policy.h"

namespace guzheng {

// A certificate with its key (PKCS#12) and the file that holds the key's passphrase.
struct KeyFiles {
  std::filesystem::path certificate, key, passphrase;
};

// When a running server looks through its stores by itself (central/scrub.h), and how much of their time it takes.
struct ScrubSettings {
  int every_hours = 168;                           // from begin to begin; 0: never by itself
  int mib_per_second = 32;                         // read of both stores together; 0: as fast as they are
};

// A database elsewhere that several servers may share (sql/mariadb.h). Either host with roots, or socket.
struct MariaDbConfig {
  std::string host;
  std::uint16_t port = 3306;
  std::filesystem::path roots, socket;
  std::string name, user;
  std::filesystem::path password_file;
};

// A store that is a bucket with Object Lock (store/s3_store.h).
struct S3StoreConfig {
  std::string name, endpoint, region, bucket, access_key;
  std::filesystem::path secret_file;
  std::filesystem::path roots;                     // empty: the system's own
  std::filesystem::path spool;                     // of this server alone
  std::string encryption, encryption_key;
};

// The index of subjects (core/search/text_search.h): FTS5 in the state folder, or a Groonga.
struct GroongaConfig {
  std::string url;                                 // http on this machine, or https
  std::filesystem::path roots;                     // of its certificate; empty: the system's own
};
struct SearchSettings {
  std::optional<GroongaConfig> groonga;
};

// Pure value. Paths are absolute, or as the file wrote them when its own folder was not known.
struct CentralConfig {
  std::filesystem::path file;
  std::string name;                                // of the system, in receipts and in the log
  bool practice = false;
  std::filesystem::path state;                     // database, access log, waiting pieces
  std::string address;
  std::uint16_t port = 0;
  KeyFiles server, signing, ingest;                // TLS; receipts and log; opens what was uploaded
  std::filesystem::path root, crl;                 // the bureau's
  std::vector<std::filesystem::path> tsa_roots;
  std::filesystem::path stations;                  // folder of ID.crt
  std::vector<std::string> metrics_from;           // addresses that may read /metrics without a certificate
  std::vector<std::filesystem::path> stores;       // two folders; empty where the store is a bucket
  std::array<std::optional<S3StoreConfig>, 2> s3;
  std::optional<MariaDbConfig> mariadb;            // nothing: SQLite in `state`
  HttpLimits http;
  int requests_a_second = 100;                     // of one station; ten times as many at once
  UploadLimits uploads;
  KeepTimes keep;
  ScrubSettings scrub;
  SearchSettings search;
  TriggerSettings triggers;
};

struct CentralConfigReading {
  std::optional<CentralConfig> config;             // only without problems
  std::vector<PolicyProblem> problems;             // in the order of their lines
  std::map<std::string, int> lines;
};

// Pure. `folder`: what relative paths are relative to.
CentralConfigReading parse_central_config(std::string_view text, const std::filesystem::path& folder = {});
// The file that says all of it, which parse_central_config reads as the same value; paths as they are.
std::string write_central_config(const CentralConfig& config);
// Reads it, and sees that the files and folders it names are there. Invalid: what is all of problems_text (identity/policy.h).
Result<CentralConfig> read_central_config(const std::filesystem::path& file);

}  // namespace guzheng
