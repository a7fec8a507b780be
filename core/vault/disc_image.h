// Room vault. A folder as an image for an optical disc: ISO 9660 level 3 with Rock Ridge and Joliet, so that every system reads it and
// no file is too long. libisofs stays here.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng {

// `image` must not be there (Exists); it appears whole or not at all. Returns its SHA-256. `volume`: the disc's name, at most 32 of
// A–Z, 0–9 and _ (Invalid otherwise). Files bear `clock`'s time, nobody's user or group. Blocks; one call at a time in a process.
Result<std::string> write_disc_image(const std::filesystem::path& folder, const std::filesystem::path& image, const std::string& volume,
                                     const Clock& clock, const std::function<bool(std::uint64_t, std::uint64_t)>& progress = {});

}  // namespace guzheng
