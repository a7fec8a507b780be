// Room seal, private. The vault form as a package (FORMAT.md 11): whatever stores it (a folder, an upload ZIP), its parts are checked
// against the signed list, opened one at a time and shown as the files that they are.
#pragma once

#include "core/identity/bureau.h"
#include "core/seal/parts.h"
#include "core/seal/verify_source.h"

namespace guzheng {

// Does this package hold parts or a list of them?
bool has_vault_form(const PackageSource& stored);

// `opener` may be null and must outlive the source: then parts are checked against the list, and read() answers Denied. Faults of the
// list and of what it names are reported (rules "parts.*").
Result<std::unique_ptr<PackageSource>> open_parts_source(std::unique_ptr<PackageSource> stored, const Opener* opener, VerifyReport& report);

}  // namespace guzheng
