// Room apk. The bureau's baseline of apps: which certificates each package is signed with by its maker. A text file that a person can
// read and another can check: a line a certificate, `PACKAGE SHA256`, `#` begins a remark; a package may stand in several lines, since
// makers change keys. The digests are as `apksigner verify --print-certs` prints them.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace guzheng {

struct AppBaseline {
  std::string name;                          // of the file, for what is said of it; "": there is none
  std::map<std::string, std::set<std::string>> certificates;   // by package, SHA-256 in lower-case hex

  // Are all these signers among those that the baseline has for the package? Empty: it does not have the package.
  [[nodiscard]] std::optional<bool> knows(const std::string& package, const std::vector<std::string>& signers) const;
};

// Pure. Invalid: all lines that are wrong, with their numbers (at most 1 MiB).
Result<AppBaseline> parse_baseline(std::string_view text, const std::string& name);
Result<AppBaseline> read_baseline(const std::filesystem::path& file);

}  // namespace guzheng
