// Room identity. The practice bureau's time-stamp authority, in the program itself: works without a network,
// proves nothing to others, and answers as a real one would (RFC 3161).
#pragma once

#include <filesystem>

#include "core/identity/keyfile.h"
#include "core/identity/practice.h"

namespace guzheng {

// `serial_file` counts tokens over all processes (flock). `clock` must outlive it.
std::shared_ptr<TimestampAuthority> make_practice_authority(std::string name, std::unique_ptr<LazyKey> key,
                                                            std::filesystem::path serial_file, const Clock& clock);

}  // namespace guzheng
