// Room store. What an S3 service answers in XML: foreign bytes, bounded (at most kMostS3Answer, so many entries), read with pugixml, nothing of them
// trusted further than their form. Pure. Protocol: not what was asked for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace guzheng {

inline constexpr std::size_t kMostS3Answer = 4u << 20;

struct S3Entry {
  std::string key;
  std::uint64_t size = 0;                          // bytes
  std::string version;                             // of listings with versions
  bool marker = false;                             // likewise: a delete marker, no bytes
};
struct S3Listing {
  std::vector<S3Entry> entries;                    // at most 1,000; with versions delete markers too
  bool more = false;
  std::string next_key, next_version;              // of listings with versions: where it goes on
};
struct S3Part {
  int number = 0;                                  // from 1
  std::uint64_t size = 0;
  std::string etag;                                // as the service wrote it, with its quotes
};
struct S3Parts {
  std::vector<S3Part> parts;
  bool more = false;
  int next = 0;                                    // number after which it goes on
};
struct S3Upload {
  std::string key, id;
};

Result<S3Listing> parse_s3_listing(std::string_view xml);                       // ListBucketResult (version 2)
Result<S3Listing> parse_s3_versions(std::string_view xml);                      // ListVersionsResult
Result<std::vector<S3Upload>> parse_s3_uploads(std::string_view xml);           // ListMultipartUploadsResult
Result<S3Parts> parse_s3_parts(std::string_view xml);                           // ListPartsResult
Result<std::string> parse_s3_upload_id(std::string_view xml);                   // InitiateMultipartUploadResult
Result<std::string> parse_s3_part_copied(std::string_view xml);                 // CopyPartResult, CopyObjectResult, CompleteMultipartUploadResult: its ETag

// Of Error: "NoSuchKey", "AccessDenied"; "" when it is none. Completing and copying may answer 200 with an error.
struct S3Trouble {
  std::string code, message;
};
S3Trouble parse_s3_error(std::string_view xml);

// ObjectLockConfiguration.
struct S3Lock {
  bool enabled = false;
  bool has_default = false;                        // a rule that locks whatever is put, by itself
};
Result<S3Lock> parse_s3_lock(std::string_view xml);

// What is sent.
std::string s3_complete_xml(const std::vector<S3Part>& parts);
std::string s3_retention_xml(std::string_view until);                           // COMPLIANCE; "2026-12-18T09:46:40Z"

}  // namespace guzheng
