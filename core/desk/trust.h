// Room desk, private. Whom the window's verifications trust: the bureau's roots and its newest revocation list, so that a signature of somebody whose
// certificate was revoked later is told apart (FORMAT.md 9.4), as `--crl` does on the command line.
#pragma once

#include "core/desk/station_desk.h"
#include "core/seal/verify.h"

namespace guzheng {

struct Trust {
  TrustRoots roots;                        // with the list as it was when the station was opened
  std::filesystem::path list;              // of the policy; empty on the practice desk
};
Trust trust_of(const StationDesk& station);                // GUI thread
// On a worker: the list as it lies in the policy's folder now, since a new one is put there while the window is open.
TrustRoots trust_now(const Trust& trust);

}  // namespace guzheng
