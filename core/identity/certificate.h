// Room identity. Makes the certificates of a small bureau: root, CRL, and what the root issues. Pure but for key generation.
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/identity/openssl.h"

namespace guzheng {

enum class KeyKind { Rsa3072, P256 };
Result<ssl::Key> make_key(KeyKind kind);

enum class CertificateUse {
  Root,          // CA, signs certificates and CRLs, issues no further CA
  Signing,       // digitalSignature + nonRepudiation
  Encryption,    // keyEncipherment (RSA) or keyAgreement (EC)
  Timestamping,  // extendedKeyUsage timeStamping, critical (RFC 3161 2.3)
};

struct CertificateRequest {
  std::string common_name, organisation, organisational_unit;
  std::string badge;             // 执法证号 as subject serialNumber; may be empty
  CertificateUse use = CertificateUse::Signing;
  WallTime not_before, not_after;
};

// Signs with the issuer's key; `issuer` null makes it self-signed (Root).
Result<ssl::Cert> issue_certificate(const CertificateRequest& request, EVP_PKEY* subject_key, X509* issuer, EVP_PKEY* issuer_key);
// A CRL that revokes nothing yet, number 1.
Result<std::string> issue_crl_pem(X509* issuer, EVP_PKEY* issuer_key, WallTime from, WallTime until);

}  // namespace guzheng
