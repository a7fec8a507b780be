// Room session. What each of this workstation's name servers says of a host (A-7.3a): they are asked one by one, past the
// system's cache and hosts file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guzheng {

struct NameAnswer {
  std::string resolver;                      // address of the name server
  bool answered = false;                     // also with "no such name"
  std::vector<std::string> addresses;        // IPv4, sorted; empty: it knows none
  bool asked = true;                         // a name server that is reached over IPv6 is not asked, and said so
};
// Asks the name servers of /etc/resolv.conf (at most three), each once, two seconds at most.
std::vector<NameAnswer> ask_resolvers(const std::string& host);

// "https://mall.example.cn/shop/1" → "mall.example.cn"; "" when the text is no link with a host name.
std::string host_of(std::string_view link);

}  // namespace guzheng
