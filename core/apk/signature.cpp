#include "core/apk/signature.h"

#include <openssl/dsa.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include <algorithm>

namespace guzheng {

namespace {

constexpr ApkAlgorithm kAlgorithms[] = {
    {0x0101, ContentDigest::ChunkedSha256, EVP_PKEY_RSA, false, true}, {0x0102, ContentDigest::ChunkedSha512, EVP_PKEY_RSA, true, true},
    {0x0103, ContentDigest::ChunkedSha256, EVP_PKEY_RSA, false, false}, {0x0104, ContentDigest::ChunkedSha512, EVP_PKEY_RSA, true, false},
    {0x0201, ContentDigest::ChunkedSha256, EVP_PKEY_EC, false, false}, {0x0202, ContentDigest::ChunkedSha512, EVP_PKEY_EC, true, false},
    {0x0301, ContentDigest::ChunkedSha256, EVP_PKEY_DSA, false, false}, {0x0421, ContentDigest::VeritySha256, EVP_PKEY_RSA, false, false},
    {0x0423, ContentDigest::VeritySha256, EVP_PKEY_EC, false, false}, {0x0425, ContentDigest::VeritySha256, EVP_PKEY_DSA, false, false}};

using DigestContext = std::unique_ptr<EVP_MD_CTX, ssl::Deleter<EVP_MD_CTX_free>>;

}  // namespace

const ApkAlgorithm* apk_algorithm(std::uint32_t id) {
  const auto it = std::find_if(std::begin(kAlgorithms), std::end(kAlgorithms), [&](const auto& one) { return one.id == id; });
  return it == std::end(kAlgorithms) ? nullptr : it;
}

bool signature_fits(const ApkAlgorithm& algorithm, ByteView spki, ByteView bytes, ByteView signature) {
  const unsigned char* at = spki.data();
  const ssl::Key key(d2i_PUBKEY(nullptr, &at, static_cast<long>(spki.size())));
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* rules = nullptr;
  const EVP_MD* digest = algorithm.sha512 ? EVP_sha512() : EVP_sha256();
  bool fits = key && context && at == spki.data() + spki.size() && EVP_PKEY_get_base_id(key.get()) == algorithm.key &&
              EVP_DigestVerifyInit(context.get(), &rules, digest, nullptr, key.get()) == 1;
  if (fits && algorithm.pss)
    fits = EVP_PKEY_CTX_set_rsa_padding(rules, RSA_PKCS1_PSS_PADDING) == 1 && EVP_PKEY_CTX_set_rsa_pss_saltlen(rules, EVP_MD_get_size(digest)) == 1;
  fits = fits && EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes.data(), bytes.size()) == 1;
  ERR_clear_error();
  return fits;
}

Bytes key_of_certificate(ByteView der) {
  const unsigned char* at = der.data();
  const ssl::Cert cert(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!cert || at != der.data() + der.size()) return {};
  return ssl::to_der(X509_get_X509_PUBKEY(cert.get()), i2d_X509_PUBKEY);
}

}  // namespace guzheng
