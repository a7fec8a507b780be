#include "core/identity/opener.h"

#include "core/base/file.h"

namespace guzheng {

namespace {

class FileOpener final : public Opener {
 public:
  FileOpener(std::filesystem::path p12, std::string passphrase, ssl::Cert cert)
      : pem_(ssl::cert_pem(cert.get())), key_(std::move(p12), std::move(passphrase), std::move(cert)) {}

  [[nodiscard]] std::string certificate_pem() const override { return pem_; }

  [[nodiscard]] Result<Bytes> open(ByteView envelope) const override {
    GZ_TRY_ASSIGN(EVP_PKEY* const key, key_.get());
    return open_envelope(key, key_.cert(), envelope);
  }

 private:
  const std::string pem_;
  const LazyKey key_;
};

}  // namespace

Result<Bytes> open_envelope(EVP_PKEY* key, X509* certificate, ByteView envelope) {
  const ssl::Bio in = ssl::memory(envelope);
  const ssl::Cms cms(d2i_CMS_bio(in.get(), nullptr));
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_id_smime_ct_authEnvelopedData)
    return ssl::failure("read envelope", ErrorKind::Tampered);
  // key first, content second: "not for me" and "changed" are different answers
  if (CMS_decrypt_set1_pkey(cms.get(), key, certificate) != 1) return ssl::failure("the envelope is not for this certificate", ErrorKind::Denied);
  const ssl::Bio out = ssl::memory();
  if (CMS_decrypt(cms.get(), nullptr, nullptr, nullptr, out.get(), CMS_BINARY) != 1)
    return ssl::failure("open envelope", ErrorKind::Tampered);
  return ssl::content(out.get());
}

Result<std::shared_ptr<Opener>> make_file_opener(const std::filesystem::path& certificate, const std::filesystem::path& p12,
                                                 const std::string& passphrase) {
  GZ_TRY_ASSIGN(const auto bytes, read_file(certificate, 1u << 20));
  GZ_TRY_ASSIGN(auto cert, ssl::read_cert(bytes));
  return std::shared_ptr<Opener>(std::make_shared<FileOpener>(p12, passphrase, std::move(cert)));
}

}  // namespace guzheng
