// Room central. What tus 1.0.0 has in its headers, read from foreign bytes. Pure. core/wire/PROTOCOL.md section 5 says which parts of tus are spoken.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng {

// "package TFgt…,zip_sha256 YWJj": keys to their values, decoded. Invalid: longer than 4,096 bytes, a key that is empty, comes twice or holds a space or
// comma, a value that is no base64, more than 16 of them.
Result<std::map<std::string, std::string>> parse_upload_metadata(std::string_view header);

struct UploadAnnounced {
  std::string package, zip_sha256;                 // id; hex
};
// What an upload must announce. Invalid: one is missing, or is of another form. Other keys are passed over.
Result<UploadAnnounced> announced_in(std::string_view header);

// "sha256 BASE64" → 32 bytes. Unsupported: another algorithm. Invalid.
Result<Bytes> parse_upload_checksum(std::string_view header);

// A count of bytes: digits only, no leading zero, below 2^53. Nothing: none.
std::optional<std::uint64_t> parse_count(std::string_view text);

}  // namespace guzheng
