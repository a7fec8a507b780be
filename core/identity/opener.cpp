#include "core/identity/opener.h"

#include "core/base/file.h"
#include "core/identity/envelope.h"

namespace guzheng {

namespace {

class FileOpener final : public Opener {
 public:
  FileOpener(std::filesystem::path p12, Secret passphrase, ssl::Cert cert)
      : pem_(ssl::cert_pem(cert.get())), key_(std::move(p12), std::move(passphrase), std::move(cert)) {}

  [[nodiscard]] std::string certificate_pem() const override { return pem_; }

  [[nodiscard]] Result<Bytes> open(ByteView envelope) const override {
    GZ_TRY_ASSIGN(EVP_PKEY* const key, key_.get());
    return open_envelope(envelope, key, key_.cert());
  }

 private:
  const std::string pem_;
  const LazyKey key_;
};

}  // namespace

Result<std::shared_ptr<Opener>> make_file_opener(const std::filesystem::path& certificate, const std::filesystem::path& p12,
                                                 const Secret& passphrase) {
  GZ_TRY_ASSIGN(const auto bytes, read_file(certificate, 1u << 20));
  GZ_TRY_ASSIGN(auto cert, ssl::read_cert(bytes));
  return std::shared_ptr<Opener>(std::make_shared<FileOpener>(p12, passphrase.clone(), std::move(cert)));
}

}  // namespace guzheng
