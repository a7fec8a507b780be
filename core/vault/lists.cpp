#include "core/vault/lists.h"

#include "core/base/digest.h"
#include "core/base/file.h"
#include "core/seal/manifest.h"

namespace guzheng {

namespace fs = std::filesystem;

void add_list(Wanted& wanted, const fs::path& file, const std::string& prefix) {
  const auto text = read_text(file, 64u << 20);
  if (!text) return;
  for (auto& listed : listed_files(*text)) wanted.emplace(prefix + listed.path, std::move(listed.digest));
}

bool lists_hold(const fs::path& packages, const std::string& id) {
  const auto seal = read_text(packages / id / "seal/seal.txt", 1u << 20);
  if (!seal) return false;
  const auto tags = read_text(packages / id / "tagmanifest-sha256.txt", 64u << 20);
  return tags && seal->find(sha256_hex(as_bytes(*tags)) + "  tagmanifest-sha256.txt\n") != std::string::npos;
}

Wanted wanted_files(const fs::path& packages, const std::string& id) {
  Wanted wanted;
  add_list(wanted, packages / id / "seal/seal.txt", id + "/");
  add_list(wanted, packages / id / "tagmanifest-sha256.txt", id + "/");
  return wanted;
}

}  // namespace guzheng
