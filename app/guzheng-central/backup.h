// Program guzheng-central. backup, restore.
#pragma once

#include <filesystem>
#include <string>

#include "app/guzheng-central/program.h"

namespace guzheng::central {

struct BackupCommand {
  std::filesystem::path config, folder;
};
// kIncomplete: an object has no right copy in either store.
Status backup(const BackupCommand& command, Program& program);

struct RestoreCommand {
  std::filesystem::path backup, into, checkpoint, root, second_store;
  std::string state;
  std::string database;                            // mariadb://USER@HOST[:PORT]/NAME; empty: SQLite
  std::filesystem::path database_password_file, database_roots;
  std::vector<std::filesystem::path> s3_secret_files;
};
// kIncomplete: the backup is older than the checkpoint. kDamaged: it is not what was written, or lacks objects; when the log does not hold nothing can be served.
Status restore(const RestoreCommand& command, Program& program);

}  // namespace guzheng::central
