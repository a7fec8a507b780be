#include <openssl/rsa.h>

#include "core/identity/openssl.h"
#include "core/seal/seal.h"

namespace guzheng {

namespace {

// RSA keys by OAEP with SHA-256 (openssl's default is PKCS#1 v1.5, which FORMAT.md forbids); EC keys by ECDH.
Status add_recipient(CMS_ContentInfo* cms, const std::string& pem) {
  GZ_TRY_ASSIGN(const auto cert, ssl::read_cert(as_bytes(pem)));
  CMS_RecipientInfo* recipient = CMS_add1_recipient_cert(cms, cert.get(), CMS_KEY_PARAM);
  if (!recipient) return ssl::failure("add recipient");
  if (CMS_RecipientInfo_type(recipient) != CMS_RECIPINFO_TRANS) return ok();
  EVP_PKEY_CTX* key = CMS_RecipientInfo_get0_pkey_ctx(recipient);
  if (!key || EVP_PKEY_CTX_set_rsa_padding(key, RSA_PKCS1_OAEP_PADDING) <= 0 ||
      EVP_PKEY_CTX_set_rsa_oaep_md(key, EVP_sha256()) <= 0)
    return ssl::failure("recipient's padding");
  return ok();
}

}  // namespace

Result<Bytes> envelope_for(const std::vector<std::string>& recipient_pems, ByteView content) {
  if (recipient_pems.empty()) return fail(ErrorKind::Bug, "an envelope for nobody");
  const ssl::Cms cms(CMS_AuthEnvelopedData_create(EVP_aes_256_gcm()));
  if (!cms || CMS_set_detached(cms.get(), 0) != 1) return ssl::failure("start envelope");      // the ciphertext is inside
  for (const auto& pem : recipient_pems) GZ_TRY(add_recipient(cms.get(), pem));
  const ssl::Bio bio = ssl::memory(content);
  if (CMS_final(cms.get(), bio.get(), nullptr, CMS_BINARY) != 1) return ssl::failure("encrypt");
  return ssl::to_der(cms.get(), i2d_CMS_ContentInfo);
}

}  // namespace guzheng
