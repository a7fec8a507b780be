// Room identity. A time-stamp authority of the bureau, over HTTP (RFC 3161 3.4).
#pragma once

#include "core/identity/practice.h"

namespace guzheng {

struct HttpAuthority {
  std::string name;              // as the report prints it
  std::string url;               // http:// or https://; nothing else is spoken, redirects are not followed
  std::string root_pem;          // when given, tokens that do not chain to it are refused at once
  std::string policy;            // dotted; when given, it is asked for and a token under another one is refused
  std::string https_ca_pem;      // https: the roots that vouch for the server (a bureau's own CA); empty: the system's
  int connect_timeout_ms = 3'000;
  int timeout_ms = 6'000;        // for the whole exchange
};

// stamp() blocks at most `timeout_ms`; Timeout, Network (also a server whose HTTPS certificate is not vouched for), Protocol
// (HTTP status, type, refusal, nonce, policy), Tampered (imprint), Denied (not trusted), Cancelled (stamp_unless).
std::shared_ptr<TimestampAuthority> make_http_authority(HttpAuthority options);

}  // namespace guzheng
