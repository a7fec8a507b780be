// Room vault. Looks over the station: what is wrong, and how bad. Sentences for people are made in app and ui from the ids.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/vault/vault.h"

namespace guzheng {

enum class Health { Good, Attention, Bad };

struct Diagnosis {
  // "vault.permissions", "vault.gone", "vault.catalogue", "vault.unfinished", "vault.plain", "disk.space", "copy.none", "copy.away",
  // "copy.step", "certificate", "authority", "log.chain", "log.stamp", "scrub.age", "retention"
  std::string id;
  Health health = Health::Good;
  std::string subject;               // path, package, certificate's name, authority; may be empty
  std::string detail;                // English: figures and the error behind it
};

struct DoctorRequest {
  std::filesystem::path log;         // operation log
  bool ask_authorities = true;       // one stamp each, over a digest of nothing that matters
  int scrub_days = 90;               // older than that: attention
};

// Every check gives at least one diagnosis, also when all is well. Blocks: authorities have their own time limits. Changes nothing
// but permissions that are too wide.
std::vector<Diagnosis> examine(Vault& vault, const Bureau& bureau, const Clock& clock, const DoctorRequest& request);
Health worst(const std::vector<Diagnosis>& all);

}  // namespace guzheng
