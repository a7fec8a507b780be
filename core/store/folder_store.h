// Room store. Objects as plain files of one folder: durable (file and folder are synced, then a link gives the name), never replaced.
//   STORE/guzheng-store.json     the mark: {"format":1,"name":…}; a medium that is not mounted has none, and nothing is written beside it
//   STORE/objects/A/B,data       object A/B, mode 0400; A/B,about beside it: its size, SHA-256 and retention, canonical JSON
//   STORE/damaged/A/B,HEX.data   what object A/B was when a repair found it damaged, with its .about; for whoever examines it, and removed by nobody here
//   STORE/staging/ID,data        an upload, ID,about: which object it will be
// A comma is in no object's name, so that no name of an object can be another's folder or record.
// Retention is kept by this program: whoever is root on the machine can still remove files. Object Lock of an S3 store is kept by the other side.
#pragma once

#include <filesystem>
#include <memory>

#include "core/store/object_store.h"

namespace guzheng {

// Makes the store in a folder that is new or empty, mode 0700.
Status make_folder_store(const std::filesystem::path& folder, const std::string& name);

// `clock` decides whether retention has passed, and must outlive the store. NotFound: no mark there (not mounted?). Exists: another process holds it.
Result<std::unique_ptr<ObjectStore>> open_folder_store(const std::filesystem::path& folder, const Clock& clock);

// For reading beside the process that holds it (a backup): objects never change, so that what is read of one is what it is. Everything that would write is Denied.
Result<std::unique_ptr<ObjectStore>> read_folder_store(const std::filesystem::path& folder);

}  // namespace guzheng
