#include "core/central/tus.h"

#include <algorithm>

namespace guzheng {

namespace {

constexpr std::size_t kLongestMetadata = 4096, kMostKeys = 16;

bool is_hex_digest(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// LX-03-20261121-0001
bool is_package_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-'; });
}

}  // namespace

Result<std::map<std::string, std::string>> parse_upload_metadata(std::string_view header) {
  if (header.size() > kLongestMetadata) return fail(ErrorKind::Invalid, "Upload-Metadata is longer than 4096 bytes");
  std::map<std::string, std::string> out;
  while (!header.empty()) {
    const auto comma = std::min(header.find(','), header.size());
    std::string_view pair = header.substr(0, comma);
    header.remove_prefix(comma == header.size() ? comma : comma + 1);
    while (pair.starts_with(' ')) pair.remove_prefix(1);         // clients that join pairs by ", "
    const auto space = pair.find(' ');
    const std::string key(pair.substr(0, space));
    Bytes value;
    if (key.empty() || !std::all_of(key.begin(), key.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; })) return fail(ErrorKind::Invalid, "Upload-Metadata has a key that is none");
    if (space != pair.npos && !from_base64(pair.substr(space + 1), value)) return fail(ErrorKind::Invalid, "Upload-Metadata: the value of " + key + " is no base64");
    if (!out.emplace(key, std::string(as_text(value))).second) return fail(ErrorKind::Invalid, "Upload-Metadata names " + key + " twice");
    if (out.size() > kMostKeys) return fail(ErrorKind::Invalid, "Upload-Metadata has more than 16 keys");
  }
  return out;
}

Result<UploadAnnounced> announced_in(std::string_view header) {
  GZ_TRY_ASSIGN(const auto pairs, parse_upload_metadata(header));
  const auto value = [&](const char* key) {
    const auto it = pairs.find(key);
    return it == pairs.end() ? std::string() : it->second;
  };
  UploadAnnounced out{value("package"), value("zip_sha256")};
  if (!is_package_id(out.package)) return fail(ErrorKind::Invalid, "Upload-Metadata: package is missing or no id of a package");
  if (!is_hex_digest(out.zip_sha256)) return fail(ErrorKind::Invalid, "Upload-Metadata: zip_sha256 is missing or no SHA-256 in lower-case hex");
  return out;
}

Result<Bytes> parse_upload_checksum(std::string_view header) {
  const auto space = header.find(' ');
  if (header.substr(0, space) != "sha256") return fail(ErrorKind::Unsupported, "Upload-Checksum: sha256 is the one algorithm here");
  Bytes out;
  if (space == header.npos || !from_base64(header.substr(space + 1), out) || out.size() != 32) return fail(ErrorKind::Invalid, "Upload-Checksum is no SHA-256 in base64");
  return out;
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  if (text.empty() || text.size() > 16 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t out = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    out = out * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return out < (std::uint64_t{1} << 53) ? std::optional(out) : std::nullopt;
}

}  // namespace guzheng
