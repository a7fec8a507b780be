// Room base. Reading back what was just written, from the medium rather than from the memory that still holds it.
// All functions block; call them from worker threads only.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/digest.h"
#include "core/base/result.h"

namespace guzheng {

// Syncs the file, asks the kernel to drop its pages (POSIX_FADV_DONTNEED), then reads it in pieces of at most 1 MiB, in order; stops
// at the first error of `use`.
// What it can show: that the file system gives back these bytes after it has written them out; a short or misplaced write, a full or
// failing disk are found. What it cannot: pages that another process has mapped or locked are not dropped, a file system in memory
// (tmpfs) has nothing to drop, and a disk or network server may answer from its own cache. Only time and scrubbing show the rest.
Status read_cold(const std::filesystem::path& path, const std::function<Status(ByteView)>& use);

// The first half of it: what is read of the file next comes from the medium, as far as read_cold can bring that about.
Status drop_cached(const std::filesystem::path& path);

// All three digests of what read_cold gives back.
Result<FileDigests> cold_digests(const std::filesystem::path& path);

// SHA-256 (hex) of what read_cold gives back.
Result<std::string> cold_sha256(const std::filesystem::path& path);

}  // namespace guzheng
