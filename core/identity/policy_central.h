// Room identity. The central system of a station: the policy's section [central], or the practice desk's file of its own. Pure values; reading as strict as the policy's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace guzheng {

// [central]: the central system that this station sends to (A-7.4c), and how. Pure value.
struct PolicyCentral {
  std::string url;                           // https://HOST[:PORT]
  std::filesystem::path certificate;         // PEM that signs receipts and the log: given to the stations by the bureau, never asked from the system itself
  std::uint64_t bytes_per_second = 0;        // of all uploads together; 0: as much as the line takes
  int at_once = 2;                           // packages on their way at one time, 1 to 8
  bool automatic = true;                     // what is sealed and encrypted is sent without anybody asking
};

// The practice desk's central system: a file with `version` and the section [central] alone, as the policy has it. Nothing when there is no such file.
// Errors as read_policy.
Result<std::optional<PolicyCentral>> read_central(const std::filesystem::path& file);

}  // namespace guzheng
