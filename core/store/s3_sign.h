// Room store. AWS Signature Version 4 for S3: what a request says, hashed and signed, so that neither its header nor its payload can be exchanged on the
// way. The payload's SHA-256 is always given; "UNSIGNED-PAYLOAD" does not exist here. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"

namespace guzheng {

using S3Pairs = std::vector<std::pair<std::string, std::string>>;

struct S3Credentials {
  std::string access_key, region;
  std::string_view secret_key;                     // must outlive the call
};

struct S3Unsigned {
  std::string method;                              // "PUT"
  std::string host;                                // "s3.example.cn:7443"
  std::string path;                                // "/bucket/objects/a.zip", not encoded
  S3Pairs query;                                   // not encoded, in any order
  S3Pairs headers;                                 // further ones, each once; all of them are signed
  std::string payload_sha256;                      // hex
};

// The headers that the request goes out with besides Host: those of `request`, x-amz-date, x-amz-content-sha256 and Authorization.
S3Pairs s3_signed_headers(const S3Unsigned& request, const S3Credentials& credentials, WallTime now);

// As URI and canonical request want it: everything but A-Z a-z 0-9 - . _ ~ as %XX, upper case; '/' stays where `path`.
std::string s3_encoded(std::string_view text, bool path);
// "a=1&b=", sorted by encoded name.
std::string s3_query(const S3Pairs& query);

Bytes hmac_sha256(ByteView key, ByteView text);

}  // namespace guzheng
