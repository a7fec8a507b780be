// Room central, inside. Names and forms that a backup and its restore share.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/central/evidence_log.h"
#include "core/wire/receipt.h"

namespace guzheng::backup_layout {

inline constexpr const char* kMark = "guzheng-central-backup.json";
inline constexpr const char* kObjects = "objects";
inline constexpr const char* kStates = "states";
inline constexpr const char* kManifest = "manifest.json";
inline constexpr const char* kObjectList = "objects.sha256";
inline constexpr const char* kStore = "backup";    // name of the folder store
inline std::string s3_roots(std::size_t store) { return "keys/s3-roots-" + std::to_string(store + 1) + ".crt"; }

struct ListedFile {
  std::string path, sha256;                        // path: within the state
  std::uint64_t size = 0;
};
struct Manifest {
  std::string system;
  bool practice = false;
  WallTime made_at;
  std::uint64_t entries = 0;
  std::string root;                                // of the tree over them, hex; "" for none
  std::vector<std::string> stores;                 // names of both
  bool in_buckets = false;                         // both: objects.sha256 names objects there, and none is on the medium
  std::vector<ListedFile> files;
};
Result<std::string> write_manifest(const Manifest& manifest);
Result<Manifest> parse_manifest(std::string_view text);          // Tampered

Result<ListedFile> list_file(const std::filesystem::path& folder, const std::string& path);

// One object that the log names.
struct NamedObject {
  std::string name;
  LogEntry entry;
  [[nodiscard]] WallTime retain_until(const std::string& store) const;     // of that store, or the latest
};
// Every entry in order; stops at the first error of `use`.
Status each_object(Database& database, const std::function<Status(const NamedObject&)>& use);

}  // namespace guzheng::backup_layout
