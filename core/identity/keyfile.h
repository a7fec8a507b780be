// Room identity. A private key with its certificate on disk: PKCS#12, PBES2 (PBKDF2-HMAC-SHA256, AES-256-CBC) and MAC.
// Iterations, each: 600,000 where a person chose the passphrase (SP 800-132's order of size), so that unlocking costs some tenths
// of a second: do it once, lazily. 2,048 where guessing is hopeless or pointless: a passphrase drawn by a program, or a public one.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/secret.h"
#include "core/identity/openssl.h"

namespace guzheng {

inline constexpr int kKeyIterations = 600'000, kDrawnKeyIterations = 2'048;
enum class Passphrase { Chosen, Drawn };                   // Drawn: 96 random bits or more, or written openly (practice)

Result<Bytes> lock_key(EVP_PKEY* key, X509* cert, const std::string& friendly_name, const Secret& passphrase, Passphrase kind);
// Denied when the passphrase is wrong or the file was changed; the key fits `cert` or it is Tampered.
Result<ssl::Key> unlock_key(const std::filesystem::path& p12, const Secret& passphrase, X509* cert);

// An unlocked key, fetched at the first use and kept; its passphrase is overwritten then. Thread-safe.
class LazyKey {
 public:
  LazyKey(std::filesystem::path p12, Secret passphrase, ssl::Cert cert);
  ~LazyKey();
  LazyKey(const LazyKey&) = delete;
  LazyKey& operator=(const LazyKey&) = delete;
  Result<EVP_PKEY*> get() const;                 // owned by this
  [[nodiscard]] X509* cert() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guzheng
