// Room vault. Whom a package is encrypted for: the archive, the ingest, and the officers that its own people.json names (A-7.4b).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/identity/bureau.h"

namespace guzheng {

struct Recipients {
  std::vector<std::string> pems;           // for Encryption
  std::vector<std::string> left_out;       // badges of officers whose encryption certificate is not known here, or not good any more
  std::string people_unread;               // why people.json could not be read; "" when it was
};
// `bag`: …/ID. Where people.json cannot be read (encrypted, and nobody here opens it; damaged) the package's officers are not known:
// it is encrypted for the archive and the ingest alone, never for whoever sits at the desk, and people_unread says so. That its
// words are those that were sealed is for the encryption to check, which takes no file that differs.
Result<Recipients> recipients_of(const std::filesystem::path& bag, const Bureau& bureau);

}  // namespace guzheng
