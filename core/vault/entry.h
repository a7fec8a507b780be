// Room vault. What a list shows of one sealed bag, read from its own files; a broken bag becomes an entry with a problem.
#pragma once

#include "core/vault/vault.h"

namespace guzheng {

// `opener` may be null: then an encrypted package's order and values stay null.
PackageEntry read_entry(const std::filesystem::path& bag, const Opener* opener = nullptr);
std::filesystem::path beside(const std::filesystem::path& bag, std::string_view suffix);    // …/ID + ".after"

}  // namespace guzheng
