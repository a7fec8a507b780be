// Room vault. Package ids and their numbers: `LX-03-20261121-0001` (FORMAT.md 1). A number is used once, also when the
// counter's file was lost: what lies in open/ and sealed/ counts too.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace guzheng {

bool is_station(std::string_view text);       // "LX-03"
bool is_bag_name(std::string_view text);    // "LX-03-20261121-0001"

// Takes the next number of `station` on `day` (YYYYMMDD) and records it. Safe between processes (flock).
// NoSpace when the day's 9999 numbers are used up or nothing can be written.
Result<std::string> take_package_id(const std::filesystem::path& vault, const std::string& station, const std::string& day);

}  // namespace guzheng
