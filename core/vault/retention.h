// Room vault. Until when a sealed package must be kept (A-8.1, A-8.3e, A-7.4c, B-5.4.4b). Told, never acted upon: nothing in this program
// deletes evidence, before that day or after it. Pure but for retention_of().
#pragma once

#include <string>

#include "core/identity/policy.h"
#include "core/vault/vault.h"

namespace guzheng {

// What the standard asks for at least, where the policy does not ask for more.
inline constexpr int kCaseMonths = 36, kAutomaticDays = 30;

enum class KeptAs {
  Automatic,             // an automatic capture that no case has taken up and no review has confirmed
  CaseEvidence,          // everything else
  Unknown,               // encrypted, and no key here: kept as case evidence, the longer of the two
};

struct Retention {
  KeptAs as = KeptAs::CaseEvidence;
  std::string until;     // "2029-11-21", the last day on which it must be there
  int days_left = 0;     // until that day; negative: days since it passed
  [[nodiscard]] bool passed() const { return days_left < 0; }
};

RetentionRule retention_by(const Policy& policy);
// `day`: the package's, "20261121"; `today` likewise. Months end on the same day of the month, or on the month's last day.
Retention retention_from(KeptAs as, const std::string& day, const RetentionRule& rule, const std::string& today);
// Reads whether the newest review beside it confirmed it, as it stands there.
Retention retention_of(const PackageEntry& entry, const RetentionRule& rule, const Clock& clock);

}  // namespace guzheng
