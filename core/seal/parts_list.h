// Room seal, private. Signed lists of parts on disk, ID.enc/NNN/ (FORMAT.md 11). Blocks.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace guzheng {

std::filesystem::path parts_lists_folder(const std::filesystem::path& bag);          // …/ID.enc
// The newest edition that is whole (list and signature); 0: none.
unsigned newest_parts_edition(const std::filesystem::path& bag);
// Text of that edition's list, when its signature fits and is by the station whose certificate the seal names. Tampered: it is not, and
// nothing may be moved, replaced or removed on its word.
Result<std::string> signed_parts_list(const std::filesystem::path& bag, unsigned edition);

// May the holder of the certificate with this digest list the package's parts? Denied: it was sealed with another one; a list by this
// one would make the package damaged.
Status may_list_parts(const std::filesystem::path& bag, const std::string& certificate_sha256);

}  // namespace guzheng
