// Room central. What a server holds, copied to another medium and brought back (A-7.4c). While the server runs or not: its database is copied as it stands at one moment, then every
// object that this copy names; objects never change. A later backup into the same folder copies what is new, and reads what is there through once more.
// A database elsewhere (MariaDB) becomes a SQLite file on the medium, read in one transaction beside the servers. Where both stores are buckets with Object Lock their objects stay there, two copies that nobody removes:
// the backup names them with their digests, and the restore reads both buckets through. Where one is a folder all objects are copied.
//   DIR/guzheng-central-backup.json    the mark: {"format":1,"system":…}
//   DIR/objects/                       a folder store (store/folder_store.h), of all states together
//   DIR/states/TIME/                   central.sqlite, access.log, central.toml as it was, keys/, stations/, manifest.json (last), objects.sha256 (form of sha256sum, from DIR; of
//                                      two buckets: names of objects in them)
// Keys go as they lie, encrypted; passphrase files are not copied, so that the medium alone opens nothing.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/central/config.h"
#include "core/wire/checkpoint.h"

namespace guzheng {

// Bytes of objects that are through, and of how many. False: called off; what is copied stays and is used by the next backup.
using BackupProgress = std::function<bool(std::uint64_t, std::uint64_t)>;

struct CentralBackup {
  std::string state;                               // name of DIR/states/…
  std::uint64_t entries = 0;                       // of the evidence log
  std::int64_t objects = 0, copied = 0, healed = 0;              // that it names; new on the medium; that were damaged there and were copied again
  std::uint64_t bytes = 0;                         // of all objects
  bool in_buckets = false;                         // named and not copied
  std::vector<std::string> missing;                // of which neither store had a right copy: run a scrub
};
// `folder` is new, empty, or one of this system's backups (else Exists). Invalid: the configuration's stores are none that a command can read beside the server. Network, Timeout: of a database or bucket.
// Cancelled: called off. Errors of the disk: no state was added.
Result<CentralBackup> back_up_central(const CentralConfig& config, const std::filesystem::path& folder, const Clock& clock, const BackupProgress& progress = {});

struct CentralRestore {
  std::filesystem::path backup, into;              // `into`: new or empty
  std::string state;                               // empty: the newest
  std::string checkpoint;                          // JSON with "checkpoint" and "checkpoint_p7s" (a receipt, an answer of /v1/log/checkpoint), from outside; "": none
  std::string root_pem;                            // the bureau's root, from outside; "": the backup's own
  std::filesystem::path second_store;              // empty: INTO/store-b
  std::optional<MariaDbConfig> database;           // an empty one, into which the tables go; nothing: SQLite in INTO/state, whatever it was before
  std::vector<std::filesystem::path> s3_secrets;   // of objects in buckets: files with the secret access keys, one for both or one each
};
struct CentralRestored {
  std::string state;
  WallTime made_at;                                // when the backup was made
  std::uint64_t entries = 0;                       // of the evidence log, audited
  std::optional<Checkpoint> outside;               // what the log was held to
  [[nodiscard]] std::uint64_t entries_missing() const { return outside && outside->size > entries ? outside->size - entries : 0; }     // the backup is older than the checkpoint
  std::int64_t objects = 0;
  bool in_buckets = false;                         // they were not brought back but read through where they are
  std::vector<std::string> single;                 // objects that only one of both buckets has as they were: run a scrub
  std::vector<std::string> missing;                // objects that the log names, whose retention runs, and that the backup does not have as they were
  std::vector<std::filesystem::path> passphrases;  // files that must be put there before it can be served
};
// Files held to the manifest, the log audited, its newest checkpoint to the root, the whole to `checkpoint`; then both stores, every object proven by digest.
// Exists: INTO is not empty, or the database elsewhere holds rows. Invalid: a file with a bucket's secret is missing.
// Uploads that were under way are forgotten: stations send them anew. Tampered: the backup is not what was written, its log does not hold, or is not the one of the checkpoint (nothing can be served then).
Result<CentralRestored> restore_central(const CentralRestore& request, const Clock& clock, const BackupProgress& progress = {});

}  // namespace guzheng
