// Room central. Packages that come on a medium instead of over the line: the same verification, the same two stores, log and receipts as for an upload. No server runs meanwhile.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/central/config.h"

namespace guzheng {

struct TakenIn {
  std::filesystem::path from;
  std::string package;                             // "": it is none
  std::uint64_t index = 0;                         // in the evidence log, when it was taken
  std::string receipt;                             // one line of canonical JSON; "": not taken
  std::string why;                                 // then
  bool refused = false;                            // for good; else it can be tried again
};

// `folder`: ZIPs as workstations upload them (*.zip), packages in vault form (folders with a package's id, and what lies beside them), or both; looked through one level deep. Nothing in it is changed.
// `told`: after each. Errors: as CentralService::start; Cancelled: `go_on` said no. What was taken stays taken, and taking it again gives the same receipt.
Result<std::vector<TakenIn>> take_in(const CentralConfig& config, const std::filesystem::path& folder, const Clock& clock, const std::function<bool()>& go_on, const std::function<void(const TakenIn&)>& told);

}  // namespace guzheng
