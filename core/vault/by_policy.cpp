#include "core/vault/by_policy.h"

#include <algorithm>

#include "core/vault/retention.h"
#include "core/vault/second_copy.h"

namespace guzheng {

VaultLimits limits_by(const Policy& policy) {
  VaultLimits limits;
  if (policy.min_free_bytes == 0) return limits;
  limits.start_bytes = std::max(policy.min_free_bytes, limits.stop_bytes);       // a capture that would stop at once is not begun
  limits.warn_bytes = std::max(limits.warn_bytes, policy.min_free_bytes / 2);
  return limits;
}

Status apply_policy(Vault& vault, const Policy& policy) {
  vault.set_limits(limits_by(policy));
  vault.set_retention(retention_by(policy));
  if (policy.second_copy.empty()) return ok();
  GZ_TRY_ASSIGN(const auto now, second_copy_of(vault.folder()));
  if (now == policy.second_copy) return ok();
  return set_second_copy(vault.folder(), policy.second_copy);
}

}  // namespace guzheng
