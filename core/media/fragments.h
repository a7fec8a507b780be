// Room media. What of a recording stands: a killed program or a power cut may leave a torn fragment at the end.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.h"

namespace guzheng {

struct Fragments {
  std::uint64_t count = 0;           // whole moof+mdat pairs: one a packet
  std::uint64_t end = 0;             // byte after the last of them (or after moov when there is none)
  std::uint64_t size = 0;            // of the file; size - end bytes are the torn tail
};

// Reads box headers only: cost grows with the number of packets, not with their bytes. Invalid when the file does not
// begin with a whole ftyp and moov. A stock reader accepts the first `end` bytes as they are.
Result<Fragments> scan_fragments(const std::filesystem::path& path);
Result<Fragments> scan_fragments(int file, const std::string& name);       // an open file

}  // namespace guzheng
