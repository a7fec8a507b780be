// Room base. A key that belongs to this computer's account and not to a person: 32 random bytes in a file of their own (mode 0600), made the first time.
#pragma once

#include <filesystem>

#include "core/base/secret.h"

namespace guzheng {

// Blocks for the disk. Denied: others may read it. Invalid: it holds no 32 bytes; it is then left as it is, for what it locked is lost without it.
Result<Secret> key_file(const std::filesystem::path& file);

}  // namespace guzheng
