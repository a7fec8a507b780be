#include "core/session/name_lookup.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netinet/in.h>
#include <netdb.h>
#include <resolv.h>

#include <algorithm>

namespace guzheng {

namespace {

// The A records of an answer; false when it is none.
bool read_answer(const unsigned char* bytes, int length, std::vector<std::string>& out) {
  ns_msg message;
  if (::ns_initparse(bytes, length, &message) != 0) return false;
  for (int i = 0; i < ns_msg_count(message, ns_s_an); ++i) {
    ns_rr record;
    if (::ns_parserr(&message, ns_s_an, i, &record) != 0) return false;
    if (ns_rr_type(record) != ns_t_a || ns_rr_rdlen(record) != 4) continue;
    char text[INET_ADDRSTRLEN] = {};
    if (::inet_ntop(AF_INET, ns_rr_rdata(record), text, sizeof text) != nullptr) out.emplace_back(text);
  }
  std::sort(out.begin(), out.end());
  return true;
}

}  // namespace

std::vector<NameAnswer> ask_resolvers(const std::string& host) {
  std::vector<NameAnswer> out;
  struct __res_state all {};
  if (::res_ninit(&all) != 0) return out;
  for (int i = 0; i < all.nscount; ++i) {
    if (all.nsaddr_list[i].sin_family != AF_INET) {          // IPv6 servers lie elsewhere in the resolver's state
      out.push_back({"IPv6", false, {}, false});
      continue;
    }
    struct __res_state one {};
    if (::res_ninit(&one) != 0) continue;
    one.nsaddr_list[0] = all.nsaddr_list[i];
    one.nscount = 1;
    one.retrans = 2;
    one.retry = 1;
    char name[INET_ADDRSTRLEN] = {};
    ::inet_ntop(AF_INET, &all.nsaddr_list[i].sin_addr, name, sizeof name);
    NameAnswer answer{name, false, {}, true};
    unsigned char bytes[4096];
    const int length = ::res_nquery(&one, host.c_str(), ns_c_in, ns_t_a, bytes, sizeof bytes);
    if (length > 0) answer.answered = read_answer(bytes, std::min<int>(length, sizeof bytes), answer.addresses);
    else answer.answered = one.res_h_errno == HOST_NOT_FOUND || one.res_h_errno == NO_DATA;
    ::res_nclose(&one);
    out.push_back(std::move(answer));
  }
  ::res_nclose(&all);
  return out;
}

std::string host_of(std::string_view link) {
  const auto scheme = link.find("://");
  if (scheme == link.npos) return {};
  auto host = link.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto at = host.rfind('@'); at != host.npos) host = host.substr(at + 1);
  host = host.substr(0, host.find(':'));
  const bool fits = !host.empty() && host.size() <= 253 && host.find('.') != host.npos &&
                    host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") == host.npos;
  return fits ? std::string(host) : std::string();
}

}  // namespace guzheng
