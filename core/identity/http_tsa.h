// Room identity. A time-stamp authority of the bureau, over HTTP (RFC 3161 3.4).
#pragma once

#include "core/identity/practice.h"

namespace guzheng {

struct HttpAuthority {
  std::string name;              // as the report prints it
  std::string url;               // http:// or https://; nothing else is spoken, redirects are not followed
  std::string root_pem;          // when given, tokens that do not chain to it are refused at once
  std::string policy;            // dotted, may be empty
  int connect_timeout_ms = 5'000;
  int timeout_ms = 15'000;       // for the whole exchange
};

// stamp() blocks at most `timeout_ms`; Timeout, Network, Protocol (HTTP status, type, refusal, nonce), Tampered (imprint),
// Denied (not trusted).
std::shared_ptr<TimestampAuthority> make_http_authority(HttpAuthority options);

}  // namespace guzheng
