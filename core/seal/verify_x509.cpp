#include "core/seal/verify_x509.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <map>

#include "core/base/digest.h"

namespace guzheng {

namespace {

struct BioFree {
  void operator()(BIO* b) const { BIO_free(b); }
};
std::unique_ptr<BIO, BioFree> memory_bio(std::string_view text) {
  return std::unique_ptr<BIO, BioFree>(BIO_new_mem_buf(text.data(), static_cast<int>(std::min<std::size_t>(text.size(), 16u << 20))));
}

constexpr int kMostCertificates = 64;

TrustProblem problem_of(int code) {
  switch (code) {
    case X509_V_OK: return TrustProblem::None;
    case X509_V_ERR_CERT_REVOKED: return TrustProblem::Revoked;
    case X509_V_ERR_CERT_HAS_EXPIRED: return TrustProblem::Expired;
    case X509_V_ERR_CERT_NOT_YET_VALID: return TrustProblem::NotYetValid;
    case X509_V_ERR_UNABLE_TO_GET_CRL: return TrustProblem::NoCrl;
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER: return TrustProblem::Crl;
    default: return TrustProblem::Chain;
  }
}

}  // namespace

std::vector<CertificatePtr> certificates_from_pem(std::string_view pem) {
  std::vector<CertificatePtr> out;
  const auto bio = memory_bio(pem);
  while (out.size() < kMostCertificates) {
    CertificatePtr next(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!next) break;
    out.push_back(std::move(next));
  }
  ERR_clear_error();
  return out;
}

CertificatePtr certificate_from_der(ByteView der) {
  const unsigned char* p = der.data();
  CertificatePtr out(d2i_X509(nullptr, &p, static_cast<long>(der.size())));
  ERR_clear_error();
  if (out && p != der.data() + der.size()) out.reset();
  return out;
}

std::vector<CrlPtr> crls_from_pem(std::string_view pem) {
  std::vector<CrlPtr> out;
  const auto bio = memory_bio(pem);
  while (out.size() < kMostCertificates) {
    CrlPtr next(PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr));
    if (!next) break;
    out.push_back(std::move(next));
  }
  ERR_clear_error();
  return out;
}

Bytes certificate_der(X509* certificate) {
  unsigned char* der = nullptr;
  const int length = i2d_X509(certificate, &der);
  Bytes out;
  if (length > 0) out.assign(der, der + length);
  OPENSSL_free(der);
  return out;
}

std::string certificate_sha256(X509* certificate) { return sha256_hex(certificate_der(certificate)); }

std::string subject_text(X509* certificate, int nid) {
  const X509_NAME* name = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(name, nid, -1);
  if (at < 0) return {};
  unsigned char* text = nullptr;
  const int length = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  std::string out;
  if (length > 0) out.assign(reinterpret_cast<const char*>(text), static_cast<std::size_t>(length));
  OPENSSL_free(text);
  return out;
}

bool has_practice_mark(X509* certificate) {
  return subject_text(certificate, NID_organizationalUnitName) == "练习";
}

bool may_sign_evidence(X509* certificate) {
  return (X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) != 0 &&
         (X509_get_key_usage(certificate) & KU_NON_REPUDIATION) != 0;
}

bool may_stamp(X509* certificate) {
  const int at = X509_get_ext_by_NID(certificate, NID_ext_key_usage, -1);
  return at >= 0 && X509_EXTENSION_get_critical(X509_get_ext(certificate, at)) != 0 &&
         X509_get_extended_key_usage(certificate) == XKU_TIMESTAMP;
}

namespace {

TrustAnswer ask(X509* leaf, const std::vector<CertificatePtr>& roots, const std::vector<CertificatePtr>& others,
                        const std::vector<CrlPtr>* crls, WallTime at) {
  TrustAnswer answer;
  const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(), X509_STORE_free);
  const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> context(X509_STORE_CTX_new(), X509_STORE_CTX_free);
  STACK_OF(X509)* untrusted = sk_X509_new_null();
  for (const auto& root : roots) X509_STORE_add_cert(store.get(), root.get());
  for (const auto& other : others) sk_X509_push(untrusted, other.get());
  if (crls)
    for (const auto& crl : *crls) X509_STORE_add_crl(store.get(), crl.get());
  if (X509_STORE_CTX_init(context.get(), store.get(), leaf, untrusted) == 1) {
    X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(at.ms / 1000));
    X509_VERIFY_PARAM_set_depth(rules, 8);
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CHECK_SS_SIGNATURE | (crls ? X509_V_FLAG_CRL_CHECK : 0));
    const bool good = X509_verify_cert(context.get()) == 1;
    const int code = X509_STORE_CTX_get_error(context.get());
    answer.problem = good ? TrustProblem::None : problem_of(code == X509_V_OK ? X509_V_ERR_UNSPECIFIED : code);
    answer.text = X509_verify_cert_error_string(code);
    const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get());
    for (int i = 0; good && i < sk_X509_num(chain); ++i) answer.chain_sha256.push_back(certificate_sha256(sk_X509_value(chain, i)));
  }
  sk_X509_free(untrusted);
  ERR_clear_error();
  return answer;
}

}  // namespace

