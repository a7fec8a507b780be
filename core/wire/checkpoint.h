// Room wire. A checkpoint: how large the evidence log was and which root it had then, signed by the central system. Lines `Label: value` LF:
//   Checkpoint-Format: 1
//   Log: name of the system
//   Size: entries, decimal
//   Root: hex
//   Time: 29 characters
// Pure. core/wire/PROTOCOL.md is the authority.
#pragma once

#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/wire/merkle.h"

namespace guzheng {

struct Checkpoint {
  std::string log;
  std::uint64_t size = 0;
  TreeHash root{};
  WallTime at;
  bool operator==(const Checkpoint&) const = default;
};

Result<std::string> write_checkpoint(const Checkpoint& checkpoint);      // Invalid: a name that fits in no line
Result<Checkpoint> parse_checkpoint(std::string_view text);              // Invalid; text that write_checkpoint would write, nothing else

// A checkpoint as it travels.
struct SignedCheckpoint {
  std::string text;
  Bytes signature;                                 // detached CMS (DER) over text
};

}  // namespace guzheng
