#include "core/identity/certificate.h"

#include <arpa/inet.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <algorithm>

#include "core/base/digest.h"
#include "core/identity/practice.h"
#include "core/identity/trust.h"

namespace guzheng {

Result<ssl::Key> make_key(KeyKind kind) {
  ssl::Key key(kind == KeyKind::Rsa3072 ? EVP_RSA_gen(3072) : EVP_EC_gen("P-256"));
  if (!key) return ssl::failure("generate key");
  return key;
}

namespace {

Status add_name(X509_NAME* name, const char* field, const std::string& value) {
  if (value.empty()) return ok();
  // the country is PrintableString; everything else UTF8String, also the badge, whose characters are Chinese
  const int type = std::string_view(field) == "C" ? V_ASN1_PRINTABLESTRING : V_ASN1_UTF8STRING;
  if (X509_NAME_add_entry_by_txt(name, field, type, reinterpret_cast<const unsigned char*>(value.data()),
                                 static_cast<int>(value.size()), -1, 0) != 1)
    return ssl::failure(std::string("name field ") + field);
  return ok();
}

Status set_time(ASN1_TIME* out, WallTime time) {
  if (!ASN1_TIME_set(out, static_cast<time_t>(time.ms / 1000))) return ssl::failure("set time");
  return ok();
}

Status add_extension(X509* cert, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer ? issuer : cert, cert, nullptr, nullptr, 0);
  const ssl::Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  if (!extension || X509_add_ext(cert, extension.get(), -1) != 1) return ssl::failure("certificate extension");
  return ok();
}

bool is_address(const std::string& text) {
  unsigned char into[sizeof(in6_addr)];
  return ::inet_pton(AF_INET, text.c_str(), into) == 1 || ::inet_pton(AF_INET6, text.c_str(), into) == 1;
}

// The hosts are checked by is_host(): nothing in them can be read as more of OpenSSL's own syntax.
Status add_hosts(X509* cert, X509* issuer, const std::vector<std::string>& hosts) {
  std::string names;
  for (const auto& host : hosts) {
    if (!is_host(host)) return fail(ErrorKind::Invalid, "'" + host + "' is neither a host name nor an address");
    names += (names.empty() ? "" : ",") + std::string(is_address(host) ? "IP:" : "DNS:") + host;
  }
  if (names.empty()) return fail(ErrorKind::Invalid, "a server's certificate names its host");
  return add_extension(cert, issuer, NID_subject_alt_name, names.c_str());
}

Status add_uses(X509* cert, X509* issuer, CertificateUse use) {
  const bool elliptic = EVP_PKEY_is_a(X509_get0_pubkey(cert), "EC") == 1;
  GZ_TRY(add_extension(cert, issuer, NID_basic_constraints,
                       use == CertificateUse::Root ? "critical,CA:TRUE,pathlen:0" : "critical,CA:FALSE"));
  switch (use) {
    case CertificateUse::Root: GZ_TRY(add_extension(cert, issuer, NID_key_usage, "critical,keyCertSign,cRLSign")); break;
    case CertificateUse::Signing:
    case CertificateUse::Timestamping:
      GZ_TRY(add_extension(cert, issuer, NID_key_usage, "critical,digitalSignature,nonRepudiation"));
      break;
    case CertificateUse::Server: GZ_TRY(add_extension(cert, issuer, NID_key_usage, "critical,digitalSignature")); break;
    case CertificateUse::Encryption:         // RSA carries the content key, EC agrees on one that wraps it
      GZ_TRY(add_extension(cert, issuer, NID_key_usage, elliptic ? "critical,keyAgreement" : "critical,keyEncipherment"));
      break;
  }
  if (use == CertificateUse::Timestamping) GZ_TRY(add_extension(cert, issuer, NID_ext_key_usage, "critical,timeStamping"));
  if (use == CertificateUse::Server) GZ_TRY(add_extension(cert, issuer, NID_ext_key_usage, "serverAuth"));
  GZ_TRY(add_extension(cert, issuer, NID_subject_key_identifier, "hash"));
  return add_extension(cert, issuer, NID_authority_key_identifier, "keyid:always");
}

// By default the serial is the key's own digest: no two keys share one, and no counter has to be kept.
Status set_serial(X509* cert, EVP_PKEY* key, Bytes serial) {
  if (serial.empty()) {
    const Bytes spki = ssl::to_der(key, i2d_PUBKEY);
    serial = sha256(spki);
    serial.resize(16);
    serial[0] = static_cast<std::uint8_t>((serial[0] & 0x3f) | 0x40);
  }
  const ssl::Number number(BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr));
  if (!BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(cert))) return ssl::failure("certificate serial");
  return ok();
}

