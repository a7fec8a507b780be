// Room seal. Kinds and names of imported files (FORMAT.md 6.2), for those who write such packages and those who check them. Pure.
#pragma once

#include <string_view>
#include <vector>

namespace guzheng {

// "photo", "audio", "video", "document", "file", "seal-before", "seal-after": the last two are photos of the original medium
// as it was before it was put under seal, and under its seal (封存前、封存后照片).
const std::vector<std::string_view>& import_kinds();
// Extensions that data/main/import-NNNN.EXT may have.
const std::vector<std::string_view>& import_extensions();
inline bool is_sealing_photo(std::string_view kind) { return kind == "seal-before" || kind == "seal-after"; }

}  // namespace guzheng
