// Program guzheng-evidence. Where the central system is, who speaks to it for this station, and whom of it to believe: sync, capture --witness, verify --server. Nobody logs in: the station speaks.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/guzheng-evidence/desk.h"
#include "core/base/secret.h"
#include "core/sync/head_sender.h"

namespace guzheng::evidence {

struct CentralChoice {
  std::string server;                        // https://HOST:PORT
  std::string desk, policy;                  // of --desk, --policy; neither: the practice desk at its usual place
  std::string central;                       // PEM of the system's signing certificates; "": where the bureau publishes it
};

// Whose key speaks, whose certificates are believed, where queue and operation log lie.
struct StationPlace {
  std::filesystem::path home, key;
  Secret passphrase;
  std::string root_pem, crl_pem, central_pem, station;
};
Result<StationPlace> station_place(const CentralChoice& choice, const Clock& clock);
WitnessPlace witness_place(const CentralChoice& choice, StationPlace place);

// The station's sender of heads; its folder is the sync queue's. `program` must outlive it.
Result<std::shared_ptr<HeadSender>> open_witness(const CentralChoice& choice, const Program& program);
// After the package is sealed: a few seconds for what is still to be told; what came of it is said. Never an error of the capture.
void settle_witness(HeadSender& witness, const std::filesystem::path& package, Program& program);

}  // namespace guzheng::evidence
