// Room identity, private: a certificate that is to be kept in the bureau's folder (ca.cpp, ca_import.cpp).
#pragma once

#include "core/identity/ca.h"

namespace guzheng {

struct CertificateTool::Made {
  Registered entry;
  ssl::Cert cert;
  ssl::Key key;                              // null: known by certificate only
};
Registered described(X509* cert, Role role, const std::string& use, WallTime now);
std::string stem_of(const Registered& entry);

}  // namespace guzheng
