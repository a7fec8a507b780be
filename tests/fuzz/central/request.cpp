// What a peer may write where the server reads by itself: target, Upload-Metadata, Upload-Checksum, counts. The first byte says which.
#include <cstdlib>

#include "core/central/api.h"
#include "core/central/tus.h"

namespace {

using namespace guzheng;

// A path that fits a route has as many segments as its pattern, none of which climbs.
void target(std::string_view text) {
  static const HttpRouter routes = central_routes({});
  HttpRequest request;
  if (!parse_target(text, request)) return;
  std::string allowed;
  for (const char* method : {"GET", "HEAD", "PATCH"}) {
    const auto* route = routes.find(method, request.path, request.params, allowed);
    if (route == nullptr) continue;
    for (const auto& [name, value] : request.params)
      if (value.empty() || value == "." || value == ".." || value.find('/') != value.npos) std::abort();
    if (request.path.find("..") != std::string::npos && request.params.empty()) std::abort();
  }
}

// Written again from what was read it reads the same.
void metadata(std::string_view text) {
  const auto read = parse_upload_metadata(text);
  if (!read) return;
  std::string again;
  for (const auto& [key, value] : *read) again += (again.empty() ? "" : ",") + key + (value.empty() ? "" : " " + to_base64(as_bytes(value)));
  const auto second = parse_upload_metadata(again);
  if (again.size() <= 4096 && (!second || *second != *read)) std::abort();
  if (const auto announced = announced_in(text); announced && (announced->package.find('/') != std::string::npos || announced->zip_sha256.size() != 64)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 't': target(text); break;
    case 'm': metadata(text); break;
    case 'c':
      if (const auto digest = parse_upload_checksum(text); digest && digest->size() != 32) std::abort();
      break;
    case 'n':
      if (const auto count = parse_count(text); count && std::to_string(*count) != text) std::abort();
      break;
    default: break;
  }
  return 0;
}
