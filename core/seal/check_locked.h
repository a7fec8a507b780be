// Room seal, private. What can be said of a package whose content is encrypted and whose key is not here.
#pragma once

#include "core/seal/check_trust.h"

namespace guzheng {

// Lists, signatures and the seal's stamp, and that every file of the manifests is there; the parts themselves were held against
// their list while they were read. `key_holders`: whom the content is encrypted for.
Verification check_locked(const Bag& bag, const std::vector<std::string>& key_holders, const RootsGiven& roots, VerifyReport& report);

}  // namespace guzheng
