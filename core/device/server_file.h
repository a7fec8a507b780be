// Room device. The scrcpy server file that is put onto a phone: where it lies on this computer, and which version it is. A file counts by
// its digest, never by its name (A-8.3f).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/device/control.h"

namespace guzheng {

struct ServerFile {
  ScrcpyVersion version;
  std::string sha256;                      // hex
  std::filesystem::path path;              // empty in upstream_servers()
};

// What upstream released (scrcpy 3.3.3 to 4.1): always accepted.
const std::vector<ServerFile>& upstream_servers();

// The first place that has one; of a folder the newest version among its files scrcpy-server*. `accepted`: digests beside upstream's, whose
// version is read from the file's name (scrcpy-server-v4.1). NotFound names every file that was seen and why it does not count. Blocks for the disk.
Result<ServerFile> find_server_file(const std::vector<std::filesystem::path>& places, const std::vector<std::string>& accepted);

}  // namespace guzheng
