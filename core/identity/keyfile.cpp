#include "core/identity/keyfile.h"

#include <mutex>

#include "core/base/file.h"

namespace guzheng {

Result<Bytes> lock_key(EVP_PKEY* key, X509* cert, const std::string& friendly_name, const Secret& passphrase, Passphrase kind) {
  const int iterations = kind == Passphrase::Chosen ? kKeyIterations : kDrawnKeyIterations;
  // the certificate is public and stays in clear (-1): one derivation less at each unlocking
  const ssl::P12 p12(PKCS12_create(passphrase.c_str(), friendly_name.c_str(), key, cert, nullptr, NID_aes_256_cbc, -1,
                                   iterations, iterations, 0));
  if (!p12) return ssl::failure("make PKCS#12");
  return ssl::to_der(p12.get(), i2d_PKCS12);
}

Result<ssl::Key> unlock_key(const std::filesystem::path& path, const Secret& passphrase, X509* cert) {
  GZ_TRY_ASSIGN(const auto bytes, read_file(path, 1u << 20));
  const unsigned char* at = bytes.data();
  const ssl::P12 p12(d2i_PKCS12(nullptr, &at, static_cast<long>(bytes.size())));
  if (!p12) return ssl::failure("read " + path.string(), ErrorKind::Invalid);
  EVP_PKEY* key_raw = nullptr;
  X509* cert_raw = nullptr;
  if (PKCS12_parse(p12.get(), passphrase.c_str(), &key_raw, &cert_raw, nullptr) != 1)
    return ssl::failure("unlock " + path.string(), ErrorKind::Denied);
  ssl::Key key(key_raw);
  const ssl::Cert inside(cert_raw);
  if (!key || X509_check_private_key(cert, key.get()) != 1)
    return fail(ErrorKind::Tampered, path.string() + " does not hold the key of its certificate");
  return key;
}

struct LazyKey::Impl {
  std::filesystem::path path;
  Secret passphrase;
  ssl::Cert cert;
  mutable std::mutex mutex;
  mutable ssl::Key key;          // guarded by mutex until set, then constant
};

LazyKey::LazyKey(std::filesystem::path p12, Secret passphrase, ssl::Cert cert) : impl_(std::make_unique<Impl>()) {
  impl_->path = std::move(p12);
  impl_->passphrase = std::move(passphrase);
  impl_->cert = std::move(cert);
}
LazyKey::~LazyKey() = default;

Result<EVP_PKEY*> LazyKey::get() const {
  const std::lock_guard lock(impl_->mutex);
  if (!impl_->key) {
    GZ_TRY_ASSIGN(impl_->key, unlock_key(impl_->path, impl_->passphrase, impl_->cert.get()));
    impl_->passphrase.clear();
  }
  return impl_->key.get();
}

X509* LazyKey::cert() const { return impl_->cert.get(); }

}  // namespace guzheng
