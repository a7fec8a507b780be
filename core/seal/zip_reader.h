// Room seal, private. Reads an export ZIP. Nothing in the container is free: every header is rebuilt from the members'
// names, sizes and CRCs and compared, so that no byte can carry anything else (FORMAT.md 9).
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "core/seal/random_access.h"
#include "core/seal/verify_source.h"
#include "core/seal/zip_form.h"

namespace guzheng {

// The members as the central directory names them, in its order. What deviates from the canonical form is reported
// (rules "zip.*"); members whose place lies outside the file are left out.
std::vector<ZipMember> read_zip_members(const RandomAccess& file, VerifyReport& report);

// An error when the file is no ZIP at all.
Result<std::unique_ptr<PackageSource>> open_zip_source(const std::filesystem::path& zip, VerifyReport& report);
Result<std::unique_ptr<PackageSource>> zip_source_over(std::unique_ptr<RandomAccess> file, VerifyReport& report);

}  // namespace guzheng
