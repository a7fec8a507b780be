// Room seal, private. Names and list of the vault form (FORMAT.md 11). Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace guzheng {

inline constexpr std::uint64_t kPartBytes = 64u << 20;           // of plain text in one part
inline constexpr std::uint64_t kMostEnvelope = kPartBytes + (1u << 20);
inline constexpr std::uint64_t kMostPartsList = 64u << 20;
inline constexpr std::string_view kPartsList = "parts-sha256.txt";

struct PartName {
  std::string of;                  // path of the logical file
  unsigned number = 0;
};
std::optional<PartName> part_name(std::string_view path);        // "x.p7m.0003" → {"x", 3}
std::string part_path(std::string_view of, unsigned number);

// Files of a package (paths as "ID/data/x", "ID.report/001/report.pdf") that the vault form stores as parts: the payload and
// the reports' PDFs.
bool is_stored_as_parts(std::string_view id, std::string_view path);

// Path of each part → its SHA-256. Invalid unless the text is exactly what `sha256sum` prints for parts of package `id`, in byte
// order of path, every file's parts numbered from 0000 without a gap.
using PartsList = std::map<std::string, std::string>;
Result<PartsList> parse_parts_list(std::string_view id, std::string_view text);

// Editions of the list, ID.enc/NNN: "003" → 3; 0: no such name.
unsigned edition_number(std::string_view name);
std::string edition_name(unsigned number);

}  // namespace guzheng
