// Room sync. What one station needs to send: the central system's address and certificate out of the policy, the station's own key, where the queue lies. Nobody logs in:
// the station sends.
#pragma once

#include <filesystem>

#include "core/identity/policy.h"
#include "core/identity/policy_central.h"
#include "core/sync/head_sender.h"
#include "core/sync/runner.h"

namespace guzheng {

struct CentralWay {
  PolicyCentral central;
  std::filesystem::path queue;                     // folder of the queue
  std::filesystem::path root, crl;                 // the bureau's
  std::filesystem::path station_key, station_passphrase;         // PKCS#12, and the file with its passphrase
};

// By a policy: its section [central], the queue in its state folder. Without that section `central` has no address.
CentralWay way_of_policy(const Policy& policy);
// By the practice desk in `home`: home/central.toml (identity/policy.h, read_central) and the practice bureau in home/bureau. Without that file no address. Errors: read_central's.
Result<CentralWay> way_of_practice(const std::filesystem::path& home);

// Whom the station tells the heads of its journals. Reads the files now. Errors: theirs.
Result<WitnessPlace> witness_of(const CentralWay& way, const Clock& clock);

// A link by that way; `stopped` as CentralLink::open. Reads the files now. Errors: theirs.
Result<std::unique_ptr<CentralLink>> link_of_way(const CentralWay& way, std::function<bool()> stopped = {});

// All but `packages` and `tell`. Files are read when they are needed, so that a renewed certificate, key or revocation list counts without a restart. The clock must outlive it.
RunnerParts runner_parts(const CentralWay& way, const Clock& clock);

}  // namespace guzheng
