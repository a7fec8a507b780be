// Room seal, private. What can be said of a package whose content is encrypted and whose key is not here.
#pragma once

#include "core/seal/check_renew.h"

namespace guzheng {

// Lists, signatures and the seal's stamp, that every file of the manifests is there, and all of what lies beside the bag that can be told
// without the payload's bytes: of those the manifests give the digests. The parts themselves were held against their list while they were
// read. `around`: as check_group has it. `digests`: SHA-512 for the renewals, "" of what is locked. `key_holders`: whom the content is encrypted for.
Verification check_locked(const Bag& bag, const PathDigests& digests, const std::vector<std::string>& key_holders, RootsGiven& roots, const std::filesystem::path& around,
                          VerifyReport& report);

}  // namespace guzheng
