// Room identity. RFC 3161 messages: requests are built and answers held to what was asked. Pure; DER in, values out.
#pragma once

#include <string>

#include "core/identity/practice.h"

namespace guzheng {

// 16 random bytes as a positive INTEGER: an answer that carries it cannot have been made before the question.
Bytes make_nonce();

// TimeStampReq v1 over a SHA-256 imprint; asks for the authority's certificate. `policy` (dotted) may be empty.
Result<Bytes> build_timestamp_request(ByteView sha256_imprint, ByteView nonce, const std::string& policy = {});

struct TokenInfo {
  WallTime time;
  std::string authority;         // subject CN of the signing certificate
  std::string serial;            // hex, lower case
  std::string policy;            // dotted
  Bytes nonce;                   // without leading zeros; empty: none
};
// A whole TimeStampResp: status granted, one SHA-256 imprint equal to `sha256_imprint`, the signer's certificate inside and
// the token's signature fitting it, nothing behind the DER. Checks no trust. Protocol, or Tampered when the imprint is another's.
Result<TokenInfo> read_timestamp_response(ByteView response, ByteView sha256_imprint);
// As above, and the nonce is the one asked for.
Result<TokenInfo> check_timestamp_response(ByteView response, ByteView sha256_imprint, ByteView nonce);
// Chain of the token's signer to one of `root_pem` at the token's own time, purpose time stamping.
Status check_timestamp_trust(ByteView response, const std::string& root_pem);

}  // namespace guzheng
