// Room seal, private. Names and lists of a bag (FORMAT.md 1–3). Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/seal/seal.h"

namespace guzheng {

// Components [a-z0-9][a-z0-9._-]* or VERIFY.txt, at most 100 bytes, no device names. Invalid otherwise.
Status check_bag_path(std::string_view path);
Status check_bag_id(std::string_view id);                  // LX-03-20261121-0001

struct ListedFile {
  std::string path, digest;
};
// What sha256sum prints for the files, in byte order of path.
std::string manifest_text(std::vector<ListedFile> files);
// The other way: digest and path of each line, as they stand. A line that holds no path is passed over, the last one may lack its LF: whether
// a list has its form is for those who verify it to say (check_list, parse_parts_list).
std::vector<ListedFile> listed_files(std::string_view text);

Result<std::string> bag_info_text(const BagInfo& info, const std::vector<PayloadFile>& payload, int zone_minutes);

}  // namespace guzheng
