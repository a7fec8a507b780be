// Room seal, private. Certificates and whom to believe. Thin over OpenSSL; values own what they hold.
#pragma once

#include <openssl/x509.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/result.h"

namespace guzheng {

struct X509Free {
  void operator()(X509* x) const { X509_free(x); }
  void operator()(X509_CRL* x) const { X509_CRL_free(x); }
};
using CertificatePtr = std::unique_ptr<X509, X509Free>;
using CrlPtr = std::unique_ptr<X509_CRL, X509Free>;

std::vector<CertificatePtr> certificates_from_pem(std::string_view pem);   // at most 64
CertificatePtr certificate_from_der(ByteView der);                        // the whole view, nothing behind
std::vector<CrlPtr> crls_from_pem(std::string_view pem);
Bytes certificate_der(X509* certificate);
std::string certificate_sha256(X509* certificate);
std::string subject_text(X509* certificate, int nid);                     // UTF-8; "" when it misses
WallTime valid_until(X509* certificate);                                  // 0: cannot be told
WallTime valid_from(X509* certificate);                                   // 0: cannot be told
Bytes subject_der(X509* certificate);                                     // the name as it stands in the certificate
bool has_practice_mark(X509* certificate);                                // organisational unit 练习
bool may_sign_evidence(X509* certificate);                                // keyUsage nonRepudiation
bool may_stamp(X509* certificate);                                        // extended key usage: time stamping alone, critical

enum class TrustProblem { None, Chain, Revoked, Expired, NotYetValid, NoCrl, Crl };

struct TrustAnswer {
  TrustProblem problem = TrustProblem::Chain;
  std::string text;
  std::vector<std::string> chain_sha256;   // leaf first; empty unless None
  std::optional<WallTime> revoked_later;   // None, although a list names it: as revoked after that time
};

// Does `leaf` chain to a root at that time? With `crls`, is it named in none of them (one that was valid then must be there)?
TrustAnswer check_trust(X509* leaf, const std::vector<CertificatePtr>& roots, const std::vector<CertificatePtr>& others,
                        const std::vector<CrlPtr>* crls, WallTime at);

// When the lists say that it was revoked, or that its key was no longer safe (invalidityDate), if that was earlier. The earliest.
std::optional<WallTime> revoked_at(X509* certificate, const std::vector<CrlPtr>& crls);
bool is_crl_of(X509_CRL* crl, const std::vector<CertificatePtr>& issuers);        // issued and signed by one of them
std::optional<WallTime> crl_issued(X509_CRL* crl);

// A signature by the certificate's key over `content`: RSA PKCS#1 v1.5 or ECDSA with SHA-256, -384 or -512,
// the algorithm named by `oid`. Error: Crypto.
Status check_signature(X509* certificate, std::string_view signature_oid, std::string_view digest_oid, ByteView content,
                       ByteView signature);

}  // namespace guzheng
