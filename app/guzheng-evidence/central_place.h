// Program guzheng-evidence. Where the central system is, who speaks to it for this station, and whom of it to believe: sync, capture --witness, verify --server. Nobody logs in: the station speaks.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/guzheng-evidence/program.h"
#include "core/sync/way.h"

namespace guzheng::evidence {

struct CentralChoice {
  std::string server;                        // https://HOST:PORT; "": what policy or practice desk name
  std::string desk, policy;                  // of --desk, --policy; neither: the practice desk at its usual place
  std::string central;                       // PEM of the system's signing certificates; "": as the policy says, or where the bureau publishes it
};

// What the command line names goes before the policy.
struct StationPlace {
  std::filesystem::path home;                // where the operation log lies
  CentralWay way;
};
// As it is named, if it is: `way.central.url` may be empty. Errors: of the policy, of the practice desk's central.toml.
Result<StationPlace> station_way(const CentralChoice& choice, const Clock& clock);
// Invalid: no central system is named. The certificate's file is there.
Result<StationPlace> station_place(const CentralChoice& choice, const Clock& clock);

// The station's sender of heads; its folder is the sync queue's. `clock` must outlive it.
Result<std::shared_ptr<HeadSender>> open_witness(const StationPlace& place, const Clock& clock);
// After the package is sealed: a few seconds for what is still to be told; what came of it is said. Never an error of the capture.
void settle_witness(HeadSender& witness, const std::filesystem::path& package, Program& program);

}  // namespace guzheng::evidence
