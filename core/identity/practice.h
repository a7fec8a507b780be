// Room identity. The practice bureau that exists for learning (练习).
#pragma once

#include <filesystem>

#include "core/identity/bureau.h"

namespace guzheng {

// Opens the practice bureau in `folder`, creating root, two officers (signing and encryption apart), station, archive, a time-stamp authority and the certificates of a central server
// at the first call (A-7.2b for practice; keys as PKCS#12 under a public passphrase, mode 0600). The first call takes about
// a second (an RSA key) and leaves either the whole folder or none; later calls read certificates only, and each key is unlocked when it
// is first used. `folder` is new, empty or a practice bureau. `clock` must outlive what is returned.
Result<Bureau> open_practice_bureau(const std::filesystem::path& folder, const Clock& clock);

}  // namespace guzheng
