// Program guzheng-central. serve: runs until SIGTERM or SIGINT.
#pragma once

#include <filesystem>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng::central {

// Blocks. `grace_seconds`: for requests that run when it is told to end. Called before any thread is made.
Status serve(const std::filesystem::path& config, int grace_seconds, const Clock& clock);

}  // namespace guzheng::central
