// Room vault. What the policy file fixes for a vault: from how little free space on no capture starts, how long packages
// are kept, and where the second copy lies.
#pragma once

#include "core/identity/policy.h"
#include "core/vault/vault.h"

namespace guzheng {

// Pure. A running session says that space gets short from half of what a start needs on, and never later than by default.
VaultLimits limits_by(const Policy& policy);
// Sets limits and retention, and the second copy where the policy names one (set_second_copy); a policy without one leaves what was set by hand.
// Errors are of the second copy's folder: the vault is usable without it.
Status apply_policy(Vault& vault, const Policy& policy);

}  // namespace guzheng
