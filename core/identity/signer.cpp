#include "core/identity/signer.h"

#include "core/base/file.h"
#include "core/identity/trust.h"

namespace guzheng {

namespace {

// Signing time from our clock; OpenSSL would read its own.
Status add_signing_time(CMS_SignerInfo* signer, WallTime now) {
  const ssl::Time time(ASN1_TIME_set(nullptr, static_cast<time_t>(now.ms / 1000)));
  if (!time || CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, ASN1_STRING_type(time.get()), time.get(), -1) != 1)
    return ssl::failure("signing time");
  return ok();
}

class FileSigner final : public Signer {
 public:
  FileSigner(std::filesystem::path p12, Secret passphrase, ssl::Cert cert, CertificateInfo info, const Clock& clock)
      : pem_(ssl::cert_pem(cert.get())), info_(std::move(info)), key_(std::move(p12), std::move(passphrase), std::move(cert)),
        clock_(clock) {}

  [[nodiscard]] std::string certificate_pem() const override { return pem_; }
  [[nodiscard]] CertificateInfo info() const override { return info_; }

  Result<Bytes> sign_detached(ByteView content) const override {
    GZ_TRY_ASSIGN(EVP_PKEY* const key, key_.get());
    return guzheng::sign_detached(key, key_.cert(), content, clock_.wall());
  }
  void warm() const override { (void)key_.get(); }

 private:
  const std::string pem_;
  const CertificateInfo info_;
  const LazyKey key_;
  const Clock& clock_;
};

}  // namespace

Result<Bytes> sign_detached(EVP_PKEY* key, X509* certificate, ByteView content, WallTime now) {
  constexpr unsigned flags = CMS_DETACHED | CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP;
  const ssl::Cms cms(CMS_sign(nullptr, nullptr, nullptr, nullptr, flags));
  if (!cms) return ssl::failure("start signature");
  CMS_SignerInfo* signer = CMS_add1_signer(cms.get(), certificate, key, EVP_sha256(), flags);
  if (!signer) return ssl::failure("add signer");
  GZ_TRY(add_signing_time(signer, now));
  const ssl::Bio bio = ssl::memory(content);
  if (CMS_final(cms.get(), bio.get(), nullptr, flags) != 1) return ssl::failure("sign");
  return ssl::to_der(cms.get(), i2d_CMS_ContentInfo);
}

Result<std::string> detached_signer(ByteView signature, ByteView content, const std::string& roots_pem) {
  const unsigned char* at = signature.data();
  const ssl::Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(signature.size())));
  if (!cms || at != signature.data() + signature.size()) return ssl::failure("read signature", ErrorKind::Invalid);
  GZ_TRY_ASSIGN(const auto roots, ssl::read_certs(roots_pem));
  const ssl::Store store(X509_STORE_new());
  for (int i = 0; i < sk_X509_num(roots.get()); ++i) X509_STORE_add_cert(store.get(), sk_X509_value(roots.get(), i));
  X509_STORE_set_flags(store.get(), X509_V_FLAG_NO_CHECK_TIME);
  X509_STORE_set_purpose(store.get(), X509_PURPOSE_ANY);
  const ssl::Bio bio = ssl::memory(content);
  if (CMS_verify(cms.get(), nullptr, store.get(), bio.get(), nullptr, CMS_BINARY | CMS_DETACHED) != 1) return ssl::failure("check signature", ErrorKind::Tampered);
  const ssl::CertList signers(CMS_get0_signers(cms.get()));
  if (sk_X509_num(signers.get()) != 1) return fail(ErrorKind::Invalid, "the signature has not one signer");
  X509* signer = sk_X509_value(signers.get(), 0);
  if (!may_sign(signer)) return fail(ErrorKind::Tampered, "the signer's certificate is not for signing");
  return ssl::cert_pem(signer);
}

Result<CertificateInfo> who_signed(ByteView signature, ByteView content, const std::string& roots_pem) {
  GZ_TRY_ASSIGN(const auto pem, detached_signer(signature, content, roots_pem));
  return describe_certificate(as_bytes(pem));
}

Result<std::string> check_detached(ByteView signature, ByteView content, const std::string& roots_pem) {
  GZ_TRY_ASSIGN(auto info, who_signed(signature, content, roots_pem));
  return std::move(info.subject_cn);
}

Result<std::shared_ptr<Signer>> make_file_signer(const std::filesystem::path& certificate, const std::filesystem::path& p12,
                                                 const Secret& passphrase, const Clock& clock) {
  GZ_TRY_ASSIGN(const auto pem, read_file(certificate, 1u << 20));
  GZ_TRY_ASSIGN(auto cert, ssl::read_cert(pem));
  GZ_TRY_ASSIGN(auto info, describe_certificate(pem));
  return std::shared_ptr<Signer>(std::make_shared<FileSigner>(p12, passphrase.clone(), std::move(cert), std::move(info), clock));
}

}  // namespace guzheng
