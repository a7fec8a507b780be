// Room seal, private. The one spelling of an export ZIP's headers (FORMAT.md 9). Pure: values in, bytes out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace guzheng {

inline constexpr std::uint32_t kFull32 = 0xffffffff;     // "the value stands in ZIP64's record"

struct ZipMember {
  std::string name;                  // "ID/data/main/rec-0000.mp4"
  std::uint64_t size = 0;            // stored: both sizes
  std::uint32_t crc = 0;
  std::uint64_t offset = 0;          // of its local header
};

Bytes zip_local_header(const ZipMember& member);
Bytes zip_central_header(const ZipMember& member);
// End of central directory, with ZIP64's record and locator where needed.
Bytes zip_end(std::uint64_t count, std::uint64_t directory_size, std::uint64_t directory_offset);

// CRC-32 as ZIP has it (IEEE 802.3); start with 0, feed on.
std::uint32_t crc32_more(std::uint32_t crc, ByteView bytes);

}  // namespace guzheng
