// Room central. Makes the folder of a new central server: keys and certificates out of a bureau's folder, two stores, configuration.
//   DIR/central.toml    the configuration (central/config.h)
//   DIR/keys/           org.crt, org.crl, tsa-N.crt, central.*, server.*, ingest.*; DIR/stations/ID.crt
//   DIR/state/          database, access log; DIR/store-a, DIR/store-b. Of a database or stores elsewhere their password files are in DIR/keys instead
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/secret.h"
#include "core/central/config.h"

namespace guzheng {

struct CentralSetup {
  std::filesystem::path folder;                    // new or empty
  std::filesystem::path bureau;                    // of the certificate tool (identity/ca.h), or with `practice` a practice bureau (identity/practice.h)
  bool practice = false;
  std::string name;                                // of the system; empty: by the bureau's name
  std::string host;                                // whose server certificate is taken; practice: always localhost
  std::string address = "0.0.0.0";
  int port = 8443;
  std::filesystem::path second_store;              // empty: DIR/store-b. It should be on another disk
  std::vector<std::filesystem::path> tsa_roots;    // beside those that the bureau's folder has
  Secret ingest_passphrase;                        // not for practice
  std::string database;                            // "mariadb://USER@HOST[:PORT]/NAME"; empty: SQLite in DIR/state
  std::filesystem::path database_password_file, database_roots;
  std::vector<std::string> s3;                     // none, or two "https://ACCESS-KEY@HOST[:PORT]/BUCKET": in place of folders; buckets that are not there are made
  std::vector<std::filesystem::path> s3_secret_files;                      // one for both, or one each
  std::filesystem::path s3_roots;                  // empty: the system's own
};

// "SCHEME://USER@HOST[:PORT]/NAME", as the command line has it of a database (mariadb) and a bucket (https). Invalid. Pure.
struct EnginePlace {
  std::string user, host, name;                    // host: with its port, where it has one
};
Result<EnginePlace> parse_engine_place(const std::string& text, const std::string& scheme);     // scheme: "mariadb://"
// Of a database with the files that the command line names beside it.
Result<MariaDbConfig> database_place(const std::string& text, const std::filesystem::path& password_file, const std::filesystem::path& roots);

// Invalid: an address of database or store that is none. Exists: the folder is not empty. NotFound: what the bureau's folder lacks, and the command that makes it. Denied: the ingest key's passphrase is another.
Status set_up_central(const CentralSetup& setup, const Clock& clock);

}  // namespace guzheng
