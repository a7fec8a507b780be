// Room vault. The second copy: every encrypted package once more on another disk or mount. Nothing that lies there is in clear but
// what the vault form leaves in clear.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace guzheng {

// VAULT/second-copy names the folder; the folder bears a mark of this vault, so that a mount point that is empty because the
// medium is away is not taken for it.
Status set_second_copy(const std::filesystem::path& vault, const std::filesystem::path& copy);
// "" when the vault has none.
Result<std::filesystem::path> second_copy_of(const std::filesystem::path& vault);
// NotFound: the medium is away. Invalid: the folder bears another vault's mark.
Status check_second_copy(const std::filesystem::path& vault, const std::filesystem::path& copy);

// Packages of either whose copy lacks files, has others' sizes, or is not there, or that are gone here. Cheap: names and sizes only.
Result<std::vector<std::string>> not_in_step(const std::filesystem::path& vault, const std::filesystem::path& copy);
// Brings the copy of one package into step: each file written whole, synced, read back. Neither side is believed more than the other:
// a file is copied when it has the digest that the signed lists give it (what no list names, only to where nothing stands); a right
// file is never replaced, and nothing is removed there but plain bytes whose listed parts stand. What does not hold is told when the
// rest is done: Tampered, with every file's name; scrub repairs it. Files of the right length are left to the scrub.
Status copy_package(const std::filesystem::path& vault, const std::filesystem::path& copy, const std::string& id,
                    const std::function<bool(std::uint64_t bytes)>& progress = {});

// After an act beside a package of a vault (a review, a stamp, a renewal …): its second copy follows. ok when there is none to follow, the
// bag lies in no vault, or still lies in plain bytes (it is copied once it is encrypted). NotFound: the copy's medium is away.
Status copy_follows(const std::filesystem::path& bag);

// ID and the folders beside it, paths "ID/…", "ID.enc/…" under `packages`; without what is only being made.
Result<std::vector<std::pair<std::string, std::uint64_t>>> package_files(const std::filesystem::path& packages, const std::string& id);

}  // namespace guzheng
