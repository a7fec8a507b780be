// Room push, inside. Reading a push line by line with bounded memory.
#pragma once

#include "core/push/push_lines.h"

namespace guzheng {

// Reads the whole file, holds it to its form, its digest and its signature; each subject's row goes to `use` (may be empty) in the file's order,
// `number` from 1, BEFORE the signature is known: whoever acts on rows reads twice.
Result<PushSeen> read_push(const std::filesystem::path& file, const PushTrust& trust, const std::function<Status(std::int64_t number, PushRow&&)>& use);
// The same of bytes in memory.
Result<PushSeen> read_push_bytes(ByteView bytes, const PushTrust& trust, const std::function<Status(std::int64_t number, PushRow&&)>& use);

}  // namespace guzheng
