// Any bytes as the answer of an S3 service: Protocol, or values within their bounds that end.
#include <cstdlib>

#include "core/store/s3_answers.h"
#include "core/store/s3_objects.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace guzheng;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto listing = parse_s3_listing(text), versions = parse_s3_versions(text);
  for (const auto* one : {&listing, &versions}) {
    if (!*one) continue;
    if ((*one)->more && (*one)->entries.empty() && (*one)->next_key.empty()) std::abort();
    for (const auto& entry : (*one)->entries)
      if (entry.key.empty()) std::abort();
  }
  if (const auto parts = parse_s3_parts(text)) {
    int before = 0;
    for (const auto& part : parts->parts) {
      if (part.number <= before || part.number > 10'000 || part.etag.empty()) std::abort();
      before = part.number;
    }
    if (parts->more && parts->next < 1) std::abort();
    const auto again = s3_complete_xml(parts->parts);
    if (parse_s3_parts(again)) std::abort();       // of another name
  }
  if (const auto uploads = parse_s3_uploads(text))
    for (const auto& one : *uploads)
      if (one.id.empty()) std::abort();
  if (const auto id = parse_s3_upload_id(text); id && id->empty()) std::abort();
  (void)parse_s3_part_copied(text);
  (void)parse_s3_lock(text);
  const auto trouble = parse_s3_error(text);
  for (const unsigned char c : trouble.code + trouble.message)
    if (c < 0x20 || c >= 0x7f) std::abort();
  if (const auto time = parse_s3_time(text); time && parse_s3_time(s3_time(*time))->ms < time->ms) std::abort();
  return 0;
}
