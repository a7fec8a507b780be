// Room identity. Is a certificate one of the bureau's, for what, and still? The verifier asks the same of packages by its own
// means (seal/check_trust.h); this is for the desk and the certificate tool, before anything is signed. Pure.
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/identity/openssl.h"

namespace guzheng {

enum class Standing {
  Good,
  NotYetValid,
  Expired,
  Revoked,
  Untrusted,                                 // none of the roots vouches for it
  NoList,                                    // the revocation list is not the root's, or is not of this time
};
// `roots_pem` one or more certificates; `crl_pem` one or more lists.
Result<Standing> standing_of(X509* certificate, const std::string& roots_pem, const std::string& crl_pem, WallTime at);

bool may_sign(X509* certificate);            // keyUsage nonRepudiation, no CA
bool may_encrypt(X509* certificate);         // keyEncipherment (RSA) or keyAgreement (EC), no CA
bool is_authority(X509* certificate);        // CA
bool is_strong(X509* certificate);           // 112 bits of security or more
std::string subject_field(X509* certificate, int nid);
std::string serial_of(X509* certificate);    // hex, lower case
WallTime begins(X509* certificate);
WallTime ends(X509* certificate);
Result<ssl::Crl> read_crl(std::string_view pem);

}  // namespace guzheng
