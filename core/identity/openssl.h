// Room identity. Owners for OpenSSL's objects, and its errors as ours. For rooms identity and seal.
#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace guzheng::ssl {

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* p) const { Free(p); }
};
inline void free_certs(STACK_OF(X509)* stack) { sk_X509_pop_free(stack, X509_free); }
inline void free_cert_list(STACK_OF(X509)* stack) { sk_X509_free(stack); }

using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using Cert = std::unique_ptr<X509, Deleter<X509_free>>;
using Certs = std::unique_ptr<STACK_OF(X509), Deleter<free_certs>>;            // owns the certificates too
using CertList = std::unique_ptr<STACK_OF(X509), Deleter<free_cert_list>>;     // owns the list only
using Crl = std::unique_ptr<X509_CRL, Deleter<X509_CRL_free>>;
using Store = std::unique_ptr<X509_STORE, Deleter<X509_STORE_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using P12 = std::unique_ptr<PKCS12, Deleter<PKCS12_free>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Deleter<CMS_ContentInfo_free>>;
using Integer = std::unique_ptr<ASN1_INTEGER, Deleter<ASN1_INTEGER_free>>;
using Time = std::unique_ptr<ASN1_TIME, Deleter<ASN1_TIME_free>>;
using Object = std::unique_ptr<ASN1_OBJECT, Deleter<ASN1_OBJECT_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using TsRequest = std::unique_ptr<TS_REQ, Deleter<TS_REQ_free>>;
using TsResponse = std::unique_ptr<TS_RESP, Deleter<TS_RESP_free>>;
using TsResponder = std::unique_ptr<TS_RESP_CTX, Deleter<TS_RESP_CTX_free>>;
using TsImprint = std::unique_ptr<TS_MSG_IMPRINT, Deleter<TS_MSG_IMPRINT_free>>;
using TsVerify = std::unique_ptr<TS_VERIFY_CTX, Deleter<TS_VERIFY_CTX_free>>;

// The newest reason from OpenSSL's queue behind `step`; empties the queue.
Failure failure(std::string_view step, ErrorKind kind = ErrorKind::Crypto);

Bio memory(ByteView bytes);                      // reads `bytes`, which must outlive it
Bio memory();
Bytes content(BIO* memory_bio);

// i2d_X509 and its kin: length first, then the bytes.
template <typename T>
Bytes to_der(T* object, int (*i2d)(const std::remove_const_t<T>*, unsigned char**)) {
  const int length = i2d(object, nullptr);
  if (length <= 0) return {};
  Bytes out(static_cast<std::size_t>(length));
  unsigned char* at = out.data();
  i2d(object, &at);
  return out;
}
Bytes cert_der(const X509* cert);
std::string cert_pem(const X509* cert);
Result<Cert> read_cert(ByteView pem_or_der);
Result<Certs> read_certs(std::string_view pem);  // one or more

}  // namespace guzheng::ssl
