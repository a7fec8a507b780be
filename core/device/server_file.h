// Room device. The scrcpy server file that is put onto a phone: where it lies on this computer, and which version it is. A file counts by
// its digest, never by its name (A-8.3f).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/device/link.h"

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

// Which server files a station has for which phones, as data.
struct ServerOffer {
  std::string property;                    // NAME=VALUE of the phones that it is for (getprop); "": all
  std::filesystem::path file;              // this file: whether its digest is accepted is held up when it is pushed (link.h); empty: …
  std::vector<std::filesystem::path> places;               // … what find_server_file finds in these
  std::vector<std::string> accepted;       // SHA-256 (hex) beside upstream's
};
// By the first offer that is for this phone: file, version, accepted digests. NotFound: the file is not there, or no offer is for it. Asks the phone;
// an error of the link is one, and no other offer is tried. Blocks.
Result<ScreenOptions> choose_server(DeviceLink& link, const std::vector<ServerOffer>& offers);

}  // namespace guzheng
