// Test support. Bureaus that are no practice bureau, with certificates as bad or as old as a test needs them: expired, revoked,
// not yet valid, with a stale revocation list, with more than one time-stamp authority. Keys on disk as the practice bureau has them,
// but with one iteration, so that making one costs some hundredths of a second.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "core/base/clock.h"
#include "core/identity/bureau.h"

namespace guzheng::test {

struct Validity {
  WallTime from, until;
};

// Names: station, its other certificates station-earlier and station-renewed (of the same name, issued a day before and half a day after it),
// station-other (of another name), station-renewed-elsewhere (as the renewed one, under a root that nobody was given), station-spelled (as the
// renewed one, its name the same text in another encoding), station-encryption (as the renewed one, not for signing), officer1, officer2, tsa, tsa2, tsa3 and the roots org, tsa-root, tsa2-root, tsa3-root; "crl" and "newer-crl" for the lists.
struct BureauPlan {
  WallTime now;                                        // valid from a day before to ten years after, unless named here:
  std::map<std::string, Validity> validity;
  std::map<std::string, WallTime> revoked;             // in the list that packages hold
  std::map<std::string, WallTime> revoked_newer;       // in newer.crl, which a verifier may be given
};

// Writes the bureau into `folder` (new or empty); tsa-roots.pem holds all authorities' roots. The roots' keys are not kept.
Status make_sample_bureau(const std::filesystem::path& folder, const BureauPlan& plan);

// Opens it; `authority` stamps. Also opens a real practice bureau (authority "tsa"). `clock` must outlive what is returned.
Result<Bureau> open_sample_bureau(const std::filesystem::path& folder, const Clock& clock, const std::string& authority = "tsa");

// Whoever of that bureau, by the names above.
Result<std::shared_ptr<Signer>> sample_signer(const std::filesystem::path& folder, const std::string& name, const Clock& clock);

}  // namespace guzheng::test
