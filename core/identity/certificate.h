// Room identity. Makes the certificates of a small bureau: root, CRL, and what the root issues. Pure but for key generation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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
  Server,        // digitalSignature, extendedKeyUsage serverAuth, the hosts as subjectAltName
};

struct CertificateRequest {
  std::string common_name, organisation, organisational_unit;
  std::string badge;             // 执法证号 as subject serialNumber; may be empty
  CertificateUse use = CertificateUse::Signing;
  WallTime not_before, not_after;
  Bytes serial;                  // at most 20 bytes, the first below 0x80; empty: the key's own digest, so one certificate a key
  std::vector<std::string> hosts{};            // Server: names and addresses that it answers to
};

// Signs with the issuer's key; `issuer` null makes it self-signed (Root).
Result<ssl::Cert> issue_certificate(const CertificateRequest& request, EVP_PKEY* subject_key, X509* issuer, EVP_PKEY* issuer_key);

// A DNS name (letters, digits, hyphens, dots) or an IP address as text: what a Server certificate may be made for.
bool is_host(std::string_view text);

struct Revocation {
  Bytes serial;
  WallTime at;
  int reason = 0;                // RFC 5280 5.3.1: 0 unspecified, 1 keyCompromise, 3 affiliationChanged, 4 superseded, 5 cessationOfOperation
};
// A CRL, numbers rise from one to the next.
Result<std::string> issue_crl_pem(X509* issuer, EVP_PKEY* issuer_key, WallTime from, WallTime until, std::int64_t number = 1,
                                  const std::vector<Revocation>& revoked = {});

}  // namespace guzheng