Status add_revocation(X509_CRL* crl, const Revocation& one) {
  std::unique_ptr<X509_REVOKED, ssl::Deleter<X509_REVOKED_free>> revoked(X509_REVOKED_new());
  const ssl::Number number(BN_bin2bn(one.serial.data(), static_cast<int>(one.serial.size()), nullptr));
  const ssl::Integer serial(BN_to_ASN1_INTEGER(number.get(), nullptr));
  const ssl::Time at(ASN1_TIME_new());
  GZ_TRY(set_time(at.get(), one.at));
  if (!revoked || !serial || X509_REVOKED_set_serialNumber(revoked.get(), serial.get()) != 1 ||
      X509_REVOKED_set_revocationDate(revoked.get(), at.get()) != 1)
    return ssl::failure("fill revocation");
  if (one.reason != 0) {                     // unspecified is said by leaving it out
    const std::unique_ptr<ASN1_ENUMERATED, ssl::Deleter<ASN1_ENUMERATED_free>> reason(ASN1_ENUMERATED_new());
    if (!reason || ASN1_ENUMERATED_set(reason.get(), one.reason) != 1 ||
        X509_REVOKED_add1_ext_i2d(revoked.get(), NID_crl_reason, reason.get(), 0, 0) != 1)
      return ssl::failure("reason of a revocation");
  }
  if (X509_CRL_add0_revoked(crl, revoked.get()) != 1) return ssl::failure("add revocation");
  (void)revoked.release();                   // the list's from here on
  return ok();
}

}  // namespace

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;         // RFC 5280's bound of a common name
  if (is_address(std::string(text))) return true;
  const bool letters = std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
  return letters && text.front() != '.' && text.front() != '-' && text.back() != '.' && text.find("..") == text.npos;
}

Result<ssl::Cert> issue_certificate(const CertificateRequest& request, EVP_PKEY* subject_key, X509* issuer, EVP_PKEY* issuer_key) {
  ssl::Cert cert(X509_new());
  if (!cert || X509_set_version(cert.get(), X509_VERSION_3) != 1) return ssl::failure("new certificate");
  GZ_TRY(set_serial(cert.get(), subject_key, request.serial));
  X509_NAME* name = X509_get_subject_name(cert.get());
  GZ_TRY(add_name(name, "C", "CN"));
  GZ_TRY(add_name(name, "O", request.organisation));
  GZ_TRY(add_name(name, "OU", request.organisational_unit));
  GZ_TRY(add_name(name, "CN", request.common_name));
  GZ_TRY(add_name(name, "serialNumber", request.badge));
  GZ_TRY(set_time(X509_getm_notBefore(cert.get()), request.not_before));
  GZ_TRY(set_time(X509_getm_notAfter(cert.get()), request.not_after));
  if (X509_set_issuer_name(cert.get(), issuer ? X509_get_subject_name(issuer) : name) != 1 ||
      X509_set_pubkey(cert.get(), subject_key) != 1)
    return ssl::failure("fill certificate");
  GZ_TRY(add_uses(cert.get(), issuer, request.use));
  if (request.use == CertificateUse::Server) GZ_TRY(add_hosts(cert.get(), issuer, request.hosts));
  if (X509_sign(cert.get(), issuer_key, EVP_sha256()) <= 0) return ssl::failure("sign certificate");
  return cert;
}

Result<std::string> issue_crl_pem(X509* issuer, EVP_PKEY* issuer_key, WallTime from, WallTime until, std::int64_t rising,
                                  const std::vector<Revocation>& revoked) {
  const ssl::Crl crl(X509_CRL_new());
  const ssl::Time last(ASN1_TIME_new()), next(ASN1_TIME_new());
  GZ_TRY(set_time(last.get(), from));
  GZ_TRY(set_time(next.get(), until));
  const ssl::Integer number(ASN1_INTEGER_new());
  if (X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2) != 1 ||
      X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(issuer)) != 1 ||
      X509_CRL_set1_lastUpdate(crl.get(), last.get()) != 1 || X509_CRL_set1_nextUpdate(crl.get(), next.get()) != 1 ||
      ASN1_INTEGER_set_int64(number.get(), rising) != 1 ||
      X509_CRL_add1_ext_i2d(crl.get(), NID_crl_number, number.get(), 0, 0) != 1)
    return ssl::failure("fill CRL");
  for (const auto& one : revoked) GZ_TRY(add_revocation(crl.get(), one));
  X509_CRL_sort(crl.get());
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, nullptr, nullptr, crl.get(), 0);
  const ssl::Extension aki(X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always"));
  if (!aki || X509_CRL_add_ext(crl.get(), aki.get(), -1) != 1 || X509_CRL_sign(crl.get(), issuer_key, EVP_sha256()) <= 0)
    return ssl::failure("sign CRL");
  const ssl::Bio bio = ssl::memory();
  if (PEM_write_bio_X509_CRL(bio.get(), crl.get()) != 1) return ssl::failure("write CRL");
  return std::string(as_text(ssl::content(bio.get())));
}

Result<CertificateInfo> describe_certificate(ByteView pem_or_der) {
  GZ_TRY_ASSIGN(const auto cert, ssl::read_cert(pem_or_der));
  CertificateInfo info;
  info.sha256 = sha256_hex(ssl::cert_der(cert.get()));
  info.subject_cn = subject_field(cert.get(), NID_commonName);
  info.badge = subject_field(cert.get(), NID_serialNumber);
  info.unit = subject_field(cert.get(), NID_organizationName);
  info.not_before = begins(cert.get());
  info.not_after = ends(cert.get());
  info.practice = subject_field(cert.get(), NID_organizationalUnitName) == kPracticeUnit;
  return info;
}

}  // namespace guzheng
