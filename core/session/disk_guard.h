// Room session. Stops a recording before the disk is full, so that there is room to seal what was recorded (A-7.4a).
#pragma once

#include <functional>

#include "core/media/byte_sink.h"
#include "core/vault/vault.h"

namespace guzheng {

// Files made by `files` look at the disk every few MiB: below limits.warn_bytes `warn` is called once for all of them (record thread),
// below limits.stop_bytes write() fails with NoSpace, which the recorder says and outlives. `free` tells the free bytes of a folder.
SinkFactory guarded_files(SinkFactory files, VaultLimits limits, std::function<void(std::uint64_t free)> warn,
                          std::function<Result<std::uint64_t>(const std::filesystem::path&)> free = free_bytes);

}  // namespace guzheng
