// Room patrol. One look at a link over HTTP (A-5.2b). Foreign bytes, bounded. No evidence: what a look finds moves entries about, it proves nothing.
#pragma once

#include <functional>
#include <string>

#include "core/base/bytes.h"

namespace guzheng {

struct LookLimits {
  int connect_ms = 5'000, whole_ms = 15'000;
  int redirects = 5;
  std::size_t bytes = 2u << 20;                  // of the page; what comes after is not fetched
};

struct LinkLook {
  enum class End { Answered, BadLink, NoName, NoConnection, NotTrusted, TimedOut, TooManyRedirects, Broken, Stopped };
  End end = End::Broken;
  int status = 0;                                // HTTP; Answered only
  std::string final_link, content_type;
  Bytes page;                                    // at most LookLimits::bytes
  std::string error;                             // the library's words
};

// http and https only, also after redirects. Blocks at most `whole_ms`; `stopped` is asked every 100 ms. Any thread, many at once.
LinkLook look_at_link(const std::string& link, const LookLimits& limits = {}, const std::function<bool()>& stopped = {});

bool is_web_link(std::string_view link);         // begins with http:// or https:// and names a host
// A name under .invalid, which RFC 6761 keeps free of hosts for good (practice data has such): no name server is asked.
bool never_a_host(std::string_view host);
std::string link_host(std::string_view link);      // lower case, without port; "": none

}  // namespace guzheng