TrustAnswer check_trust(X509* leaf, const std::vector<CertificatePtr>& roots, const std::vector<CertificatePtr>& others,
                        const std::vector<CrlPtr>* crls, WallTime at) {
  auto answer = ask(leaf, roots, others, crls, at);
  if (answer.problem != TrustProblem::Revoked || !crls) return answer;
  const auto since = revoked_at(leaf, *crls);              // OpenSSL looks at no date: named is revoked
  if (!since || *since <= at) return answer;
  answer = ask(leaf, roots, others, nullptr, at);          // the list itself was in order, or it would not have come so far
  if (answer.problem == TrustProblem::None) answer.revoked_later = since;
  return answer;
}

namespace {

std::optional<WallTime> wall_time(const ASN1_TIME* time) {
  std::tm tm{};
  if (!time || ASN1_TIME_to_tm(time, &tm) != 1) return std::nullopt;
  return WallTime{static_cast<std::int64_t>(::timegm(&tm)) * 1000};
}

}  // namespace

std::optional<WallTime> revoked_at(X509* certificate, const std::vector<CrlPtr>& crls) {
  std::optional<WallTime> earliest;
  for (const auto& crl : crls) {
    X509_REVOKED* entry = nullptr;
    if (X509_CRL_get0_by_cert(crl.get(), &entry, certificate) != 1 || !entry) continue;
    // a date that cannot be read is no excuse: revoked since always
    std::optional<WallTime> when = wall_time(X509_REVOKED_get0_revocationDate(entry));
    if (!when) when = WallTime{};
    ASN1_GENERALIZEDTIME* invalid = static_cast<ASN1_GENERALIZEDTIME*>(X509_REVOKED_get_ext_d2i(entry, NID_invalidity_date, nullptr, nullptr));
    if (invalid) {
      const auto unsafe = wall_time(invalid);
      if (unsafe && *unsafe < *when) when = unsafe;
      ASN1_GENERALIZEDTIME_free(invalid);
    }
    if (!earliest || *when < *earliest) earliest = when;
  }
  ERR_clear_error();
  return earliest;
}

bool is_crl_of(X509_CRL* crl, const std::vector<CertificatePtr>& issuers) {
  for (const auto& issuer : issuers) {
    const bool named = X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer.get())) == 0;
    if (named && X509_CRL_verify(crl, X509_get0_pubkey(issuer.get())) == 1) return true;
  }
  ERR_clear_error();
  return false;
}

WallTime valid_until(X509* certificate) { return wall_time(X509_get0_notAfter(certificate)).value_or(WallTime{}); }
WallTime valid_from(X509* certificate) { return wall_time(X509_get0_notBefore(certificate)).value_or(WallTime{}); }

Bytes subject_der(X509* certificate) {
  const unsigned char* der = nullptr;
  std::size_t length = 0;
  if (X509_NAME_get0_der(X509_get_subject_name(certificate), &der, &length) != 1) return {};
  return Bytes(der, der + length);
}

std::optional<WallTime> crl_issued(X509_CRL* crl) { return wall_time(X509_CRL_get0_lastUpdate(crl)); }

Status check_signature(X509* certificate, std::string_view signature_oid, std::string_view digest_oid, ByteView content,
                       ByteView signature) {
  struct Way {
    const EVP_MD* md;
    std::string_view rsa, ecdsa;
  };
  const std::map<std::string_view, Way> ways{
      {"2.16.840.1.101.3.4.2.1", {EVP_sha256(), "1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"}},
      {"2.16.840.1.101.3.4.2.2", {EVP_sha384(), "1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3"}},
      {"2.16.840.1.101.3.4.2.3", {EVP_sha512(), "1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4"}}};
  const auto way = ways.find(digest_oid);
  if (way == ways.end()) return fail(ErrorKind::Crypto, "the digest is not SHA-256 or better");
  EVP_PKEY* key = X509_get0_pubkey(certificate);
  const int kind = key ? EVP_PKEY_get_base_id(key) : EVP_PKEY_NONE;
  const bool rsa = kind == EVP_PKEY_RSA && (signature_oid == "1.2.840.113549.1.1.1" || signature_oid == way->second.rsa);
  const bool ecdsa = kind == EVP_PKEY_EC && signature_oid == way->second.ecdsa;
  if (!rsa && !ecdsa) return fail(ErrorKind::Crypto, "the signature algorithm does not fit key and digest");
  if (EVP_PKEY_get_security_bits(key) < 112) return fail(ErrorKind::Crypto, "the key is too short");
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  const bool good = EVP_DigestVerifyInit(context.get(), nullptr, way->second.md, nullptr, key) == 1 &&
                    EVP_DigestVerify(context.get(), signature.data(), signature.size(), content.data(), content.size()) == 1;
  ERR_clear_error();
  if (!good) return fail(ErrorKind::Crypto, "the signature does not fit");
  return ok();
}

}  // namespace guzheng
