// Room seal. Renewal (FORMAT.md 9.3): before a time-stamp authority's certificate expires, one that is still trusted stamps the
// SHA-512 of everything, so that the older stamps go on proving what they proved (A-7.4b).
#pragma once

#include <filesystem>
#include <functional>

#include "core/identity/bureau.h"
#include "core/seal/verify.h"

namespace guzheng {

struct RenewOutcome {
  std::filesystem::path folder;      // ID.renew/NNN, whole or not there
  Verification before;               // what was stamped: anything but damaged
  std::uint64_t files = 0;           // that the index names
  std::size_t stamps = 0;            // authorities that answered: 1 or 2
};

// Verifies the sealed package folder `bag` with these roots and what lies beside it, then lists and stamps it as the next
// ID.renew/NNN. Refuses a damaged package and one whose seal was never stamped (Invalid): a renewal carries proof on, it makes
// none. Reads everything twice; blocks while authorities answer. `progress` as in VerifyOptions.
Result<RenewOutcome> renew_package(const std::filesystem::path& bag, const Bureau& bureau, const VerifyOptions& options);

}  // namespace guzheng
