#include "core/desk/trust.h"

#include "core/base/file.h"

namespace guzheng {

Trust trust_of(const StationDesk& station) {
  const Bureau& bureau = station.bureau();
  return {{bureau.org_root_pem, bureau.tsa_root_pem, bureau.org_crl_pem}, station.policy() != nullptr ? station.policy()->crl : std::filesystem::path()};
}

TrustRoots trust_now(const Trust& trust) {
  TrustRoots out = trust.roots;
  if (trust.list.empty()) return out;
  if (auto list = read_text(trust.list, 16u << 20)) out.crl_pem = std::move(*list);      // not readable: the one that is known
  return out;
}

}  // namespace guzheng
