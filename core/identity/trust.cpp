#include "core/identity/trust.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <ctime>

namespace guzheng {

namespace {

using Context = std::unique_ptr<X509_STORE_CTX, ssl::Deleter<X509_STORE_CTX_free>>;

Standing standing_from(int code) {
  switch (code) {
    case X509_V_ERR_CERT_NOT_YET_VALID: return Standing::NotYetValid;
    case X509_V_ERR_CERT_HAS_EXPIRED: return Standing::Expired;
    case X509_V_ERR_CERT_REVOKED: return Standing::Revoked;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_HAS_EXPIRED: return Standing::NoList;
    default: return Standing::Untrusted;
  }
}

WallTime wall_time(const ASN1_TIME* time) {
  std::tm tm{};
  if (ASN1_TIME_to_tm(time, &tm) != 1) return {};
  return {static_cast<std::int64_t>(::timegm(&tm)) * 1000};
}

}  // namespace

Result<ssl::Crl> read_crl(std::string_view pem) {
  const ssl::Bio bio = ssl::memory(as_bytes(pem));
  ssl::Crl crl(PEM_read_bio_X509_CRL(bio.get(), nullptr, nullptr, nullptr));
  if (!crl) return ssl::failure("read revocation list", ErrorKind::Invalid);
  return crl;
}

Result<Standing> standing_of(X509* certificate, const std::string& roots_pem, const std::string& crl_pem, WallTime at) {
  GZ_TRY_ASSIGN(const auto roots, ssl::read_certs(roots_pem));
  const ssl::Store store(X509_STORE_new());
  for (int i = 0; i < sk_X509_num(roots.get()); ++i) X509_STORE_add_cert(store.get(), sk_X509_value(roots.get(), i));
  const ssl::Bio lists = ssl::memory(as_bytes(crl_pem));
  while (const ssl::Crl crl{PEM_read_bio_X509_CRL(lists.get(), nullptr, nullptr, nullptr)}) X509_STORE_add_crl(store.get(), crl.get());
  const Context context(X509_STORE_CTX_new());
  if (!context || X509_STORE_CTX_init(context.get(), store.get(), certificate, nullptr) != 1) return ssl::failure("check certificate");
  X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(at.ms / 1000));
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CHECK_SS_SIGNATURE | X509_V_FLAG_CRL_CHECK);
  const bool good = X509_verify_cert(context.get()) == 1;
  const int code = X509_STORE_CTX_get_error(context.get());
  ERR_clear_error();
  return good ? Standing::Good : standing_from(code);
}

bool is_authority(X509* certificate) { return X509_check_ca(certificate) != 0; }

bool may_sign(X509* certificate) {
  return (X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) != 0 && (X509_get_key_usage(certificate) & KU_NON_REPUDIATION) != 0 &&
         !is_authority(certificate);
}

bool may_encrypt(X509* certificate) {
  const bool elliptic = EVP_PKEY_is_a(X509_get0_pubkey(certificate), "EC") == 1;
  return (X509_get_extension_flags(certificate) & EXFLAG_KUSAGE) != 0 &&
         (X509_get_key_usage(certificate) & (elliptic ? KU_KEY_AGREEMENT : KU_KEY_ENCIPHERMENT)) != 0 && !is_authority(certificate);
}

bool is_strong(X509* certificate) {
  EVP_PKEY* key = X509_get0_pubkey(certificate);
  return key != nullptr && EVP_PKEY_get_security_bits(key) >= 112;
}

std::string subject_field(X509* certificate, int nid) {
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

std::string serial_of(X509* certificate) {
  const ssl::Number number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), bytes.data());
  return to_hex(bytes);
}

WallTime begins(X509* certificate) { return wall_time(X509_get0_notBefore(certificate)); }
WallTime ends(X509* certificate) { return wall_time(X509_get0_notAfter(certificate)); }

}  // namespace guzheng
