#include "core/seal/sealed_value.h"

#include "core/base/random.h"
#include "core/identity/openssl.h"

namespace guzheng {

namespace {
constexpr std::size_t kKey = 32, kNonce = 12, kTag = 16;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, ssl::Deleter<EVP_CIPHER_CTX_free>>;
}  // namespace

Bytes make_value_key() { return random_bytes(kKey); }

Result<Bytes> seal_value(ByteView key, std::string_view about, ByteView value) {
  if (key.size() != kKey) return fail(ErrorKind::Bug, "a value's key has 32 bytes");
  Bytes out = random_bytes(kNonce);
  out.resize(kNonce + value.size() + kTag);
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int length = 0;
  std::uint8_t nothing = 0;
  if (!cipher || EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), out.data()) != 1 ||
      EVP_EncryptUpdate(cipher.get(), nullptr, &length, as_bytes(about).data(), static_cast<int>(about.size())) != 1 ||
      (!value.empty() && EVP_EncryptUpdate(cipher.get(), out.data() + kNonce, &length, value.data(), static_cast<int>(value.size())) != 1) ||
      EVP_EncryptFinal_ex(cipher.get(), &nothing, &length) != 1 ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, kTag, out.data() + kNonce + value.size()) != 1)
    return ssl::failure("seal value");
  return out;
}

Result<Bytes> open_value(ByteView key, std::string_view about, ByteView sealed) {
  if (key.size() != kKey || sealed.size() < kNonce + kTag) return fail(ErrorKind::Tampered, "a sealed value is too short");
  Bytes out(sealed.size() - kNonce - kTag), tag(sealed.end() - kTag, sealed.end());
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int length = 0;
  std::uint8_t nothing = 0;
  if (!cipher || EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.data(), sealed.data()) != 1 ||
      EVP_DecryptUpdate(cipher.get(), nullptr, &length, as_bytes(about).data(), static_cast<int>(about.size())) != 1 ||
      (!out.empty() && EVP_DecryptUpdate(cipher.get(), out.data(), &length, sealed.data() + kNonce, static_cast<int>(out.size())) != 1) ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, kTag, tag.data()) != 1 ||
      EVP_DecryptFinal_ex(cipher.get(), &nothing, &length) != 1)
    return ssl::failure("open value", ErrorKind::Tampered);
  return out;
}

}  // namespace guzheng
